"""Registering that somebody has died, and taking back a death that was registered by a slip."""

from __future__ import annotations

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.assignments import take_if_unassigned
from cases.actions.plans_along import end_plans_of
from cases.actions.representatives import end_all_of
from cases.models import PlanEnd
from housing.actions.spells import refresh
from people import journal
from people.access import locked_household
from people.actions.persons import is_adult_member, keep_an_applicant
from people.journal import Act
from people.models import Employee, Household, Member, Person
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotRegisterDeath(Refusal):
    """The death cannot be registered so."""


@act
def register_death(
    *,
    household_id: int,
    person_id: int,
    died_on: date,
    reason: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Person:
    """Register that a member has died, today or earlier; `reason` is how it is known.

    Guardian and agent fall away. The membership ends that day where another adult stays, and the applicant's place is
    taken; the last adult stays until the case is closed. From that day no letter goes to them.

    :raises CannotRegisterDeath: without a reason, ahead, before the birth, or when it is registered already
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    person = _locked(household, person_id, on=localdate(at))
    if person.died_on is not None:
        raise CannotRegisterDeath(_("The death is registered already."))
    if not reason.strip():
        raise CannotRegisterDeath(_("Say how it is known."), field="reason")
    if died_on > localdate(at):
        raise CannotRegisterDeath(_("The day lies ahead."), field="died_on")
    if died_on < person.born_on:
        raise CannotRegisterDeath(_("Nobody dies before they are born."), field="died_on")
    take_if_unassigned(household, by=by, at=at)
    person.died_on = died_on
    person.save(update_fields=["died_on"])
    end_all_of(person, household, on=died_on, reason=_("The person died."), by=by, at=at)
    end_plans_of([person.pk], household=household, on=died_on, because=PlanEnd.DECEASED, by=by, at=at)
    ended = _end_membership(household, person, on=died_on)
    refresh([household.pk])
    details = {"membership_ended": ended}
    journal.record(
        Act.DIED,
        household_id=household.pk,
        subject=person,
        by=by,
        at=at,
        on=died_on,
        reason=reason.strip(),
        details=details,
    )
    return person


@act
def take_back_death(
    *, household_id: int, person_id: int, reason: str, by: Employee, at: datetime, version: int | None = None
) -> Person:
    """Take back a death registered by a slip. What followed from it is put right by acts of its own.

    :raises CannotRegisterDeath: without a reason, or when no death is registered
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    person = _locked(household, person_id, on=None)
    if person.died_on is None:
        raise CannotRegisterDeath(_("No death is registered."))
    if not reason.strip():
        raise CannotRegisterDeath(_("Say what was wrong."), field="reason")
    person.died_on = None
    person.save(update_fields=["died_on"])
    journal.record(Act.DEATH_TAKEN_BACK, household_id=household.pk, subject=person, by=by, at=at, reason=reason.strip())
    return person


def _locked(household: Household, person_id: int, *, on: date | None) -> Person:
    """A member of that day, or of any."""
    members = household.members.on(on) if on else household.members.all()
    persons = Person.objects.select_for_update(no_key=True, of=("self",))
    return get_object_or_404(persons, pk=person_id, pk__in=members.values("person"))


def _end_membership(household: Household, person: Person, *, on: date) -> bool:
    """Whether the membership ended: not the last adult's, nor one that began that very day."""
    member = household.members.on(on).filter(person=person, starts_on__lt=on).first()
    if member is None or _is_last_adult(household, member, on=on):
        return False
    member.ends_on = on
    member.save(update_fields=["ends_on"])
    keep_an_applicant(household, on=on)
    return True


def _is_last_adult(household: Household, member: Member, *, on: date) -> bool:
    others = household.members.on(on).exclude(pk=member.pk)
    return is_adult_member(member.role) and not any(is_adult_member(one.role) for one in others)
