"""Who counts as homeless on a chosen day, and in which groups (kartlegging av bostedsløse). Pure.

Source: the five situations of the national survey of the homeless; prison and institution count only when release or
discharge is within two months and no home waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from housing.states import HOMELESS_KINDS, Kind, add_months, birthday

#: Release or discharge this many calendar months ahead makes a person homeless already.
MONTHS_AHEAD = 2


class Counts(StrEnum):
    """Whether a residence makes its household homeless on the day."""

    YES = "yes"
    NO = "no"
    #: nobody has said when they come out, or whether a home waits
    UNKNOWN = "unknown"


class Dimension(StrEnum):
    """What the homeless are counted by."""

    SITUATION = "situation"
    PLACE = "place"
    AGE = "age"
    SEX = "sex"
    FAMILY = "family"
    INCOME = "income"
    DURATION = "duration"
    RELEASE = "release"


class Situation(StrEnum):
    NO_ROOF = "no_roof"
    REFERRED = "referred"
    PRISON = "prison"
    INSTITUTION = "institution"
    FRIENDS = "friends"


class Sex(StrEnum):
    WOMAN = "woman"
    MAN = "man"


class Family(StrEnum):
    ALONE = "alone"
    ALONE_WITH_CHILDREN = "alone_with_children"
    COUPLE = "couple"
    COUPLE_WITH_CHILDREN = "couple_with_children"


class Release(StrEnum):
    PRISON_AHEAD = "prison_ahead"
    INSTITUTION_AHEAD = "institution_ahead"
    PRISON_BEFORE = "prison_before"
    INSTITUTION_BEFORE = "institution_before"
    NEITHER = "neither"


#: What is not known of somebody.
UNKNOWN = "unknown"

_SITUATIONS = {
    Kind.ROUGH: Situation.NO_ROOF,
    Kind.NIGHT_SHELTER: Situation.REFERRED,
    Kind.TEMPORARY: Situation.REFERRED,
    Kind.CRISIS_CENTRE: Situation.REFERRED,
    Kind.PRISON: Situation.PRISON,
    Kind.INSTITUTION: Situation.INSTITUTION,
    Kind.FRIENDS: Situation.FRIENDS,
}
#: The kinds in the order they are shown.
PLACES = tuple(_SITUATIONS)
#: The first age that is no more in each group; over the last one there is one group more.
AGES = (18, 25, 35, 45, 55, 67)
#: The months that the groups of duration end with.
DURATIONS = (3, 6, 12, 36)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One grown person of a homeless household, or one under 18 who is no child in it, as known on the day.

    `sex`: 1 or 2 by the national id's ninth digit is told as `Sex`, None where the number tells nothing.
    """

    household_id: int
    person_id: int
    kind: Kind
    born_on: date
    sex: Sex | None
    has_partner: bool
    children: int
    income: str
    homeless_since: date | None
    came_from: Release | None


def counts(kind: Kind, planned_end: date | None, home_waits: bool | None, day: date) -> Counts:
    """Whether whoever lives in such a place on the day is homeless in the count.

    :param planned_end: the day of release or discharge; without meaning for other places
    """
    if kind in HOMELESS_KINDS:
        return Counts.YES
    if kind not in (Kind.PRISON, Kind.INSTITUTION) or home_waits:
        return Counts.NO
    if planned_end is not None and day < add_months(planned_end, -MONTHS_AHEAD):
        return Counts.NO
    if planned_end is None or home_waits is None:
        return Counts.UNKNOWN
    return Counts.YES


def group_of(dimension: Dimension, one: Person, day: date) -> str:
    """The code of the one group of the dimension that the person is in."""
    return _GROUPS[dimension](one, day)


def age_group(born_on: date, day: date) -> str:
    """The group by its first age: "0", "18", … "67"."""
    return str(max((age for age in AGES if day >= birthday(born_on, age)), default=0))


def duration_group(since: date | None, day: date) -> str:
    """The group by the months it begins with: "0" up to three months, "3", "6", "12", "36" over three years."""
    if since is None:
        return UNKNOWN
    return str(max((months for months in DURATIONS if day > add_months(since, months)), default=0))


def sex_by(national_id: str) -> Sex | None:
    """What the ninth digit of an eleven-digit number tells: odd a man, even a woman."""
    if len(national_id) != 11 or not national_id.isdigit():
        return None
    return Sex.MAN if int(national_id[8]) % 2 else Sex.WOMAN


def _family(one: Person) -> Family:
    if one.has_partner:
        return Family.COUPLE_WITH_CHILDREN if one.children else Family.COUPLE
    return Family.ALONE_WITH_CHILDREN if one.children else Family.ALONE


def _release(one: Person) -> Release:
    if one.kind is Kind.PRISON:
        return Release.PRISON_AHEAD
    if one.kind is Kind.INSTITUTION:
        return Release.INSTITUTION_AHEAD
    return one.came_from or Release.NEITHER


_GROUPS: dict[Dimension, Callable[[Person, date], str]] = {
    Dimension.SITUATION: lambda one, _day: _SITUATIONS[one.kind],
    Dimension.PLACE: lambda one, _day: one.kind,
    Dimension.AGE: lambda one, day: age_group(one.born_on, day),
    Dimension.SEX: lambda one, _day: one.sex or UNKNOWN,
    Dimension.FAMILY: lambda one, _day: _family(one),
    Dimension.INCOME: lambda one, _day: one.income or UNKNOWN,
    Dimension.DURATION: lambda one, day: duration_group(one.homeless_since, day),
    Dimension.RELEASE: lambda one, _day: _release(one),
}
