"""Putting right what was registered wrong about where a household lived. History keeps what stood before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.journey import follow
from cases.actions.occupancy import (
    facts_of,
    lock_dwellings,
    lock_rooms,
    refuse_backwards,
    refuse_dwelling,
    refuse_overlap,
    refuse_room,
    refuse_too_far_ahead,
)
from cases.actions.residences import Destination, refuse_destination
from cases.models import Case
from housing.actions.agreements import refuse_over_share
from housing.actions.spells import refresh
from housing.actions.voids import release
from housing.models import AT_A_PROVIDER, RENTALS, Lease, Provider, Residence, ResidenceKind, Tenancy
from people import journal
from people.access import locked_household
from people.actions.beginnings import begin_no_later_than
from people.journal import Act
from people.masking import require_moves, require_whereabouts
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotCorrect(Refusal):
    """The correction lacks its reason, changes nothing, or is not one that can be."""


@dataclass(frozen=True)
class Corrected:
    """Everything a residence should have said. A place at a provider names the provider, and the room when known."""

    kind: ResidenceKind
    starts_on: date
    ends_on: date | None = None
    provider_id: int | None = None
    room_id: int | None = None
    dwelling_id: int | None = None
    lease: Lease | str = ""
    lease_ends_on: date | None = None
    lease_reason: str = ""
    planned_end: date | None = None
    home_waits: bool | None = None


@act
def correct_residence(
    *,
    residence_id: int,
    corrected: Corrected,
    reason: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Residence:
    """Change a residence to what it should have said. The earlier version is shown struck through.

    :raises CannotCorrect: without a reason, without a change, or when the place does not go with its kind
    :raises CannotLeave: when lease, dwelling or waiting home do not go with the kind
    :raises CannotLiveThere: when the period or the room cannot be
    :raises NoOpenCase: when the case is closed
    """
    household, case = _opened(residence_id, by=by, at=at, version=version)
    require_whereabouts(household)
    _refuse_without_reason(reason)
    residence = _found(residence_id, household)
    before = facts_of(residence)
    if corrected.kind not in RENTALS:
        _take_papers(residence)
    _apply(residence, corrected, today=localdate(at))
    after = facts_of(residence)
    changed = _changed_fields(residence)
    if not changed:
        raise CannotCorrect(_("Nothing is changed."))
    residence.save(update_fields=changed)
    _settle_books(household, case, by=by, at=at)
    _record(Act.RESIDENCE_CORRECTED, residence, {"before": before, "after": after}, reason=reason, by=by, at=at)
    return residence


@act
def remove_residence(*, residence_id: int, reason: str, by: Employee, at: datetime, version: int | None = None) -> None:
    """Take away a residence that never was. What was decided about it stays.

    :raises CannotCorrect: without a reason, or when a deposit or guarantee rests on it
    :raises NoOpenCase: when the case is closed
    """
    household, case = _opened(residence_id, by=by, at=at, version=version)
    _refuse_without_reason(reason)
    residence = _found(residence_id, household)
    _take_papers(residence)
    _record(Act.RESIDENCE_REMOVED, residence, facts_of(residence), reason=reason, by=by, at=at)
    residence.delete()
    _settle_books(household, case, by=by, at=at)


def _opened(residence_id: int, *, by: Employee, at: datetime, version: int | None) -> tuple[Household, Case]:
    household_id = Residence.objects.filter(pk=residence_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    return household, case_to_act_on(household, by=by, at=at)


def _found(residence_id: int, household: Household) -> Residence:
    """Read again under the lock: somebody may have removed it meanwhile."""
    return get_object_or_404(Residence, pk=residence_id, household=household)


def _apply(residence: Residence, corrected: Corrected, *, today: date) -> None:
    refuse_too_far_ahead(corrected.starts_on, today=today, field="starts_on")
    if corrected.ends_on is not None:
        refuse_too_far_ahead(corrected.ends_on, today=today, field="ends_on")
    refuse_backwards(corrected.starts_on, corrected.ends_on, field="ends_on")
    refuse_overlap(residence.household, corrected.starts_on, corrected.ends_on, but=residence)
    begin_no_later_than(residence.household, corrected.starts_on)
    residence.starts_on, residence.ends_on = corrected.starts_on, corrected.ends_on
    residence.planned_end = corrected.planned_end
    if corrected.planned_end is not None:
        refuse_backwards(corrected.starts_on, corrected.planned_end, field="planned_end")
    if corrected.kind in AT_A_PROVIDER:
        _apply_provider(residence, corrected)
    else:
        _apply_elsewhere(residence, corrected)
    residence.kind = corrected.kind


def _apply_provider(residence: Residence, corrected: Corrected) -> None:
    provider = Provider.objects.filter(pk=corrected.provider_id or 0, kind=corrected.kind).first()
    if provider is None:
        raise CannotCorrect(_("Choose a provider of that kind."), field="provider")
    room = lock_rooms([corrected.room_id, residence.room_id]).get(corrected.room_id or 0)
    if corrected.room_id is not None and (room is None or room.provider_id != provider.pk):
        raise CannotCorrect(_("Choose one of the provider's rooms."), field="room")
    if room is not None:
        refuse_room(room, corrected.starts_on, corrected.ends_on, but=residence)
        if room.pk != residence.room_id:
            residence.price_a_night = room.price_a_night
    residence.provider, residence.room = provider, room
    residence.is_undisclosed = False
    residence.dwelling, residence.home_waits = None, None
    residence.lease, residence.lease_ends_on, residence.lease_reason = "", None, ""


def _apply_elsewhere(residence: Residence, corrected: Corrected) -> None:
    to = Destination(
        kind=corrected.kind,
        dwelling_id=corrected.dwelling_id,
        lease=corrected.lease,
        lease_ends_on=corrected.lease_ends_on,
        lease_reason=corrected.lease_reason.strip(),
        planned_end=corrected.planned_end,
        home_waits=corrected.home_waits,
    )
    refuse_destination(to, on=corrected.starts_on)
    before = residence.dwelling_id
    residence.dwelling = None
    residence.is_undisclosed = False
    if corrected.dwelling_id is not None:
        dwelling = lock_dwellings([corrected.dwelling_id]).get(corrected.dwelling_id)
        if dwelling is None or dwelling.municipality_id != residence.municipality_id:
            raise CannotCorrect(_("Choose one of the municipality's dwellings."), field="dwelling")
        household = residence.household
        refuse_dwelling(dwelling, corrected.starts_on, corrected.ends_on, but=residence, household=household)
        if dwelling.pk != before:
            refuse_over_share(dwelling, corrected.starts_on, corrected.ends_on)
        release(household, dwelling=dwelling, on=corrected.starts_on)
        residence.dwelling = dwelling
    residence.lease, residence.lease_ends_on, residence.lease_reason = to.lease, to.lease_ends_on, to.lease_reason
    residence.home_waits = to.home_waits
    residence.provider, residence.room, residence.price_a_night, residence.below_standard = None, None, None, ""


def _changed_fields(residence: Residence) -> list[str]:
    stored = Residence.objects.get(pk=residence.pk)
    fields = [field for field in Residence._meta.concrete_fields if not field.primary_key]
    return [field.name for field in fields if getattr(stored, field.attname) != getattr(residence, field.attname)]


def _take_papers(residence: Residence) -> None:
    """What was signed about a home goes with it; what stands good for it must be settled, and nothing renew it."""
    papers = Tenancy.objects.filter(residence=residence).first()
    if papers is None:
        return
    if papers.securities.exists() or Tenancy.objects.filter(renews=papers).exists():
        raise CannotCorrect(
            _("A deposit, a guarantee or a renewed lease rests on the lease of this home. Correct the dates instead.")
        )
    papers.delete()


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise CannotCorrect(_("Say why this is changed."), field="reason")


def _settle_books(household: Household, case: Case, *, by: Employee, at: datetime) -> None:
    refresh([household.pk])
    follow(case, on=localdate(at), by=by, at=at)


def _record(
    what: Act, residence: Residence, details: dict[str, Any], *, reason: str, by: Employee, at: datetime
) -> None:
    journal.record(
        what,
        household_id=residence.household_id,
        subject=residence,
        by=by,
        at=at,
        on=residence.starts_on,
        reason=reason.strip(),
        details=details,
    )
