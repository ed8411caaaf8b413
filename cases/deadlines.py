"""When something has to be done, from dated facts and the Norwegian calendar (frister). Pure: standard library only."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

PLAN_WITHIN_DAYS = 14
APPEAL_WITHIN_WEEKS = 3

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


def decision_due_on(told_on: date) -> date:
    """The day by which a decision given by word of mouth stands in writing.

    Source: forvaltningsloven § 23, without undue delay; the house reads that as the next working day.
    """
    return next_working_day(told_on)


def plan_due_on(first_night: date) -> date:
    """The last day for the housing plan of somebody in temporary accommodation.

    Source: the definition of a housing plan (boligplan) in docs/glossary.md.
    """
    return first_night + timedelta(days=PLAN_WITHIN_DAYS)


def appeal_until(noticed_on: date) -> date:
    """The last day to appeal against a decision, three weeks from the day its notice reached the party.

    A last day that is no working day moves to the next. Source: forvaltningsloven §§ 29 and 30.
    """
    last = noticed_on + timedelta(weeks=APPEAL_WITHIN_WEEKS)
    return last if is_working_day(last) else next_working_day(last)
