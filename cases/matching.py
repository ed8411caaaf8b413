"""What speaks for and against a dwelling for a household (match). Pure: standard library only.

Three kinds of reason: what stops it, what speaks against it but may be lived with, and what speaks for it. What is not
known of a dwelling stops nothing: it speaks against, and is to be looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

#: Staff in a home, from none to round the clock.
STAFFING = ("none", "day", "round_the_clock")
#: So many rooms more than people, with the living room, speak against: larger than needed.
SPARE_ROOMS = 2
#: Without a number told, two people a bedroom and a living room.
PEOPLE_A_BEDROOM = 2


class Weight(IntEnum):
    """What a reason does, gravest first."""

    STOPS = 0
    AGAINST = 1
    FOR = 2


class Why(StrEnum):
    """A reason; the sentences stand in `cases.wording_of_homes`."""

    TOO_FEW_ROOMS = "too_few_rooms"
    TOO_SMALL = "too_small"
    NOT_ACCESSIBLE = "not_accessible"
    TOO_HIGH = "too_high"
    NOT_FOR_CHILDREN = "not_for_children"
    NO_PETS = "no_pets"
    TOO_LITTLE_STAFF = "too_little_staff"
    NOT_A_SMALL_HOUSE = "not_a_small_house"
    COLOCATED = "colocated"
    TOO_DEAR = "too_dear"
    LARGER_THAN_NEEDED = "larger_than_needed"
    FOR_OTHERS = "for_others"
    ELSEWHERE = "elsewhere"
    UNKNOWN_ROOMS = "unknown_rooms"
    UNKNOWN_ACCESS = "unknown_access"
    UNKNOWN_FLOOR = "unknown_floor"
    UNKNOWN_RENT = "unknown_rent"
    TAKES_AN_ACCESSIBLE_ONE = "takes_an_accessible_one"
    ROOMS_ENOUGH = "rooms_enough"
    ACCESSIBLE = "accessible"
    STAFFED = "staffed"
    MEANT_FOR = "meant_for"
    AS_WISHED = "as_wished"
    RENT_WITHIN = "rent_within"
    SMALL_HOUSE = "small_house"
    APPROVED_FOR_CHILDREN = "approved_for_children"


@dataclass(frozen=True)
class Reason:
    """One reason, with what was needed and what the dwelling has where these are numbers."""

    why: Why
    weight: Weight
    needed: int | None = None
    has: int | None = None


@dataclass(frozen=True, kw_only=True)
class Seeker:
    """What a household needs and wishes. `sleepers` counts visiting children too; `groups` are target groups."""

    sleepers: int = 1
    has_children: bool = False
    groups: frozenset[str] = frozenset()
    rooms_least: int | None = None
    area_least: int | None = None
    rent_most: int | None = None
    floor_most: int | None = None
    needs_accessible: bool = False
    needs_small_house: bool = False
    not_colocated: bool = False
    has_pets: bool = False
    support: str = "none"
    wished_place: str = ""

    @property
    def rooms_needed(self) -> int:
        """What was asked for, else a room for every two and one to live in; one room for one alone."""
        if self.rooms_least is not None:
            return self.rooms_least
        bedrooms = -(-self.sleepers // PEOPLE_A_BEDROOM)
        return 1 if self.sleepers == 1 else bedrooms + 1


@dataclass(frozen=True, kw_only=True)
class Home:
    """What a dwelling offers; None is not known. `free_on` is the first day that one can move in."""

    free_on: date
    rooms: int | None = None
    area: int | None = None
    rent: int | None = None
    floor: int | None = None
    has_lift: bool | None = None
    is_accessible: bool | None = None
    is_small_house: bool = False
    is_colocated: bool | None = None
    is_children_approved: bool | None = None
    allows_pets: bool | None = None
    staffing: str = "none"
    groups: frozenset[str] = frozenset()
    where: str = ""


def reasons(seeker: Seeker, home: Home) -> tuple[Reason, ...]:
    """Everything that stops it, speaks against it and for it, in that order."""
    found = [reason for rule in _RULES for reason in rule(seeker, home)]
    return tuple(sorted(found, key=lambda reason: reason.weight))


def suits(seeker: Seeker, home: Home) -> bool:
    """Whether nothing stops it."""
    return not any(reason.weight is Weight.STOPS for reason in reasons(seeker, home))


def fit(found: tuple[Reason, ...]) -> int:
    """How well it suits, to choose among those that do: what speaks for it less what speaks against it."""
    return sum(1 if reason.weight is Weight.FOR else -1 for reason in found if reason.weight is not Weight.STOPS)


def _rooms(seeker: Seeker, home: Home) -> Iterator[Reason]:
    needed = seeker.rooms_needed
    if home.rooms is None:
        yield Reason(Why.UNKNOWN_ROOMS, Weight.AGAINST, needed)
    elif home.rooms < needed:
        yield Reason(Why.TOO_FEW_ROOMS, Weight.STOPS, needed, home.rooms)
    else:
        yield Reason(Why.ROOMS_ENOUGH, Weight.FOR, needed, home.rooms)
        if home.rooms >= needed + SPARE_ROOMS:
            yield Reason(Why.LARGER_THAN_NEEDED, Weight.AGAINST, needed, home.rooms)
    if seeker.area_least is not None and home.area is not None and home.area < seeker.area_least:
        yield Reason(Why.TOO_SMALL, Weight.STOPS, seeker.area_least, home.area)


def _access(seeker: Seeker, home: Home) -> Iterator[Reason]:
    if seeker.needs_accessible:
        if home.is_accessible is None:
            yield Reason(Why.UNKNOWN_ACCESS, Weight.AGAINST)
        else:
            stops = Reason(Why.NOT_ACCESSIBLE, Weight.STOPS)
            yield Reason(Why.ACCESSIBLE, Weight.FOR) if home.is_accessible else stops
    elif home.is_accessible:
        yield Reason(Why.TAKES_AN_ACCESSIBLE_ONE, Weight.AGAINST)
    if seeker.floor_most is not None and not home.has_lift:
        if home.floor is None:
            yield Reason(Why.UNKNOWN_FLOOR, Weight.AGAINST, seeker.floor_most)
        elif home.floor > seeker.floor_most:
            yield Reason(Why.TOO_HIGH, Weight.STOPS, seeker.floor_most, home.floor)


def _children(seeker: Seeker, home: Home) -> Iterator[Reason]:
    if seeker.has_children and home.is_children_approved is not None:
        stops = Reason(Why.NOT_FOR_CHILDREN, Weight.STOPS)
        yield Reason(Why.APPROVED_FOR_CHILDREN, Weight.FOR) if home.is_children_approved else stops


def _surroundings(seeker: Seeker, home: Home) -> Iterator[Reason]:
    if seeker.has_pets and home.allows_pets is False:
        yield Reason(Why.NO_PETS, Weight.STOPS)
    if seeker.not_colocated and home.is_colocated:
        yield Reason(Why.COLOCATED, Weight.STOPS)
    if seeker.needs_small_house:
        stops = Reason(Why.NOT_A_SMALL_HOUSE, Weight.STOPS)
        yield Reason(Why.SMALL_HOUSE, Weight.FOR) if home.is_small_house else stops
    if seeker.support != STAFFING[0]:
        has_enough = STAFFING.index(home.staffing or STAFFING[0]) >= STAFFING.index(seeker.support)
        yield Reason(Why.STAFFED, Weight.FOR) if has_enough else Reason(Why.TOO_LITTLE_STAFF, Weight.STOPS)


def _rent(seeker: Seeker, home: Home) -> Iterator[Reason]:
    if seeker.rent_most is None:
        return
    if home.rent is None:
        yield Reason(Why.UNKNOWN_RENT, Weight.AGAINST, seeker.rent_most)
    elif home.rent > seeker.rent_most:
        yield Reason(Why.TOO_DEAR, Weight.AGAINST, seeker.rent_most, home.rent)
    else:
        yield Reason(Why.RENT_WITHIN, Weight.FOR, seeker.rent_most, home.rent)


def _meant(seeker: Seeker, home: Home) -> Iterator[Reason]:
    if home.groups:
        is_meant = bool(home.groups & seeker.groups)
        yield Reason(Why.MEANT_FOR, Weight.FOR) if is_meant else Reason(Why.FOR_OTHERS, Weight.AGAINST)


def _wished(seeker: Seeker, home: Home) -> Iterator[Reason]:
    wished = [word for word in seeker.wished_place.casefold().replace(",", " ").split() if len(word) > len("på")]
    if wished and home.where:
        is_there = any(word in home.where.casefold() for word in wished)
        yield Reason(Why.AS_WISHED, Weight.FOR) if is_there else Reason(Why.ELSEWHERE, Weight.AGAINST)


_RULES: tuple[Callable[[Seeker, Home], Iterator[Reason]], ...] = (
    _rooms,
    _access,
    _children,
    _surroundings,
    _rent,
    _meant,
    _wished,
)
