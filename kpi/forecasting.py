"""Who passes three months, and how many come and go, in the weeks ahead. Pure: standard library only.

The past of the municipality answers for its future: of those who had been there as long, how many stayed the next
night. Nothing is known of the single household but how long it has been there and whether moving out is agreed; what
is said is a chance. How: docs/kpi.md, "Forecast".
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from housing.states import add_months
from kpi.chances import Numbers, mixed, of_chances, of_mean

#: How many days ahead is asked about. Nobody who comes tomorrow reaches three months within them.
WINDOWS = (30, 60)
#: The nights at which the chance of leaving is taken to change; the last reaches on.
EDGES = (0, 7, 14, 30, 45, 60, 75, 90, 120, 180, 365)
#: The past that is asked: departures of so many months, arrivals of so many days.
MONTHS_OF_DEPARTURES = 24
DAYS_OF_ARRIVALS = 365
#: How the year swings is learnt from whole years: of fewer than two it could be growth.
YEARS_OF_SWING = 2
#: Fewer departures than this say nothing; fewer days neither.
FEWEST_DEPARTURES = 20
FEWEST_DAYS = 90
#: How much the mean of all nights weighs in each stretch: as so many departures.
PRIOR = 2.0
#: How sure the rates themselves are: three points that have a normal curve's mean and spread.
_POINTS = ((-math.sqrt(3), 1 / 6), (0.0, 2 / 3), (math.sqrt(3), 1 / 6))


@dataclass(frozen=True, order=True)
class Past:
    """One stay: its first night, and the day moved out, which may be agreed and lie ahead; None when it goes on.

    `split_on`: the nights before it are those of the household that this one came out of, with which they are counted.
    """

    starts_on: date
    ends_on: date | None = None
    split_on: date | None = field(default=None, compare=False)

    @property
    def limit_on(self) -> date:
        """The last day on which three months have not been passed; who sleeps there that night is over."""
        return add_months(self.starts_on, 3)

    @property
    def counts_from(self) -> date:
        return max(self.starts_on, self.split_on or self.starts_on)

    @property
    def is_arrival(self) -> bool:
        """Whether somebody came on its first night: not where they came with another household."""
        return self.counts_from == self.starts_on

    def is_there(self, day: date) -> bool:
        return self.counts_from <= day and (self.ends_on is None or self.ends_on > day)

    def is_over(self) -> bool:
        return self.ends_on is None or self.ends_on > self.limit_on


@dataclass(frozen=True)
class Hazard:
    """The chance that a night was the last, by how many nights it came after. `departures`: what it is made of."""

    edges: tuple[int, ...]
    rates: tuple[float, ...]
    departures: int

    def rate(self, age: int) -> float:
        return self.rates[bisect_right(self.edges, age) - 1]

    def stays(self, age: int, nights: int) -> float:
        """The chance that somebody who sleeps there the night numbered `age`, from 0, sleeps there as many more."""
        chance, reached, ends = 1.0, age, age + nights
        while reached < ends:
            place = bisect_right(self.edges, reached)
            until = min(ends, self.edges[place]) if place < len(self.edges) else ends
            chance *= (1 - self.rates[place - 1]) ** (until - reached)
            reached = until
        return chance

    def scaled(self, factor: float) -> Hazard:
        return Hazard(self.edges, tuple(min(rate * factor, 1.0) for rate in self.rates), self.departures)

    @cached_property
    def alternatives(self) -> tuple[tuple[Hazard, float], ...]:
        """As sure as the number of departures makes it: lower, as it is, higher, with what each weighs."""
        spread = 1 / math.sqrt(max(self.departures, 1))
        return tuple((self.scaled(math.exp(z * spread - spread**2 / 2)), weight) for z, weight in _POINTS)


@dataclass(frozen=True)
class Arrivals:
    """How many come a day, and how much more unevenly than chance alone would have it (1: as chance).

    `swing`: how the year goes up and down, as parts of the mean by the cosine and the sine of the day of the year.
    """

    a_day: float
    seen: int
    unevenness: float = 1.0
    swing: tuple[float, float] = (0.0, 0.0)

    def on(self, day: date) -> float:
        """How many are expected on one day."""
        angle = _angle(day)
        return self.a_day * max(1 + self.swing[0] * math.cos(angle) + self.swing[1] * math.sin(angle), 0.0)

    def after(self, day: date, days: int) -> list[float]:
        """How many are expected on each of the days that follow one."""
        return [self.on(day + timedelta(days=n)) for n in range(1, days + 1)]


@dataclass(frozen=True, kw_only=True)
class Window:
    """What is expected within so many days.

    `reach`: how many of those there tonight reach three months; `pass_` how many of them are still there then.
    `there` is how many are there on the last of the days.
    """

    days: int
    reach: int
    pass_: Numbers
    come: Numbers
    leave: Numbers
    there: Numbers


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What one evening's knowledge says. `hazard` or `arrivals` is None where the past is too short to say."""

    day: date
    there: int
    hazard: Hazard | None
    arrivals: Arrivals | None
    windows: tuple[Window, ...]


