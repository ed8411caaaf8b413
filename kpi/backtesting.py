"""The forecast tried on what has been: asked on earlier evenings, and held against what then came. Pure.

Beside it stands the simplest guess there is: as many as in the same number of days before. What was registered later
is known to both, so the trial is of the arithmetic, not of how quickly facts are written down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from housing.states import add_months
from kpi.chances import Numbers
from kpi.forecasting import WINDOWS, Past, Window, forecast

#: How many earlier evenings are tried, a month between them.
EVENINGS = 12


class Asked(StrEnum):
    OVER = "over"
    COME = "come"
    LEAVE = "leave"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One evening, one question: what was expected with its range, what the simplest guess said, and what came."""

    day: date
    days: int
    asked: Asked
    expected: float
    low: int
    high: int
    guess: int
    came: int

    @property
    def about(self) -> int:
        return round(self.expected)

    @property
    def error(self) -> float:
        return abs(self.expected - self.came)

    @property
    def guess_error(self) -> int:
        return abs(self.guess - self.came)

    @property
    def is_within(self) -> bool:
        return self.low <= self.came <= self.high


@dataclass(frozen=True, kw_only=True)
class Trial:
    """How far off the forecast was of one question, on average over some evenings, and how far the simplest guess."""

    asked: Asked
    days: int
    evenings: int
    error: float
    guess_error: float
    within: int

    @property
    def ratio(self) -> float | None:
        """Below 1 the forecast is the better; None where the guess was never wrong."""
        return self.error / self.guess_error if self.guess_error else None

    @property
    def is_better(self) -> bool:
        return self.error < self.guess_error


_OF: dict[Asked, Callable[[Window], Numbers]] = {
    Asked.OVER: lambda window: window.pass_,
    Asked.COME: lambda window: window.come,
    Asked.LEAVE: lambda window: window.leave,
}


def tried(stays: Sequence[Past], day: date, *, evenings: int = EVENINGS) -> list[Tried]:
    """Each evening a month apart of which the last day ahead is known on `day`, oldest first."""
    found: list[Tried] = []
    for days in WINDOWS:
        last = day - timedelta(days=days)
        for back in range(evenings - 1, -1, -1):
            found += _tried_on(stays, add_months(last, -back), days)
    return found


def trials(found: Iterable[Tried]) -> list[Trial]:
    """By question and number of days, in the order of the questions."""
    every = list(found)
    return [
        _trial(some)
        for asked in Asked
        for days in WINDOWS
        if (some := [t for t in every if (t.asked, t.days) == (asked, days)])
    ]


def happened(stays: Iterable[Past], after: date, until: date, asked: Asked) -> int:
    """How many passed, came or left on the nights after one day up to and including another."""
    if asked is Asked.COME:
        return sum(one.is_arrival and after < one.starts_on <= until for one in stays)
    if asked is Asked.LEAVE:
        return sum(one.ends_on is not None and after < one.ends_on <= until for one in stays)
    return sum(max(after, one.counts_from) < one.limit_on <= until and one.is_over() for one in stays)


def as_of(stays: Iterable[Past], day: date) -> list[Past]:
    """What one knew on an evening: nobody who came later, and of nobody that they would leave later."""
    return [
        Past(one.starts_on, one.ends_on if one.ends_on is not None and one.ends_on <= day else None, one.split_on)
        for one in stays
        if one.counts_from <= day
    ]


def _tried_on(stays: Sequence[Past], day: date, days: int) -> list[Tried]:
    known = as_of(stays, day)
    windows = forecast(known, day, ahead=[days]).windows
    before, after = day - timedelta(days=days), day + timedelta(days=days)
    return [
        Tried(
            day=day,
            days=days,
            asked=asked,
            expected=numbers.expected,
            low=numbers.low,
            high=numbers.high,
            guess=happened(known, before, day, asked),
            came=happened(stays, day, after, asked),
        )
        for window in windows
        for asked, of in _OF.items()
        for numbers in (of(window),)
    ]


def _trial(some: Sequence[Tried]) -> Trial:
    return Trial(
        asked=some[0].asked,
        days=some[0].days,
        evenings=len(some),
        error=sum(one.error for one in some) / len(some),
        guess_error=sum(one.guess_error for one in some) / len(some),
        within=sum(one.is_within for one in some),
    )
