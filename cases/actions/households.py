"""Splitting a household in two, and joining two into one. Each part keeps its clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.assignments import end_assignments, start_with
from cases.actions.calendar import case_to_act_on
from cases.actions.journey import follow, open_case_of
from cases.actions.no_more import end_what_is_open
from cases.actions.plans_along import take_plans_along
from cases.actions.registration import look_after_the_young, open_case
from cases.actions.representatives import take_along
from cases.actions.requests import NewRequest, receive
from cases.actions.tasks import open_task, owner_of, unit_of
from cases.models import Case, ClosingReason, Need, Request, Task, TaskKind
from housing.actions.spells import refresh
from housing.models import Lease, NotTogether, Residence, ResidenceKind, Spell
from housing.models.residence import AT_A_PROVIDER, RENTALS
from people import journal
from people.access import locked_household, may, units_with
from people.actions.persons import change_role, is_adult_member, keep_an_applicant
from people.actions.sharing import share_by_practice
from people.journal import Act
from people.models import Employee, Household, Member, MemberRole, Responsibility, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotSplit(Refusal):
    """The household cannot be split so."""


class CannotJoin(Refusal):
    """The two households cannot become one so."""


class SplitReason(models.TextChoices):
    """Why a household is split: it decides what the two have to do with each other afterwards."""

    BREAK_UP = "break_up", _("Break-up")
    VIOLENCE = "violence", _("Violence or threats")
    OTHER = "other", _("Something else")


@dataclass(frozen=True)
class Situation:
    """Where a household lives from the day of a split; a place at a provider names it, and its room when known."""

    kind: ResidenceKind
    provider_id: int | None = None
    room_id: int | None = None
    planned_end: date | None = None


@act
def split_household(
    *,
    household_id: int,
    leaving: Mapping[int, MemberRole],
    on: date,
    because: SplitReason,
    reason: str,
    situation: Situation | None,
    by: Employee,
    at: datetime,
    unit_id: int | None = None,
    keeps_owner: bool = False,
    request: NewRequest | None = None,
    version: int | None = None,
) -> Household:
    """Let some members form a household of their own from a day, today or earlier.

    The new one carries the residences up to that day by derivation, so its stay goes on with its first night. When the
    applicant leaves, the partner, else the eldest other adult, is the applicant of those who stay.

    Whoever was let into the old one is not let into the new by that: nobody who is on it, shares it or has leave to see
    it comes along, but the responsible caseworker where `keeps_owner` says so. Only the new one's journal tells why.
    After violence the two are kept apart, and the leader is to say who follows the new one.

    :param leaving: id of each membership that ends here → its role in the new household
    :param situation: where the new household lives from that day; None when not known
    :param unit_id: who answers for the new household, by default the same unit
    :param keeps_owner: the old one's caseworker follows both; else whoever splits follows the new one, unless they
        follow the old one: then nobody does until the leader says who
    :raises NoOpenCase: when the case is closed
    :raises CannotSplit: naming the field at fault
    """
    old = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    owner = owner_of(old, on=localdate(at))
    case = case_to_act_on(old, by=by, at=at)
    movers = _movers(old, leaving, on, today=localdate(at))
    _refuse_situation(situation)
    unit = _unit_for(old, unit_id, at=at)
    if keeps_owner:
        _refuse_both(old, owner, unit, because, by=by, at=at)
    follows = owner if keeps_owner else _other_than(owner, unit, because, by=by, at=at)
    new = Household.objects.create(municipality_id=old.municipality_id, opened_on=on, split_from=old, split_on=on)
    Responsibility.objects.create(household=new, unit=unit, starts_on=on)
    for member in movers:
        _move(member, new, leaving[member.pk], on=on)
    is_danger = because is SplitReason.VIOLENCE
    persons = [one.person_id for one in movers]
    take_along(persons, old=old, new=new, on=on, by=by, at=at, from_danger=is_danger)
    take_plans_along(persons, old=old, new=new, on=on, by=by, at=at)
    keep_an_applicant(old, on=on)
    if follows is not None:
        start_with(new, follows, by=by, at=at)
    new_case = open_case(new, on=on, lost_home_reason=case.lost_home_reason, by=by, at=at)
    if request is not None:
        receive(new, unit, request, by=by, at=at)
    if situation is not None:
        _live(new, situation, on=on, by=by, at=at)
    refresh([old.pk, new.pk])
    follow(case, on=localdate(at), by=by, at=at)
    follow(new_case, on=localdate(at), by=by, at=at)
    look_after_the_young(new, by=by, at=at)
    journal.record(Act.SPLIT, household_id=old.pk, subject=new, by=by, at=at, on=on, details={"members": len(movers)})
    journal.record(
        Act.FORMED_BY_SPLIT,
        household_id=new.pk,
        subject=old,
        by=by,
        at=at,
        on=on,
        reason=reason,
        details={"members": len(movers), "because": because.value},
    )
    if because is SplitReason.VIOLENCE:
        _keep_apart(new, old, reason=reason, by=by, at=at)
    else:
        share_by_practice(new, unit, on=on, by=by, at=at)
    if not by.is_system and (follows is None or because is SplitReason.VIOLENCE):
        open_task(household=new, kind=TaskKind.LEADER_ASSIGN_PART, due_on=localdate(at), for_leader=True, by=by, at=at)
    return new


@act
def join_households(
    *,
    household_id: int,
    other_id: int,
    on: date,
    reason: str,
    by: Employee,
    at: datetime,
    roles: Mapping[int, MemberRole] | None = None,
    version: int | None = None,
) -> Household:
    """Let two households be one from a day, today or earlier. → the one that goes on.

    That is the one with the longest clock on the day: the earlier first night in temporary accommodation, else the
    longer without a home, else the older. The other's place is left and its case closed, with what it has applied for
    and is paid; its open tasks go along.

    :param roles: id of a membership in the one that does not go on → its role from now on; left out, an applicant
        becomes the partner where there is none, else another member
    :param version: the form's sight of `household_id`
    :raises NoOpenCase: when one of the cases is closed
    :raises CannotJoin: naming the field at fault
    """
    if household_id == other_id:
        raise CannotJoin(_("Choose another household to join with."), field="other")
    seen = {household_id: version}
    pair = [
        locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=pk, at=at, version=seen.get(pk))
        for pk in sorted((household_id, other_id))
    ]
    kept, other = sorted(pair, key=lambda household: _clock(household, on))
    kept_case, other_case = case_to_act_on(kept, by=by, at=at), open_case_of(other)
    _refuse_join(kept, other, other_case, on, today=localdate(at))
    _leave_place(other, on, by=by, at=at)
    moving = list(other.members.on(on).select_related("person").order_by("pk"))
    for member in moving:
        _join(member, kept, roles or {}, on=on)
    take_along([member.person_id for member in moving], old=other, new=kept, on=on, by=by, at=at)
    take_plans_along([member.person_id for member in moving], old=other, new=kept, on=on, by=by, at=at)
    _close_joined(other, other_case, kept, on=on, reason=reason, by=by, at=at)
    refresh([kept.pk, other.pk])
    follow(kept_case, on=localdate(at), by=by, at=at)
    for household, subject in ((kept, other), (other, kept)):
        journal.record(
            Act.JOINED,
            household_id=household.pk,
            subject=subject,
            by=by,
            at=at,
            on=on,
            reason=reason,
            details={"kept": kept.ref},
        )
    return kept


def _movers(old: Household, leaving: Mapping[int, MemberRole], on: date, *, today: date) -> list[Member]:
    """The memberships that end here, if those who go and those who stay can each be a household."""
    if on > today:
        raise CannotSplit(_("A household is split today or with effect from an earlier day."), field="on")
    present = list(old.members.on(on).select_related("person").order_by("pk"))
    movers = [member for member in present if member.pk in leaving]
    if not movers or len(movers) != len(leaving):
        raise CannotSplit(_("Choose those who leave among the members on that day."), field="leaving")
    if any(member.starts_on >= on for member in movers):
        raise CannotSplit(_("Somebody who leaves became a member that very day. Choose a later day."), field="on")
    if sum(role == MemberRole.APPLICANT for role in leaving.values()) != 1:
        raise CannotSplit(_("The new household has exactly one applicant."), field="leaving")
    if not any(is_adult_member(member.role) for member in present if member.pk not in leaving):
        raise CannotSplit(_("At least one adult must stay."), field="leaving")
    return movers


def _refuse_situation(situation: Situation | None) -> None:
    if situation is None:
        return
    if situation.kind in AT_A_PROVIDER and situation.provider_id is None:
        raise CannotSplit(_("Choose the provider."), field="provider")
    if situation.kind not in AT_A_PROVIDER and situation.provider_id is not None:
        raise CannotSplit(_("Only temporary accommodation and night shelter have a provider."), field="provider")


def _unit_for(household: Household, unit_id: int | None, *, at: datetime) -> Unit:
    if unit_id is None:
        return unit_of(household, on=localdate(at))
    unit = Unit.objects.filter(pk=unit_id, municipality_id=household.municipality_id).first()
    if unit is None:
        raise CannotSplit(_("Choose a unit of the household's municipality."), field="unit")
    return unit


def _move(member: Member, to: Household, role: MemberRole, *, on: date) -> None:
    ends_on, member.ends_on = member.ends_on, on
    member.save(update_fields=["ends_on"])
    Member.objects.create(household=to, person_id=member.person_id, role=role, starts_on=on, ends_on=ends_on)


def _refuse_both(
    old: Household, owner: Employee | None, unit: Unit, because: SplitReason, *, by: Employee, at: datetime
) -> None:
    """:raises CannotSplit: when the old one's caseworker cannot follow both, or `by` cannot say so"""
    if because is SplitReason.VIOLENCE:
        sentence = _("After violence or threats the two are not followed by the same caseworker.")
    elif owner is None or not _works_at(owner, unit, at=at):
        sentence = _("No caseworker of that unit follows the household.")
    elif owner != by and not may(by, Permission.ASSIGN_OTHERS, old, at=at):
        sentence = _("Only the leader gives a case to somebody else.")
    else:
        return
    raise CannotSplit(sentence, field="keeps_owner")


