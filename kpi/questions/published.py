"""A municipality's figures of whole years as anybody may have them: nothing small, and nothing that gives it away.

A year is published when it is over: figures asked day by day would tell of each household by what it changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import permutations

from django.db import connection

from kpi.catalogue import CATALOGUE
from kpi.declaring import Count, Distinct, Indicator, Rule, Total
from kpi.measurement import Behind, Figure, Period, Question, behind, measure
from kpi.suppression import Sum, held_back, is_small

#: So many years back at most.
YEARS = 10

#: A condition on a population, as the conditions that all hold; none of them is all of the population.
Cell = tuple[str, frozenset[str]]
#: Conditions that another one brings with it.
_IMPLIED: dict[str, tuple[str, ...]] = {"is_back_6": ("is_back_12", "is_back_24"), "is_back_12": ("is_back_24",)}

#: Columns of persons, which are as much to be protected as households.
_PERSONS = ("persons", "children", "person_id")


class YearNotPublished(LookupError):
    """The year is not over, or before what the municipality has."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """One indicator of one year. Of what is withheld there is no number; of what is not known there is no value."""

    indicator: Indicator
    municipality: str
    year: int
    rule: Rule
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    p90: Decimal | None
    is_withheld: bool


def years_of(municipality: str, *, today: date) -> list[int]:
    """The years that are over, of which the municipality has anything, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(starts_on) FROM housing_spell WHERE municipality_id = %s", [municipality])
        [(first,)] = cursor.fetchall()
    if first is None:
        return []
    return list(range(today.year - 1, max(first.year, today.year - YEARS) - 1, -1))


def published(municipality: str, year: int, *, rule: Rule, today: date) -> list[Published]:
    """Every indicator of a year, in the catalogue's order.

    :raises YearNotPublished: when it is not over, or before what the municipality has
    """
    if year not in years_of(municipality, today=today):
        raise YearNotPublished
    question, period = Question(municipality=municipality, rule=rule), _period(year)
    return _of_year(measure(question, [period]), _lists(question, period), year, rule)


def published_years(indicator: Indicator, municipality: str, *, rule: Rule, today: date) -> list[Published]:
    """One indicator of every year that is over, the newest first: what is withheld depends on all of the year's."""
    question, years = Question(municipality=municipality, rule=rule), years_of(municipality, today=today)
    figures = measure(question, [_period(year) for year in years]) if years else []
    found: list[Published] = []
    for year in years:
        period = _period(year)
        of_it = [figure for figure in figures if figure.period == period]
        every = _of_year(of_it, _lists(question, period), year, rule)
        found += [one for one in every if one.indicator.code == indicator.code]
    return found


def _period(year: int) -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def _lists(question: Question, period: Period) -> dict[tuple[str, str], Behind]:
    """Who is behind the figures that count neither households nor persons."""
    return behind(question, period, [one for one in CATALOGUE if not _is_of_stock(one) and _cell_of(one) is None])


def _of_year(figures: Sequence[Figure], lists: dict[tuple[str, str], Behind], year: int, rule: Rule) -> list[Published]:
    cells: dict[Cell, int] = {}
    for figure in figures:
        for side, number in ((False, figure.numerator), (True, figure.denominator)):
            cell = _cell_of(figure.indicator, is_bottom=side)
            if cell is not None and number is not None:
                cells[cell] = number
    hidden = held_back(*with_sums(cells))
    return [_one(figure, hidden, lists, year, rule) for figure in figures]


def _one(
    figure: Figure, hidden: frozenset[Cell], lists: dict[tuple[str, str], Behind], year: int, rule: Rule
) -> Published:
    indicator, found = figure.indicator, lists.get((figure.indicator.code, figure.municipality), Behind())
    top, bottom = (_cell_of(indicator, is_bottom=side) in hidden for side in (False, True))
    few = is_small(len(found.households)) or is_small(len(found.population))
    is_withheld = top or bottom or few
    return Published(
        indicator=indicator,
        municipality=figure.municipality,
        year=year,
        rule=rule,
        numerator=None if is_withheld else figure.numerator,
        denominator=None if bottom or few else figure.denominator,
        value=None if is_withheld else figure.value,
        p90=None if is_withheld else figure.p90,
        is_withheld=is_withheld,
    )


def _is_of_stock(one: Indicator) -> bool:
    """Dwellings are no persons: their numbers are published however small."""
    return one.population.is_of_dwellings


def _cell_of(one: Indicator, *, is_bottom: bool = False) -> Cell | None:
    """The number of households or persons that a side of an indicator is; None where it is something else."""
    population = (one.of or one.population) if is_bottom else one.population
    side = one.denominator if is_bottom else one.numerator
    if population.is_of_dwellings:
        return None
    match side:
        case Count(where=where):
            return str(population), conditions(where)
        case Distinct(column=what, where=where) | Total(expression=what, where=where) if what in _PERSONS:
            return f"{population} {what}", conditions(where)
    return None


def conditions(where: str) -> frozenset[str]:
    """The conditions that all hold, with those that they bring with them. One with an "or" in it stays whole."""
    if where == "TRUE":
        return frozenset()
    parts = [where] if " OR " in where else where.split(" AND ")
    return frozenset(one for part in parts for one in (part, *_IMPLIED.get(part, ())))


def with_sums(known: dict[Cell, int]) -> tuple[dict[Cell, int], list[Sum[Cell]]]:
    """Every number that one could reckon out of those known, and the sums by which one would."""
    cells, sums = dict(known), list[Sum[Cell]]()
    for (people, wide), (others, narrow) in permutations(known, 2):
        if people != others:
            continue
        if wide < narrow:
            rest = (people, wide | {f"not {sorted(narrow - wide)}"})
            cells[rest] = known[people, wide] - known[people, narrow]
            sums.append(Sum((people, wide), ((people, narrow), rest)))
        if is_opposite(wide, narrow):
            both = (people, wide & narrow)
            cells.setdefault(both, known[people, wide] + known[people, narrow])
            sums.append(Sum(both, ((people, wide), (people, narrow))))
    for whole, parts in _divisions(known):
        rest = (whole[0], whole[1] | {f"none of {sorted(map(str, parts))}"})
        cells[rest] = known[whole] - sum(known[part] for part in parts)
        sums.append(Sum(whole, (*parts, rest)))
    return cells, sums


def is_opposite(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two differ in one condition alone, which holds for the one and not for the other."""
    [*mine], [*theirs] = one - other, other - one
    return len(mine) == len(theirs) == 1 and theirs[0] == f"NOT {mine[0]}"


def _divisions(known: dict[Cell, int]) -> Iterator[tuple[Cell, list[Cell]]]:
    """A number with those that part it by what one column says."""
    for people, within in known:
        alike: dict[str, list[Cell]] = {}
        for others, narrow in known:
            more = narrow - within
            if people == others and len(more) == 1 and within <= narrow | _any_of(within, narrow):
                [condition] = more
                column, is_one, _value = condition.partition(" = ")
                if is_one:
                    alike.setdefault(column, []).append((others, narrow))
        for parts in alike.values():
            if len(parts) > 1:
                yield (people, within), sorted(parts, key=lambda cell: sorted(cell[1]))


def _any_of(within: frozenset[str], narrow: frozenset[str]) -> frozenset[str]:
    """Of `column IN ('a', 'b')`, those that `column = 'a'` brings with it."""
    return frozenset(
        wide
        for wide in within
        for one in narrow
        if " IN (" in wide and " = " in one
        for column, _is, value in (one.partition(" = "),)
        if wide.startswith(f"{column} IN (") and value in wide
    )
