"""What where a household lives says about its coming out and into a home. Pure: standard library only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from housing.states import RENTAL_KINDS, Kind, add_months

#: Months before the day out from which somebody without a home to come to is homeless.
HOMELESS_MONTHS = 2
#: Where somebody is at home, also on a lease of less than three years.
AT_HOME = RENTAL_KINDS | {Kind.OWNED, Kind.CARE_HOME, Kind.WITH_FAMILY}


@dataclass(frozen=True)
class Place:
    """A residence, half-open."""

    kind: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class CameOut:
    """The first day out, and the first in a home, as far as they have come."""

    left_on: date | None = None
    housed_on: date | None = None


def came_out(places: Sequence[Place], *, since: date, comes_from: Collection[str], today: date) -> CameOut:
    """How far somebody has come since the day it was known that they would.

    :param places: in order; those that ended before `since` say nothing
    :param comes_from: the kinds they come out of; none for who comes of age, who is housed when they move home
    """
    left: date | None = None
    known = [one for one in places if one.starts_on <= today and (one.ends_on is None or one.ends_on >= since)]
    for place in known:
        if place.kind in comes_from:
            left = place.ends_on if place.ends_on is not None and place.ends_on <= today else None
        elif place.starts_on >= since:
            left = left or (place.starts_on if comes_from else None)
            if place.kind in AT_HOME:
                return CameOut(left, place.starts_on)
    return CameOut(left)


def homeless_from(expected_on: date) -> date:
    """The first day that somebody who has no home to come to counts as homeless.

    Source: the definition of homeless in docs/glossary.md: in prison or an institution, out within two months.
    """
    return add_months(expected_on, -HOMELESS_MONTHS)


def is_homeless_ahead(kind: str, *, expected_on: date | None, home_waits: bool | None, on: date) -> bool | None:
    """Whether who is in prison or an institution counts as homeless on a day; None where that is not known."""
    if kind not in (Kind.PRISON, Kind.INSTITUTION):
        return False
    if home_waits or (expected_on is not None and on < homeless_from(expected_on)):
        return False
    return None if expected_on is None or home_waits is None else True
