"""Placing a household at a provider, and moving it to another room or provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.decisions import DecisionParts, write_decision
from cases.actions.journey import follow
from cases.actions.occupancy import (
    end_residence,
    lock_rooms,
    refuse_backwards,
    refuse_overlap,
    refuse_room,
    refuse_too_far_ahead,
    residence_on,
    start_residence,
)
from cases.actions.tasks import close_task, open_task
from cases.deadlines import plan_due_on
from cases.models import Case, Decision, HousingPlan, Outcome, Request, Task, TaskKind
from cases.wording import day_in_words
from housing.actions.spells import refresh
from housing.models import AT_A_PROVIDER, BelowStandard, Residence, ResidenceKind, Room, Spell
from housing.rooms import PROBLEM_LABELS, offers
from housing.suitability import FOR_THE_LEADER, STOPS, Problem
from people import journal
from people.access import locked_household, may
from people.decision import Purpose
from people.journal import Act
from people.masking import require_whereabouts
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act
from people.working_days import next_working_day


class CannotPlace(Refusal):
    """The household cannot be placed there, or not so."""


@dataclass(frozen=True)
class _Wish:
    """The place asked for. `planned_end` is the day the granted period ends."""

    room_id: int
    starts_on: date
    planned_end: date
    below_standard: str


@act
def place(
    *,
    household_id: int,
    room_id: int,
    starts_on: date,
    planned_end: date | None,
    parts: DecisionParts | None,
    by: Employee,
    at: datetime,
    below_standard: str = "",
    version: int | None = None,
) -> Residence:
    """Give a household a room: residence, decision with letters, plan task and the request's outcome in one sweep.

    Where it lived until then ends the same day. A room that does not suit needs `below_standard` (a code of
    `BelowStandard`); then the leader is told, and a task asks for a better place within a working day.

    :param parts: what the decision says; None gives it by word of mouth, to be written down after
    :raises CannotPlace: when the household is placed already, or the room does not suit and no reason is given
    :raises CannotLiveThere: when the room is taken, or the period cannot be
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_whereabouts(household)
    case = case_to_act_on(household, by=by, at=at)
    wish = _wish(room_id, starts_on, planned_end, below_standard)
    current = residence_on(household, starts_on)
    if current is not None and current.kind == ResidenceKind.TEMPORARY:
        raise CannotPlace(_("The household is already in temporary accommodation: move it instead."))
    residence = _move_in(household, case, current, wish, by=by, at=at)
    _decide(household, case, residence, parts, by=by, at=at)
    _answer_request(household, residence, by=by, at=at)
    return residence


