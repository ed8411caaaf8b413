"""The households that stand behind what KOSTRA's form has to tell beside its cells: findings, readings, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kpi.actions.report import FIRST_YEAR
from kpi.declaring import Rule
from kpi.form_checks import WORDS
from kpi.kostra import LABELS
from kpi.models import Report, ReportKind
from kpi.models.report import SEALED
from kpi.questions.form_checks import listed
from kpi.questions.kostra import KostraYear, kostra_year, listing_of, sealed_of
from kpi.questions.report import differs
from kpi.views.municipality import Municipality, municipality_asked
from people import readings
from people.components import Crumb
from people.models import Household


@require_safe
def found(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Those that a check of the facts finds."""
    of, told = _asked(request, year)
    finding = next((one for one in told.findings if one.check.key == key and one.households), None)
    if finding is None and key not in WORDS:
        raise Http404
    households = finding.households if finding else ()
    return _listed(request, of, told, households, title=WORDS[key], tells_hidden=True)


@require_safe
def readings_differ(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Those whose stay is over three months by one reading and not by the other."""
    of, told = _asked(request, year)
    line = next((one for one in told.lines if one.cell.key == key and one.cell.is_duration), None)
    if line is None:
        raise Http404
    title = _("%(cell)s: the readings differ") % {"cell": line.cell.label}
    return _listed(request, of, told, _ids(line.differing), title=title, tells_hidden=False)


@require_safe
def changed(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Those behind a cell now and not when it was locked, or the other way round."""
    of, told = _asked(request, year)
    locked: Report | None = (
        Report.objects.of(ReportKind.KOSTRA, told.municipality, year).filter(state__in=SEALED).first()
    )
    if locked is None or key not in LABELS:
        raise Http404
    came, went = differs(locked, sealed_of(locked, at=of.at)).get(key, ([], []))
    title = _("%(cell)s: corrected since it was locked") % {"cell": LABELS[key]}
    return _listed(request, of, told, _ids([*came, *went]), title=title, tells_hidden=False)


def _asked(request: HttpRequest, year: int) -> tuple[Municipality, KostraYear]:
    of = municipality_asked(request)
    if not FIRST_YEAR <= year <= localdate(of.at).year:
        raise Http404
    report = Report.objects.of(ReportKind.KOSTRA, of.place.municipality, year).first()
    return of, kostra_year(of.place.municipality, year, report, at=of.at)


def _ids(refs: Sequence[str]) -> list[int]:
    return list(Household.objects.filter(ref__in=refs).values_list("pk", flat=True))


def _listed(
    request: HttpRequest,
    of: Municipality,
    told: KostraYear,
    households: Sequence[int],
    *,
    title: str | Promise,
    tells_hidden: bool,
) -> HttpResponse:
    question = listing_of(told.municipality, Rule.KOSTRA, at=of.at)
    some = listed(
        [pk for pk in households if pk not in question.left_out],
        question,
        told.period,
        of.employee,
        tells_hidden=tells_hidden,
        at=of.at,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    readings.note_shown(row.household_id for row in some.page.rows if row.key is None)
    back = f"{reverse('kpi:kostra', args=[told.year])}?{urlencode({'place': of.place.code})}"
    context = {
        "title": title,
        "listed": some,
        "crumbs": [Crumb(_("KOSTRA form 13, %(year)s") % {"year": told.year}, back)],
    }
    return render(request, "kpi/kostra/households.html", context)
