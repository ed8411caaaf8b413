"""Registering a household that nobody here follows up yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.assignments import start_with
from cases.actions.journey import follow
from cases.actions.requests import NewRequest, receive
from cases.actions.tasks import open_task
from cases.models import Case, LostHomeReason, Need, NeedKind, NeedReason, TaskKind
from housing.actions.spells import refresh
from housing.models import Lease, Residence, ResidenceKind
from housing.models.residence import AT_A_PROVIDER, RENTALS
from housing.states import birthday
from people import journal
from people.access import units_with
from people.actions.persons import (
    Admitted,
    NewMember,
    admit,
    ages_to_look_at,
    confirm,
    is_adult_member,
    refuse_clashes,
)
from people.actions.sharing import share_by_practice
from people.journal import Act
from people.models import Employee, Household, Member, MemberRole, Responsibility, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Years; below it somebody alone is a matter for the child welfare service too.
OF_AGE = 18


class CannotRegister(Refusal):
    """The household cannot be registered as told."""


@dataclass(frozen=True)
class NewNeed:
    """A home at risk or one that does not suit, from the day of registering."""

    kind: NeedKind
    reason: NeedReason


@act
def register_household(
    *,
    unit_id: int,
    members: Sequence[NewMember],
    opened_on: date,
    by: Employee,
    at: datetime,
    lost_home_reason: LostHomeReason | str = "",
    situation: ResidenceKind | None = None,
    since: date | None = None,
    request: NewRequest | None = None,
    need: NewNeed | None = None,
    owner: Employee | None = None,
    accepted_warnings: bool = False,
) -> Household:
    """Write a household with its members, case, request and where it lives tonight, all at once.

    :param opened_on: the day of the case; the household itself begins at `since` when that is earlier
    :param situation: where it lives; None when not known. A place at a provider is another act's
    :param since: from when it has lived so, by default from `opened_on`
    :param owner: the responsible caseworker, by default `by`
    :raises PermissionDenied: when `by` does no casework at the unit
    :raises CannotRegister: naming the field at fault
    :raises NeedsConfirmation: when there is something to look at twice and `accepted_warnings` is not set
    """
    unit = units_with(by, Permission.CHANGE_HOUSEHOLD, at=at).filter(pk=unit_id).first()
    if by.is_system:
        unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise PermissionDenied
    begins_on = min(opened_on, since or opened_on)
    _refuse(members, opened_on, situation, since, today=localdate(at))
    household = Household.objects.create(municipality_id=unit.municipality_id, opened_on=begins_on)
    Responsibility.objects.create(household=household, unit=unit, starts_on=begins_on)
    admitted = _let_in(household, members, on=begins_on, accepted=accepted_warnings, by=by, at=at)
    share_by_practice(household, unit, on=begins_on, by=by, at=at)
    if owner is not None or not by.is_system:
        start_with(household, owner or by, by=by, at=at)
    case = open_case(household, on=opened_on, lost_home_reason=lost_home_reason, by=by, at=at)
    if request is not None:
        receive(household, unit, request, by=by, at=at)
    if need is not None:
        _record_need(household, need, on=opened_on, by=by, at=at)
    if situation is not None:
        _record_situation(household, situation, on=since or opened_on, by=by, at=at)
    refresh([household.pk])
    follow(case, on=localdate(at), by=by, at=at)
    look_after_the_young(household, by=by, at=at)
    journal.record(
        Act.REGISTERED,
        household_id=household.pk,
        subject=household,
        by=by,
        at=at,
        on=opened_on,
        details={"unit": unit.ref, "members": len(admitted)},
    )
    return household


def open_case(
    household: Household, *, on: date, by: Employee, at: datetime, lost_home_reason: LostHomeReason | str = ""
) -> Case:
    """Open a case in its first state, inside an act; `follow` takes it to where the household stands."""
    case: Case = Case.objects.create(
        household=household,
        municipality_id=household.municipality_id,
        opened_on=on,
        lost_home_reason=lost_home_reason,
    )
    journal.record(
        Act.CASE_OPENED,
        household_id=household.pk,
        subject=case,
        by=by,
        at=at,
        on=on,
        details={"lost_home_reason": case.lost_home_reason},
    )
    return case


def _refuse(
    members: Sequence[NewMember],
    opened_on: date,
    situation: ResidenceKind | None,
    since: date | None,
    *,
    today: date,
) -> None:
    """:raises CannotRegister: for what is wrong before anybody is looked up"""
    if sum(member.role == MemberRole.APPLICANT for member in members) != 1:
        raise CannotRegister(_("A household has exactly one applicant."), field="members")
    if opened_on > today:
        raise CannotRegister(_("The day of registering cannot lie ahead."), field="opened_on")
    if since is not None and since > today:
        raise CannotRegister(_("The day the situation began cannot lie ahead."), field="since")
    if situation in AT_A_PROVIDER:
        raise CannotRegister(_("Register the household first, then place it at a provider."), field="situation")


def _let_in(
    household: Household, members: Sequence[NewMember], *, on: date, accepted: bool, by: Employee, at: datetime
) -> list[Admitted]:
    """Admit everybody, ask about what looks odd, and only then write memberships: one is no look-alike of the next.

    A child born after the household's first day is a member from birth.
    """
    admitted = [admit(member, accepted=accepted, by=by, at=at) for member in members]
    for new, one in zip(members, admitted, strict=True):
        starts_on = max(on, one.person.born_on)
        refuse_clashes(one, household, starts_on=starts_on, by=by, at=at, field=new.field("national_id"))
        Member.objects.create(household=household, person=one.person, role=one.role, starts_on=starts_on)
    odd_ages = ages_to_look_at((one.role, one.person) for one in admitted)
    confirm([*(warning for one in admitted for warning in one.warnings), *odd_ages], accepted=accepted)
    return admitted


def _record_need(household: Household, need: NewNeed, *, on: date, by: Employee, at: datetime) -> None:
    row = Need.objects.create(household=household, kind=need.kind, reason=need.reason, starts_on=on)
    details = {"kind": row.kind, "reason": row.reason}
    journal.record(Act.NEED_RECORDED, household_id=household.pk, subject=row, by=by, at=at, on=on, details=details)


def _record_situation(household: Household, kind: ResidenceKind, *, on: date, by: Employee, at: datetime) -> None:
    """A rental is taken to be without end until somebody has seen its lease."""
    row = Residence.objects.create(
        household=household,
        municipality_id=household.municipality_id,
        kind=kind,
        starts_on=on,
        lease=Lease.ORDINARY if kind in RENTALS else "",
    )
    details = {"kind": row.kind}
    journal.record(Act.RESIDENCE_STARTED, household_id=household.pk, subject=row, by=by, at=at, on=on, details=details)


def look_after_the_young(household: Household, *, by: Employee, at: datetime) -> None:
    """A task for the leader when nobody in a household just made is of age, inside the act that made it."""
    day = localdate(at)
    members = household.members.on(day).select_related("person")
    if not any(is_adult_member(m.role) and birthday(m.person.born_on, OF_AGE) <= day for m in members):
        about = gettext("Nobody in the household is of age: check with the child welfare service.")
        open_task(household=household, kind=TaskKind.OTHER, due_on=day, by=by, at=at, about=about, for_leader=True)