def _other_than(
    owner: Employee | None, unit: Unit, because: SplitReason, *, by: Employee, at: datetime
) -> Employee | None:
    """Whoever splits, if not the one who follows the old household; an unassigned one is theirs by this very act."""
    is_the_old_one_s = by == owner or (owner is None and because is SplitReason.VIOLENCE)
    return None if by.is_system or is_the_old_one_s or not _works_at(by, unit, at=at) else by


def _works_at(employee: Employee, unit: Unit, *, at: datetime) -> bool:
    return units_with(employee, Permission.CHANGE_HOUSEHOLD, at=at).filter(pk=unit.pk).exists()


def _keep_apart(new: Household, old: Household, *, reason: str, by: Employee, at: datetime) -> None:
    """The two may not stay at the same provider. The old one's journal is silent: it would tell why they parted."""
    pair = NotTogether.objects.create(household=old, other=new, reason=reason)
    journal.record(Act.KEPT_APART, household_id=new.pk, subject=pair, by=by, at=at)


def _live(household: Household, situation: Situation, *, on: date, by: Employee, at: datetime) -> None:
    residence = Residence.objects.create(
        household=household,
        municipality_id=household.municipality_id,
        kind=situation.kind,
        starts_on=on,
        provider_id=situation.provider_id,
        room_id=situation.room_id,
        planned_end=situation.planned_end,
        lease=Lease.ORDINARY if situation.kind in RENTALS else "",
    )
    details = {"kind": residence.kind}
    journal.record(
        Act.RESIDENCE_STARTED, household_id=household.pk, subject=residence, by=by, at=at, on=on, details=details
    )


