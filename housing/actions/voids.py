"""Dwellings that stand empty and cannot be let: from when, why, until when, what it cost.

Every act locks the dwelling first, as moving in does, so that a dwelling is never let and out of letting at once.
"""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from housing.models import Dwelling, DwellingVoid, Residence, VoidReason
from people.access import units_with
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotStandEmpty(Refusal):
    """The dwelling cannot be taken out of letting so."""


#: One sentence whoever has the dwelling: another would tell that somebody shielded lives there.
_NOT_FREE = _("The dwelling is not free in that period: it is let, held or out of letting already.")


@act
def begin_void(
    *,
    dwelling_id: int,
    starts_on: date,
    reason: VoidReason,
    by: Employee,
    at: datetime,
    ends_on: date | None = None,
    expected_on: date | None = None,
    cost: int | None = None,
    note: str = "",
) -> DwellingVoid:
    """The dwelling cannot be let from a day on, to an end that is known or not.

    :raises CannotStandEmpty: when it is not ours on the first day, or somebody has it in the period
    """
    dwelling = _locked(dwelling_id, by, at)
    void = DwellingVoid(
        dwelling=dwelling,
        starts_on=starts_on,
        ends_on=ends_on,
        expected_on=expected_on,
        reason=reason,
        cost=cost,
        note=note.strip(),
    )
    _refuse(void)
    void.save(force_insert=True)
    return void


@act
def change_void(
    *,
    void_id: int,
    starts_on: date,
    reason: VoidReason,
    by: Employee,
    at: datetime,
    ends_on: date | None = None,
    expected_on: date | None = None,
    cost: int | None = None,
    note: str = "",
) -> DwellingVoid:
    """Other facts of a void: what it cost once the bill came, a later day, the day it is ready.

    :raises CannotStandEmpty: as for a new one, or when it is held for a household, whose offer or lease ends it
    """
    void = _void(void_id, by, at)
    void.starts_on, void.ends_on, void.expected_on = starts_on, ends_on, expected_on
    void.reason, void.cost, void.note = reason, cost, note.strip()
    _refuse(void)
    void.save(update_fields=["starts_on", "ends_on", "expected_on", "reason", "cost", "note"])
    return void


@act
def end_void(*, void_id: int, on: date, by: Employee, at: datetime, cost: int | None = None) -> DwellingVoid:
    """The dwelling is ready to be let from a day on.

    :raises CannotStandEmpty: when that day does not come after the first, or the dwelling is held for a household
    """
    void = _void(void_id, by, at)
    void.ends_on = on
    void.cost = void.cost if cost is None else cost
    _refuse(void)
    void.save(update_fields=["ends_on", "cost"])
    return void


@act
def remove_void(*, void_id: int, by: Employee, at: datetime) -> None:
    """It never was: written by mistake. The history keeps it."""
    _void(void_id, by, at).delete()


def hold_for(household: Household, dwelling: Dwelling, *, on: date, expected_on: date | None = None) -> DwellingVoid:
    """Keep a dwelling for a household that has accepted it. Inside an act that has locked the dwelling.

    :raises CannotStandEmpty: when somebody has it, or it is out of letting
    """
    held = DwellingVoid(
        dwelling=dwelling, starts_on=on, expected_on=expected_on, reason=VoidReason.HOLD, held_for=household
    )
    _refuse(held)
    held.save(force_insert=True)
    return held


def release(household: Household, *, on: date, dwelling: Dwelling | None = None) -> None:
    """What was held for a household, of one dwelling or all, is held no longer from a day on. Inside an act."""
    held = DwellingVoid.objects.touching(on, None).filter(held_for=household)
    if dwelling is not None:
        held = held.filter(dwelling=dwelling)
    for one in held.order_by("dwelling_id", "starts_on"):
        if one.starts_on >= on:
            one.delete()
        else:
            one.ends_on = on
            one.save(update_fields=["ends_on"])


def out_of_letting(
    dwelling: Dwelling, starts_on: date, ends_on: date | None, *, household: Household | None, but: Residence | None
) -> bool:
    """Whether the dwelling is out of letting in the period for that household: what is held for it is not.

    :param but: the residence that is changed: a void that was in its way before is not looked at again
    """
    voids = DwellingVoid.objects.touching(starts_on, ends_on).filter(dwelling=dwelling)
    if household is not None:
        voids = voids.filter(Q(held_for__isnull=True) | ~Q(held_for=household))
    stored = Residence.objects.filter(pk=but.pk, dwelling=dwelling).first() if but is not None else None
    if stored is not None:
        before = DwellingVoid.objects.touching(stored.starts_on, stored.ends_on).values("pk")
        voids = voids.exclude(pk__in=before)
    return voids.exists()


def _refuse(void: DwellingVoid) -> None:
    dwelling, starts_on, ends_on = void.dwelling, void.starts_on, void.ends_on
    if ends_on is not None and ends_on <= starts_on:
        raise CannotStandEmpty(_("The end must come after the start."), field="ends_on")
    if void.expected_on is not None and void.expected_on <= starts_on:
        raise CannotStandEmpty(_("It cannot be ready before it stands empty."), field="expected_on")
    is_gone = dwelling.disposed_on is not None and starts_on >= dwelling.disposed_on
    if starts_on < dwelling.acquired_on or is_gone:
        raise CannotStandEmpty(_("The dwelling is not the municipality's on that day."), field="starts_on")
    others = DwellingVoid.objects.touching(starts_on, ends_on).filter(dwelling=dwelling).exclude(pk=void.pk)
    lets = Residence.objects.touching(starts_on, ends_on).filter(dwelling=dwelling)
    if others.exists() or lets.exists():
        raise CannotStandEmpty(_NOT_FREE, field="starts_on")


def _void(void_id: int, by: Employee, at: datetime) -> DwellingVoid:
    found: DwellingVoid = get_object_or_404(DwellingVoid, pk=void_id)
    _locked(found.dwelling_id, by, at)
    void: DwellingVoid = get_object_or_404(DwellingVoid.objects.select_related("dwelling"), pk=void_id)
    if void.held_for_id is not None:
        raise CannotStandEmpty(_("It is held for a household: the offer or the lease ends that."))
    return void


def _locked(dwelling_id: int, by: Employee, at: datetime) -> Dwelling:
    """:raises PermissionDenied: unless the employee keeps dwellings in its municipality"""
    dwelling: Dwelling = get_object_or_404(Dwelling.objects.select_for_update(no_key=True), pk=dwelling_id)
    units = units_with(by, Permission.MANAGE_DWELLINGS, at=at)
    if not by.is_system and not units.filter(municipality=dwelling.municipality_id).exists():
        raise PermissionDenied
    return dwelling
