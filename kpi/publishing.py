"""Figures as they are published: small numbers held back, with those of other indicators that would give them away.

The one place where that is decided: the result report, its files and the interface for other systems hold back the
same numbers, so that none of them tells what another does not. What is part of what is read from the declarations
(`kpi/complements.py`). Dwellings are no people: their numbers are published however small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from housing.states import add_months
from kpi.catalogue import CATALOGUE
from kpi.complements import DIFFERENT, Cell, conditions, with_sums
from kpi.declaring import Aggregate, Count, Distinct, Indicator, Percentile, Population, Total
from kpi.measurement import Figure, Period, Question, measure
from kpi.suppression import held_back, is_small

#: What the indicators that count who stands behind a figure are called.
_WHO = "#who"
_PARTS = ("numerator", "denominator")
#: Populations of the same households, each once, told under different names: which, and what is true of those in it.
_AMONG = {
    Population.HOMELESS_AFTER: ("homeless", ""),
    Population.HOMELESS_ON: ("homeless", ""),
    Population.HOMELESS_FAMILY: ("homeless", "is a family"),
}
#: A sum of some of those that another sums: which, and what is true of them.
_ADDED_OF = {"children": ("persons", "is a child"), "minors": ("persons", "is 15 to 18")}


@dataclass(frozen=True, kw_only=True)
class Published:
    """A figure as the public reads it. Held back: then neither value nor what was counted is told.

    `is_whole_held_back`: nor what it is a share of. `is_unfinished`: held back since what is counted may still happen.
    """

    figure: Figure
    is_held_back: bool
    is_whole_held_back: bool
    is_unfinished: bool

    @property
    def indicator(self) -> Indicator:
        return self.figure.indicator


def published(
    question: Question, periods: Sequence[Period], indicators: Sequence[Indicator] = CATALOGUE, *, today: date
) -> list[Published]:
    """As `measure` for one municipality, in the same order and the same one statement.

    What is held back in a period is judged by all that is published of it: ask for all at once. What follows those of a
    period for months after it is told when those are over: asked day by day it would tell of each as it happens.
    """
    assert question.municipality is not None
    figures = measure(question, periods, [*indicators, *(_counting_who(one) for one in indicators)])
    told = figures[: len(indicators) * len(periods)]
    who = {(f.indicator.code.removesuffix(_WHO), f.period): f for f in figures[len(told) :]}
    hidden = {period: _hidden([f for f in told if f.period == period], who) for period in periods}
    return [_judged(figure, hidden[figure.period], today=today) for figure in told]


def _judged(figure: Figure, hidden: frozenset[Cell], *, today: date) -> Published:
    sides = {part: cell for part, cell, _number in _cells_of(figure)}
    months = figure.indicator.months_after
    is_unfinished = bool(months) and add_months(figure.period.ends_on, months) > today
    return Published(
        figure=figure,
        is_held_back=is_unfinished or not hidden.isdisjoint(sides.values()),
        is_whole_held_back=sides.get("denominator") in hidden,
        is_unfinished=is_unfinished,
    )


def _counting_who(one: Indicator) -> Indicator:
    """How many households, or dwellings, stand behind each side of an indicator."""
    told: dict[str, Any] = {"value": None, "p90": None}
    for part in _PARTS:
        side: Aggregate | None = getattr(one, part)
        if side is not None and not isinstance(side, Percentile):
            population = one.side(is_population=part == "denominator")[0]
            column = "dwelling_id" if population.is_of_dwellings else "household_id"
            told[part] = Distinct(column, side.where)
    return replace(one, code=one.code + _WHO, **told)


def _cells_of(figure: Figure) -> list[tuple[str, Cell, int]]:
    """What the two sides of a figure count of people, and the numbers."""
    one, found = figure.indicator, []
    for part in _PARTS:
        number: int | None = getattr(figure, part)
        side: Aggregate | None = getattr(one, part)
        population = one.side(is_population=part == "denominator")[0]
        if number is None or side is None or isinstance(side, Percentile) or population.is_of_dwellings:
            continue
        found.append((part, _cell(population, side), number))
    return found


def _cell(population: Population, side: Count | Total | Distinct) -> Cell:
    among, who = _AMONG.get(population, (population, ""))
    added = _added(side)
    whole, which = _ADDED_OF.get(added, (added, ""))
    return f"{among} {whole}", conditions(side.where) | {one for one in (who, which) if one}


def _added(side: Count | Total | Distinct) -> str:
    match side:
        case Count():
            return "rows"
        case Total(expression=expression):
            return expression
        case Distinct(column=column):
            return DIFFERENT + column


def _hidden(figures: Iterable[Figure], who: Mapping[tuple[str, Period], Figure]) -> frozenset[Cell]:
    known: dict[Cell, int] = {}
    few: set[Cell] = set()
    for figure in figures:
        for part, cell, number in _cells_of(figure):
            known[cell] = number
            behind = getattr(who[figure.indicator.code, figure.period], part)
            if behind is not None and is_small(behind):
                few.add(cell)
    hidden: set[Cell] = set()
    for people in sorted({people for people, _conditions in known}):
        cells, sums = with_sums({cell: number for cell, number in known.items() if cell[0] == people})
        hidden |= held_back(cells, sums, also=few & cells.keys())
    return frozenset(hidden)
