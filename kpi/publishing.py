"""Figures as they are published: small numbers held back, with those of other indicators that would give them away.

The indicators of a population are conditions on its rows, so what is part of what is read from the declarations: a
condition with more to it counts some of those of one with less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpi.catalogue import CATALOGUE
from kpi.declaring import Aggregate, Count, Distinct, Indicator, Percentile, Total
from kpi.measurement import Figure, Period, Question, measure
from kpi.suppression import Sum, held_back, is_small

#: What the indicators that count who stands behind a figure are called.
_WHO = "#who"
#: (population, what is added up, the conditions): what one number counts.
Side = tuple[str, str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Published:
    """A figure as the public reads it. Held back: then neither value nor what it is made of is told."""

    figure: Figure
    is_held_back: bool

    @property
    def indicator(self) -> Indicator:
        return self.figure.indicator


def published(
    question: Question, periods: Sequence[Period], indicators: Sequence[Indicator] = CATALOGUE
) -> list[Published]:
    """As `measure` for one municipality, in the same order and the same one statement.

    What is held back in a period is judged by all that is published of it: ask for all at once.
    """
    assert question.municipality is not None
    figures = measure(question, periods, [*indicators, *(_counting_who(one) for one in indicators)])
    told = figures[: len(indicators) * len(periods)]
    who = {(f.indicator.code.removesuffix(_WHO), f.period): f for f in figures[len(told) :]}
    hidden = {period: _hidden([f for f in told if f.period == period], who) for period in periods}
    return [Published(figure=f, is_held_back=bool(hidden[f.period] & set(_sides(f)))) for f in told]


def _counting_who(one: Indicator) -> Indicator:
    """How many households, or dwellings, stand behind each side of an indicator."""
    told: dict[str, Any] = {"value": None, "p90": None}
    for part in ("numerator", "denominator"):
        side: Aggregate | None = getattr(one, part)
        if side is not None and not isinstance(side, Percentile):
            population = one.side(is_population=part == "denominator")[0]
            column = "dwelling_id" if population.is_of_dwellings else "household_id"
            told[part] = Distinct(column, side.where)
    return replace(one, code=one.code + _WHO, **told)


def _sides(figure: Figure) -> dict[Side, tuple[int, str]]:
    """What the numbers of a figure count → the number, and which of its parts it is."""
    one, found = figure.indicator, {}
    for part, number in (("numerator", figure.numerator), ("denominator", figure.denominator)):
        side: Aggregate | None = getattr(one, part)
        if number is None or side is None or isinstance(side, Percentile):
            continue
        population = one.side(is_population=part == "denominator")[0]
        found[population.value, _added(side), _conditions(side.where)] = number, part
    return found


def _added(side: Count | Total | Distinct) -> str:
    match side:
        case Count():
            return "rows"
        case Total(expression=expression):
            return expression
        case Distinct(column=column):
            return f"different {column}"


def _conditions(where: str) -> frozenset[str]:
    return frozenset(where.split(" AND ")) - {"TRUE"}


def _hidden(figures: Iterable[Figure], who: Mapping[tuple[str, Period], Figure]) -> frozenset[Any]:
    cells: dict[Side, int] = {}
    few: set[Side] = set()
    for figure in figures:
        for side, (number, part) in _sides(figure).items():
            cells[side] = number
            behind = getattr(who[figure.indicator.code, figure.period], part)
            if behind is not None and is_small(behind):
                few.add(side)
    alike = sorted({side[:2] for side in cells})
    return frozenset().union(*(_hidden_of({s: n for s, n in cells.items() if s[:2] == kind}, few) for kind in alike))


def _hidden_of(sides: Mapping[Side, int], few: set[Side]) -> frozenset[Any]:
    """Of the sides of one population that add up the same thing."""
    cells: dict[Any, int] = dict(sides)
    sums = []
    for part in sides:
        for whole in sides:
            if part[2] > whole[2]:
                rest = _rest(part, whole, sides)
                cells.setdefault(rest, max(sides[whole] - sides[part], 0))
                sums.append(Sum[Any](whole, (part, rest)))
    return held_back(cells, sums, also=few & cells.keys())


def _rest(part: Side, whole: Side, cells: Mapping[Any, int]) -> Any:
    """What is left of the whole: an indicator's own side where one counts just that."""
    more = part[2] - whole[2]
    if len(more) == 1:
        [condition] = more
        opposite = condition.removeprefix("NOT ") if condition.startswith("NOT ") else f"NOT {condition}"
        rest = (*whole[:2], whole[2] | {opposite})
        if cells.get(rest) == cells[whole] - cells[part]:
            return rest
    return ("rest", part, whole)
