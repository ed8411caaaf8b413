"""The homeless of a municipality on a chosen day: who they are, in groups, and those of whom it is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import IncomeSource
from cases.questions.standing import standings
from housing.models import ResidenceKind
from housing.states import Kind, birthday
from kpi import counting
from kpi.counting import Counts, Dimension, Family, Person, Release, Sex, Situation
from kpi.suppression import Sum, held_back, is_small
from people.access import reported_households, units_with
from people.masking import sights_of
from people.models import Employee, Household, Member, MemberRole
from people.roles import Permission
from people.special_unit import strictly_confidential

_SQL = (Path(__file__).parent.parent / "sql" / "counted.sql").read_text("utf-8")
#: A reference is shown by its first letters.
SHORT = 8
_GROWN_AT = 18
#: Kinds of place that tell something of a special class (K4): who is in their groups is for those on the case.
SPECIAL_KINDS = (Kind.PRISON, Kind.INSTITUTION, Kind.CRISIS_CENTRE, Kind.NIGHT_SHELTER)
_SPECIAL_GROUPS = {
    Dimension.SITUATION: frozenset({Situation.PRISON, Situation.INSTITUTION}),
    Dimension.PLACE: frozenset(SPECIAL_KINDS),
    Dimension.RELEASE: frozenset(Release) - {Release.NEITHER},
}

DIMENSIONS: dict[Dimension, str | Promise] = {
    Dimension.SITUATION: _("Situation"),
    Dimension.PLACE: _("Where they stay"),
    Dimension.AGE: _("Age"),
    Dimension.SEX: _("Sex"),
    Dimension.FAMILY: _("Family"),
    Dimension.INCOME: _("What they mainly live on"),
    Dimension.DURATION: _("Homeless for"),
    Dimension.RELEASE: _("Release and discharge"),
}
_NOT_KNOWN = {counting.UNKNOWN: _("Not known")}
_PLACE_LABELS: dict[str, str | Promise] = {kind.value: ResidenceKind(kind.value).label for kind in counting.PLACES}
GROUPS: dict[Dimension, dict[str, str | Promise]] = {
    Dimension.SITUATION: {
        Situation.NO_ROOF: _("No roof the coming night"),
        Situation.REFERRED: _("Referred to temporary or emergency accommodation"),
        Situation.PRISON: _("In prison, released within two months"),
        Situation.INSTITUTION: _("In an institution, discharged within two months"),
        Situation.FRIENDS: _("For a while with friends or relatives"),
    },
    Dimension.PLACE: _PLACE_LABELS,
    Dimension.AGE: {
        "0": _("Under 18"),
        "18": _("18 to 24"),
        "25": _("25 to 34"),
        "35": _("35 to 44"),
        "45": _("45 to 54"),
        "55": _("55 to 66"),
        "67": _("67 and over"),
    },
    Dimension.SEX: {Sex.WOMAN: _("Women"), Sex.MAN: _("Men"), **_NOT_KNOWN},
    Dimension.FAMILY: {
        Family.ALONE: _("Alone"),
        Family.ALONE_WITH_CHILDREN: _("Alone with children"),
        Family.COUPLE: _("Couple without children"),
        Family.COUPLE_WITH_CHILDREN: _("Couple with children"),
    },
    Dimension.INCOME: {**{source.value: source.label for source in IncomeSource}, **_NOT_KNOWN},
    Dimension.DURATION: {
        "0": _("Up to three months"),
        "3": _("Three to six months"),
        "6": _("Six to twelve months"),
        "12": _("One to three years"),
        "36": _("Over three years"),
        **_NOT_KNOWN,
    },
    Dimension.RELEASE: {
        Release.PRISON_AHEAD: _("Released from prison within two months"),
        Release.INSTITUTION_AHEAD: _("Discharged from an institution within two months"),
        Release.PRISON_BEFORE: _("Out of prison in the last six months"),
        Release.INSTITUTION_BEFORE: _("Out of an institution in the last six months"),
        Release.NEITHER: _("Neither"),
    },
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """One row of a table: persons of one group. `published` is None where the number is held back."""

    code: str
    label: str
    number: int
    published: int | None


@dataclass(frozen=True)
class Total:
    """`published` is None where the number is held back."""

    label: str
    number: int
    published: int | None


@dataclass(frozen=True, kw_only=True)
class Table:
    dimension: Dimension
    label: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The count: persons, one row each; the households they are of; the children under 18 with them.

    `unknown`: households in prison or an institution of which it is not known whether they count.
    """

    municipality: str
    day: date
    persons: tuple[Person, ...]
    households: tuple[int, ...]
    children: int
    unknown: tuple[int, ...]

    @cached_property
    def held_back(self) -> frozenset[Any]:
        """The groups, and the total, that are not published: nothing of one table gives away another."""
        sums = [Sum(_EVERYONE, tuple((d, code) for code in GROUPS[d])) for d in Dimension]
        return held_back({**self._numbers, _EVERYONE: len(self.persons)}, [*sums, *_SAME])

    @cached_property
    def tables(self) -> list[Table]:
        return [
            Table(
                dimension=dimension,
                label=str(DIMENSIONS[dimension]),
                groups=tuple(self._group(dimension, code, str(label)) for code, label in GROUPS[dimension].items()),
            )
            for dimension in Dimension
        ]

    @property
    def totals(self) -> list[Total]:
        """Persons, households and the children with them.

        Persons less households are the couples and the grown beside them, and without children nobody has any: both go
        where a family does, and the households where few are beside.
        """
        is_family_told = not any((Dimension.FAMILY, code) in self.held_back for code in GROUPS[Dimension.FAMILY])
        coupled = sum(self._numbers[Dimension.FAMILY, code] for code in (Family.COUPLE, Family.COUPLE_WITH_CHILDREN))
        are_few_beside = is_small(len(self.persons) - len(self.households) - coupled // 2)
        told = (
            (_("Persons"), len(self.persons), _EVERYONE not in self.held_back),
            (
                _("Households"),
                len(self.households),
                is_family_told and not are_few_beside and not is_small(len(self.households)),
            ),
            (_("Children with them"), self.children, is_family_told and not is_small(self.children)),
        )
        return [Total(str(label), number, number if is_told else None) for label, number, is_told in told]

    def in_group(self, dimension: Dimension, code: str) -> list[Person]:
        return [one for one in self.persons if counting.group_of(dimension, one, self.day) == code]

    @cached_property
    def _numbers(self) -> dict[Any, int]:
        found = {d: Counter(counting.group_of(d, one, self.day) for one in self.persons) for d in Dimension}
        return {(d, code): found[d][code] for d in Dimension for code in GROUPS[d]}

    def _group(self, dimension: Dimension, code: str, label: str) -> Group:
        number = self._numbers[dimension, code]
        published = None if (dimension, code) in self.held_back else number
        return Group(code=str(code), label=label, number=number, published=published)


_EVERYONE = "everyone"
#: What two tables say in different words.
_SAME = (
    Sum((Dimension.SITUATION, Situation.NO_ROOF), ((Dimension.PLACE, Kind.ROUGH),)),
    Sum((Dimension.SITUATION, Situation.FRIENDS), ((Dimension.PLACE, Kind.FRIENDS),)),
    Sum((Dimension.SITUATION, Situation.PRISON), ((Dimension.PLACE, Kind.PRISON),)),
    Sum((Dimension.SITUATION, Situation.INSTITUTION), ((Dimension.PLACE, Kind.INSTITUTION),)),
    Sum((Dimension.RELEASE, Release.PRISON_AHEAD), ((Dimension.PLACE, Kind.PRISON),)),
    Sum((Dimension.RELEASE, Release.INSTITUTION_AHEAD), ((Dimension.PLACE, Kind.INSTITUTION),)),
    Sum(
        (Dimension.SITUATION, Situation.REFERRED),
        tuple((Dimension.PLACE, kind) for kind in (Kind.NIGHT_SHELTER, Kind.TEMPORARY, Kind.CRISIS_CENTRE)),
    ),
)


def counted_on(day: date, municipality: str, *, today: date) -> Counted:
    """The homeless of a municipality on the day, without the strictly confidential, then or now. Five statements.

    A person counts once: the grown of each household, and one under 18 who is no child in it.
    """
    left_out = {*strictly_confidential(municipality, on=day), *strictly_confidential(municipality, on=today)}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"municipality": municipality, "day": day, "left_out": list(left_out)})
        rows = [_Row(*row) for row in cursor.fetchall()]
    by_answer: dict[Counts, list[_Row]] = {answer: [] for answer in Counts}
    for row in rows:
        by_answer[counting.counts(Kind(row.kind), row.planned_end, row.home_waits, day)].append(row)
    homeless = by_answer[Counts.YES]
    members = _members([row.household_id for row in homeless], day)
    persons: list[Person] = []
    children: set[int] = set()
    for row in homeless:
        grown = [one for one in members.get(row.household_id, []) if _is_grown(one, day)]
        kids = [one for one in members.get(row.household_id, []) if _is_child(one, day)]
        children.update(one.person_id for one in kids)
        has_partner = any(one.role == MemberRole.PARTNER for one in grown)
        persons += [_person(row, one, has_partner=has_partner, children=len(kids)) for one in grown]
    return Counted(
        municipality=municipality,
        day=day,
        persons=tuple(persons),
        households=tuple(row.household_id for row in homeless),
        children=len(children),
        unknown=tuple(row.household_id for row in by_answer[Counts.UNKNOWN]),
    )


