"""Somebody who is blocked stands at the counter: telling at once those who deal with the person."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from people import readings
from people.actions.alerts import tell
from people.decision import Purpose
from people.models import STRICT, Alert, AlertKind, Employee, Household, Member, Person, Unit, UnitKind
from people.transactions import act


@act
def tell_of_blocked(*, person_id: int | None, by: Employee, at: datetime) -> Alert | None:
    """Tell the group that owns the request, once for each person and caller until it is handled. → the alert.

    That is the special unit of the municipality for a strictly confidential address; else the leaders of the unit that
    answers for the person's household. None when no unit does, or when they have been told already.
    """
    person, day = Person.objects.filter(pk=person_id or 0).first(), localdate(at)
    if person is None:
        return None
    membership = Member.objects.on(day).filter(person=person).select_related("household").order_by("pk").first()
    household = membership.household if membership else None
    unit = _owner(person, household, by=by, at=at)
    if household is not None:
        readings.note(household, Purpose.REFUSED)
    waiting = Alert.objects.open().filter(kind=AlertKind.BLOCKED_AT_COUNTER, person=person, by=by)
    if unit is None or waiting.exists():
        return None
    return tell(unit, AlertKind.BLOCKED_AT_COUNTER, household=household, person=person, by=by, at=at)


def special_unit_of(municipality_id: str) -> Unit | None:
    """The municipality's special unit, the one registered first where there are several."""
    return Unit.objects.filter(municipality=municipality_id, kind=UnitKind.SPECIAL).order_by("pk").first()


def _owner(person: Person, household: Household | None, *, by: Employee, at: datetime) -> Unit | None:
    day = localdate(at)
    grants = by.role_grants.on(day).select_related("unit").order_by("starts_on", "pk").first()
    municipality = household.municipality_id if household else grants.unit.municipality_id if grants else ""
    if _is_strict(person, household, at=at):
        special = special_unit_of(municipality)
        if special is not None:
            return special
    answers = household.responsibilities.on(day).select_related("unit").first() if household else None
    return answers.unit if answers else grants.unit if grants else None


def _is_strict(person: Person, household: Household | None, *, at: datetime) -> bool:
    day = localdate(at)
    members = household.members.on(day).select_related("person") if household else ()
    return any(one.protection_on(day) in STRICT for one in (person, *(member.person for member in members)))
