"""Keeping an employee from a household they must not deal with (habilitet). From then on it does not exist for them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.assignments import is_kept_from
from cases.actions.tasks import NoResponsibleUnit, open_task, unit_of
from cases.models import Case, TaskKind
from people import journal
from people.access import household_for, units_with
from people.identification import identify
from people.journal import Act
from people.models import (
    Assignment,
    AssignmentRole,
    Disqualification,
    Employee,
    Household,
    IdKind,
    Person,
    Relation,
    RoleGrant,
)
from people.national_ids import NationalId
from people.refusals import Refusal
from people.roles import Permission, roles_with
from people.transactions import act

#: Who keeps others from cases: the leader, and who administers the unit's roles.
_REGISTERS = (Permission.LEAD, Permission.GIVE_ROLES)


class CannotDisqualify(Refusal):
    """The employee cannot be kept from the person so."""


@act
def declare_own(
    *, key: UUID, person_id: int, relation: Relation, reason: str, by: Employee, at: datetime
) -> Disqualification:
    """Say of a household one sees that one must not deal with somebody in it. One then sees it no more.

    What one had there is taken off; a case one was responsible for becomes the leader's task.

    :raises Http404: when the household is not seen, or the person is not in it
    """
    household = household_for(by, Permission.VIEW_SUMMARY, key=key, at=at)
    member = household.members.on(localdate(at)).filter(person=person_id).select_related("person").first()
    if member is None:
        raise Http404
    return _keep_from(by, member.person, relation, reason=reason, by=by, at=at)


@act
def disqualify(
    *, employee_id: int, national_id: str, relation: Relation, reason: str, by: Employee, at: datetime
) -> Disqualification:
    """Keep an employee of one's unit from somebody by national id, known here or not: the answer is the same.

    :raises PermissionDenied: when the employee works at no unit that `by` leads or administers
    :raises NotIdentified: naming the rule that the national id breaks
    :raises CannotDisqualify: when a reason is missing, or the number tells no birth date
    """
    employee = Employee.objects.filter(pk=employee_id, is_system=False).first()
    if employee is None or not may_disqualify(by, employee, at=at):
        raise PermissionDenied
    if not reason.strip():
        raise CannotDisqualify(_("Say why."), field="reason")
    number = identify(national_id)
    known = Person.objects.with_number(number.number).first()
    person = known or _written(number, name=employee.name if relation == Relation.SELF else "")
    return _keep_from(employee, person, relation, reason=reason, by=by, at=at)


@act
def end_disqualification(*, disqualification_id: int, on: date, by: Employee, at: datetime) -> None:
    """Let the employee deal with the person again from a day. On its first day it is taken back altogether.

    :raises PermissionDenied: when the employee works at no unit that `by` leads or administers, or is `by`
    :raises CannotDisqualify: when it has ended
    """
    found = Disqualification.objects.select_for_update(no_key=True, of=("self",)).filter(pk=disqualification_id).first()
    if found is None:
        raise Http404
    if found.employee_id == by.pk or not may_disqualify(by, found.employee, at=at):
        raise PermissionDenied
    if found.ends_on is not None:
        raise CannotDisqualify(_("This has ended already."))
    if on < found.starts_on:
        raise CannotDisqualify(_("The end cannot come before the beginning."), field="on")
    if on == found.starts_on:
        found.delete()
    else:
        found.ends_on = on
        found.save(update_fields=["ends_on"])
    for household in _households_of(found.person):
        _record(Act.QUALIFIED_AGAIN, household, found, by=by, at=at, on=on)


def may_disqualify(by: Employee, employee: Employee, *, at: datetime) -> bool:
    """Whether `by` leads or administers a unit where the employee holds a role."""
    works_at = RoleGrant.objects.on(localdate(at)).filter(employee=employee).values("unit")
    return any(units_with(by, permission, at=at).filter(pk__in=works_at).exists() for permission in _REGISTERS)


def _keep_from(
    employee: Employee, person: Person, relation: Relation, *, reason: str, by: Employee, at: datetime
) -> Disqualification:
    today = localdate(at)
    kept = Disqualification.objects.create(
        employee=employee, person=person, relation=relation, starts_on=today, declared_by=by, reason=reason.strip()
    )
    for household in _households_of(person):
        _record(Act.DISQUALIFIED, household, kept, by=by, at=at, on=today)
        _take_off(household, employee, by=by, at=at)
    return kept


def _households_of(person: Person) -> list[Household]:
    """Where the person lives or has lived, locked in order: all of them are kept from the employee."""
    lived_in = person.memberships.values("household")
    return list(Household.objects.select_for_update(no_key=True).filter(pk__in=lived_in).order_by("pk"))


def _take_off(household: Household, employee: Employee, *, by: Employee, at: datetime) -> None:
    """End what the employee had on the case; the leader finds somebody else for what was the employee's to answer for.

    The leader is also told when nobody is left at the unit who may deal with it.
    """
    today = localdate(at)
    had = list(Assignment.objects.on(today).filter(household=household, employee=employee))
    for assignment in had:
        assignment.ends_on = max(today, assignment.starts_on)
        assignment.save(update_fields=["ends_on"])
    household.tasks.open().filter(employee=employee).update(employee=None)
    kind = TaskKind.LEADER_ASSIGN_ANEW if any(one.role == AssignmentRole.OWNER for one in had) else None
    if Case.objects.open().filter(household=household).exists() and not _somebody_is_able(household, at=at):
        kind = TaskKind.LEADER_NOBODY_IS_ABLE
    if kind is not None:
        open_task(household=household, kind=kind, due_on=today, for_leader=True, by=by, at=at)


def _somebody_is_able(household: Household, *, at: datetime) -> bool:
    """Whether anybody who does casework at the household's unit may deal with it. True when no unit answers for it."""
    today = localdate(at)
    try:
        unit = unit_of(household, on=today)
    except NoResponsibleUnit:
        return True
    grants = RoleGrant.objects.on(today).filter(unit=unit, role__in=roles_with(Permission.CHANGE_HOUSEHOLD))
    colleagues = Employee.objects.filter(pk__in=grants.values("employee"), is_active=True, is_system=False)
    return any(not is_kept_from(colleague, household, on=today) for colleague in colleagues)


def _written(number: NationalId, *, name: str) -> Person:
    """Somebody not known here, so that the household is kept from the employee the day it comes."""
    if number.born_on is None:
        raise CannotDisqualify(
            _("A DUF number tells no birth date. Use the national identity number or D-number."), field="national_id"
        )
    return Person.objects.create(
        name=name, national_id=number.number, id_kind=IdKind(number.kind.value), born_on=number.born_on
    )


def _record(what: Act, household: Household, kept: Disqualification, *, by: Employee, at: datetime, on: date) -> None:
    """Without the reason: the case is read by others than those who decide on it."""
    details = {"employee": kept.employee_id}
    journal.record(what, household_id=household.pk, subject=kept, by=by, at=at, on=on, details=details)
