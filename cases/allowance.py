"""Whether a household may be entitled to Husbanken's housing allowance (bostøtte), from what is known. Pure.

The product decides nothing: Husbanken does, from the tax register and the lease. What is told here is who to ask.
Source: bustøttelova and its regulation; docs/glossary.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.law import value
from housing.states import RENTAL_KINDS, Kind, add_months, birthday

_AGE = 18


class Point(StrEnum):
    """What the allowance asks for (vilkår)."""

    HOME = "home"
    ADULT = "adult"
    DWELLING = "dwelling"
    STUDY = "study"
    INCOME = "income"
    COSTS = "costs"


class Met(StrEnum):
    YES = "yes"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a household on a day. `kind` is the place tonight; `rent_a_month` None where not known."""

    kind: Kind | None
    is_ours: bool = False
    born: Collection[date] = ()
    has_children: bool = False
    rent_a_month: int | None = None


@dataclass(frozen=True, kw_only=True)
class Judged:
    point: Point
    met: Met


def judged(facts: Facts, *, on: date) -> list[Judged]:
    """Each point, and whether what is known meets it, rules it out, or leaves it to be asked."""
    return [Judged(point=point, met=met) for point, met in _points(facts, on)]


def may_be_entitled(facts: Facts, *, on: date) -> bool:
    """Whether nothing known rules it out."""
    return all(one.met is not Met.NO for one in judged(facts, on=on))


def _points(facts: Facts, on: date) -> Iterator[tuple[Point, Met]]:
    yield Point.HOME, _home(facts.kind)
    is_adult = any(birthday(born, _AGE) <= on for born in facts.born)
    yield Point.ADULT, Met.YES if is_adult or facts.has_children else Met.ASK if not facts.born else Met.NO
    # a municipal dwelling may share bath and kitchen: that is asked for of the others
    yield Point.DWELLING, Met.YES if facts.is_ours else Met.ASK
    # somebody with children may study, somebody else may not
    yield Point.STUDY, Met.YES if facts.has_children else Met.ASK
    yield Point.INCOME, Met.ASK
    yield Point.COSTS, Met.YES if facts.rent_a_month else Met.ASK


def _home(kind: Kind | None) -> Met:
    if kind is None or kind in (Kind.UNKNOWN, Kind.CARE_HOME):
        return Met.ASK
    return Met.YES if kind in RENTAL_KINDS or kind is Kind.OWNED else Met.NO


def apply_by(on: date) -> date:
    """The last day to apply that is not past: for the month that it lies in."""
    last = value("allowance.apply_by_day", on=on)
    return on.replace(day=last) if on.day <= last else add_months(on.replace(day=1), 1).replace(day=last)


def covers(applied_on: date, moved_in_on: date | None) -> bool:
    """Whether an application is for the home that one lives in: one sent before the month of moving in is not."""
    return moved_in_on is None or applied_on >= moved_in_on.replace(day=1)
