"""Why a figure is another than before, in parts that sum to the change exactly. Pure: standard library only.

A figure is told at four corners, each household (or dwelling) by itself: as it was known then, as that period is known
now, by the other rule, and in the other period. Each step from corner to corner is one cause, or two that the
households are divided between; what they add up to is the whole change, since each corner is left where it was reached.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

#: anything hashable: a household's or a dwelling's id
Key = Any


class Part(StrEnum):
    """What a change is made of, in the order in which it is told."""

    LATE = "late"
    CORRECTED = "corrected"
    RULE = "rule"
    COMPOSITION = "composition"
    REAL = "real"


class Kind(StrEnum):
    """How a figure comes of its rows: a sum, a share in per cent, or the middle one of the times."""

    SUM = "sum"
    SHARE = "share"
    MEDIAN = "median"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one household is to a figure: how much it is counted, and how much of those it is a share of.

    `group`: who lives in it, where that is asked. `values`: its times, of a median.
    """

    counted: Fraction = Fraction(0)
    population: Fraction = Fraction(0)
    group: str = ""
    values: tuple[Fraction, ...] = ()


Corner = Mapping[Key, Told]
NOT_THERE = Told()


@dataclass(frozen=True)
class Moved:
    """How much more, or less, of one household is counted, and of those that the figure is a share of."""

    key: Key
    counted: Fraction
    population: Fraction


@dataclass(frozen=True)
class Share:
    """One part of a change: what of the figure it explains, and by which households.

    `change` is None of a figure that is not known at both ends; `counted` and `population` always sum.
    """

    change: Fraction | None
    counted: Fraction
    population: Fraction
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class InGroup:
    """Of a share: what one group explains, by how large a part of all it is, and by its own share."""

    group: str
    population_before: Fraction
    population_after: Fraction
    counted_before: Fraction
    counted_after: Fraction
    composition: Fraction
    real: Fraction


@dataclass(frozen=True)
class Explained:
    """A change and its parts; the parts' sum is the change. `groups`: the last step of a share, group by group."""

    before: Fraction | None
    after: Fraction | None
    parts: Mapping[Part, Share]
    groups: tuple[InGroup, ...] = ()

    @property
    def change(self) -> Fraction | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, kw_only=True)
class Corners:
    """The figure's rows: as known then, as known now, by the rule of now, and in the period of now."""

    then: Corner
    known_now: Corner
    by_rule: Corner
    now: Corner

    @property
    def all(self) -> tuple[Corner, Corner, Corner, Corner]:
        return self.then, self.known_now, self.by_rule, self.now


def explain(corners: Corners, why_known: Mapping[Key, Part], kind: Kind, *, is_of_group: bool = False) -> Explained:
    """The change from the first corner to the last.

    :param why_known: of households that what is known has changed, whether it was told late, corrected or happened
        after (`REAL`); of those not named, corrected
    :param is_of_group: whether the figure counts by who lives in the household, so that a birth or a birthday alone
        brings it in or out
    """
    values = _known([value(corner, kind) for corner in corners.all])
    moved = _by_part(corners, why_known, is_of_group=is_of_group)
    changes: dict[Part, Fraction | None] = dict.fromkeys(Part)
    groups: tuple[InGroup, ...] = ()
    if values is not None:
        steps = [after - before for before, after in pairwise(values)]
        divided, groups = _divided(corners, steps, moved, kind, is_of_group=is_of_group)
        changes |= divided
    if len(groups) > 1:
        moved[-1] = _between_groups(corners.by_rule, corners.now, moved[-1])
    return Explained(
        before=value(corners.then, kind),
        after=value(corners.now, kind),
        parts={part: _share(changes[part], [one for step in moved for one in step.get(part, ())]) for part in Part},
        groups=groups,
    )


def value(corner: Corner, kind: Kind) -> Fraction | None:
    """The figure at a corner; None of nothing."""
    if kind is Kind.MEDIAN:
        return _median([one for told in corner.values() for one in told.values])
    counted = _sum(told.counted for told in corner.values())
    if kind is Kind.SUM:
        return counted
    population = _sum(told.population for told in corner.values())
    return 100 * counted / population if population else None


