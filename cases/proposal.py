"""A proposal for the whole housing meeting: which vacancy to whom, with the chains (forslag). Pure, with SciPy.

It lowers the nights over three months that can be foreseen within a horizon. Among ways that lower them as much it
takes one that gives homes to most, then weighs places on the list and how well homes fit. First-come order is
one of the ways it chooses from, and what it is held up against: it is never worse. People decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

Pair = tuple[int, int]
#: Whoever moves out of one of our dwellings leaves it ready for the next after so many days.
TURNAROUND_DAYS = 14
#: Nights are foreseen for so many days.
HORIZON_DAYS = 180
#: The solver may think so long; what it has found by then counts, if it is no worse than first-come order.
_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Who waits. `limit_on` is the last day that is not over three months, of those in temporary accommodation.

    `rank` is the place on the waiting list, 1 first; `frees` is the dwelling that they move out of.
    """

    number: int
    rank: int
    received_on: date
    limit_on: date | None = None
    frees: int | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`free` has the first day of each vacancy, `fits` how well each pair that suits fits; what is left out is not
    to be. `fixed` are pairs that somebody has decided on."""

    today: date
    waiting: Sequence[Waiting]
    free: Mapping[int, date]
    fits: Mapping[Pair, int]
    fixed: frozenset[Pair] = frozenset()

    @property
    def ends_on(self) -> date:
        return self.today + timedelta(days=HORIZON_DAYS)

    @property
    def freed_on(self) -> date:
        """When a dwelling that somebody moves out of can be had: after the first vacancy, and made ready."""
        return max([self.today, *self.free.values()]) + timedelta(days=TURNAROUND_DAYS)

    def moves_on(self, home: int) -> date:
        return max(self.free.get(home, self.freed_on), self.today)

    def nights_over(self, who: Waiting, until: date | None) -> int:
        """The nights over three months before a day, from today; without a day, those within the horizon."""
        if who.limit_on is None:
            return 0
        end = self.ends_on if until is None else min(until, self.ends_on)
        return max((end - max(self.today, who.limit_on)).days, 0)

    def saved(self, who: Waiting, home: int) -> int:
        return self.nights_over(who, None) - self.nights_over(who, self.moves_on(home))


class Because(StrEnum):
    """What explains a line; the sentences stand in `cases.wording_of_homes`."""

    SAVES_NIGHTS = "saves_nights"
    STAYS_WITHIN = "stays_within"
    FIRST_ON_LIST = "first_on_list"
    NOBODY_BEFORE = "nobody_before"
    OTHERS_ELSEWHERE = "others_elsewhere"
    MORE_AT_STAKE = "more_at_stake"
    MORE_GET_HOMES = "more_get_homes"
    FREES_A_HOME = "frees_a_home"
    FREED_BY = "freed_by"
    DECIDED = "decided"
    NOTHING_SUITS = "nothing_suits"
    LESS_AT_STAKE = "less_at_stake"
    FURTHER_DOWN = "further_down"
    OTHERS_GET_HOMES = "others_get_homes"


@dataclass(frozen=True)
class Said:
    """One reason of a line. `number` is nights or households; `other` is whom it is about, by their number."""

    because: Because
    number: int = 0
    other: int | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is proposed for one who waits: a home and the day, or nothing; always with the reasons."""

    who: int
    home: int | None = None
    on: date | None = None
    saved: int = 0
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a way of assigning comes to. `avoiding` counts those whose stay ends within three months by it."""

    homes: Mapping[int, int] = field(default_factory=dict)
    nights_over: int = 0
    avoiding: int = 0


@dataclass(frozen=True, kw_only=True)
class Proposal:
    proposed: Outcome
    first_come: Outcome
    nothing: Outcome
    lines: tuple[Line, ...]


def propose(problem: Problem) -> Proposal:
    """The best way found, never worse than first-come order, with a line for everybody who waits."""
    baseline = first_come(problem)
    found = _solved(problem)
    best = found if found is not None and _key(problem, found) >= _key(problem, baseline) else baseline
    return Proposal(
        proposed=outcome(problem, best),
        first_come=outcome(problem, baseline),
        nothing=outcome(problem, {}),
        lines=tuple(_line(problem, best, who) for who in sorted(problem.waiting, key=lambda one: one.rank)),
    )


def first_come(problem: Problem) -> dict[int, int]:
    """Each in the order their applications came takes the free home that fits best; who moves frees their own."""
    given = dict(sorted(problem.fixed))
    free = set(problem.free) - set(given.values())
    by_number = {who.number: who for who in problem.waiting}
    free |= {home for who in given if (home := by_number[who].frees) is not None} - set(given.values())
    queue = sorted((who for who in problem.waiting if who.number not in given), key=_came)
    while True:
        found = next(((who, home) for who in queue if (home := _fittest(problem, who, free)) is not None), None)
        if found is None:
            return given
        who, home = found
        given[who.number] = home
        free.discard(home)
        queue.remove(who)
        if who.frees is not None:
            free.add(who.frees)


def outcome(problem: Problem, homes: Mapping[int, int]) -> Outcome:
    """What it comes to when those who wait get these homes and nobody else gets any."""
    nights = avoiding = 0
    for who in problem.waiting:
        home = homes.get(who.number)
        until = None if home is None else problem.moves_on(home)
        over = problem.nights_over(who, until)
        nights += over
        avoiding += who.limit_on is not None and home is not None and over == 0 and problem.nights_over(who, None) > 0
    return Outcome(homes=dict(homes), nights_over=nights, avoiding=avoiding)


def _came(who: Waiting) -> tuple[date, int]:
    return who.received_on, who.number


def _fittest(problem: Problem, who: Waiting, free: Iterable[int]) -> int | None:
    fitting = [home for home in free if (who.number, home) in problem.fits]
    return max(fitting, key=lambda home: (problem.fits[who.number, home], -home)) if fitting else None


def _key(problem: Problem, homes: Mapping[int, int]) -> tuple[int, int]:
    """What is compared: nights saved, then the worth of the rest."""
    by_number = {who.number: who for who in problem.waiting}
    saved = sum(problem.saved(by_number[who], home) for who, home in homes.items())
    return saved, sum(_worth(problem, by_number[who], home) for who, home in homes.items())


def _worth(problem: Problem, who: Waiting, home: int) -> int:
    """A home is worth more than any place on the list, and a place more than any one fit."""
    most = max(abs(fit) for fit in problem.fits.values()) if problem.fits else 0
    span = 2 * most + 1
    places = len(problem.waiting) + 1
    rank = places - min(who.rank, len(problem.waiting))
    return (places * places + rank) * span + problem.fits.get((who.number, home), 0)


def _solved(problem: Problem) -> dict[int, int] | None:
    """The best way by an integer programme in two steps: most nights saved, then of those the most worth."""
    by_number = {who.number: who for who in problem.waiting}
    pairs = [pair for pair in sorted({*problem.fits, *problem.fixed}) if _can_be(problem, by_number, pair)]
    if not pairs:
        return {}
    rules = _rules(problem, pairs)
    saved = np.array([problem.saved(by_number[who], home) for who, home in pairs], dtype=float)
    worth = np.array([_worth(problem, by_number[who], home) for who, home in pairs], dtype=float)
    places = len(by_number)
    first = _milp(saved, rules, problem, pairs, places)
    if first is None:
        return None
    as_good = np.concatenate([saved, np.zeros(places)])
    kept = LinearConstraint(as_good.reshape(1, -1), round(float(saved @ first)) - 0.5, np.inf)
    second = _milp(worth, [*rules, kept], problem, pairs, places)
    chosen = first if second is None else second
    return {who: home for (who, home), taken in zip(pairs, chosen, strict=True) if taken}


def _can_be(problem: Problem, by_number: Mapping[int, Waiting], pair: Pair) -> bool:
    """Whether the home is vacant, or could be freed by somebody else."""
    who, home = pair
    return home in problem.free or any(one.frees == home and one.number != who for one in by_number.values())


def _milp(
    gain: np.ndarray, rules: list[LinearConstraint], problem: Problem, pairs: list[Pair], places: int
) -> np.ndarray | None:
    """1 for each pair that is taken; None when the solver finds no way. The last variables are places in a chain."""
    count = len(pairs)
    lower = np.array([float(pair in problem.fixed) for pair in pairs] + [0.0] * places)
    upper = np.array([1.0] * count + [float(places)] * places)
    found = milp(
        np.concatenate([-gain, np.zeros(places)]),
        integrality=np.array([1] * count + [0] * places),
        bounds=Bounds(lower, upper),
        constraints=rules,
        options={"mip_rel_gap": 0.0, "time_limit": _SECONDS},
    )
    return None if found.x is None else np.round(found.x[:count])


def _rules(problem: Problem, pairs: list[Pair]) -> list[LinearConstraint]:
    """Nobody gets two homes, no home two households, and one that is lived in only when whoever lives there moves.

    Places in a chain grow from its vacancy on, so that no ring of households waits for each other to move.
    """
    numbers = [who.number for who in problem.waiting]
    leaves = {who.frees: who.number for who in problem.waiting if who.frees is not None}
    place = {number: len(pairs) + index for index, number in enumerate(numbers)}
    rows: list[dict[int, float]] = []
    limits: list[float] = []
    for number in numbers:
        rows.append({index: 1.0 for index, (who, _home) in enumerate(pairs) if who == number})
        limits.append(1.0)
    for home in sorted({home for _who, home in pairs}):
        row: dict[int, float] = {index: 1.0 for index, (_who, other) in enumerate(pairs) if other == home}
        if home not in problem.free:
            row |= {index: -1.0 for index, (who, _home) in enumerate(pairs) if who == leaves[home]}
        rows.append(row)
        limits.append(float(home in problem.free))
    longest = float(len(numbers)) + 1
    for index, (who, home) in enumerate(pairs):
        if home not in problem.free:
            rows.append({place[leaves[home]]: 1.0, place[who]: -1.0, index: longest})
            limits.append(longest - 1)
    matrix = lil_array((len(rows), len(pairs) + len(numbers)))
    for at, row in enumerate(rows):
        for column, factor in row.items():
            matrix[at, column] = factor
    return [LinearConstraint(matrix.tocsr(), -np.inf, np.array(limits))]


def _line(problem: Problem, homes: Mapping[int, int], who: Waiting) -> Line:
    home = homes.get(who.number)
    if home is None:
        return Line(who=who.number, said=_why_nothing(problem, homes, who))
    saved = problem.saved(who, home)
    return Line(
        who=who.number, home=home, on=problem.moves_on(home), saved=saved, said=_why_this(problem, homes, who, home)
    )


def _why_this(problem: Problem, homes: Mapping[int, int], who: Waiting, home: int) -> tuple[Said, ...]:
    said = [Said(Because.DECIDED)] if (who.number, home) in problem.fixed else []
    saved, over = problem.saved(who, home), problem.nights_over(who, problem.moves_on(home))
    if saved:
        said.append(Said(Because.SAVES_NIGHTS if over else Because.STAYS_WITHIN, saved))
    before = [one for one in problem.waiting if one.rank < who.rank and (one.number, home) in problem.fits]
    passed = [one for one in before if one.number not in homes]
    if who.rank == 1:
        said.append(Said(Because.FIRST_ON_LIST))
    elif not before:
        said.append(Said(Because.NOBODY_BEFORE))
    elif passed:
        said.append(Said(Because.MORE_AT_STAKE if saved else Because.MORE_GET_HOMES, len(passed)))
    else:
        said.append(Said(Because.OTHERS_ELSEWHERE, len(before)))
    if home not in problem.free:
        said.append(Said(Because.FREED_BY, other=next(one.number for one in problem.waiting if one.frees == home)))
    if who.frees is not None:
        next_in = next((number for number, other in homes.items() if other == who.frees), None)
        said.append(Said(Because.FREES_A_HOME, other=next_in))
    return tuple(said)


def _why_nothing(problem: Problem, homes: Mapping[int, int], who: Waiting) -> tuple[Said, ...]:
    """Why everything that would have suited went to others, or that nothing does."""
    given = {home: number for number, home in homes.items()}
    by_number = {one.number: one for one in problem.waiting}
    suiting = [home for number, home in problem.fits if number == who.number and home in problem.free]
    if not suiting:
        return (Said(Because.NOTHING_SUITS),)
    takers = [by_number[given[home]] for home in suiting if home in given]
    if any(problem.saved(one, homes[one.number]) > 0 for one in takers):
        return (Said(Because.LESS_AT_STAKE, len(takers)),)
    is_passed = any(one.rank > who.rank for one in takers)
    return (Said(Because.OTHERS_GET_HOMES if is_passed else Because.FURTHER_DOWN, len(takers)),)
