"""Figures and the lists behind them, measured from spells and facts.

One statement measures a whole set for one period or many; the list of an indicator is selected by the same predicate
that counted it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any, TypeVar

from django.db import connection, transaction

from housing.spells import GAP_NIGHTS
from kpi import prepared
from kpi.catalogue import CATALOGUE
from kpi.declaring import Aggregate, Indicator, Population, Rule, Unit
from kpi.relations import Periods, relations

Asked = TypeVar("Asked")

#: The row that counts every municipality.
ALL = "all"


def _counted_of(question: Question) -> str:
    """The households that a figure counts. Of dwellings all are: that one is let tells of nobody who."""
    return "household_id <> ALL(%(left_out)s::bigint[])" if question.left_out else "TRUE"


@dataclass(frozen=True)
class Period:
    """Half-open: `ends_on` is the first day after it."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked: where, by which rule, and as known when. `municipality` None asks every one; `unit` is an id.

    `left_out` are ids of households that the figure is not to count.
    """

    municipality: str | None = None
    unit: int | None = None
    rule: Rule = Rule.STAY
    gap_nights: int = GAP_NIGHTS
    known_at: datetime | None = None
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One indicator's answer for one municipality (or `ALL`) and one period.

    `value` is None where it is not known: a share of nothing, a median of nothing. `p90` belongs to a median.
    """

    indicator: Indicator
    municipality: str
    period: Period
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    p90: Decimal | None = None


@dataclass(frozen=True)
class Behind:
    """References of those behind a figure, by code point: those counted, and those they are a share of.

    Of a figure of dwellings they are the dwellings'.
    """

    households: list[str] = field(default_factory=list)
    population: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Contribution:
    """What one household adds to a figure, in the figure's own unit: 1, or its stays, nights, children or days."""

    household_id: int
    ref: str
    amount: float


def measure(question: Question, periods: Sequence[Period], indicators: Sequence[Indicator] = CATALOGUE) -> list[Figure]:
    """Every indicator for every period, in that order; within it each municipality by number, `ALL` last.

    A municipality asked for by number is always answered, also without data. Asked for all, those that have households
    are answered, and `ALL`.
    """
    counted = _counted(question, periods, indicators)
    municipalities = [question.municipality] if question.municipality else [*_with_data(), ALL]
    return [
        _figure(indicator, municipality, period, counted.get((indicator.code, municipality, n), {}))
        for indicator in indicators
        for n, period in enumerate(periods, start=1)
        for municipality in municipalities
    ]


def behind(
    question: Question, period: Period, indicators: Sequence[Indicator] = CATALOGUE
) -> dict[tuple[str, str], Behind]:
    """(code, municipality) → the households behind that figure; also under `ALL`. One statement for the set."""
    found: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for population, asked in _by_population(_sides(indicators)):
        predicates = ", ".join(f"({aggregate.where})" for _code, _part, aggregate in asked)
        listed = _listed(population, question)
        sql = f"SELECT {_REF[population.is_of_dwellings]}, x.municipality_id, ARRAY[{predicates}] {listed}"
        for ref, municipality, holds in rows_of(question, [period], sql):
            for place in (municipality, ALL):
                for (code, part, _aggregate), is_behind in zip(asked, holds, strict=True):
                    both = found.setdefault((code, place), (set(), set()))
                    both[part].update([ref] if is_behind else [])
    return {key: Behind(sorted(counted), sorted(everyone)) for key, (counted, everyone) in found.items()}


def _sides(indicators: Iterable[Indicator]) -> Iterator[tuple[Population, tuple[str, int, Aggregate]]]:
    """Each indicator's condition for those counted (0) and, of a share, for those they are a share of (1)."""
    for indicator in indicators:
        for part in (0, 1) if indicator.denominator else (0,):
            population, aggregate = indicator.side(is_population=bool(part))
            yield population, (indicator.code, part, aggregate)