def shown(amounts: Sequence[Fraction], total: Fraction) -> list[Fraction]:
    """The amounts in whole units, rounded so that they sum to a whole `total`: as near as may be, ties to the first."""
    floors = [Fraction(floor(amount)) for amount in amounts]
    rest = int(total - _sum(floors))
    turns, left = divmod(rest, len(amounts)) if amounts else (0, 0)
    order = sorted(range(len(amounts)), key=lambda n: (floors[n] - amounts[n], n))
    up = set(order[:left])
    return [whole + turns + (n in up) for n, whole in enumerate(floors)]


_Step = dict[Part, list[Moved]]


def _by_part(corners: Corners, why_known: Mapping[Key, Part], *, is_of_group: bool) -> list[_Step]:
    """Who moved in each step, each household in exactly one part of it."""

    def known(key: Key, _before: Told, _after: Told) -> Part:
        return why_known.get(key, Part.CORRECTED)

    def ruled(_key: Key, _before: Told, _after: Told) -> Part:
        return Part.RULE

    def lived(_key: Key, before: Told, after: Told) -> Part:
        stayed = before is not NOT_THERE and after is not NOT_THERE
        return Part.COMPOSITION if is_of_group and stayed and before.group != after.group else Part.REAL

    steps: list[tuple[Corner, Corner, Callable[[Key, Told, Told], Part]]] = [
        (corners.then, corners.known_now, known),
        (corners.known_now, corners.by_rule, ruled),
        (corners.by_rule, corners.now, lived),
    ]
    found: list[_Step] = []
    for before, after, part_of in steps:
        step: _Step = {}
        for key in [*before, *(key for key in after if key not in before)]:
            was, became = before.get(key, NOT_THERE), after.get(key, NOT_THERE)
            if (was.counted, was.population, was.values) != (became.counted, became.population, became.values):
                one = Moved(key, became.counted - was.counted, became.population - was.population)
                step.setdefault(part_of(key, was, became), []).append(one)
        found.append(step)
    return found


def _between_groups(before: Corner, after: Corner, step: _Step) -> _Step:
    """The last step of a share that groups divide: who came into, left or went between those it is a share of, and who
    is counted. One household can stand in both, each time with its own amount.
    """
    real = step.get(Part.REAL, [])
    between = {one.key: one.population for one in real if one.population}
    for key, was in before.items():
        if key in after and was.population and was.group != after[key].group:
            between.setdefault(key, Fraction(0))
    return {
        Part.COMPOSITION: [Moved(key, Fraction(0), population) for key, population in between.items()],
        Part.REAL: [Moved(one.key, one.counted, Fraction(0)) for one in real],
    }


def _known(values: Sequence[Fraction | None]) -> list[Fraction] | None:
    """The corners' values; one that is not known is as the one before it. None where an end is not known."""
    if values[0] is None or values[-1] is None:
        return None
    told: list[Fraction] = []
    for one in values:
        told.append(told[-1] if one is None else one)
    return told


def _divided(
    corners: Corners, steps: Sequence[Fraction], moved: Sequence[_Step], kind: Kind, *, is_of_group: bool
) -> tuple[dict[Part, Fraction], tuple[InGroup, ...]]:
    """What each part explains. The last step of a share is divided between the groups' sizes and their own shares, but
    where one group alone is counted: between its households, as a sum is.
    """
    of_knowing = _by_household(corners.then, corners.known_now, steps[0], moved[0], kind)
    changes = {part: of_knowing.get(part, Fraction(0)) for part in Part}
    changes[Part.RULE] += steps[1]
    groups = _groups(corners.by_rule, corners.now) if kind is Kind.SHARE and not is_of_group else ()
    of_living = _by_household(corners.by_rule, corners.now, steps[2], moved[2], kind)
    composition = _sum(group.composition for group in groups) or of_living.get(Part.COMPOSITION, Fraction(0))
    changes[Part.COMPOSITION] += composition
    changes[Part.REAL] += steps[2] - composition
    return changes, groups


