"""What the law asks: the unit's numbers, the households behind each, and accepting a lack with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.accepting import accept_finding, permissions_to_accept, withdraw_acceptance
from cases.forms.cases import NothingForm
from cases.forms.law_checks import AcceptForm
from cases.law_checks import CHECKS
from cases.questions.lacks import Count, Lack, counts_of, lack_of, lacks_of_unit
from cases.questions.standing import Standing, standings
from cases.views.shell import ActPage, answer, opened, signed_in
from cases.views.units import chosen_unit
from people.components import Crumb
from people.hidden import left_out_of
from people.models import Household
from people.parts import part_of
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]
ACCEPTED = "accepted"


@require_safe
def law_checks(request: HttpRequest) -> HttpResponse:
    """Every check with how many households lack it. Each number leads to exactly those."""
    at = timezone.now()
    today, chosen = localdate(at), chosen_unit(request, Permission.VIEW_UNIT, at=at)
    left_out = left_out_of(chosen.unit, signed_in(request), at=at)
    lacks = lacks_of_unit(chosen.unit, on=today, left_out=left_out)
    counts = counts_of(lacks)
    context = {
        "chosen": chosen,
        "today": today,
        "rows": [(count, count.check.cited(on=today)) for count in counts if _is_found(count)],
        "met": [(count, count.check.cited(on=today)) for count in counts if not _is_found(count)],
        "households": len({lack.finding.household_id for lack in lacks if lack.is_open}),
    }
    return render(request, "cases/law_checks/law_checks.html", context)


def _is_found(count: Count) -> bool:
    return bool(count.open or count.accepted)


@dataclass(frozen=True)
class _Row:
    standing: Standing
    lack: Lack


@require_safe
def law_check(request: HttpRequest, number: str) -> HttpResponse:
    """The households behind one number, the oldest lack first; `?show=accepted` those where all is accepted."""
    check = CHECKS.get(number)
    if check is None:
        raise Http404
    employee, at = signed_in(request), timezone.now()
    today, chosen = localdate(at), chosen_unit(request, Permission.VIEW_UNIT, at=at)
    left_out = left_out_of(chosen.unit, employee, at=at)
    found = lacks_of_unit(chosen.unit, on=today, checks=[check], left_out=left_out)
    is_accepted = request.GET.get("show") == ACCEPTED
    behind = _behind(found, is_accepted=is_accepted)
    page = part_of(list(behind), after=request.GET.get("after"), before=request.GET.get("before"))
    shown = standings(page.rows, by=employee, at=at)
    context = {
        "chosen": chosen,
        "check": check,
        "cited": check.cited(on=today),
        "is_accepted": is_accepted,
        "page": page,
        "rows": [_Row(shown[household], behind[household]) for household in page.rows],
        "crumbs": [Crumb(_("What the law asks"), reverse("cases:law_checks") + chosen.query)],
        "today": today,
    }
    return render(request, "cases/law_checks/law_check.html", context)


def _behind(found: list[Lack], *, is_accepted: bool) -> dict[int, Lack]:
    """Household → its oldest lack that is open, or, of those where all is accepted, that is accepted."""
    is_open = {lack.finding.household_id for lack in found if lack.is_open}
    wanted = [lack for lack in found if (lack.finding.household_id not in is_open if is_accepted else lack.is_open)]
    oldest: dict[int, Lack] = {}
    for lack in sorted(wanted, key=lambda one: (one.finding.since, one.finding.household_id)):
        oldest.setdefault(lack.finding.household_id, lack)
    return oldest


@require_http_methods(_METHODS)
def accept(request: HttpRequest, key: UUID, number: str, subject_id: int) -> HttpResponse:
    one = opened(request, key, permissions_to_accept(number))
    lack = lack_of(one.household, number, subject_id, on=one.today)
    if lack is None:
        raise Http404
    page = ActPage(
        title=_("Accept what is lacking"),
        submit=_("Accept it"),
        done=_("It is accepted."),
        lead=str(lack.check.title),
        template="cases/law_checks/accept.html",
    )
    form = AcceptForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        accept_finding(
            household_id=one.household.pk,
            number=number,
            subject_id=subject_id,
            reason=told["reason"],
            until=told["until"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, lack=lack, cited=lack.check.cited(on=one.today))


@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, key: UUID, accepted_id: int) -> HttpResponse:
    household = get_object_or_404(Household, key=key)
    accepted = get_object_or_404(household.accepted_findings, pk=accepted_id)
    one = opened(request, key, permissions_to_accept(accepted.check_number))
    page = ActPage(
        title=_("No longer accept"),
        submit=_("Let it stand open"),
        done=_("It stands open again."),
        lead=str(CHECKS[accepted.check_number].title),
    )
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        withdraw_acceptance(accepted_id=accepted.pk, version=form.cleaned_data["version"], by=one.employee, at=one.at)

    return answer(request, one, form, page, do)
