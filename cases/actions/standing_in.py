"""An employee's own absence: one colleague stands in on every case, in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.assignments import CannotAssign, colleague
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Assignment, AssignmentRole, Employee, Household
from people.models.responsibility import AssignmentQuerySet
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotBeAway(Refusal):
    """The absence has no days ahead, or there is nothing to stand in for."""


@dataclass(frozen=True)
class StoodIn:
    """How many cases the substitute got, and those that the substitute cannot have."""

    given: int
    left: list[Household]


@act
def stand_in_for(
    *, substitute_id: int, starts_on: date, ends_on: date, by: Employee, at: datetime, reason: str = ""
) -> StoodIn:
    """Put a colleague on every case that `by` is responsible for, from a day until the first day back.

    A case that the colleague is on already stays as it is. One whose unit the colleague does not work at, or that the
    colleague must not deal with, is left and told of.

    :raises CannotBeAway: when the days are not ahead, or no case can be given
    """
    today = localdate(at)
    if starts_on < today:
        raise CannotBeAway(_("The absence begins today or later."), field="starts_on")
    if ends_on <= starts_on:
        raise CannotBeAway(_("The first day back must come after the first day away."), field="ends_on")
    if substitute_id == by.pk:
        raise CannotBeAway(_("Choose a colleague."), field="employee")
    given, left = 0, []
    for household_id in own_cases(by, on=today):
        household = _locked(household_id, by=by, at=at)
        if household is None:
            continue
        try:
            substitute = colleague(substitute_id, household, at=at, field="employee")
        except CannotAssign:
            left.append(household)
            continue
        given += _put_on(household, substitute, starts_on, ends_on, by=by, at=at, reason=reason)
    if not given:
        raise CannotBeAway(_("None of your cases can be given to this colleague."), field="employee")
    return StoodIn(given, left)


@act
def end_standing_in(*, substitute_id: int, ends_on: date, by: Employee, at: datetime) -> int:
    """Be back earlier than told: the substitute of that absence leaves every case today.

    :returns: how many cases it was
    """
    today, ended = localdate(at), 0
    for household_id in own_cases(by, on=today):
        household = _locked(household_id, by=by, at=at)
        if household is None:
            continue
        for assignment in substitutes(by, on=today).filter(
            household=household, employee=substitute_id, ends_on=ends_on
        ):
            assignment.ends_on = max(today, assignment.starts_on)
            assignment.save(update_fields=["ends_on"])
            _record(assignment, by=by, at=at, reason="")
            ended += 1
    return ended


def own_cases(employee: Employee, *, on: date) -> list[int]:
    """The households that the employee is responsible for, lowest id first: the order in which they are locked."""
    owned = Assignment.objects.on(on).filter(employee=employee, role=AssignmentRole.OWNER)
    return list(owned.order_by("household").values_list("household", flat=True))


def substitutes(employee: Employee, *, on: date) -> AssignmentQuerySet:
    """Those who stand in on the employee's own cases until a day, now or later."""
    return Assignment.objects.filter(
        household__in=own_cases(employee, on=on), role=AssignmentRole.SUBSTITUTE, ends_on__gt=on
    )


def _locked(household_id: int, *, by: Employee, at: datetime) -> Household | None:
    """None for a case that has been closed to its own caseworker: sealed, or given to the special unit."""
    try:
        return locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at)
    except Http404:
        return None


def _put_on(
    household: Household,
    substitute: Employee,
    starts_on: date,
    ends_on: date,
    *,
    by: Employee,
    at: datetime,
    reason: str,
) -> bool:
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    if household.assignments.filter(lasting, employee=substitute, starts_on__lt=ends_on).exists():
        return False
    assignment = Assignment.objects.create(
        household=household,
        employee=substitute,
        role=AssignmentRole.SUBSTITUTE,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _record(assignment, by=by, at=at, reason=reason)
    return True


def _record(assignment: Assignment, *, by: Employee, at: datetime, reason: str) -> None:
    details = {
        "employee": assignment.employee_id,
        "role": assignment.role,
        "starts_on": assignment.starts_on.isoformat(),
        "ends_on": assignment.ends_on.isoformat() if assignment.ends_on else None,
    }
    journal.record(
        Act.ASSIGNED,
        household_id=assignment.household_id,
        subject=assignment,
        by=by,
        at=at,
        reason=reason,
        details=details,
    )
