"""Leaving one place for another: home, friends, institution, the street, or nobody knows where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.journey import follow
from cases.actions.needs import fear_no_more
from cases.actions.occupancy import (
    end_residence,
    lock_dwellings,
    lock_rooms,
    refuse_dwelling,
    refuse_overlap,
    refuse_too_far_ahead,
    residence_on,
    start_residence,
)
from cases.actions.offers import follow_move, refuse_kept
from cases.actions.tasks import close_task
from cases.models import Case, LostHomeReason, Task, TaskKind
from housing.actions.agreements import refuse_over_share
from housing.actions.spells import refresh
from housing.models import (
    AT_A_PROVIDER,
    AWAITING_HOME,
    IN_A_DWELLING,
    RENTALS,
    Dwelling,
    Lease,
    Residence,
    ResidenceKind,
)
from people.access import locked_household
from people.masking import require_moves, require_whereabouts
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Kinds that can be a permanent home.
HOMES = (*RENTALS, ResidenceKind.OWNED)
#: Where somebody who has lost a home can be tonight, without having been placed.
WITHOUT_HOME = (ResidenceKind.ROUGH, ResidenceKind.FRIENDS, ResidenceKind.CRISIS_CENTRE, ResidenceKind.UNKNOWN)
#: Tasks that make sense only while the household is at a provider.
_OF_THE_STAY = (TaskKind.MAKE_PLAN, TaskKind.MOVE_TO_STANDARD, TaskKind.REQUISITION)


class CannotLeave(Refusal):
    """The household cannot go there, or not so."""


class CannotSettle(Refusal):
    """The place is not one that can be a permanent home."""


class CannotLoseHome(Refusal):
    """A home cannot be lost to that."""


@dataclass(frozen=True)
class Destination:
    """Where a household goes that is not placed at a provider.

    The lease is for rentals, the dwelling for homes, `home_waits` for prison, institution and crisis centre.
    """

    kind: ResidenceKind
    dwelling_id: int | None = None
    lease: Lease | str = ""
    lease_ends_on: date | None = None
    lease_reason: str = ""
    planned_end: date | None = None
    home_waits: bool | None = None


@act
def leave(
    *,
    household_id: int,
    on: date,
    to: Destination,
    by: Employee,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Residence:
    """The household moves out of where it lives, or is known to live, and in somewhere else on the same day.

    A lease of less than three years is allowed: it is no permanent home and the case says so. One after section 11-1
    without a recorded reason is left for the leader's list.

    :raises CannotLeave: when the destination lacks something or is a provider's
    :raises CannotLiveThere: when the dwelling is taken, or the day cannot be
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    case = case_to_act_on(household, by=by, at=at)
    return go(household, case, on=on, to=to, reason=reason, by=by, at=at)


