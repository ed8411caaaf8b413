"""When units are open, read from what their leaders have entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from cases.models import UnitDay, UnitHours
from cases.same_day import Calendar, Hours, WeeklyHours


def calendars_of(unit_ids: Iterable[int]) -> dict[int, Calendar]:
    """Each unit's calendar, by its id, in two statements. A unit that has entered nothing has the usual hours."""
    ids = set(unit_ids)
    weekly: dict[int, list[WeeklyHours]] = defaultdict(list)
    for row in UnitHours.objects.filter(unit__in=ids):
        weekly[row.unit_id].append(WeeklyHours(row.weekday, _hours(row.opens, row.closes), row.starts_on, row.ends_on))
    special: dict[int, dict[date, Hours | None]] = defaultdict(dict)
    for one in UnitDay.objects.filter(unit__in=ids):
        special[one.unit_id][one.day] = _hours(one.opens, one.closes)
    return {unit: Calendar(tuple(weekly[unit]), special[unit]) for unit in ids}


def _hours(opens: time | None, closes: time | None) -> Hours | None:
    return Hours(opens, closes) if opens is not None and closes is not None else None
