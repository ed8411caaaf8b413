"""The homeless by name, month by month: who was, who came, who went, who is. Pure: standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

Range = tuple[date, date]

#: Over how many months the homes found are averaged, that the homeless now are held against.
ZERO_MONTHS = 6


class Came(StrEnum):
    """How somebody came to be homeless, or to be counted so."""

    NEW = "new"
    SPLIT = "split"
    RETURNED = "returned"
    FROM_INSTITUTION = "from_institution"
    FROM_ELSEWHERE = "from_elsewhere"
    #: homeless already, and now in the group or at the unit that is asked about
    INTO_GROUP = "into_group"


class Went(StrEnum):
    """How it ended."""

    HOME = "home"
    INSTITUTION = "institution"
    ELSEWHERE = "elsewhere"
    NOT_KNOWN = "not_known"
    OUT_OF_GROUP = "out_of_group"


@dataclass(frozen=True, kw_only=True)
class Run:
    """Homeless night upon night, `[starts_on, ends_on)`; one under way has no `went`, and ends on `date.max`.

    Two runs of one household are at least a night apart.
    """

    household: int
    starts_on: date
    ends_on: date
    came: Came
    went: Went | None


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month (or other period): everybody `before` and not `went`, and those who `came`, are those `after` it.

    Each stands at most once among those who came, and once among those who went: somebody who left and is back stands
    in both, and so does somebody who came and left.
    """

    starts_on: date
    ends_on: date
    before: frozenset[int]
    came: dict[int, Came]
    went: dict[int, Went]
    after: frozenset[int]


def months_of(runs: Iterable[Run], periods: Sequence[Range]) -> list[Month]:
    """The periods, each by itself, in the order given."""
    ordered = sorted(runs, key=lambda run: (run.household, run.starts_on))
    by_household = [(household, list(some)) for household, some in groupby(ordered, key=lambda run: run.household)]
    return [_month(by_household, starts_on, ends_on) for starts_on, ends_on in periods]


def within(runs: Iterable[Run], ranges: Mapping[int, Sequence[Range]]) -> list[Run]:
    """The parts of the runs in which each household is of a group or at a unit, whose ranges are disjoint and apart."""
    found = []
    for run in runs:
        for first, last in ranges.get(run.household, ()):
            starts_on, ends_on = max(run.starts_on, first), min(run.ends_on, last)
            if starts_on < ends_on:
                came = run.came if starts_on == run.starts_on else Came.INTO_GROUP
                went = run.went if ends_on == run.ends_on else Went.OUT_OF_GROUP
                found.append(replace(run, starts_on=starts_on, ends_on=ends_on, came=came, went=went))
    return found


@dataclass(frozen=True)
class Zero:
    """Functional zero: no more are homeless than, on average, find a lasting home in a month."""

    active: int
    housed: int
    months: int

    @property
    def a_month(self) -> Fraction:
        return Fraction(self.housed, self.months) if self.months else Fraction(0)

    @property
    def is_reached(self) -> bool:
        return self.active <= self.a_month


def zero_of(months: Sequence[Month]) -> Zero:
    """Of the last months, oldest first."""
    last = months[-ZERO_MONTHS:]
    housed = sum(went is Went.HOME for month in last for went in month.went.values())
    return Zero(len(last[-1].after) if last else 0, housed, len(last))


def _month(by_household: Iterable[tuple[int, list[Run]]], starts_on: date, ends_on: date) -> Month:
    before, after = set(), set()
    came: dict[int, Came] = {}
    went: dict[int, Went] = {}
    for household, runs in by_household:
        met = [run for run in runs if run.starts_on < ends_on and run.ends_on >= starts_on]
        if not met:
            continue
        was, remains = met[0].starts_on < starts_on, met[-1].ends_on >= ends_on
        is_broken = len(met) > 1 or not (was or remains)
        if was:
            before.add(household)
        if remains:
            after.add(household)
        if not was or (remains and is_broken):
            came[household] = met[-1 if was else 0].came
        if not remains or (was and is_broken):
            went[household] = met[0 if remains else -1].went or Went.NOT_KNOWN
    return Month(
        starts_on=starts_on, ends_on=ends_on, before=frozenset(before), came=came, went=went, after=frozenset(after)
    )