def _by_household(before: Corner, after: Corner, change: Fraction, step: _Step, kind: Kind) -> dict[Part, Fraction]:
    """One step between its parts, by what each household adds: of a share, to the counted against the mean share of
    what it adds to all, so that the order in which the households are taken does not matter.
    """
    if not step:
        return {}
    if kind is Kind.SUM:
        return {part: _sum(one.counted for one in moved) for part, moved in step.items()}
    shares = [value(corner, kind) for corner in (before, after)]
    if kind is Kind.MEDIAN or shares[0] is None or shares[1] is None:
        return _one_after_the_other(before, after, change, step, kind)
    middle, size = (shares[0] + shares[1]) / 200, _size(before, after)
    return {
        part: 100 * _sum(one.counted - middle * one.population for one in moved) / size for part, moved in step.items()
    }


def _one_after_the_other(
    before: Corner, after: Corner, change: Fraction, step: _Step, kind: Kind
) -> dict[Part, Fraction]:
    """The part that moves a middle value is what it moves it by when its households change first; the last the rest."""
    reached, changes, left = dict(before), dict[Part, Fraction](), change
    at = value(before, kind)
    *first, last = [part for part in Part if part in step]
    for part in first:
        for one in step[part]:
            reached.pop(one.key, None)
            if one.key in after:
                reached[one.key] = after[one.key]
        now = value(reached, kind)
        moved = Fraction(0) if now is None or at is None else now - at
        at = at if now is None else now
        changes[part], left = moved, left - moved
    return {**changes, last: left}


def _groups(before: Corner, after: Corner) -> tuple[InGroup, ...]:
    """The last step of a share by groups: how much each has grown, by its share against the whole's, and how its own
    share has moved, by its size. The sum over groups of both is the change, whatever the groups.
    """
    shares = [value(corner, Kind.SHARE) for corner in (before, after)]
    if shares[0] is None or shares[1] is None:
        return ()
    middle, size = (shares[0] + shares[1]) / 200, _size(before, after)
    names = sorted({told.group for corner in (before, after) for told in corner.values()})
    found = []
    for name in names:
        sides = [[told for told in corner.values() if told.group == name] for corner in (before, after)]
        counted, population = (
            [_sum(getattr(told, attribute) for told in side) for side in sides]
            for attribute in ("counted", "population")
        )
        rates = [n / of if of else None for n, of in zip(counted, population, strict=True)]
        # a group that nobody was in has the share it has in the other period
        was, became = (next((one for one in pair if one is not None), Fraction(0)) for pair in (rates, rates[::-1]))
        composition = ((was + became) / 2 - middle) * (population[1] - population[0]) / size
        moved = (counted[1] - counted[0] - middle * (population[1] - population[0])) / size
        found.append(
            InGroup(
                group=name,
                population_before=population[0],
                population_after=population[1],
                counted_before=counted[0],
                counted_after=counted[1],
                composition=100 * composition,
                real=100 * (moved - composition),
            )
        )
    return tuple(found)


def _size(before: Corner, after: Corner) -> Fraction:
    """The mean of how many the share is of."""
    return _sum(told.population for corner in (before, after) for told in corner.values()) / 2


def _share(change: Fraction | None, moved: Iterable[Moved]) -> Share:
    """A part; who moved in it in more than one step stands there once."""
    by_key: dict[Key, Moved] = {}
    for one in moved:
        met = by_key.get(one.key, Moved(one.key, Fraction(0), Fraction(0)))
        by_key[one.key] = Moved(one.key, met.counted + one.counted, met.population + one.population)
    every = tuple(by_key.values())
    return Share(change, _sum(one.counted for one in every), _sum(one.population for one in every), every)


def _median(values: Collection[Fraction]) -> Fraction | None:
    """The middle one, or the mean of the two in the middle."""
    ordered = sorted(values)
    middle, is_odd = divmod(len(ordered), 2)
    if not ordered:
        return None
    return ordered[middle] if is_odd else (ordered[middle - 1] + ordered[middle]) / 2


def _sum(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, Fraction(0))