@dataclass(frozen=True)
class _Row:
    """As `counted.sql` gives it."""

    household_id: int
    kind: str
    planned_end: date | None
    home_waits: bool | None
    homeless_since: date | None
    income: str | None
    came_from: str | None


def _is_grown(one: Member, day: date) -> bool:
    """Who came to the household as its child is grown at 18, and stays a member."""
    return one.role != MemberRole.CHILD_VISIT and not _is_child(one, day)


def _is_child(one: Member, day: date) -> bool:
    return one.role == MemberRole.CHILD and day < birthday(one.person.born_on, _GROWN_AT)


def _members(household_ids: Collection[int], day: date) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = {}
    members = Member.objects.on(day).filter(household__in=household_ids).select_related("person")
    for one in members.order_by("household_id", "pk"):
        found.setdefault(one.household_id, []).append(one)
    return found


def _person(row: _Row, one: Member, *, has_partner: bool, children: int) -> Person:
    is_of_couple = has_partner and one.role in (MemberRole.APPLICANT, MemberRole.PARTNER)
    is_parent = one.role in (MemberRole.APPLICANT, MemberRole.PARTNER)
    return Person(
        household_id=row.household_id,
        person_id=one.person_id,
        kind=Kind(row.kind),
        born_on=one.person.born_on,
        sex=counting.sex_by(one.person.national_id),
        has_partner=is_of_couple,
        children=children if is_parent else 0,
        income=row.income or "",
        homeless_since=row.homeless_since,
        came_from=Release(row.came_from) if row.came_from else None,
    )