@act
def move(
    *,
    household_id: int,
    room_id: int,
    starts_on: date,
    by: Employee,
    at: datetime,
    planned_end: date | None = None,
    parts: DecisionParts | None = None,
    below_standard: str = "",
    version: int | None = None,
) -> Residence:
    """Move a household from one room to another, of the same provider or not: out and in on the same day.

    Without `planned_end` the granted period goes on. A decision is made when none in force covers the new period at
    that provider: with `parts` in writing, else by word of mouth.

    :raises CannotPlace: when there is nothing to move from, or the room does not suit and no reason is given
    :raises CannotLiveThere: when the room is taken, or the period cannot be
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_whereabouts(household)
    case = case_to_act_on(household, by=by, at=at)
    current = residence_on(household, starts_on)
    if current is None or current.kind not in AT_A_PROVIDER:
        raise CannotPlace(_("The household is at no provider on %(day)s.") % {"day": day_in_words(starts_on)})
    if current.room_id == room_id:
        raise CannotPlace(_("The household already has that room."), field="room")
    wish = _wish(room_id, starts_on, planned_end or current.planned_end, below_standard)
    residence = _move_in(household, case, current, wish, by=by, at=at)
    if not _is_granted(residence):
        _decide(household, case, residence, parts, by=by, at=at)
    return residence


@act
def place_undisclosed(
    *,
    household_id: int,
    kind: ResidenceKind,
    starts_on: date,
    planned_end: date | None,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Residence:
    """Place a strictly confidential household without telling the system where: its special unit alone knows.

    Its clock, its plan and its decision are as for any other, the decision by word of mouth until it is written down.

    :raises PermissionDenied: unless `by` is of its special unit
    :raises CannotPlace: when the kind is no provider's, or the household is at an undisclosed place of the kind already
    :raises CannotLiveThere: when the period cannot be
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    if household.sight.purpose is not Purpose.SPECIAL_UNIT:
        raise PermissionDenied
    case = case_to_act_on(household, by=by, at=at)
    if kind not in AT_A_PROVIDER:
        raise CannotPlace(_("Choose one of the kinds of place."), field="kind")
    if planned_end is None:
        raise CannotPlace(_("Say until when the place is granted."), field="planned_end")
    refuse_backwards(starts_on, planned_end, field="planned_end")
    refuse_too_far_ahead(starts_on, today=localdate(at), field="starts_on")
    current = residence_on(household, starts_on)
    if current is not None and current.is_undisclosed and current.kind == kind:
        raise CannotPlace(_("The household has an undisclosed place already: extend the stay."))
    lock_rooms([current.room_id if current else None])
    refuse_overlap(household, starts_on, None, but=current)
    end_residence(current, on=starts_on, by=by, at=at)
    wanted = Residence(
        household=household, kind=kind, is_undisclosed=True, starts_on=starts_on, planned_end=planned_end
    )
    residence = start_residence(wanted, by=by, at=at)
    refresh([household.pk])
    follow(case, on=localdate(at), by=by, at=at)
    _set_tasks(household, residence, (), by=by, at=at)
    _decide(household, case, residence, None, by=by, at=at)
    _answer_request(household, residence, by=by, at=at)
    return residence


def _wish(room_id: int, starts_on: date, planned_end: date | None, below_standard: str) -> _Wish:
    if planned_end is None:
        raise CannotPlace(_("Say until when the place is granted."), field="planned_end")
    refuse_backwards(starts_on, planned_end, field="planned_end")
    if below_standard and below_standard not in BelowStandard.values:
        raise CannotPlace(_("Choose one of the reasons."), field="below_standard")
    return _Wish(room_id, starts_on, planned_end, below_standard)


def _move_in(
    household: Household, case: Case, current: Residence | None, wish: _Wish, *, by: Employee, at: datetime
) -> Residence:
    today = localdate(at)
    refuse_too_far_ahead(wish.starts_on, today=today, field="starts_on")
    room = lock_rooms([wish.room_id, current.room_id if current else None]).get(wish.room_id)
    if room is None:
        raise CannotPlace(_("Choose a room."), field="room")
    refuse_overlap(household, wish.starts_on, None, but=current)
    refuse_room(room, wish.starts_on, None, but=None)
    if room.closed_on is not None and wish.planned_end > room.closed_on:
        day = day_in_words(room.closed_on)
        raise CannotPlace(_("The room goes out of use on %(day)s.") % {"day": day}, field="planned_end")
    found = _problems(household, room, wish, by=by, at=at)
    end_residence(current, on=wish.starts_on, by=by, at=at)
    residence = start_residence(_residence(household, room, wish, found), by=by, at=at)
    refresh([household.pk])
    follow(case, on=today, by=by, at=at)
    _set_tasks(household, residence, found, by=by, at=at)
    return residence


def _residence(household: Household, room: Room, wish: _Wish, found: Sequence[Problem]) -> Residence:
    return Residence(
        household=household,
        kind=room.provider.kind,
        provider=room.provider,
        room=room,
        starts_on=wish.starts_on,
        planned_end=wish.planned_end,
        price_a_night=room.price_a_night,
        below_standard=wish.below_standard if found else "",
    )


