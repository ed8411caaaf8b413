"""Moving in and out: what every act on where a household lives has in common. Inside an act, never one itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.wording import day_in_words, period_in_words
from housing.actions.voids import out_of_letting, release
from housing.models import AT_A_PROVIDER, Dwelling, Residence, Room, Tenancy
from people import journal
from people.actions.beginnings import begin_no_later_than
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal


class CannotLiveThere(Refusal):
    """The place, or the period, is not one that the household can have."""


def residence_on(household: Household, day: date) -> Residence | None:
    """Where the household's night of that day is spent, as far as is known."""
    return Residence.objects.on(day).filter(household=household).select_related("provider", "room", "dwelling").first()


def lock_rooms(room_ids: Iterable[int | None]) -> dict[int, Room]:
    """Lock the rooms that an act takes and leaves, lowest id first, so that two acts never wait for each other."""
    wanted = Room.objects.select_related("provider").filter(pk__in={pk for pk in room_ids if pk is not None})
    return {room.pk: room for room in wanted.select_for_update(no_key=True, of=("self",)).order_by("pk")}


def lock_dwellings(dwelling_ids: Iterable[int | None]) -> dict[int, Dwelling]:
    """As `lock_rooms`; after it, never before."""
    wanted = Dwelling.objects.filter(pk__in={pk for pk in dwelling_ids if pk is not None})
    return {dwelling.pk: dwelling for dwelling in wanted.select_for_update(no_key=True).order_by("pk")}


def refuse_too_far_ahead(day: date, *, today: date, field: str) -> None:
    if day > today + timedelta(days=settings.VARIG_FUTURE_DAYS):
        raise CannotLiveThere(
            _("That day is more than %(days)s days ahead.") % {"days": settings.VARIG_FUTURE_DAYS}, field=field
        )


def refuse_backwards(starts_on: date, ends_on: date | None, *, field: str) -> None:
    if ends_on is not None and ends_on <= starts_on:
        raise CannotLiveThere(
            _("The end (%(end)s) must come after the start (%(start)s).")
            % {"end": day_in_words(ends_on), "start": day_in_words(starts_on)},
            field=field,
        )


def refuse_overlap(household: Household, starts_on: date, ends_on: date | None, *, but: Residence | None) -> None:
    """:raises CannotLiveThere: with both periods, when the household already lives somewhere in the period"""
    other = _first_but(Residence.objects.touching(starts_on, ends_on).filter(household=household), but)
    if other is not None:
        raise CannotLiveThere(
            _("The new period (%(new)s) overlaps one already registered: %(place)s %(old)s.")
            % {
                "new": period_in_words(starts_on, ends_on),
                "place": other.get_kind_display(),
                "old": period_in_words(other.starts_on, other.ends_on),
            },
            field="starts_on",
        )


def refuse_room(room: Room, starts_on: date, ends_on: date | None, *, but: Residence | None) -> None:
    """:raises CannotLiveThere: in the same words whether the room is out of use or somebody has it in the period"""
    is_closed = (room.opened_on is not None and starts_on < room.opened_on) or (
        room.closed_on is not None and starts_on >= room.closed_on
    )
    if is_closed or _first_but(Residence.objects.touching(starts_on, ends_on).filter(room=room), but) is not None:
        raise CannotLiveThere(
            _("Room %(room)s is not available %(period)s.")
            % {"room": room.name, "period": period_in_words(starts_on, ends_on)},
            field="room",
        )


def refuse_dwelling(
    dwelling: Dwelling,
    starts_on: date,
    ends_on: date | None,
    *,
    but: Residence | None,
    household: Household | None = None,
) -> None:
    """What is held for `household` is free for it.

    :raises CannotLiveThere: in the same words whether the dwelling is not ours, out of letting or somebody's
    """
    is_gone = starts_on < dwelling.acquired_on or (
        dwelling.disposed_on is not None and starts_on >= dwelling.disposed_on
    )
    taken = _first_but(Residence.objects.touching(starts_on, ends_on).filter(dwelling=dwelling), but)
    is_out = out_of_letting(dwelling, starts_on, ends_on, household=household, but=but)
    if is_gone or is_out or taken is not None:
        raise CannotLiveThere(
            _("The dwelling is not available %(period)s.") % {"period": period_in_words(starts_on, ends_on)},
            field="dwelling",
        )


def end_residence(current: Residence | None, *, on: date, by: Employee, at: datetime) -> None:
    """The household moves out of where it lives on a day.

    What began that very day without a room or a dwelling held no night: it gives way and stays in the history only, so
    that somebody who came without a roof this morning can be placed tonight.

    :raises CannotLiveThere: when it moved in the same day
    """
    if current is None:
        return
    if current.starts_on == on:
        _give_way(current, by=by, at=at)
        return
    current.ends_on = on
    current.save(update_fields=["ends_on"])
    _record(Act.RESIDENCE_ENDED, current, on=on, by=by, at=at)


def start_residence(residence: Residence, *, by: Employee, at: datetime, reason: str = "") -> Residence:
    """Write a residence that nothing speaks against; what was held of the dwelling for the household gives way."""
    begin_no_later_than(residence.household, residence.starts_on)
    residence.municipality_id = residence.household.municipality_id
    residence.save(force_insert=True)
    if residence.dwelling is not None:
        release(residence.household, dwelling=residence.dwelling, on=residence.starts_on)
    _record(Act.RESIDENCE_STARTED, residence, on=residence.starts_on, by=by, at=at, reason=reason)
    return residence


def facts_of(residence: Residence) -> dict[str, Any]:
    """What the journal keeps of a residence: its dated facts and ids, no names."""
    days = {name: getattr(residence, name) for name in ("starts_on", "ends_on", "planned_end", "lease_ends_on")}
    told = {name: day.isoformat() for name, day in days.items() if day is not None}
    ids = {name: getattr(residence, f"{name}_id") for name in ("provider", "room", "dwelling")}
    codes = {name: getattr(residence, name) for name in ("kind", "lease", "below_standard")}
    return {**{name: value for name, value in (codes | ids).items() if value}, **told}


def _first_but(residences: QuerySet[Residence], but: Residence | None) -> Residence | None:
    if but is not None:
        residences = residences.exclude(pk=but.pk)
    return residences.select_related("provider", "room").order_by("starts_on").first()


def _give_way(current: Residence, *, by: Employee, at: datetime) -> None:
    is_given = current.kind in AT_A_PROVIDER or current.dwelling_id is not None
    if is_given or Tenancy.objects.filter(residence=current).exists():
        raise CannotLiveThere(
            _(
                "The household moved in here the same day (%(day)s). In and out on one day is no stay:"
                " correct the residence, or give the request its outcome."
            )
            % {"day": day_in_words(current.starts_on)},
            field="starts_on",
        )
    _record(Act.RESIDENCE_REMOVED, current, on=current.starts_on, by=by, at=at)
    current.delete()


def _record(what: Act, residence: Residence, *, on: date, by: Employee, at: datetime, reason: str = "") -> None:
    journal.record(
        what,
        household_id=residence.household_id,
        subject=residence,
        by=by,
        at=at,
        on=on,
        reason=reason,
        details=facts_of(residence),
    )
