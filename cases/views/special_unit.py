"""The special unit's way in to its cases, and placing without saying where."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.placing import place_undisclosed as place_without_where
from cases.forms.special_unit import CaseNumberForm, UndisclosedForm
from cases.questions.special_unit import strict_cases
from cases.views.shell import ActPage, answer, opened, signed_in
from housing.models import ResidenceKind
from people.decision import Purpose
from people.roles import Permission
from people.special_unit import strict_household, works_at_special_unit

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def special_unit(request: HttpRequest) -> HttpResponse:
    """The unit's cases by number, and a box for the number of one; posted, so that it stands in no address."""
    employee, at = signed_in(request), timezone.now()
    if not works_at_special_unit(employee, at=at):
        raise PermissionDenied
    form = CaseNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = strict_household(form.cleaned_data["number"], employee, at=at)
        if found is not None:
            return redirect("cases:household", key=found.key)
        form.add_error("number", _("The special unit has no case with that number."))
    return render(request, "cases/special_unit.html", {"form": form, "cases": strict_cases(employee, at=at)})


@require_http_methods(_METHODS)
def place_undisclosed(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    if one.household.sight.purpose is not Purpose.SPECIAL_UNIT:
        raise PermissionDenied
    page = ActPage(
        title=_("Place without saying where"),
        submit=_("Place the household"),
        done=_("The household is placed."),
        lead=_("Where it is stands nowhere in the system. The clock, the decision and the plan are as for others."),
        can_undo=True,
    )
    form = UndisclosedForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        initial={"starts_on": one.today},
    )

    def do() -> None:
        told = form.cleaned_data
        place_without_where(
            household_id=one.household.pk,
            kind=ResidenceKind(told["kind"]),
            starts_on=told["starts_on"],
            planned_end=told["planned_end"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)
