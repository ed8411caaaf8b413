"""A month's requests in figures, each with its list, and as files."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.exports.requests import figures_file, list_file
from cases.forms.requests import MonthForm
from cases.questions.request_report import ASKED, MEASURES, NOT_LAWFUL, Measure, Report, Where, places_to_report
from cases.questions.requests import Month
from cases.views.shell import signed_in
from people import readings
from people.act_forms import refuse
from people.components import Crumb
from people.exporting import File, export
from people.forms.readings import ExportForm
from people.models import ExportKind
from people.parts import part_of
from people.refusals import Refusal
from people.sessions import require_fresh

#: Stands for all the figures where an address names one.
FIGURES = "figures"


@dataclass(frozen=True)
class _Page:
    report: Report
    form: MonthForm

    @property
    def query(self) -> str:
        told = {"unit": self.report.where.code, "month": f"{self.report.month.starts_on:%Y-%m}"}
        return f"?{urlencode(told)}"

    @property
    def crumb(self) -> Crumb:
        return Crumb(_("Requests of the month"), reverse("cases:request_report") + self.query)


@require_safe
def request_report(request: HttpRequest) -> HttpResponse:
    page = _page(request)
    counts = page.report.counts
    sides = [
        (_("Lacked a place for the coming 24 hours"), _rows(page.report, "tonight")),
        (_("Asked for something else"), _rows(page.report, "other")),
    ]
    context = {
        **_context(page),
        "total": counts["asked"],
        "asked": ASKED,
        "hidden": page.report.hidden,
        "sides": sides,
        "not_lawful": [(one, counts[one.code]) for one in NOT_LAWFUL],
        "figures": FIGURES,
    }
    return render(request, "cases/requests/report.html", context)


@require_safe
def request_report_list(request: HttpRequest, figure: str) -> HttpResponse:
    page, measure = _page(request), _measure(figure)
    behind = page.report.ids_behind(measure)
    part = part_of(behind, after=request.GET.get("after"), before=request.GET.get("before"))
    rows = page.report.rows(list(part.rows))
    # a row without a link to its household is read too
    readings.note_shown(row.household_id for row in rows if row.key is None)
    context = {**_context(page), "measure": measure, "page": part, "rows": rows, "crumbs": [page.crumb]}
    return render(request, "cases/requests/report_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export_request_report(request: HttpRequest, figure: str) -> HttpResponse:
    page, at = _page(request), timezone.now()
    measure = None if figure == FIGURES else _measure(figure)
    require_fresh(request, at=at)
    form = ExportForm(request.POST or None, today=localdate(at))
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            return export(request, lambda: _file(page.report, measure), kind=ExportKind.FIGURE, reason=reason, at=at)
        except Refusal as refusal:
            refuse(form, refusal)
    name = "cases:request_report_list" if measure else "cases:request_report"
    back = reverse(name, args=[measure.code] if measure else []) + page.query
    context = {
        **_context(page),
        "form": form,
        "measure": measure,
        "title": _("Take out the list") if measure else _("Take out the figures"),
        "submit_label": _("Take out the file"),
        "back_url": back,
        "crumbs": [page.crumb],
    }
    return render(request, "cases/requests/export.html", context)


def _page(request: HttpRequest) -> _Page:
    """:raises PermissionDenied: for who takes out no figures
    :raises Http404: when the place asked for is not theirs
    """
    employee, at = signed_in(request), timezone.now()
    places = places_to_report(employee, at=at)
    if not places:
        raise PermissionDenied
    where = _where(places, request.GET.get("unit"))
    asked = {**request.GET.dict(), "unit": where.code}
    form = MonthForm(asked, today=localdate(at), places=[(one.code, one.name) for one in places])
    return _Page(Report(where, Month(form.starts_on), employee, at), form)


def _where(places: list[Where], code: str | None) -> Where:
    found = next((one for one in places if one.code == code), None if code else places[0])
    if found is None:
        raise Http404
    return found


def _measure(code: str) -> Measure:
    if code not in MEASURES:
        raise Http404
    return MEASURES[code]


def _rows(report: Report, side: str) -> list[tuple[Measure, int]]:
    return [(one, report.counts[code]) for code, one in MEASURES.items() if code.endswith(f"_{side}")]


def _context(page: _Page) -> dict[str, object]:
    return {
        "form": page.form,
        "where": page.report.where,
        "month": page.report.month,
        "query": page.query,
        "is_under_way": page.report.month.ends_on > localdate(page.report.at),
    }


def _file(report: Report, measure: Measure | None) -> File:
    return list_file(report, measure) if measure else figures_file(report)
