"""Who lives in a household: letting in, leaving, being born."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.assignments import take_if_unassigned
from cases.actions.calendar import case_to_act_on
from cases.actions.plans_along import end_plans_of
from cases.actions.representatives import end_all_of
from cases.models import Case, PlanEnd
from housing.actions.spells import refresh
from people import journal
from people.access import locked_household
from people.actions.persons import (
    CHILDREN,
    CannotBeMember,
    NewMember,
    admit,
    ages_to_look_at,
    confirm,
    is_adult_member,
    keep_an_applicant,
    refuse_clashes,
)
from people.journal import Act
from people.models import Employee, Household, Member, MemberRole
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotEndMember(Refusal):
    """The membership cannot end so."""


@act
def add_member(
    *,
    household_id: int,
    member: NewMember,
    starts_on: date,
    by: Employee,
    at: datetime,
    accepted_warnings: bool = False,
    version: int | None = None,
) -> Member:
    """Let somebody into the household from a day, today or earlier.

    :raises NoOpenCase: when its case is closed
    :raises CannotBeMember: naming the field at fault
    :raises NotToBeToldHere: when the person is hidden from the employee
    :raises NeedsConfirmation: when there is something to look at twice and `accepted_warnings` is not set
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    _refuse_start(household, member, starts_on, today=localdate(at))
    row = _let_in(household, member, starts_on, accepted=accepted_warnings, by=by, at=at)
    _after_change(household, Act.MEMBER_ADDED, row, on=starts_on, by=by, at=at)
    return row


@act
def record_birth(
    *,
    household_id: int,
    child: NewMember,
    by: Employee,
    at: datetime,
    accepted_warnings: bool = False,
    version: int | None = None,
) -> Member:
    """Let a newborn into the household as a child from the day it was born.

    :raises NoOpenCase: when its case is closed
    :raises CannotBeMember: when no birth date is told, or the household began later
    :raises NeedsConfirmation: when the child may be registered already and `accepted_warnings` is not set
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    if child.born_on is None:
        raise CannotBeMember(_("Give the birth date."), field=child.field("born_on"))
    born = replace(child, role=MemberRole.CHILD)
    _refuse_start(household, born, child.born_on, today=localdate(at), field=child.field("born_on"))
    row = _let_in(household, born, child.born_on, accepted=accepted_warnings, by=by, at=at)
    _after_change(household, Act.CHILD_BORN, row, on=row.starts_on, by=by, at=at)
    return row


@act
def end_member(
    *,
    household_id: int,
    member_id: int,
    on: date,
    reason: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Member:
    """Let somebody leave the household on a day, today or earlier: the first day not in it.

    When the applicant leaves, the partner, else the eldest other adult, is the applicant from that day.

    Also of a household whose case is closed, so that they can live in another one.

    :raises CannotEndMember: when already ended, on or before the first day, ahead, or the last adult of an open case
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    member = Member.objects.filter(pk=member_id, household=household).first()
    if member is None:
        raise Http404
    _refuse_end(household, member, on, today=localdate(at))
    take_if_unassigned(household, by=by, at=at)
    member.ends_on = on
    member.save(update_fields=["ends_on"])
    end_all_of(member.person, household, on=on, reason=gettext("Left the household."), by=by, at=at)
    end_plans_of([member.person_id], household=household, on=on, because=PlanEnd.LEFT, by=by, at=at)
    keep_an_applicant(household, on=on)
    _after_change(household, Act.MEMBER_ENDED, member, on=on, by=by, at=at, reason=reason)
    return member


def _let_in(
    household: Household, new: NewMember, starts_on: date, *, accepted: bool, by: Employee, at: datetime
) -> Member:
    one = admit(new, accepted=accepted, by=by, at=at)
    refuse_clashes(one, household, starts_on=starts_on, by=by, at=at, field=new.field("national_id"))
    present = [(MemberRole(m.role), m.person) for m in household.members.on(starts_on).select_related("person")]
    other_generation = [(role, person) for role, person in present if (role in CHILDREN) != (one.role in CHILDREN)]
    confirm([*one.warnings, *ages_to_look_at([*other_generation, (one.role, one.person)])], accepted=accepted)
    return Member.objects.create(household=household, person=one.person, role=one.role, starts_on=starts_on)


def _refuse_start(
    household: Household, new: NewMember, starts_on: date, *, today: date, field: str = "starts_on"
) -> None:
    if starts_on > today:
        raise CannotBeMember(_("A membership begins today or earlier."), field=field)
    if household.opened_on is not None and starts_on < household.opened_on:
        raise CannotBeMember(_("The household began later than that day."), field=field)
    if new.role == MemberRole.APPLICANT and household.members.on(starts_on).filter(role=new.role).exists():
        raise CannotBeMember(_("The household already has an applicant."), field=new.field("role"))


def _refuse_end(household: Household, member: Member, on: date, *, today: date) -> None:
    if member.ends_on is not None and member.ends_on <= today:
        raise CannotEndMember(_("This membership has already ended."))
    if on > today:
        raise CannotEndMember(_("A membership ends today or earlier."), field="on")
    if on <= member.starts_on:
        raise CannotEndMember(_("The end must come after the start."), field="on")
    stay = [other.role for other in household.members.on(on).exclude(pk=member.pk)]
    is_last_adult = is_adult_member(member.role) and not any(is_adult_member(role) for role in stay)
    if is_last_adult and Case.objects.open().filter(household=household).exists():
        raise CannotEndMember(_("The last adult cannot leave while the case is open. Close the case instead."))


def _after_change(
    household: Household, what: Act, member: Member, *, on: date, by: Employee, at: datetime, reason: str = ""
) -> None:
    """A change of members can make a household a family, or young: its spells say when."""
    refresh([household.pk])
    journal.record(
        what,
        household_id=household.pk,
        subject=member,
        by=by,
        at=at,
        on=on,
        reason=reason,
        details={"role": member.role},
    )