def forecast(
    stays: Sequence[Past], day: date, *, of: Sequence[Past] | None = None, ahead: Sequence[int] = WINDOWS
) -> Forecast:
    """What is expected from the night after `day` on, by what is known on it, within each number of days ahead.

    `of`: the stays it is about, where those are some of all that the chance of leaving is learnt from.
    """
    about = stays if of is None else of
    there = [one for one in about if one.is_there(day)]
    hazard, arrivals = hazard_of(stays, day), arrivals_of(about, day)
    windows: tuple[Window, ...] = ()
    if hazard is not None and arrivals is not None:
        windows = tuple(_window(there, day, days, hazard, arrivals) for days in ahead)
    return Forecast(day=day, there=len(there), hazard=hazard, arrivals=arrivals, windows=windows)


def nearing(stays: Iterable[Past], day: date, days: int) -> list[Past]:
    """Those there tonight who reach three months within so many days: tonight not yet over, by the last night over."""
    return [one for one in stays if one.is_there(day) and day < one.limit_on <= day + timedelta(days=days)]


def chance_of_passing(stay: Past, day: date, hazard: Hazard) -> float:
    """The chance that somebody there tonight still sleeps there on the night of the limit. Agreed moves are certain."""
    if stay.limit_on <= day:
        return 1.0
    return _still_there(stay, day, stay.limit_on, hazard)


def hazard_of(
    stays: Iterable[Past],
    day: date,
    *,
    edges: tuple[int, ...] = EDGES,
    prior: float = PRIOR,
    fewest: int = FEWEST_DEPARTURES,
) -> Hazard | None:
    """Learnt from every night of the last months whose morning after is known on the evening of `day`."""
    since = add_months(day, -MONTHS_OF_DEPARTURES)
    nights, departures = [0] * len(edges), [0] * len(edges)
    for stay in stays:
        known = _known_ages(stay, since, day)
        for place in range(len(edges)) if known else ():
            until = edges[place + 1] if place + 1 < len(edges) else known.stop
            nights[place] += max(min(until, known.stop) - max(edges[place], known.start), 0)
        if known and stay.ends_on is not None and stay.ends_on <= day:
            departures[bisect_right(edges, known.stop - 1) - 1] += 1
    if not sum(nights) or sum(departures) < max(fewest, 1):
        return None
    mean = sum(departures) / sum(nights)
    rates = tuple(
        (left + prior) / (slept + prior / mean) if slept + prior else mean
        for left, slept in zip(departures, nights, strict=True)
    )
    return Hazard(edges, rates, sum(departures))