@dataclass(frozen=True, kw_only=True)
class CountedRow:
    """One person in a list, shown by the household. Name and key only where the employee may see the household."""

    household_id: int
    case: str
    name: str
    key: UUID | None
    to_correct: str | None
    age: int | None
    owner: str


@dataclass(frozen=True)
class CountedList:
    """`hidden`: how many persons more are in the group and are not listed for this employee."""

    rows: list[CountedRow]
    hidden: int


def is_group_special(dimension: Dimension, code: str) -> bool:
    """Whether being in the group tells something of a special class."""
    return code in _SPECIAL_GROUPS.get(dimension, ())


def listed(
    persons: Iterable[Person], employee: Employee, *, municipality: str, day: date, at: datetime, is_special: bool
) -> CountedList:
    """The persons of a group as the employee sees them: those of households one may open first, by case.

    Of the others whoever reports gets the case number, but of none whose address is shielded.
    """
    found = list(persons)
    households = Household.objects.filter(pk__in={one.household_id for one in found})
    visible = set(households.visible_to(employee, at=at).values_list("pk", flat=True))
    sights = sights_of(visible, employee, at=at)
    if is_special:
        visible = {pk for pk in visible if sights[pk].special}
    reports = units_with(employee, Permission.ASK_FOR_CORRECTION, at=at).filter(municipality=municipality)
    told = set(visible)
    if not is_special and reports.exists():
        told |= set(reported_households(households, employee, at=at).values_list("pk", flat=True))
    shown = standings(told, by=employee, at=at)
    rows = [
        CountedRow(
            household_id=one.household_id,
            case=shown[one.household_id].ref[:SHORT],
            name=shown[one.household_id].name if one.household_id in visible else "",
            key=shown[one.household_id].key if one.household_id in visible else None,
            to_correct=None if one.household_id in visible else shown[one.household_id].ref,
            age=_age(one, day) if one.household_id in visible and sights[one.household_id].ages else None,
            owner=shown[one.household_id].owner,
        )
        for one in found
        if one.household_id in told
    ]
    rows.sort(key=lambda row: (row.key is None, row.name, row.case))
    return CountedList(rows=rows, hidden=len(found) - len(rows))


def _age(one: Person, day: date) -> int:
    born = one.born_on
    return day.year - born.year - (day < birthday(born, day.year - born.year))
