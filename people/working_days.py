"""Working days and red days of the Norwegian calendar. Pure: standard library only."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5


def easter_sunday(year: int) -> date:
    """The first day of Easter in the Gregorian calendar.

    Source: the anonymous algorithm of 1876, as J. Meeus gives it in Astronomical Algorithms, chapter 8.
    """
    golden, century, of_century = year % 19, year // 100, year % 100
    leaps, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon_shift + 15) % 30
    quarters, rest = divmod(of_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * quarters - epact - rest) % 7
    correction = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day_before = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day_before + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The red days of a year (helligdager). Source: helligdagsfredloven § 2 and the act on 1 and 17 May, § 1."""
    easter = easter_sunday(year)
    movable = (-3, -2, 0, 1, 39, 49, 50)
    fixed = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
    return frozenset(
        [easter + timedelta(days=days) for days in movable] + [date(year, month, day) for month, day in fixed]
    )


def is_working_day(day: date) -> bool:
    """Monday to Friday, public holidays left out."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    after = day + timedelta(days=1)
    while not is_working_day(after):
        after += timedelta(days=1)
    return after


def last_working_day_before(day: date) -> date:
    """The last working day before `day`."""
    before = day - timedelta(days=1)
    while not is_working_day(before):
        before -= timedelta(days=1)
    return before