def arrivals_of(stays: Iterable[Past], day: date) -> Arrivals | None:
    """From the first nights of the last year, or of as long as there is any history."""
    starts = sorted(one.starts_on for one in stays if one.is_arrival and one.starts_on <= day)
    if not starts:
        return None
    days = min(DAYS_OF_ARRIVALS, (day - starts[0]).days + 1)
    if days < FEWEST_DAYS:
        return None
    first = day - timedelta(days=days - 1)
    seen = sum(start >= first for start in starts)
    even = Arrivals(a_day=seen / days, seen=seen, swing=_swing(starts, day))
    counted = [0] * (days // WINDOWS[0])
    for start in starts:
        place = (day - start).days // WINDOWS[0]
        if place < len(counted):
            counted[place] += 1
    ends = [day - timedelta(days=WINDOWS[0] * (n + 1)) for n in range(len(counted))]
    return replace(even, unevenness=_unevenness(counted, [sum(even.after(end, WINDOWS[0])) for end in ends]))


def _swing(starts: Sequence[date], day: date) -> tuple[float, float]:
    """How first nights lie over the year, in whole years alone, less what chance alone would make of as many.

    Where chance would do to make it, there is none.
    """
    first = day - timedelta(days=YEARS_OF_SWING * DAYS_OF_ARRIVALS - 1)
    angles = [_angle(start) for start in starts if start >= first]
    if starts[0] > first or not angles:
        return 0.0, 0.0
    parts = [2 * sum(map(wave, angles)) / len(angles) for wave in (math.cos, math.sin)]
    size = parts[0] ** 2 + parts[1] ** 2
    # chance alone makes the square of it four through their number, on average
    kept = max(1 - 2 * 4 / len(angles) / size, 0.0) if size else 0.0
    return parts[0] * kept, parts[1] * kept


def _angle(day: date) -> float:
    return math.tau * (day.toordinal() % 365.25) / 365.25


def with_homes(stays: Sequence[Past], day: date, days: int, hazard: Hazard, homes: Iterable[date]) -> list[Past]:
    """Those of the nearing whom a home more would help, where each is given to whom it helps most.

    A home that is free on a day helps one whose limit is that day or later. Who most likely would pass comes first,
    with the latest home that is in time, so that earlier ones are left for those who have less time.
    """
    free = sorted(homes)
    chances = [(chance_of_passing(one, day, hazard), one) for one in nearing(stays, day, days)]
    helped: list[Past] = []
    for chance, one in sorted(chances, key=lambda pair: (-pair[0], pair[1].limit_on)):
        place = bisect_right(free, one.limit_on)
        if place and chance:
            free.pop(place - 1)
            helped.append(one)
    return helped


def passing(stays: Iterable[Past], day: date, days: int, hazard: Hazard, *, helped: Iterable[Past] = ()) -> Numbers:
    """How many pass three months within so many days, apart from those who are helped."""
    left = nearing(stays, day, days)
    for one in helped:
        left.remove(one)
    return mixed(
        [
            (of_chances([chance_of_passing(one, day, each) for one in left]), weight)
            for each, weight in hazard.alternatives
        ]
    )


def _window(there: list[Past], day: date, days: int, hazard: Hazard, arrivals: Arrivals) -> Window:
    last = day + timedelta(days=days)
    coming = arrivals.after(day, days)
    expected = sum(coming)
    leaving: list[tuple[Numbers, float]] = []
    remaining: list[tuple[Numbers, float]] = []
    for each, weight in hazard.alternatives:
        chances = [_still_there(one, day, last, each) for one in there]
        new = sum(number * each.stays(0, days - n) for n, number in enumerate(coming, start=1))
        gone = expected - new
        leaving.append((of_chances([1 - chance for chance in chances]).plus(of_mean(gone)), weight))
        remaining.append((of_chances(chances).plus(of_mean(new, arrivals.unevenness)), weight))
    # the rate itself is only as sure as what was seen
    spread = arrivals.unevenness + (expected / arrivals.seen if arrivals.seen else 0)
    return Window(
        days=days,
        reach=len(nearing(there, day, days)),
        pass_=passing(there, day, days, hazard),
        come=of_mean(expected, spread),
        leave=mixed(leaving),
        there=mixed(remaining),
    )


def _still_there(stay: Past, day: date, night: date, hazard: Hazard) -> float:
    """The chance that somebody there on the night of `day` is on a later one too."""
    if stay.ends_on is not None:
        return float(stay.ends_on > night)
    return hazard.stays((day - stay.starts_on).days, (night - day).days)


def _known_ages(stay: Past, since: date, day: date) -> range:
    """The nights, numbered from 0, of which one knows whether another followed: none before `since`."""
    until = day if stay.ends_on is None else min(stay.ends_on, day)
    first = max(since, stay.counts_from)
    return range((first - stay.starts_on).days, max((until - stay.starts_on).days, 0))


def _unevenness(counted: Sequence[int], expected: Sequence[float]) -> float:
    """How far some counts are from what was expected, in times what chance alone makes; never less than that."""
    if len(counted) < 3 or not sum(counted):
        return 1.0
    # to the mean of what was seen: what these periods have in common is no unevenness
    times = sum(counted) / sum(expected)
    parts = [(one - times * mean) ** 2 / (times * mean) for one, mean in zip(counted, expected, strict=True) if mean]
    return max(sum(parts) / max(len(parts) - 1, 1), 1.0)