def contributions(
    question: Question, period: Period, indicator: Indicator, *, is_population: bool = False
) -> list[Contribution]:
    """Each household or dwelling behind a figure, or of those it is a share of, by the predicate that counted it.

    Amounts of a count or a sum add up to it. The longest time stands for a median.
    """
    population, side = indicator.side(is_population=is_population)
    amount = f"max({indicator.value.expression})" if indicator.value else side.sql
    one = "d.id, d.ref" if population.is_of_dwellings else "h.id, h.ref"
    select = (
        f"SELECT {one}, ({amount})::double precision {_listed(population, question)} AND ({side.where})"
        f" GROUP BY {one} ORDER BY {_REF[population.is_of_dwellings]}"
    )
    return [Contribution(*row) for row in rows_of(question, [period], select)]


#: What names one of a population, by whether it is of dwellings.
_REF = {True: "d.ref", False: "h.ref"}
_NAMED = "SELECT id, ref FROM public."


def _listed(population: Population, question: Question) -> str:
    """A population with the table that names its rows."""
    if population.is_of_dwellings:
        return f"FROM {population} x JOIN ({_NAMED}housing_dwelling) d ON d.id = x.dwelling_id WHERE TRUE"
    return (
        f"FROM {population} x JOIN ({_NAMED}people_household) h ON h.id = x.household_id WHERE {_counted_of(question)}"
    )


