"""What a dwelling is each day: let, empty and ready, empty and not to be let, or not ours. Pure: standard library only.

Every day is exactly one of the four. What the facts say twice is said by the first that holds: a dwelling that is not
ours is neither let nor empty, and one that somebody lives in does not stand empty, whatever else is written of it.
`kpi/sql/homes.sql` counts the same days in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise


class Use(StrEnum):
    """What a dwelling is on a day."""

    NOT_OURS = "not_ours"
    LET = "let"
    VOID = "void"
    VACANT = "vacant"


#: The last day there is: what has no end goes on until it.
NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Days:
    """Half-open; without an end it goes on."""

    starts_on: date
    ends_on: date | None = None

    @property
    def end(self) -> date:
        return self.ends_on or NEVER

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day < self.end


@dataclass(frozen=True)
class Stretch:
    """Days in a row with the same use, half-open, never empty."""

    use: Use
    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one dwelling: its time in the stock, when somebody lived there, when it could not be let."""

    ours: Days
    let: Sequence[Days] = ()
    void: Sequence[Days] = ()

    def on(self, day: date) -> Use:
        """What it is on a day."""
        if day not in self.ours:
            return Use.NOT_OURS
        if any(day in one for one in self.let):
            return Use.LET
        return Use.VOID if any(day in one for one in self.void) else Use.VACANT


def stretches(facts: Facts, starts_on: date, ends_on: date) -> list[Stretch]:
    """The days from `starts_on` to before `ends_on` in order, without gap or overlap, two neighbours never alike."""
    changes = {starts_on, ends_on, *_changes([facts.ours, *facts.let, *facts.void])}
    days = sorted(day for day in changes if starts_on <= day <= ends_on)
    found: list[Stretch] = []
    for begins, ends in pairwise(days):
        use = facts.on(begins)
        since = found.pop().starts_on if found and found[-1].use is use else begins
        found.append(Stretch(use, since, ends))
    return found


def days_of(facts: Facts, starts_on: date, ends_on: date) -> dict[Use, int]:
    """How many days of each; their sum is the period's."""
    counted = dict.fromkeys(Use, 0)
    for stretch in stretches(facts, starts_on, ends_on):
        counted[stretch.use] += stretch.days
    return counted


def turnarounds(facts: Facts, starts_on: date, ends_on: date) -> list[Stretch]:
    """The time from one tenant to the next, of those who moved in within the period: from moved out to moved in.

    A tenant who follows on the same day is none; nor is the first one, or one after the dwelling was away.
    """
    lets = sorted({(one.starts_on, one.end) for one in facts.let})
    found = []
    for (_began, left), (came, _until) in pairwise(lets):
        ours = left > facts.ours.starts_on and came in facts.ours
        if ours and left < came and starts_on <= came < ends_on:
            found.append(Stretch(Use.VACANT, left, came))
    return found


def rent_lost(facts: Facts, rents: Sequence[tuple[date, int]], starts_on: date, ends_on: date) -> int:
    """Kroner of rent that empty days cost, ready or not: a day's rent is twelve months' by 365.

    :param rents: what it costs a month from a day on, in order of the days; before the first nothing is known
    """
    lost = 0
    for stretch in stretches(facts, starts_on, ends_on):
        if stretch.use in (Use.VOID, Use.VACANT):
            for (begins, rent), (ends, _next) in pairwise([*rents, (NEVER, 0)]):
                days = (min(ends, stretch.ends_on) - max(begins, stretch.starts_on)).days
                lost += max(days, 0) * rent
    return (lost * 12 * 2 + 365) // (365 * 2)


def _changes(periods: Iterable[Days]) -> Iterable[date]:
    for period in periods:
        yield from (period.starts_on, period.end)
