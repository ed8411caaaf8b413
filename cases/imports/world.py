"""What the files say beside what is stored, and how it will be when both are put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from cases.imports.reading import Read, read
from cases.imports.sheets import Sheet
from cases.interchange import published, stored, tables
from cases.interchange.rows import (
    AbsenceRow,
    DatedRow,
    DwellingRow,
    EvictionRow,
    HouseholdRow,
    Key,
    MemberRow,
    PersonRow,
    PlanRow,
    ProviderRow,
    PublishedCellRow,
    ResidenceRow,
    Row,
    UnitRow,
)
from cases.models import EvictionCase, IndividualPlan
from housing.models import Absence, Dwelling, DwellingVoid, Provider, Residence
from people.models import Household, Member, Municipality, Person, Unit

R = TypeVar("R", bound=Row)
T = TypeVar("T")

_AT_A_TIME = 5_000


@dataclass
class Side(Generic[R]):
    """One file and the stored rows it touches or stands beside."""

    read: Read[R]
    stored: dict[Key, R] = field(default_factory=dict)

    @property
    def rows(self) -> list[R]:
        return self.read.rows

    @property
    def file(self) -> str:
        return self.read.table.file

    def find(self, *key: Any) -> R | None:
        """The row of this identity as it will be."""
        return self.read.by_key.get(key) or self.stored.get(key)

    def has(self, ref: str) -> bool:
        """Whether somebody is called this; True in doubt, where the file itself could not be read."""
        return (ref,) in self.read.by_key or (ref,) in self.stored or not self.read.is_whole

    def before(self, row: R) -> R | None:
        """The stored row that this one corrects."""
        return self.stored.get(self.read.table.key(row))

    def now(self) -> Iterator[R]:
        """Every row as it will be: those filed, and those stored that the file does not speak of."""
        yield from self.read.by_key.values()
        yield from (row for key, row in self.stored.items() if key not in self.read.by_key)

    def say(self, row: R, text: str) -> None:
        self.read.say(row, text)

    def add(self, rows: Iterable[R]) -> None:
        for row in rows:
            self.stored[self.read.table.key(row)] = row

    @cached_property
    def created(self) -> list[R]:
        return [row for key, row in self.read.by_key.items() if key not in self.stored]

    @cached_property
    def changed(self) -> list[tuple[R, R]]:
        """Pairs of the stored row and the one that corrects it."""
        pairs = ((self.stored.get(key), row) for key, row in self.read.by_key.items())
        return [(old, new) for old, new in pairs if old is not None and old != new]


@dataclass(frozen=True)
class Void:
    """A time in which a dwelling cannot be let; one that is held for a household is free for that one."""

    starts_on: date
    end: date
    held_for: str

    def is_in(self, row: DatedRow) -> bool:
        return self.starts_on < row.end and row.starts_on < self.end


class World:
    """All the files, and what is stored around them. `load` reads the database; nothing here writes to it."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        def side(table: tables.Table[R]) -> Side[R]:
            return Side(read(table, sheets.get(table.name)))

        self.units: Side[UnitRow] = side(tables.UNITS)
        self.persons: Side[PersonRow] = side(tables.PERSONS)
        self.households: Side[HouseholdRow] = side(tables.HOUSEHOLDS)
        self.members: Side[MemberRow] = side(tables.MEMBERS)
        self.providers: Side[ProviderRow] = side(tables.PROVIDERS)
        self.dwellings: Side[DwellingRow] = side(tables.DWELLINGS)
        self.residences: Side[ResidenceRow] = side(tables.RESIDENCES)
        self.absences: Side[AbsenceRow] = side(tables.ABSENCES)
        self.plans: Side[PlanRow] = side(tables.PLANS)
        self.evictions: Side[EvictionRow] = side(tables.EVICTIONS)
        self.published: Side[PublishedCellRow] = side(tables.PUBLISHED_CELLS)
        #: the files of one matter each, by name
        self.areas: dict[str, Side[Any]] = {table.name: side(table) for table in tables.OF_AREAS}
        self.municipalities: frozenset[str] = frozenset()
        #: stored persons by national id, whoever has a number that a file speaks of
        self.numbered: dict[str, str] = {}
        #: refs of the dwellings filed that stand under an agreement
        self.under_agreement: set[str] = set()
        #: when the dwellings that the residences filed name are out of letting, by ref
        self.voids: dict[str, list[Void]] = {}

    @property
    def sides(self) -> tuple[Side[Any], ...]:
        return (
            self.units,
            self.persons,
            self.households,
            self.members,
            self.providers,
            self.dwellings,
            self.residences,
            self.absences,
            *self.areas.values(),
            self.plans,
            self.evictions,
            self.published,
        )

    def load(self) -> None:
        """Read from the database what the files touch or stand beside."""
        self.municipalities = frozenset(Municipality.objects.values_list("number", flat=True))
        self._load_places()
        self._load_households()
        self._load_people()
        self._load_residences()
        self._load_areas()
        if self.published.rows:
            self.published.add(published.keeper().stored())

    def _load_places(self) -> None:
        units = _told(self.units.rows, "ref") | _told(self.households.rows, "unit")
        self.units.add(_found(stored.units, Unit.objects.all(), "ref", units))
        providers = _told(self.providers.rows, "ref") | _told(self.residences.rows, "provider")
        self.providers.add(_found(stored.providers, Provider.objects.all(), "ref", providers))
        dwellings = _told(self.dwellings.rows, "ref") | _told(self.residences.rows, "dwelling")
        self.dwellings.add(_found(stored.dwellings, Dwelling.objects.all(), "ref", dwellings))
        for part in _parts(_told(self.dwellings.rows, "ref")):
            under = Dwelling.objects.filter(ref__in=part, agreement__isnull=False)
            self.under_agreement.update(under.values_list("ref", flat=True))

    def _load_households(self) -> None:
        wanted = self.touched() | _told(self.households.rows, "split_from")
        while wanted:
            self.households.add(_found(stored.households, Household.objects.all(), "ref", wanted))
            # those they were split from, and on: a circle shows only when all of it is known
            known = {ref for (ref,) in self.households.stored}
            parents = {row.split_from for row in self.households.stored.values()}
            wanted = {ref for ref in parents if ref and ref not in known} - wanted

    def _load_people(self) -> None:
        planned = _told(self.plans.rows, "person")
        self.plans.add(_found(stored.plans, IndividualPlan.objects.all(), "person__ref", planned))
        evicted = _told(self.evictions.rows, "household")
        self.evictions.add(_found(stored.evictions, EvictionCase.objects.all(), "household__ref", evicted))
        persons = _told(self.persons.rows, "ref") | _told(self.members.rows, "person") | planned
        self.members.add(_found(stored.members, Member.objects.all(), "household__ref", self.touched()))
        self.members.add(_found(stored.members, Member.objects.all(), "person__ref", persons))
        persons |= {row.person for row in self.members.stored.values()}
        self.persons.add(_found(stored.persons, Person.objects.all(), "ref", persons))
        numbers = _told(self.persons.rows, "national_id")
        for part in _parts(numbers):
            self.numbered |= {row.national_id: row.ref for row in stored.persons(Person.objects.with_numbers(part))}

    def _load_residences(self) -> None:
        touched = self.touched()
        self.residences.add(_found(stored.residences, Residence.objects.all(), "household__ref", touched))
        beside = _told(self.residences.rows, "dwelling")
        # a dwelling leaves the stock when nobody lives there
        beside |= {row.ref for row in self.dwellings.read.by_key.values() if getattr(row, "disposed_on", None)}
        rooms = {row.room for row in self.residences.stored.values() if row.room is not None}
        self.residences.add(_found(stored.residences, Residence.objects.all(), "dwelling__ref", beside))
        self.residences.add(_found(stored.residences, Residence.objects.all(), "room", rooms))
        for part in _parts(_told(self.residences.rows, "dwelling")):
            for void in DwellingVoid.objects.filter(dwelling__ref__in=part).select_related("dwelling", "held_for"):
                held_for = void.held_for.ref if void.held_for else ""
                kept = Void(void.starts_on, void.ends_on or date.max, held_for)
                self.voids.setdefault(void.dwelling.ref, []).append(kept)
        away = _told(self.absences.rows, "household")
        self.absences.add(_found(stored.absences, Absence.objects.all(), "household__ref", away))

    def _load_areas(self) -> None:
        for name, side in self.areas.items():
            for part in _parts(_told(side.rows, "household")):
                side.add(stored.of_area(name, "household__ref", part))

    def touched(self) -> set[str]:
        """The households that some file says something of."""
        said = _told(self.households.rows, "ref")
        sides: tuple[Side[Any], ...] = (
            self.members,
            self.residences,
            self.absences,
            self.evictions,
            *self.areas.values(),
        )
        for side in sides:
            said |= _told(side.rows, "household")
        return said

    def lock(self) -> None:
        """Hold the stored households, then the dwellings, by ascending id, as every act does."""
        households: set[int] = set()
        for part in _parts(self.touched()):
            households.update(Household.objects.filter(ref__in=part).values_list("pk", flat=True))
        for part in _parts(_told(self.persons.rows, "ref")):
            # a birth date corrected changes the households the person is in
            households.update(Member.objects.filter(person__ref__in=part).values_list("household", flat=True))
        _hold(Household, households)
        dwellings: set[int] = set()
        for part in _parts(_told(self.residences.rows, "dwelling") | _told(self.dwellings.rows, "ref")):
            dwellings.update(Dwelling.objects.filter(ref__in=part).values_list("pk", flat=True))
        _hold(Dwelling, dwellings)

    def with_number(self, national_id: str) -> PersonRow | None:
        """The first row of the file that has this national id."""
        return self._filed_numbers.get(national_id)

    @cached_property
    def _filed_numbers(self) -> dict[str, PersonRow]:
        first: dict[str, PersonRow] = {}
        for row in self.persons.rows:
            first.setdefault(getattr(row, "national_id", ""), row)
        return first

    @cached_property
    def members_of(self) -> dict[str, list[MemberRow]]:
        return _grouped(self.members.now(), lambda row: row.household)

    @cached_property
    def memberships(self) -> dict[str, list[MemberRow]]:
        """By person."""
        return _grouped(self.members.now(), lambda row: row.person)

    @cached_property
    def residences_of(self) -> dict[str, list[ResidenceRow]]:
        return _grouped(self.residences.now(), lambda row: row.household)

    @cached_property
    def residences_in(self) -> dict[str, list[ResidenceRow]]:
        """By dwelling."""
        return _grouped(
            (row for row in self.residences.now() if getattr(row, "dwelling", "")), lambda row: row.dwelling
        )

    def room_of(self, row: ResidenceRow) -> int | None:
        """The room a residence will have: a file knows none, and a stored one is kept while the provider is."""
        before = self.residences.before(row)
        if row.line is None or before is None:
            return row.room
        return before.room if before.provider == row.provider else None


def _told(rows: Iterable[Row], attribute: str) -> set[str]:
    """What the rows say in a column, where they say anything that could be read."""
    said = (getattr(row, attribute, "") for row in rows)
    return {text for text in said if text}


def _found(
    rows: Callable[[QuerySet[Any]], Iterator[R]], among: QuerySet[Any], path: str, values: Collection[Any]
) -> Iterator[R]:
    for part in _parts(values):
        yield from rows(among.filter(**{f"{path}__in": part}))


def _parts(values: Iterable[T]) -> Iterator[list[T]]:
    going = iter(values)
    while part := list(islice(going, _AT_A_TIME)):
        yield part


def _hold(model: type[Household | Dwelling], ids: Collection[int]) -> None:
    for part in _parts(sorted(ids)):
        # read to the end: only rows that are fetched are locked
        list(model._default_manager.filter(pk__in=part).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _grouped(rows: Iterable[R], by: Callable[[R], str]) -> dict[str, list[R]]:
    groups: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        groups[by(row)].append(row)
    return groups
