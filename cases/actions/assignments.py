"""Who follows a household up, and which unit answers for it."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.tasks import unit_of
from cases.models import Request, Task
from housing.actions.spells import refresh
from people import journal
from people.access import locked_household, may, units_with
from people.actions.sharing import share_by_practice
from people.journal import Act
from people.models import Assignment, AssignmentRole, Disqualification, Employee, Household, Responsibility, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Who moves a case: those on it, and the leader, who needs not open it for that.
ON_CASE_OR_LEADING = (Permission.CHANGE_HOUSEHOLD, Permission.ASSIGN_OTHERS)


class CannotAssign(Refusal):
    """The person cannot follow this household up, or does so already."""


class CannotHandOver(Refusal):
    """The household cannot go to that unit on that day."""


@act
def assign(
    *, household_id: int, owner_id: int, by: Employee, at: datetime, reason: str = "", version: int | None = None
) -> Assignment:
    """Make somebody the responsible caseworker from today. A caseworker may take what nobody has; a leader gives any.

    :raises PermissionDenied: when it is another's, or is given to another, and `by` is no leader
    :raises CannotAssign: when the person works elsewhere, or has it already
    """
    household = locked_household(by, ON_CASE_OR_LEADING, household_id=household_id, at=at, version=version)
    day = localdate(at)
    current = Assignment.objects.on(day).filter(household=household, role=AssignmentRole.OWNER).first()
    if current is not None and current.employee_id == owner_id:
        raise CannotAssign(_("This person is already responsible for the case."), field="owner")
    if (current is not None or owner_id != by.pk) and not may(by, Permission.ASSIGN_OTHERS, household, at=at):
        raise PermissionDenied
    owner = colleague(owner_id, household, at=at, field="owner")
    if current is not None:
        _end(current, on=day)
    return _assigned(household, owner, AssignmentRole.OWNER, ends_on=None, by=by, at=at, reason=reason)


@act
def name_substitute(
    *,
    household_id: int,
    employee_id: int,
    ends_on: date,
    by: Employee,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Assignment:
    """Let a colleague stand in for the responsible caseworker from today until a day.

    :raises PermissionDenied: when `by` is neither the responsible caseworker nor a leader
    :raises CannotAssign: when the end is not ahead, or the person works elsewhere or is on the case already
    """
    household = locked_household(by, ON_CASE_OR_LEADING, household_id=household_id, at=at, version=version)
    day = localdate(at)
    on_the_case = Assignment.objects.on(day).filter(household=household)
    is_own = on_the_case.filter(employee=by, role=AssignmentRole.OWNER).exists()
    if not is_own and not may(by, Permission.ASSIGN_OTHERS, household, at=at):
        raise PermissionDenied
    if ends_on <= day:
        raise CannotAssign(_("The end must be after today."), field="ends_on")
    if on_the_case.filter(employee_id=employee_id, role__in=[AssignmentRole.OWNER, AssignmentRole.SUBSTITUTE]).exists():
        raise CannotAssign(_("This person is already on the case."), field="employee")
    substitute = colleague(employee_id, household, at=at, field="employee")
    return _assigned(household, substitute, AssignmentRole.SUBSTITUTE, ends_on=ends_on, by=by, at=at, reason=reason)


@act
def hand_over(
    *, household_id: int, unit_id: int, on: date, reason: str, by: Employee, at: datetime, version: int | None = None
) -> Responsibility:
    """Let another unit of the municipality answer for the household from a day, today or earlier.

    Those on the case leave it; open tasks and unanswered requests go with the household. On the very day the present
    unit got it, its row is put right instead: it never answered for a night.

    :raises CannotHandOver: for another municipality's unit, the same unit, a day ahead or before the present one began
    """
    household = locked_household(by, ON_CASE_OR_LEADING, household_id=household_id, at=at, version=version)
    current = Responsibility.objects.filter(household=household, ends_on__isnull=True).first()
    unit = Unit.objects.filter(pk=unit_id, municipality_id=household.municipality_id).first()
    if unit is None:
        raise CannotHandOver(_("Choose a unit of the household's municipality."), field="unit")
    if current is not None and current.unit_id == unit.pk:
        raise CannotHandOver(_("This unit already answers for the household."), field="unit")
    if on > localdate(at):
        raise CannotHandOver(_("A household is handed over today or with effect from an earlier day."), field="on")
    if current is not None and on < current.starts_on:
        raise CannotHandOver(_("The present unit got the household later than that day."), field="on")
    details = {"unit": unit.ref, "from_unit": current.unit.ref if current else None}
    responsibility = _answered_by(household, unit, current, on=on)
    share_by_practice(household, unit, on=on, by=by, at=at)
    end_assignments(household, on=on)
    Task.objects.open().filter(household=household).update(unit=unit, employee=None)
    Request.objects.filter(household=household, outcome="").update(unit=unit)
    refresh([household.pk])
    journal.record(
        Act.HANDED_OVER,
        household_id=household.pk,
        subject=responsibility,
        by=by,
        at=at,
        on=on,
        reason=reason,
        details=details,
    )
    return responsibility


def take_if_unassigned(household: Household, *, by: Employee, at: datetime) -> Assignment | None:
    """Make whoever acts first on an unassigned household its responsible caseworker, inside that act.

    None when somebody is responsible, or when `by` is an actor of the system or does no casework at its unit.
    """
    day = localdate(at)
    if by.is_system or Assignment.objects.on(day).filter(household=household, role=AssignmentRole.OWNER).exists():
        return None
    if not _works_at(by, unit_of(household, on=day), at=at):
        return None
    return _assigned(household, by, AssignmentRole.OWNER, ends_on=None, by=by, at=at, reason="")


def start_with(household: Household, owner: Employee, *, by: Employee, at: datetime) -> Assignment:
    """Give a household that was just made its responsible caseworker, inside the act that made it.

    :raises PermissionDenied: when it is given to another and `by` is no leader
    :raises CannotAssign: when the person works elsewhere
    """
    if owner.pk != by.pk and not may(by, Permission.ASSIGN_OTHERS, household, at=at):
        raise PermissionDenied
    given = colleague(owner.pk, household, at=at, field="owner")
    return _assigned(household, given, AssignmentRole.OWNER, ends_on=None, by=by, at=at, reason="")


def end_assignments(household: Household, *, on: date) -> None:
    """Take everybody off a household from a day, inside an act."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    for assignment in Assignment.objects.filter(lasting, household=household):
        _end(assignment, on=max(on, assignment.starts_on))


