"""Closing a case and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.assignments import take_if_unassigned
from cases.actions.calendar import case_to_act_on
from cases.actions.follow_coming import end_coming
from cases.actions.journey import follow
from cases.actions.no_more import end_what_is_open
from cases.models import Case, CaseState, ClosingReason
from housing.models import Residence, ResidenceKind
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotClose(Refusal):
    """The journey is not over, or not in the way told."""


class CannotReopen(Refusal):
    """There is no closed case to open again."""


@act
def close_case(
    *,
    household_id: int,
    closing_reason: ClosingReason,
    by: Employee,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Case:
    """Close the household's case today. `reason` is a note in words beside the code.

    Of a household that has moved away or died, what it applied for and is paid ends with it.

    :raises CannotClose: while the household is, or is to be, in temporary accommodation; for a permanent home that it
        is not in; for a join, which is an act of its own
    :raises NoOpenCase: when it is closed already
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case = case_to_act_on(household, by=by, at=at)
    today = localdate(at)
    placed = Residence.objects.touching(today, None).filter(household=household, kind=ResidenceKind.TEMPORARY)
    if placed.exists():
        raise CannotClose(_("The household is in temporary accommodation: say first where it goes."))
    _refuse_reason(case, closing_reason)
    case.close(on=today, reason=closing_reason)
    case.save(update_fields=["state", "closed_on", "closing_reason"])
    end_coming(household, because=str(_("The case was closed.")), by=by, at=at)
    end_what_is_open(household, closing_reason, on=today, by=by, at=at)
    _record(Act.CASE_CLOSED, household, case, reason=reason, by=by, at=at, details={"code": str(closing_reason)})
    return case


@act
def reopen_case(*, household_id: int, reason: str, by: Employee, at: datetime, version: int | None = None) -> Case:
    """Open the household's latest case again, in the state that the facts of today give.

    :raises CannotReopen: without a reason, or when there is no closed case or an open one
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    if not reason.strip():
        raise CannotReopen(_("Say why the case is opened again."), field="reason")
    if Case.objects.open().filter(household=household).exists():
        raise CannotReopen(_("The case is already open."))
    case: Case | None = Case.objects.filter(household=household).order_by("closed_on", "pk").last()
    if case is None:
        raise CannotReopen(_("The household has no case."))
    details = {"closed_on": case.closed_on.isoformat() if case.closed_on else "", "code": case.closing_reason}
    case.reopen()
    case.save(update_fields=["state", "closed_on", "closing_reason"])
    _record(Act.CASE_REOPENED, household, case, reason=reason, by=by, at=at, details=details)
    take_if_unassigned(household, by=by, at=at)
    follow(case, on=localdate(at), by=by, at=at)
    return case


def _refuse_reason(case: Case, closing_reason: str) -> None:
    if closing_reason not in ClosingReason.values:
        raise CannotClose(_("Choose why the case is closed."), field="closing_reason")
    if closing_reason == ClosingReason.JOINED:
        raise CannotClose(_("Join the two households: that closes the case."), field="closing_reason")
    if closing_reason == ClosingReason.PERMANENT_HOME and case.state != CaseState.SETTLED:
        raise CannotClose(_("The household is in no permanent home today."), field="closing_reason")


def _record(
    what: Act, household: Household, case: Case, *, reason: str, by: Employee, at: datetime, details: dict[str, str]
) -> None:
    journal.record(what, household_id=household.pk, subject=case, by=by, at=at, reason=reason.strip(), details=details)
