"""Why a figure of one place is another than before: told at its corners, household by household, and explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from kpi.declaring import Aggregate, Count, Distinct, Indicator, Percentile, Population, Total
from kpi.explaining import Corner, Corners, Explained, Key, Kind, Part, Told, explain, shown
from kpi.groups import group_of_rows, is_of_group
from kpi.measurement import Period, Question, rows_of
from kpi.questions.history import why_known


@dataclass(frozen=True)
class Subject:
    """What a row of a figure is of: a household or a dwelling, by its id."""

    pk: int
    is_dwelling: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A figure as it is asked at one end of the comparison: what, and of which period."""

    question: Question
    period: Period


@dataclass(frozen=True, kw_only=True)
class PartShown:
    """A part as pages show it: in the figure's unit and decimals, so that the parts sum to the change shown."""

    part: Part
    change: Decimal | None
    counted: Decimal
    population: Decimal
    households: int


@dataclass(frozen=True, kw_only=True)
class Why:
    """A change explained, with the values at both ends as they are shown."""

    explained: Explained
    kind: Kind
    before: Decimal | None
    after: Decimal | None
    parts: tuple[PartShown, ...]

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


def why(indicator: Indicator, then: Asked, now: Asked) -> Why:
    """The change from `then` to `now`, which may differ in period, rule and moment of knowing, and in nothing else."""
    known_now = replace(then.question, known_at=now.question.known_at)
    corners = _corners(
        indicator,
        [
            then,
            Asked(question=known_now, period=then.period),
            Asked(question=replace(known_now, rule=now.question.rule), period=then.period),
            now,
        ],
    )
    kind = kind_of(indicator)
    explained = explain(corners, _why_known(corners, then, now), kind, is_of_group=is_of_group(indicator))
    return _shown(explained, kind)


def kind_of(indicator: Indicator) -> Kind:
    if indicator.value is not None:
        return Kind.MEDIAN
    return Kind.SUM if indicator.denominator is None else Kind.SHARE


def corner(indicator: Indicator, asked: Asked) -> Corner:
    """Every household of the population, and what it is to the figure there."""
    numerator, denominator = indicator.numerator, indicator.denominator
    if indicator.of is None or denominator is None:
        return _told(indicator.population, numerator, denominator, indicator.value, asked)
    counted = _told(indicator.population, numerator, None, indicator.value, asked)
    everyone = _told(indicator.of, None, denominator, None, asked)
    both = dict(counted)
    for key, told in everyone.items():
        both[key] = replace(told, counted=both[key].counted) if key in both else told
    return both


def _corners(indicator: Indicator, asked: list[Asked]) -> Corners:
    """The four, each asked once."""
    known: dict[tuple[Any, ...], Corner] = {}
    told = []
    for one in asked:
        key = (one.question, one.period)
        if key not in known:
            known[key] = corner(indicator, one)
        told.append(known[key])
    return Corners(then=told[0], known_now=told[1], by_rule=told[2], now=told[3])


def _told(
    population: Population,
    numerator: Aggregate | None,
    denominator: Aggregate | None,
    value: Percentile | None,
    asked: Asked,
) -> dict[Key, Told]:
    column = "dwelling_id" if population.is_of_dwellings else "household_id"
    group = group_of_rows(population)
    sides = ", ".join(_column(side) for side in (numerator, denominator))
    values = (
        "NULL" if value is None else f"array_agg({value.expression}) FILTER (WHERE ({value.expression}) IS NOT NULL)"
    )
    select = (
        f"SELECT x.{column}, {group}, {values}, {sides} FROM {population} x"
        f" WHERE {'TRUE' if population.is_of_dwellings else 'x.household_id <> ALL(%(left_out)s::bigint[])'}"
        f" GROUP BY x.{column} ORDER BY x.{column}"
    )
    rows = rows_of(asked.question, [asked.period], select)
    counted, everyone = (_amounts(side, [row[n] for row in rows]) for side, n in ((numerator, 3), (denominator, 4)))
    return {
        Subject(row[0], population.is_of_dwellings): Told(
            counted=counted[n],
            population=everyone[n],
            group=row[1],
            values=tuple(Fraction(one) for one in row[2] or ()),
        )
        for n, row in enumerate(rows)
    }


def _column(side: Aggregate | None) -> str:
    match side:
        case Distinct(column=column, where=where):
            return f"array_agg(DISTINCT {column}::text) FILTER (WHERE {where})"
        case Count() | Total():
            return f"({side.sql})::numeric"
        case _:
            return "0::numeric"


def _amounts(side: Aggregate | None, told: Iterable[Any]) -> list[Fraction]:
    """What each row adds: of different ones, such as children, each once, in the first household that has it."""
    if not isinstance(side, Distinct):
        return [Fraction(one) for one in told]
    met: set[str] = set()
    amounts = []
    for names in told:
        new = set(names or ()) - met
        met |= new
        amounts.append(Fraction(len(new)))
    return amounts


def _why_known(corners: Corners, then: Asked, now: Asked) -> dict[Key, Part]:
    """Why what is known of the first period has changed, of those it changed for."""
    since, until = then.question.known_at, now.question.known_at
    if since is None or corners.then is corners.known_now:
        return {}
    changed = [
        key
        for key in {**corners.then, **corners.known_now}
        if isinstance(key, Subject) and corners.then.get(key) != corners.known_now.get(key)
    ]
    found: dict[Key, Part] = {}
    for is_of_dwellings in (False, True):
        ids = [key.pk for key in changed if key.is_dwelling is is_of_dwellings]
        why_of = why_known(ids, since=since, until=until, is_of_dwellings=is_of_dwellings)
        found |= {Subject(pk, is_of_dwellings): part for pk, part in why_of.items()}
    return found


def _shown(explained: Explained, kind: Kind) -> Why:
    """In whole units, or in tenths of a share and of days, the rest given where it fits best."""
    step = Decimal(1) if kind is Kind.SUM else Decimal("0.1")
    before, after = (_rounded(one, kind) for one in (explained.before, explained.after))
    parts = list(explained.parts.items())
    if before is None or after is None:
        changes: list[Decimal | None] = [None] * len(parts)
    else:
        unit = Fraction(step)
        told = shown([(share.change or Fraction(0)) / unit for _part, share in parts], Fraction(after - before) / unit)
        changes = [int(one) * step for one in told]
    return Why(
        explained=explained,
        kind=kind,
        before=before,
        after=after,
        parts=tuple(
            PartShown(
                part=part,
                change=change,
                counted=_plain(share.counted),
                population=_plain(share.population),
                households=len(share.moved),
            )
            for (part, share), change in zip(parts, changes, strict=True)
        ),
    )


def _rounded(value: Fraction | None, kind: Kind) -> Decimal | None:
    """As `kpi.measurement` rounds a figure."""
    if value is None:
        return None
    if kind is Kind.SUM:
        return Decimal(int(value))
    return _plain(value).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _plain(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator
