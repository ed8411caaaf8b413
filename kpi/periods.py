"""The periods one asks figures for, and the months of a trend. Pure: standard library only."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from housing.states import add_months

TREND_MONTHS = 12
TREND_YEARS = 10


class Span(StrEnum):
    """What a period is called when one chooses it."""

    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    TWELVE_MONTHS = "twelve_months"
    OWN = "own"


def span_of(span: Span, today: date) -> tuple[date, date]:
    """A half-open period by its name. One that is not over ends tomorrow, so that tonight counts and open stays are
    judged as of now. `OWN` has no dates of its own and answers as this year.
    """
    tomorrow = today + timedelta(days=1)
    if span is Span.LAST_YEAR:
        return date(today.year - 1, 1, 1), date(today.year, 1, 1)
    if span is Span.TWELVE_MONTHS:
        return add_months(tomorrow, -12), tomorrow
    return date(today.year, 1, 1), tomorrow


def months_up_to(ends_on: date, count: int = TREND_MONTHS) -> list[tuple[date, date]]:
    """The calendar months, oldest first, of which the last holds the last night before `ends_on` and ends there."""
    first = (ends_on - timedelta(days=1)).replace(day=1)
    starts = [add_months(first, -back) for back in range(count - 1, -1, -1)]
    return [(start, min(add_months(start, 1), ends_on)) for start in starts]


def years_up_to(ends_on: date, count: int = TREND_YEARS) -> list[tuple[date, date]]:
    """The calendar years, oldest first, of which the last holds the last night before `ends_on` and ends there."""
    last = (ends_on - timedelta(days=1)).year
    return [(date(year, 1, 1), min(date(year + 1, 1, 1), ends_on)) for year in range(last - count + 1, last + 1)]
