"""Acts on a case: close, reopen, undo, a need, an absence, and who follows it up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.absences import end_absence as be_back
from cases.actions.absences import record_absence as be_away
from cases.actions.assignments import ON_CASE_OR_LEADING
from cases.actions.assignments import assign as give
from cases.actions.assignments import hand_over as give_to_unit
from cases.actions.assignments import name_substitute as stand_in
from cases.actions.closing import close_case, reopen_case
from cases.actions.needs import end_need as need_is_over
from cases.actions.needs import record_need as need_begins
from cases.actions.undo import undo_last
from cases.forms.cases import (
    AbsenceForm,
    AssignForm,
    CloseForm,
    EndForm,
    HandOverForm,
    NeedForm,
    ReopenForm,
    SubstituteForm,
    UndoForm,
)
from cases.models import CaseState, ClosingReason, NeedKind, NeedReason
from cases.questions.colleagues import colleagues_of, other_units
from cases.views.shell import ActPage, answer, opened, opened_to_move, opened_with_place
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(title=_("Close the case"), submit=_("Close the case"), done=_("The case is closed."))
    is_home = one.situation.case is not None and one.situation.case.state == CaseState.SETTLED
    initial = {"closing_reason": ClosingReason.PERMANENT_HOME} if is_home else {}
    form = CloseForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        close_case(
            household_id=one.household.pk,
            closing_reason=ClosingReason(told["closing_reason"]),
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(title=_("Reopen the case"), submit=_("Reopen the case"), done=_("The case is open again."))
    form = ReopenForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        reopen_case(
            household_id=one.household.pk,
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    """The Undo button of a notice posts here without a form; when it is refused the form says why and asks more."""
    one = opened_to_move(request, key)
    page = ActPage(
        title=_("Undo the last move"),
        submit=_("Undo"),
        done=_("The last move is undone."),
        lead=_("The household's place becomes what it was before. After ten minutes, or for somebody else, say why."),
    )
    data: Mapping[str, Any] = request.POST
    if request.method == "POST" and "form_key" not in data:
        data = {"form_key": str(uuid4()), "version": str(one.household.version)}
    form = UndoForm(data or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        undo_last(
            household_id=one.household.pk,
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def record_need(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(title=_("Record a need"), submit=_("Save the need"), done=_("The need is saved."))
    initial = {"starts_on": one.today}
    form = NeedForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        need_begins(
            household_id=one.household.pk,
            kind=NeedKind(told["kind"]),
            need_reason=NeedReason(told["need_reason"]),
            starts_on=told["starts_on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def end_need(request: HttpRequest, key: UUID, need_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    need = get_object_or_404(one.household.needs, pk=need_id)
    page = ActPage(
        title=_("End a need"),
        submit=_("End the need"),
        done=_("The need is ended."),
        lead=f"{need.get_kind_display()}: {need.get_reason_display()}",
    )
    form = EndForm(request.POST or None, today=one.today, version=one.household.version, initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        need_is_over(need_id=need.pk, on=told["on"], version=told["version"], by=one.employee, at=one.at)

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def record_absence(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Record an absence"),
        submit=_("Save the absence"),
        done=_("The absence is saved."),
        lead=_("For when the place is held while they are away. It changes no clock. Not held is moved out."),
    )
    initial = {"starts_on": one.today}
    form = AbsenceForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        be_away(
            household_id=one.household.pk,
            where=told["where"],
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=one.url("lived"))


@require_http_methods(_METHODS)
def end_absence(request: HttpRequest, key: UUID, absence_id: int) -> HttpResponse:
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    absence = get_object_or_404(one.household.absences, pk=absence_id)
    page = ActPage(
        title=_("Back from an absence"), submit=_("Save the return"), done=_("The return is saved."), lead=absence.where
    )
    form = EndForm(request.POST or None, today=one.today, version=one.household.version, initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        be_back(absence_id=absence.pk, on=told["on"], version=told["version"], by=one.employee, at=one.at)

    return answer(request, one, form, page, do, then=one.url("lived"))


@require_http_methods(_METHODS)
def assign(request: HttpRequest, key: UUID) -> HttpResponse:
    """A leader gives the case to anybody of the unit; a caseworker takes one that nobody has."""
    one = opened(request, key, ON_CASE_OR_LEADING)
    may_give = one.may_assign
    if not may_give and one.situation.owner is not None:
        return _named_substitute(request, key)
    colleagues = colleagues_of(one.situation.unit, at=one.at)
    if not may_give:
        colleagues = [(pk, name) for pk, name in colleagues if pk == one.employee.pk]
    page = ActPage(
        title=_("Set the responsible caseworker"), submit=_("Save the caseworker"), done=_("The caseworker is set.")
    )
    form = AssignForm(request.POST or None, today=one.today, version=one.household.version, colleagues=colleagues)

    def do() -> None:
        told = form.cleaned_data
        give(
            household_id=one.household.pk,
            owner_id=told["owner"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def substitute(request: HttpRequest, key: UUID) -> HttpResponse:
    return _named_substitute(request, key)


def _named_substitute(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, ON_CASE_OR_LEADING)
    colleagues = colleagues_of(one.situation.unit, at=one.at)
    page = ActPage(
        title=_("Name a substitute"),
        submit=_("Save the substitute"),
        done=_("The substitute is named."),
        lead=_(
            "The responsible caseworker or the leader names a substitute. Only the leader gives the case to another."
        ),
    )
    form = SubstituteForm(request.POST or None, today=one.today, version=one.household.version, colleagues=colleagues)

    def do() -> None:
        told = form.cleaned_data
        stand_in(
            household_id=one.household.pk,
            employee_id=told["employee"],
            ends_on=told["ends_on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def hand_over(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Hand over to another unit"),
        submit=_("Hand over"),
        done=_("The household is handed over."),
        lead=_("Those on the case leave it; open tasks and unanswered requests go along."),
    )
    form = HandOverForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        units=other_units(one.household, one.situation.unit),
        initial={"on": one.today},
    )

    def do() -> None:
        told = form.cleaned_data
        give_to_unit(
            household_id=one.household.pk,
            unit_id=told["unit"],
            on=told["on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=reverse("cases:my_day"))
