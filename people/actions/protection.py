"""Protecting somebody's address, and deciding that nothing is to be masked any more."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people import journal
from people.access import locked_household, may
from people.actions.alerts import tell
from people.actions.counter import special_unit_of, tell_of_blocked
from people.journal import Act
from people.models import (
    SHIELDED,
    STRICT,
    Alert,
    AlertKind,
    Employee,
    Household,
    Member,
    Person,
    Protection,
    Responsibility,
)
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotProtect(Refusal):
    """The grade cannot be set so."""


@act
def protect(
    *,
    household_id: int,
    person_id: int,
    grade: Protection,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Person:
    """Give a member a grade from a day on. It masks at once, all that was before too, until somebody unmasks.

    A milder grade than the one that masks is a decision on unmasking: for those who may. Of a strictly confidential
    one the special unit is told in the same transaction.

    :raises CannotProtect: without a reason, or with an end that is not after the start
    :raises PermissionDenied: when the grade is milder and `by` may not unmask
    """
    household, person = _member(household_id, person_id, by=by, at=at, version=version)
    day = localdate(at)
    if grade == Protection.NONE:
        raise CannotProtect(_("Choose a grade. To take one away, decide on unmasking."), field="grade")
    if not reason.strip():
        raise CannotProtect(_("Say how it is known."), field="reason")
    if ends_on is not None and ends_on <= starts_on:
        raise CannotProtect(_("The end must come after the start."), field="ends_on")
    unmasks = grade.is_milder_than(person.protection_on(day)) or starts_on > day
    if unmasks and _is_shielded(person, day) and not _may_unmask(by, household, at):
        raise PermissionDenied
    person.protection, person.protection_from, person.protection_to = grade, starts_on, ends_on
    person.unmasked_at, person.unmasked_by, person.unmasked_because = None, None, ""
    person.save(update_fields=[*_GRADE, *_UNMASKED])
    days = {"from": starts_on.isoformat(), "to": ends_on.isoformat() if ends_on else None}
    details = {"grade": grade.value, **days}
    _record(Act.PROTECTED, household, person, by=by, at=at, reason=reason, details=details)
    if grade in STRICT:
        tell_of_blocked(person_id=person.pk, by=by, at=at)
    return person


@act
def unmask(
    *, household_id: int, person_id: int, reason: str, by: Employee, at: datetime, version: int | None = None
) -> Person:
    """Decide that nothing of a member is masked any more, from this moment on.

    :raises CannotProtect: without a reason, or when nothing is masked
    :raises PermissionDenied: when `by` does not lead the unit, or the special unit
    """
    household, person = _member(household_id, person_id, by=by, at=at, version=version)
    if not _may_unmask(by, household, at):
        raise PermissionDenied
    if not reason.strip():
        raise CannotProtect(_("Say why nothing needs to be masked any more."), field="reason")
    if person.protection_on(localdate(at)) == Protection.NONE:
        raise CannotProtect(_("Nothing of this person is masked."))
    person.unmasked_at, person.unmasked_by, person.unmasked_because = at, by, reason.strip()
    person.save(update_fields=list(_UNMASKED))
    _record(Act.UNMASKED, household, person, by=by, at=at, reason=reason, details={})
    return person


def tell_of_ended_protection(*, by: Employee, at: datetime) -> int:
    """Ask those who may unmask about everybody whose protection has ended, once each. → how many were asked."""
    day = localdate(at)
    waiting = Alert.objects.filter(
        kind=AlertKind.PROTECTION_OVER, person=OuterRef("pk"), at__date__gte=OuterRef("protection_to")
    )
    ended = Person.objects.filter(
        ~Exists(waiting), protection__in=SHIELDED, protection_to__lte=day, unmasked_at__isnull=True
    )
    return sum(_ask(person, by=by, at=at) for person in ended.order_by("pk"))


@act
def _ask(person: Person, *, by: Employee, at: datetime) -> int:
    day = localdate(at)
    members = Member.objects.on(day).filter(person=person).select_related("household").order_by("pk")
    for member in members:
        special = special_unit_of(member.household.municipality_id) if person.protection in STRICT else None
        answers = Responsibility.objects.on(day).filter(household=member.household).select_related("unit").first()
        unit = special or (answers.unit if answers else None)
        if unit is not None:
            tell(unit, AlertKind.PROTECTION_OVER, household=member.household, person=person, by=by, at=at)
            return 1
    return 0


_GRADE = ("protection", "protection_from", "protection_to")
_UNMASKED = ("unmasked_at", "unmasked_by", "unmasked_because")


def _member(
    household_id: int, person_id: int, *, by: Employee, at: datetime, version: int | None
) -> tuple[Household, Person]:
    permissions = (Permission.CHANGE_HOUSEHOLD, Permission.UNMASK)
    household = locked_household(by, permissions, household_id=household_id, at=at, version=version)
    person = get_object_or_404(
        Person.objects.select_for_update(no_key=True, of=("self",)),
        pk=person_id,
        memberships__in=household.members.on(localdate(at)),
    )
    return household, person


def _may_unmask(by: Employee, household: Household, at: datetime) -> bool:
    return by.is_system or may(by, Permission.UNMASK, household, at=at)


def _is_shielded(person: Person, day: date) -> bool:
    return person.protection_on(day) in SHIELDED


def _record(
    what: Act,
    household: Household,
    person: Person,
    *,
    by: Employee,
    at: datetime,
    reason: str,
    details: dict[str, str | None],
) -> None:
    journal.record(
        what, household_id=household.pk, subject=person, by=by, at=at, reason=reason.strip(), details=details
    )
