"""Keeping providers, rooms and quality agreements, and who may not stay where."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from housing.masking import is_place_told
from housing.models import Ban, NotTogether, Provider, QualityAgreement, Residence, Room
from people import journal
from people.access import locked_household, units_with
from people.journal import Act
from people.masking import sights_of
from people.models import Employee, Municipality
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotKeep(Refusal):
    """The provider, room or agreement cannot be kept as asked."""


class CannotBar(Refusal):
    """The ban, or the pair to be kept apart, cannot be as told, or is there already."""


@act
def add_provider(*, municipality: Municipality, by: Employee, at: datetime, **facts: Any) -> Provider:
    """A new provider; `facts` are the fields of `Provider`.

    :raises PermissionDenied: unless the employee keeps providers in that municipality
    """
    _require_at(by, municipality.pk, at)
    return Provider.objects.create(municipality=municipality, **facts)


@act
def change_provider(*, provider_id: int, by: Employee, at: datetime, **facts: Any) -> Provider:
    """:raises CannotKeep: when its kind would change though households have stayed there"""
    provider = locked_provider(provider_id, by, at)
    if facts.get("kind", provider.kind) != provider.kind and provider.residences.exists():
        raise CannotKeep(
            _("Households have stayed here: the kind cannot change. Register a new provider."), field="kind"
        )
    for name, value in facts.items():
        setattr(provider, name, value)
    provider.save(update_fields=list(facts))
    return provider


@act
def save_room(*, provider_id: int, room_id: int | None, by: Employee, at: datetime, **facts: Any) -> Room:
    """A new room, or other facts of one (`room_id`).

    A shielded household does not stop it: a refusal would tell that it lives there. Those on its case see the day.

    :raises CannotKeep: when it would be closed while somebody lives there whom `by` may know of
    """
    provider = locked_provider(provider_id, by, at)
    if room_id is None:
        return Room.objects.create(provider=provider, **facts)
    room = get_object_or_404(Room.objects.select_for_update(no_key=True), pk=room_id, provider=provider)
    closed_on = facts.get("closed_on")
    if closed_on and _lives_there(room, closed_on, by=by, at=at):
        raise CannotKeep(_("A household has this room on that day or later. Move it first."), field="closed_on")
    for name, value in facts.items():
        setattr(room, name, value)
    room.save(update_fields=list(facts))
    return room


def _lives_there(room: Room, closed_on: date, *, by: Employee, at: datetime) -> bool:
    then = Residence.objects.touching(closed_on, None).filter(room=room)
    kinds = dict(then.values_list("household_id", "kind"))
    sights = sights_of(kinds, by, at=at)
    return any(is_place_told(kind, sights[household]) for household, kind in kinds.items())


@act
def agree_on_quality(
    *, provider_id: int, starts_on: date, ends_on: date | None, by: Employee, at: datetime
) -> QualityAgreement:
    """A new quality agreement; one that runs without end stops where this one begins."""
    provider = locked_provider(provider_id, by, at)
    provider.quality_agreements.filter(ends_on__isnull=True, starts_on__lt=starts_on).update(ends_on=starts_on)
    return QualityAgreement.objects.create(provider=provider, starts_on=starts_on, ends_on=ends_on)


@act
def ban(
    *,
    household_id: int,
    provider_id: int,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Ban:
    """The household may not be placed at the provider until `ends_on`. The reason stands on the ban alone.

    :raises CannotBar: without a reason, or with an end that is not after the start
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    provider = get_object_or_404(Provider, pk=provider_id)
    _refuse_without_reason(reason)
    if ends_on is not None and ends_on <= starts_on:
        raise CannotBar(_("The end must come after the start."), field="ends_on")
    made = Ban.objects.create(
        household=household, provider=provider, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()
    )
    _record(Act.BARRED, household.pk, made, on=starts_on, by=by, at=at)
    return made


@act
def lift_ban(*, ban_id: int, by: Employee, at: datetime, version: int | None = None) -> None:
    """The ban ends today; one that begins today or later never was."""
    lifted = get_object_or_404(Ban, pk=ban_id)
    locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=lifted.household_id, at=at, version=version)
    today = localdate(at)
    _record(Act.BAR_LIFTED, lifted.household_id, lifted, on=today, by=by, at=at)
    if lifted.starts_on >= today:
        lifted.delete()
        return
    lifted.ends_on = today
    lifted.save(update_fields=["ends_on"])


@act
def keep_apart(*, household_id: int, other_id: int, reason: str, by: Employee, at: datetime) -> NotTogether:
    """The two households may not stay at the same provider. Both journals tell that it is so, not with whom nor why.

    :raises CannotBar: without a reason, or when they are one household, or kept apart already
    """
    if household_id == other_id:
        raise CannotBar(_("Choose another household."), field="other")
    first, second = sorted((household_id, other_id))
    for pk in (first, second):
        locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=pk, at=at)
    _refuse_without_reason(reason)
    if NotTogether.objects.filter(household=first, other=second).exists():
        raise CannotBar(_("The two households are kept apart already."), field="other")
    pair = NotTogether.objects.create(household_id=first, other_id=second, reason=reason.strip())
    for pk in (first, second):
        _record(Act.KEPT_APART, pk, pair, on=localdate(at), by=by, at=at)
    return pair


@act
def let_together(*, pair_id: int, by: Employee, at: datetime) -> None:
    """The two households may stay at the same provider again."""
    pair = get_object_or_404(NotTogether, pk=pair_id)
    for pk in (pair.household_id, pair.other_id):
        locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=pk, at=at)
        _record(Act.LET_TOGETHER, pk, pair, on=localdate(at), by=by, at=at)
    pair.delete()


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise CannotBar(_("Say why."), field="reason")


def _record(what: Act, household_id: int, subject: Ban | NotTogether, *, on: date, by: Employee, at: datetime) -> None:
    journal.record(what, household_id=household_id, subject=subject, by=by, at=at, on=on)


def locked_provider(provider_id: int, by: Employee, at: datetime) -> Provider:
    """The provider, locked: two who change what is kept of it come one after the other.

    :raises PermissionDenied: unless the employee keeps providers in its municipality
    """
    provider: Provider = get_object_or_404(Provider.objects.select_for_update(no_key=True), pk=provider_id)
    _require_at(by, provider.municipality_id, at)
    return provider


def _require_at(by: Employee, municipality_id: str, at: datetime) -> None:
    if by.is_system:
        return
    if not units_with(by, Permission.MANAGE_PROVIDERS, at=at).filter(municipality=municipality_id).exists():
        raise PermissionDenied