def colleague(employee_id: int, household: Household, *, at: datetime, field: str) -> Employee:
    """Somebody who can be put on the household.

    :raises CannotAssign: when the person does no casework at its unit, or must not deal with the case
    """
    employee = Employee.objects.filter(pk=employee_id, is_active=True, is_system=False).first()
    if employee is None or not _works_at(employee, unit_of(household, on=localdate(at)), at=at):
        raise CannotAssign(_("Choose somebody who does casework at the household's unit."), field=field)
    if is_kept_from(employee, household, on=localdate(at)):
        raise CannotAssign(_("This person must not deal with the case. Choose somebody else."), field=field)
    return employee


def is_kept_from(employee: Employee, household: Household, *, on: date) -> bool:
    """Whether the employee must not deal with somebody who is or was in the household."""
    kept_from = Disqualification.objects.on(on).filter(employee=employee).values("person")
    return household.members.filter(person__in=kept_from).exists()


def _works_at(employee: Employee, unit: Unit, *, at: datetime) -> bool:
    return units_with(employee, Permission.CHANGE_HOUSEHOLD, at=at).filter(pk=unit.pk).exists()


def _end(assignment: Assignment, *, on: date) -> None:
    assignment.ends_on = on
    assignment.save(update_fields=["ends_on"])


def _assigned(
    household: Household,
    employee: Employee,
    role: AssignmentRole,
    *,
    ends_on: date | None,
    by: Employee,
    at: datetime,
    reason: str,
) -> Assignment:
    assignment = Assignment.objects.create(
        household=household, employee=employee, role=role, starts_on=localdate(at), ends_on=ends_on
    )
    journal.record(
        Act.ASSIGNED,
        household_id=household.pk,
        subject=assignment,
        by=by,
        at=at,
        reason=reason,
        details={"employee": employee.pk, "role": role.value, "ends_on": ends_on.isoformat() if ends_on else None},
    )
    return assignment


def _answered_by(household: Household, unit: Unit, current: Responsibility | None, *, on: date) -> Responsibility:
    if current is not None and current.starts_on == on:
        current.unit = unit
        current.save(update_fields=["unit"])
        return current
    if current is not None:
        current.ends_on = on
        current.save(update_fields=["ends_on"])
    return Responsibility.objects.create(household=household, unit=unit, starts_on=on)