def _clock(household: Household, day: date) -> tuple[date, date, date, int]:
    """What orders households by their clock, longest first; the last night before the day counts as tonight."""
    spells = list(Spell.objects.filter(household=household, starts_on__lte=day, ends_on__gte=day))
    stays = [spell.starts_on for spell in spells if spell.limit_on is not None]
    homeless = [spell.homeless_since for spell in spells if spell.homeless_since is not None]
    never = date.max
    return min(stays, default=never), min(homeless, default=never), household.opened_on or date.min, household.pk


def _refuse_join(kept: Household, other: Household, other_case: Case, on: date, *, today: date) -> None:
    if kept.municipality_id != other.municipality_id:
        raise CannotJoin(_("The households belong to different municipalities."), field="other")
    if on > today:
        raise CannotJoin(_("Households are joined today or with effect from an earlier day."), field="on")
    if on < other_case.opened_on:
        raise CannotJoin(_("The case cannot be closed before it was opened."), field="on")
    begun = Q(starts_on__gte=on)
    if other.members.filter(begun).exists() or other.residences.filter(begun).exists():
        raise CannotJoin(_("Somebody joined or moved that very day or later. Choose a later day."), field="on")
    if Request.objects.filter(household=other, outcome="").exists():
        raise CannotJoin(_("Give the outcome of the unanswered request first."))


def _leave_place(household: Household, on: date, *, by: Employee, at: datetime) -> None:
    for residence in household.residences.touching(on, None):
        residence.ends_on = on
        residence.save(update_fields=["ends_on"])
        details = {"kind": residence.kind}
        journal.record(
            Act.RESIDENCE_ENDED, household_id=household.pk, subject=residence, by=by, at=at, on=on, details=details
        )


def _join(member: Member, kept: Household, roles: Mapping[int, MemberRole], *, on: date) -> None:
    """A child of both households is a child of the one, also when it only visited there; everybody else goes over."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    already = kept.members.filter(lasting, person_id=member.person_id).first()
    if already is not None:
        member.ends_on = on
        member.save(update_fields=["ends_on"])
        if member.role == MemberRole.CHILD != already.role:
            change_role(already, MemberRole.CHILD, on=max(on, already.starts_on))
        return
    role = roles.get(member.pk) or MemberRole(member.role)
    taken = set(kept.members.on(on).values_list("role", flat=True))
    if role in (MemberRole.APPLICANT, MemberRole.PARTNER):
        role = MemberRole.OTHER if MemberRole.PARTNER in taken else MemberRole.PARTNER
    _move(member, kept, role, on=on)


def _close_joined(
    other: Household, case: Case, kept: Household, *, on: date, reason: str, by: Employee, at: datetime
) -> None:
    Need.objects.on(on).filter(household=other, starts_on__lt=on).update(ends_on=on)
    end_what_is_open(other, ClosingReason.JOINED, on=on, by=by, at=at)
    Task.objects.open().filter(household=other).update(household=kept, unit=unit_of(kept, on=localdate(at)))
    end_assignments(other, on=on)
    case.close(on=on, reason=ClosingReason.JOINED)
    case.save(update_fields=["state", "closed_on", "closing_reason"])
    journal.record(
        Act.CASE_CLOSED,
        household_id=other.pk,
        subject=case,
        by=by,
        at=at,
        on=on,
        reason=reason,
        details={"closing_reason": case.closing_reason},
    )