@act
def settle(
    *,
    household_id: int,
    on: date,
    to: Destination,
    by: Employee,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Residence:
    """The household moves into a home, owned or rented. Whether it is a permanent one is the lease's to say.

    :raises CannotSettle: when the place is no home
    :raises CannotLeave: when the destination lacks something
    :raises CannotLiveThere: when the dwelling is taken, or the day cannot be
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    case = case_to_act_on(household, by=by, at=at)
    if to.kind not in HOMES:
        raise CannotSettle(_("A home is owned or rented. Register any other place as a move."), field="kind")
    return go(household, case, on=on, to=to, reason=reason, by=by, at=at)


@act
def lose_home(
    *,
    household_id: int,
    on: date,
    lost_home_reason: LostHomeReason,
    by: Employee,
    at: datetime,
    to: Destination | None = None,
    reason: str = "",
    version: int | None = None,
) -> Residence:
    """The household has lost its home and is without one; by default without a roof.

    :raises CannotLoseHome: when where it is now is a home or a provider's
    :raises CannotLiveThere: when the day cannot be
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    case = case_to_act_on(household, by=by, at=at)
    to = to or Destination(ResidenceKind.ROUGH)
    if to.kind not in WITHOUT_HOME:
        raise CannotLoseHome(_("Say where the household is now that it has no home."), field="kind")
    case.lost_home_reason = lost_home_reason
    case.save(update_fields=["lost_home_reason"])
    return go(household, case, on=on, to=to, reason=reason, by=by, at=at)


def go(
    household: Household,
    case: Case,
    *,
    on: date,
    to: Destination,
    reason: str,
    by: Employee,
    at: datetime,
    renews: bool = False,
) -> Residence:
    """Out of where the household lives that day and in at the destination, inside an act that holds its lock.

    :param renews: it stays where it is, on a new lease, which may begin further ahead than a move
    """
    today = localdate(at)
    refuse_destination(to, on=on)
    if not renews:
        refuse_too_far_ahead(on, today=today, field="on")
    current = residence_on(household, on)
    lock_rooms([current.room_id if current else None])
    dwelling = _dwelling(household, to, on=on, but=current if renews else None)
    refuse_overlap(household, on, None, but=current)
    if current is not None:
        fear_no_more(current, on=on, by=by, at=at)
    end_residence(current, on=on, by=by, at=at)
    residence = Residence(
        household=household,
        kind=to.kind,
        starts_on=on,
        dwelling=dwelling,
        lease=to.lease,
        lease_ends_on=to.lease_ends_on,
        lease_reason=to.lease_reason.strip(),
        planned_end=to.planned_end,
        home_waits=to.home_waits,
    )
    start_residence(residence, by=by, at=at, reason=reason)
    if not renews:
        follow_move(residence, by=by, at=at)
    refresh([household.pk])
    follow(case, on=today, by=by, at=at)
    if on <= today:
        for task in Task.objects.open().filter(household=household, kind__in=_OF_THE_STAY):
            close_task(task, by=by, at=at)
    return residence


def refuse_destination(to: Destination, *, on: date) -> None:
    """:raises CannotLeave: naming the field when what is told of the place does not go with its kind"""
    if to.kind in AT_A_PROVIDER:
        raise CannotLeave(_("A household gets a room at a provider by being placed."), field="kind")
    _refuse_lease(to, on=on)
    if to.dwelling_id is not None and to.kind not in IN_A_DWELLING:
        raise CannotLeave(_("Only a home can be one of the municipality's dwellings."), field="dwelling")
    if to.home_waits is not None and to.kind not in AWAITING_HOME:
        raise CannotLeave(
            _("Whether a home waits is asked for prison, institution and crisis centre only."), field="home_waits"
        )
    if to.planned_end is not None and to.planned_end <= on:
        raise CannotLeave(_("The planned end must be after the household moved in."), field="planned_end")


def _refuse_lease(to: Destination, *, on: date) -> None:
    is_rental = to.kind in RENTALS
    if is_rental and to.lease not in Lease.values:
        raise CannotLeave(_("Choose what kind of lease it is."), field="lease")
    if not is_rental and (to.lease or to.lease_ends_on or to.lease_reason):
        raise CannotLeave(_("Only a rental has a lease."), field="lease")
    if to.lease_ends_on is not None and to.lease_ends_on <= on:
        raise CannotLeave(_("The lease must end after the household moved in."), field="lease_ends_on")


def _dwelling(household: Household, to: Destination, *, on: date, but: Residence | None) -> Dwelling | None:
    if to.dwelling_id is None:
        return None
    require_whereabouts(household)
    dwelling = lock_dwellings([to.dwelling_id]).get(to.dwelling_id)
    if dwelling is None or dwelling.municipality_id != household.municipality_id:
        raise CannotLeave(_("Choose one of the municipality's dwellings."), field="dwelling")
    refuse_dwelling(dwelling, on, None, but=but, household=household)
    if but is None:
        refuse_over_share(dwelling, on)
    refuse_kept(dwelling, on=on, household=household)
    return dwelling
