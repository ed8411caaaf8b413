"""Keeping when a unit is open: its week from a day on, and single days that are otherwise. Never backwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import UnitDay, UnitHours, Weekday
from cases.same_day import MIDNIGHT, Hours
from people.access import units_with
from people.models import Employee, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotKeepHours(Refusal):
    """The unit cannot be open so."""


@act
def set_week(
    *, unit_id: int, week: Mapping[int, Hours | None], starts_on: date, by: Employee, at: datetime
) -> list[UnitHours]:
    """Let the unit be open so from a day on, until a week that is entered from a later day.

    :param week: by weekday, Monday 0; a weekday left out or None is closed
    :raises PermissionDenied: when `by` does not lead the unit
    :raises CannotKeepHours: from an earlier day than today, or when it would close before it opens
    """
    unit = _led(unit_id, by, at=at)
    _refuse_the_past(starts_on, at, field="starts_on")
    for weekday, hours in week.items():
        _refuse_backwards(hours, field=f"closes_{weekday}")
    kept = UnitHours.objects.filter(unit=unit)
    later = kept.filter(starts_on__gt=starts_on).order_by("starts_on").values_list("starts_on", flat=True).first()
    kept.filter(starts_on=starts_on).delete()
    for present in kept.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on), starts_on__lt=starts_on):
        present.ends_on = starts_on
        present.save(update_fields=["ends_on"])
    return [
        UnitHours.objects.create(
            unit=unit,
            weekday=weekday,
            opens=hours.opens if (hours := week.get(weekday)) else None,
            closes=hours.closes if hours else None,
            starts_on=starts_on,
            ends_on=later,
        )
        for weekday in Weekday.values
    ]


@act
def set_day(*, unit_id: int, day: date, hours: Hours | None, why: str, by: Employee, at: datetime) -> UnitDay:
    """Close the unit on one day, or let it be open otherwise than its week says; a red day too.

    :raises PermissionDenied: when `by` does not lead the unit
    :raises CannotKeepHours: for a day that has passed, without a reason, or when it would close before it opens
    """
    unit = _led(unit_id, by, at=at)
    _refuse_the_past(day, at, field="day")
    _refuse_backwards(hours, field="closes")
    if not why.strip():
        raise CannotKeepHours(_("Say why, such as a planning day."), field="why")
    times = {"opens": hours.opens if hours else None, "closes": hours.closes if hours else None}
    kept, _is_new = UnitDay.objects.update_or_create(unit=unit, day=day, defaults={**times, "why": why.strip()})
    return kept


@act
def forget_day(*, day_id: int, by: Employee, at: datetime) -> Unit:
    """Let the unit's week hold on a day again. Answers which unit it was.

    :raises PermissionDenied: when `by` does not lead the unit
    :raises CannotKeepHours: for a day that has passed
    """
    found = UnitDay.objects.filter(pk=day_id).first()
    if found is None:
        raise Http404
    unit = _led(found.unit_id, by, at=at)
    _refuse_the_past(found.day, at, field="")
    UnitDay.objects.filter(pk=day_id).delete()
    return unit


def _led(unit_id: int, by: Employee, *, at: datetime) -> Unit:
    """The unit, locked: two who change its hours come one after the other."""
    if not units_with(by, Permission.LEAD, at=at).filter(pk=unit_id).exists():
        raise PermissionDenied
    return Unit.objects.select_for_update(no_key=True).get(pk=unit_id)


def _refuse_the_past(day: date, at: datetime, *, field: str) -> None:
    if day < localdate(at):
        raise CannotKeepHours(_("Hours are kept from today on, never backwards."), field=field)


def _refuse_backwards(hours: Hours | None, *, field: str) -> None:
    if hours is not None and hours.closes != MIDNIGHT and hours.closes <= hours.opens:
        raise CannotKeepHours(_("The unit must close after it opens."), field=field)