@lru_cache(1 << 14)
def share(numerator: int, denominator: int) -> Decimal | None:
    """Percent with one decimal, rounded half up; None of nothing."""
    if not denominator:
        return None
    return (Decimal(100 * numerator) / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _figure(indicator: Indicator, municipality: str, period: Period, counts: Mapping[str, Any]) -> Figure:
    numerator = None if indicator.numerator is None else int(counts.get("numerator") or 0)
    denominator = None if indicator.denominator is None else int(counts.get("denominator") or 0)
    value: Decimal | None
    if indicator.value is not None:
        value = _one_decimal(counts.get("value"))
    elif numerator is not None and denominator is not None:
        value = share(numerator, denominator)
    else:
        value = None if numerator is None else Decimal(numerator)
    return Figure(
        indicator=indicator,
        municipality=municipality,
        period=period,
        numerator=numerator,
        denominator=denominator,
        value=value,
        p90=_one_decimal(counts.get("p90")),
    )


def _one_decimal(number: Any) -> Decimal | None:
    return None if number is None else Decimal(str(number)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _counted(
    question: Question, periods: Sequence[Period], indicators: Sequence[Indicator]
) -> dict[tuple[str, str, int], dict[str, Any]]:
    selects: list[str] = []
    names: dict[str, list[tuple[str, str]]] = {}
    n, place, grouping = _grouped(question, periods)
    for population, asked in _by_population(_parts(indicators)):
        names[population] = [(code, part) for code, part, _aggregate in asked]
        columns = ", ".join(f"({aggregate.sql})::double precision" for _code, _part, aggregate in asked)
        of_whom = "TRUE" if population.is_of_dwellings else _counted_of(question)
        selects.append(
            f"SELECT '{population}', {n}, {place}, ARRAY[{columns}] FROM {population} WHERE {of_whom} {grouping}"
        )
    counted: dict[tuple[str, str, int], dict[str, Any]] = {}
    for population, n, municipality, numbers in rows_of(question, periods, "\nUNION ALL\n".join(selects), is_kept=True):
        for (code, part), number in zip(names[population], numbers, strict=True):
            counted.setdefault((code, municipality, n), {})[part] = number
    return counted


def _grouped(question: Question, periods: Sequence[Period]) -> tuple[str, str, str]:
    """A count's period, its municipality, and what it is grouped by: nothing where there is but one of each."""
    if not question.municipality:
        return "n", f"COALESCE(municipality_id, '{ALL}')", "GROUP BY GROUPING SETS ((n, municipality_id), (n))"
    place = "%(municipality)s::text"
    return ("1", place, "") if len(periods) == 1 else ("n", place, "GROUP BY n")


def rows_of(
    question: Question, periods: Sequence[Period], select: str, *, is_kept: bool = False, **more: Any
) -> list[tuple[Any, ...]]:
    """The rows of a select from the populations and what they are made of; `more` are parameters of its own.

    One that is asked again and again, and has none of its own, is kept: its plan is (`kpi.prepared`).
    """
    parameters = {
        **more,
        "starts": [period.starts_on for period in periods],
        "ends": [period.ends_on for period in periods],
        "municipality": question.municipality,
        "unit": question.unit,
        "rule": question.rule.value,
        "gap_nights": question.gap_nights,
        "known_at": question.known_at,
        "left_out": list(question.left_out),
    }
    is_stored = question.gap_nights == GAP_NIGHTS and question.known_at is None
    is_as_known = question.known_at is not None
    told = relations(select, is_stored=is_stored, is_as_known=is_as_known, periods=_kind_of(periods))
    sql = f"{told}\n{select}"
    with _of_history() if is_as_known else nullcontext():
        if is_kept and question.municipality:  # of all, planning is little, and the best plan depends on the values
            return prepared.fetch(sql, parameters)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())


def _kind_of(periods: Sequence[Period]) -> Periods:
    if len(periods) == 1:
        return Periods.ONE
    follow = all(a.starts_on < b.starts_on and a.ends_on < b.ends_on for a, b in pairwise(periods))
    return Periods.IN_ORDER if follow else Periods.ANY


@contextmanager
def _of_history() -> Iterator[None]:
    """Never one household after the other, since what history tells has no index; and sorted in memory."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '{prepared.WORK_MEM}'")
        yield
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT; SET LOCAL work_mem = DEFAULT")


def _parts(indicators: Iterable[Indicator]) -> Iterator[tuple[Population, tuple[str, str, Aggregate]]]:
    """Each number that an indicator is made of, with the population it is counted in."""
    for indicator in indicators:
        for part in ("numerator", "denominator", "value", "p90"):
            aggregate = getattr(indicator, part)
            if aggregate is not None:
                of = indicator.of if part == "denominator" else None
                yield of or indicator.population, (indicator.code, part, aggregate)


def _by_population(asked: Iterable[tuple[Population, Asked]]) -> list[tuple[Population, list[Asked]]]:
    places = list(Population)
    in_order = sorted(asked, key=lambda one: places.index(one[0]))
    return [(population, [one for _p, one in of_it]) for population, of_it in groupby(in_order, key=lambda o: o[0])]


def _with_data() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM people_municipality m"
            " WHERE EXISTS (SELECT FROM people_household h WHERE h.municipality_id = m.number) ORDER BY 1"
        )
        return [number for (number,) in cursor.fetchall()]


def as_json(figure: Figure, question: Question, listed: Behind | None) -> dict[str, Any]:
    """The row that `manage.py measure` prints (docs/import.md)."""
    row: dict[str, Any] = {
        "indicator": figure.indicator.code,
        "rule": question.rule.value,
        "municipality": figure.municipality,
        "from": figure.period.starts_on.isoformat(),
        "to": figure.period.ends_on.isoformat(),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": _number(figure.value, figure.indicator),
        "unit": figure.indicator.unit.value,
        "known_at": question.known_at.isoformat() if question.known_at else None,
    }
    if figure.indicator.p90 is not None:
        row["p90"] = _number(figure.p90, figure.indicator)
    if listed is not None:
        behind_it = "dwellings" if figure.indicator.population.is_of_dwellings else "households"
        row |= {behind_it: listed.households, "population": listed.population}
    return row


def _number(value: Decimal | None, indicator: Indicator) -> int | float | None:
    if value is None:
        return None
    return float(value) if indicator.unit in (Unit.PERCENT, Unit.DAYS) else int(value)