def _problems(household: Household, room: Room, wish: _Wish, *, by: Employee, at: datetime) -> tuple[Problem, ...]:
    """What speaks against the room, when it may be used all the same.

    :raises CannotPlace: when it may not, or not by `by`, or no reason is given
    """
    [offer] = offers(Room.objects.filter(pk=room.pk), household=household, night=wish.starts_on)
    found = offer.problems
    if not STOPS.isdisjoint(found):
        raise CannotPlace(_("This provider cannot be used for this household."), field="room")
    if not FOR_THE_LEADER.isdisjoint(found) and not may(by, Permission.PLACE_AGAINST_APPROVAL, household, at=at):
        raise CannotPlace(
            _("No agreement on quality or approval for children is in force: only the leader can place a child."),
            field="room",
        )
    if found and not wish.below_standard:
        listed = " · ".join(str(PROBLEM_LABELS[problem]) for problem in found)
        raise CannotPlace(
            _("This place does not suit the household (%(problems)s). Choose a reason, or another room.")
            % {"problems": listed},
            field="below_standard",
        )
    return found


def _set_tasks(
    household: Household, residence: Residence, found: Sequence[Problem], *, by: Employee, at: datetime
) -> None:
    open_tasks = Task.objects.open().filter(household=household)
    after = next_working_day(max(residence.starts_on, localdate(at)))
    for task in open_tasks.filter(kind=TaskKind.MOVE_TO_STANDARD):
        close_task(task, by=by, at=at)
    if found:
        is_lapsed = not FOR_THE_LEADER.isdisjoint(found)
        told = TaskKind.LEADER_CHILD_LAPSED if is_lapsed else TaskKind.LEADER_BELOW_STANDARD
        open_task(household=household, kind=told, due_on=after, for_leader=True, by=by, at=at)
        open_task(household=household, kind=TaskKind.MOVE_TO_STANDARD, due_on=after, by=by, at=at)
    if residence.kind == ResidenceKind.TEMPORARY:
        _ask_for_a_plan(household, residence, by=by, at=at)


def _ask_for_a_plan(household: Household, residence: Residence, *, by: Employee, at: datetime) -> None:
    has_plan = HousingPlan.objects.filter(household=household, ended_on__isnull=True).exists()
    is_asked_for = Task.objects.open().filter(household=household, kind=TaskKind.MAKE_PLAN).exists()
    if has_plan or is_asked_for:
        return
    stay = Spell.objects.stays().on(residence.starts_on).get(household=household)
    due_on = plan_due_on(stay.starts_on)
    open_task(household=household, kind=TaskKind.MAKE_PLAN, due_on=due_on, subject=household, by=by, at=at)


def _decide(
    household: Household, case: Case, residence: Residence, parts: DecisionParts | None, *, by: Employee, at: datetime
) -> None:
    """A night shelter is no temporary accommodation and has no decision on it."""
    if residence.kind == ResidenceKind.TEMPORARY and residence.planned_end is not None:
        write_decision(
            household=household,
            case=case,
            residence=residence,
            starts_on=residence.starts_on,
            ends_on=residence.planned_end,
            parts=parts,
            by=by,
            at=at,
        )


def _is_granted(residence: Residence) -> bool:
    """Whether a decision in force already grants the whole period at this provider."""
    given = Decision.objects.covering(residence.starts_on).filter(
        household=residence.household, provider=residence.provider
    )
    return bool(given.filter(ends_on__gte=residence.planned_end).exists())


def _answer_request(household: Household, residence: Residence, *, by: Employee, at: datetime) -> None:
    """A place from today is what came of the requests for one that wait, also of those that have waited too long."""
    if residence.starts_on > localdate(at):
        return
    outcome = Outcome.BELOW_STANDARD if residence.below_standard else Outcome.OFFER
    asked = Request.objects.unanswered().lacking_a_place().filter(household=household, asked_at__lte=at)
    for request in asked.order_by("pk"):
        request.outcome, request.outcome_at, request.outcome_by = outcome, at, by
        request.save(update_fields=["outcome", "outcome_at", "outcome_by"])
        journal.record(
            Act.REQUEST_ANSWERED,
            household_id=household.pk,
            subject=request,
            by=by,
            at=at,
            details={"outcome": str(outcome)},
        )
