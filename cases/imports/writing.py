"""Writing what the files say, table by table, in bulk.

All was checked before: a refusal by the database here is somebody else's write since, or a rule that the checks lack.

What is corrected is written before what is new, and what gives way before what takes its place: the constraints on
overlaps are asked at every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.timezone import localdate

from cases.imports.areas import Area
from cases.imports.every_area import AREAS
from cases.imports.evictions import write_evictions
from cases.imports.plans import write_plans
from cases.imports.protection import masks_anew, still_shielding
from cases.imports.responsibility import answer_for
from cases.imports.story import Story
from cases.imports.world import Side, World
from cases.interchange.published import keeper
from cases.interchange.rows import (
    AbsenceRow,
    DwellingRow,
    HouseholdRow,
    MemberRow,
    PersonRow,
    ProviderRow,
    ResidenceRow,
    Row,
    UnitRow,
)
from housing.actions.voids import release
from housing.models import Absence, Dwelling, Provider, QualityAgreement, Residence
from people.identification import identify
from people.journal import Act
from people.models import Employee, Household, IdKind, Member, MemberRole, Person, Unit

R = TypeVar("R", bound=Row)
M = TypeVar("M", bound=Model)

_AT_A_TIME = 2_000


@dataclass
class Writer:
    """One import being written. `ids` are primary keys by ref, one dictionary a table."""

    world: World
    by: Employee
    at: datetime
    story: Story = field(init=False)
    ids: dict[str, dict[str, int]] = field(init=False)
    #: municipality by household ref
    municipality: dict[str, str] = field(init=False)
    #: households whose facts changed, those whose spells may have among them
    touched: set[int] = field(default_factory=set)
    respelled: set[int] = field(default_factory=set)
    opened: list[Household] = field(default_factory=list)

    def __post_init__(self) -> None:
        world = self.world
        self.story = Story(self.by, self.at)
        named: tuple[Side[Any], ...] = (world.units, world.persons, world.households, world.providers, world.dwellings)
        self.ids = {side.read.table.name: {ref: row.pk for (ref,), row in side.stored.items()} for side in named}  # type: ignore[misc]
        self.municipality = {row.ref: row.municipality for row in world.households.stored.values()}

    @property
    def today(self) -> date:
        return localdate(self.at)

    def write(self) -> None:
        self._write_units()
        self._write_persons()
        self._write_households()
        self._write_members()
        self._write_providers()
        self._write_dwellings()
        self._write_residences()
        self._write_absences()
        for area in AREAS:
            self._write_area(area)
        write_plans(self)
        write_evictions(self)
        self._write_published()
        answer_for(self)

    def _write_published(self) -> None:
        side = self.world.published
        if rows := [*side.created, *(new for _old, new in side.changed)]:
            keeper().keep(rows, self.by, self.at)

    # ── what has a ref ────────────────────────────────────────────────────────────────────────────────────────────

    def _write_units(self) -> None:
        def values(row: UnitRow) -> dict[str, Any]:
            return {"ref": row.ref, "municipality_id": row.municipality, "name": row.name, "kind": row.kind}

        side = self.world.units
        _correct(Unit, side.changed, values)
        self._number("units", _create(Unit, side.created, values))

    def _write_persons(self) -> None:
        def values(row: PersonRow) -> dict[str, Any]:
            return {
                "ref": row.ref,
                "national_id": row.national_id,
                "id_kind": identify(row.national_id).kind if row.national_id else IdKind.NONE,
                "name": row.name,
                "born_on": row.born_on,
                "protection": row.protection,
                "protection_from": row.protection_from,
                "protection_to": row.protection_to,
                "language": row.language,
            }

        side = self.world.persons
        # a number that goes from one person to another is let go of first
        given_up = [old.pk for old, new in side.changed if old.national_id and old.national_id != new.national_id]
        taken = {row.national_id for row in side.created} | {new.national_id for _old, new in side.changed}
        Person.objects.filter(pk__in=given_up).with_numbers(taken).update(national_id="", id_kind=IdKind.NONE)
        changed = list(still_shielding(side.changed, on=self.today))
        _correct(Person, changed, values)
        masked_again = Person.objects.filter(pk__in=masks_anew(changed), unmasked_at__isnull=False)
        masked_again.update(unmasked_at=None, unmasked_by=None, unmasked_because="")
        self._number("persons", _create(Person, side.created, values))
        reborn = [old.pk for old, new in side.changed if old.born_on != new.born_on]
        self._respell(Member.objects.filter(person__in=reborn).values_list("household", flat=True))

    def _write_households(self) -> None:
        def values(row: HouseholdRow) -> dict[str, Any]:
            return {
                "ref": row.ref,
                "municipality_id": self.municipality[row.ref],
                "opened_on": row.opened_on,
                "split_from_id": self.ids["households"].get(row.split_from),
                "split_on": row.split_on,
            }

        side, units = self.world.households, self.world.units
        for row in side.created:
            unit = units.find(row.unit)
            self.municipality[row.ref] = unit.municipality if unit else ""
        waiting = side.created
        while waiting:
            # a part comes after the household it was split from
            ready = [row for row in waiting if not row.split_from or row.split_from in self.ids["households"]]
            self.opened += self._number("households", _create(Household, ready, values))
            waiting = [row for row in waiting if row.ref not in self.ids["households"]]
        # who is responsible stands in a table of its own
        _correct(Household, [(old, new) for old, new in side.changed if replace(old, unit=new.unit) != new], values)
        self._respell(household.pk for household in self.opened)
        self._respell(old.pk for old, _new in side.changed)

    def _write_dwellings(self) -> None:
        def values(row: DwellingRow) -> dict[str, Any]:
            return {
                "ref": row.ref,
                "municipality_id": row.municipality,
                "tenure": row.tenure,
                "address": row.address,
                "area_m2": row.area_m2,
                "rooms": row.rooms,
                "is_accessible": row.is_accessible,
                "is_colocated": row.is_colocated,
                "acquired_on": row.acquired_on,
                "disposed_on": row.disposed_on,
            }

        side = self.world.dwellings
        _correct(Dwelling, side.changed, values)
        self._number("dwellings", _create(Dwelling, side.created, values))

    def _write_providers(self) -> None:
        def values(row: ProviderRow) -> dict[str, Any]:
            return {"ref": row.ref, "municipality_id": row.municipality, "name": row.name, "kind": row.kind}

        side = self.world.providers
        _correct(Provider, side.changed, values)
        self._number("providers", _create(Provider, side.created, values))
        for old, new in side.changed:
            agreements = QualityAgreement.objects.filter(provider=old.pk)
            if not new.quality_from:
                agreements.delete()
            elif old.quality_from and (old.quality_from, old.quality_to) != (new.quality_from, new.quality_to):
                latest = agreements.filter(starts_on=old.quality_from)
                latest.update(starts_on=new.quality_from, ends_on=new.quality_to)
        first = [*side.created, *(new for old, new in side.changed if not old.quality_from)]
        QualityAgreement.objects.bulk_create(
            (
                QualityAgreement(
                    provider_id=self.ids["providers"][row.ref], starts_on=row.quality_from, ends_on=row.quality_to
                )
                for row in first
                if row.quality_from
            ),
            batch_size=_AT_A_TIME,
        )

    # ── what has a period ─────────────────────────────────────────────────────────────────────────────────────────

    def _write_members(self) -> None:
        def values(row: MemberRow) -> dict[str, Any]:
            return {
                "household_id": self.ids["households"][row.household],
                "person_id": self.ids["persons"][row.person],
                "role": row.role,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
            }

        changed, known = self.world.members.changed, {old.pk for old in self.world.households.stored.values()}
        shorter, other = _parted(changed, lambda old, new: old.role == new.role and new.end <= old.end)
        _correct(Member, shorter, values)
        # who visits may do so beside any other membership: a step on the way from one role to another
        turning = [old.pk for old, new in other if old.role != new.role]
        Member.objects.filter(pk__in=turning).update(role=MemberRole.CHILD_VISIT)
        _correct(Member, other, values)
        created = _create(Member, self.world.members.created, values)
        self._respell(member.household_id for member in created)
        for member in created:
            if member.household_id in known:
                self.story.tell(Act.MEMBER_ADDED, member.household_id, member, on=member.starts_on)
        for old, new in changed:
            household = self.ids["households"][new.household]
            self._respell([household])
            if new.ends_on and new.ends_on != old.ends_on:
                self.story.tell(Act.MEMBER_ENDED, household, Member(pk=old.pk), on=new.ends_on)

    def _write_residences(self) -> None:
        def values(row: ResidenceRow) -> dict[str, Any]:
            return {
                "household_id": self.ids["households"][row.household],
                "municipality_id": self.municipality[row.household],
                "kind": row.kind,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "provider_id": self.ids["providers"].get(row.provider),
                "dwelling_id": self.ids["dwellings"].get(row.dwelling),
                "lease": row.lease,
                "lease_ends_on": row.lease_ends_on,
                "lease_reason": row.lease_reason,
                "planned_end": row.planned_end,
                "home_waits": row.home_waits,
                "is_undisclosed": bool(row.is_undisclosed),
            }

        changed = self.world.residences.changed
        self._let_go(changed)
        shorter, other = _parted(changed, lambda old, new: new.end <= old.end and old.dwelling == new.dwelling)
        _correct(Residence, shorter, values)
        _correct(Residence, other, values)
        created = _create(Residence, self.world.residences.created, values)
        self._release([*self.world.residences.created, *(new for _old, new in changed)])
        self._respell(residence.household_id for residence in created)
        for residence in created:
            self.story.tell(Act.RESIDENCE_STARTED, residence.household_id, residence, on=residence.starts_on)
            if residence.ends_on:
                self.story.tell(Act.RESIDENCE_ENDED, residence.household_id, residence, on=residence.ends_on)
        for old, new in changed:
            self._tell_of_correction(old, new)

    def _release(self, rows: Iterable[ResidenceRow]) -> None:
        """What was held of a dwelling for a household gives way to its moving in."""
        for row in rows:
            if any(
                void.held_for == row.household and void.is_in(row) for void in self.world.voids.get(row.dwelling, ())
            ):
                held = Dwelling(pk=self.ids["dwellings"][row.dwelling])
                release(Household(pk=self.ids["households"][row.household]), dwelling=held, on=row.starts_on)

    @staticmethod
    def _let_go(changed: list[tuple[ResidenceRow, ResidenceRow]]) -> None:
        """Give up rooms and prices of providers that were left, and dwellings that somebody else may get."""
        moved = [old.pk for old, new in changed if old.provider and old.provider != new.provider]
        Residence.objects.filter(pk__in=moved).update(room=None, price_a_night=None, below_standard="")
        left = [old.pk for old, new in changed if old.dwelling and old.dwelling != new.dwelling]
        Residence.objects.filter(pk__in=left).update(dwelling=None)

    def _tell_of_correction(self, old: ResidenceRow, new: ResidenceRow) -> None:
        household, residence = self.ids["households"][new.household], Residence(pk=old.pk)
        self._respell([household])
        has_ended = old.ends_on is None and new.ends_on is not None
        if has_ended:
            self.story.tell(Act.RESIDENCE_ENDED, household, residence, on=new.end)
        if not has_ended or replace(old, ends_on=new.ends_on) != new:
            self.story.tell(Act.RESIDENCE_CORRECTED, household, residence, on=self.today)

    def _write_absences(self) -> None:
        def values(row: AbsenceRow) -> dict[str, Any]:
            return {
                "household_id": self.ids["households"][row.household],
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "where": row.where,
                "is_held": row.is_held,
            }

        side = self.world.absences
        _correct(Absence, side.changed, values)
        for absence in _create(Absence, side.created, values):
            self.touched.add(absence.household_id)
            self.story.tell(Act.ABSENCE_RECORDED, absence.household_id, absence, on=absence.starts_on)
        self.touched.update(self.ids["households"][new.household] for _old, new in side.changed)

    def _write_area(self, area: Area[Any]) -> None:
        """A file of one matter: its rows, a line in the journal each, and the households that they touch."""

        def values(row: Any) -> dict[str, Any]:
            return {"household_id": self.ids["households"][row.household], **area.values(row)}

        side = self.world.areas[area.table.name]
        _correct(area.model, side.changed, values, beside=area.only_new)
        created = _create(area.model, side.created, lambda row: values(row) | area.only_new(row))
        for made, row in zip(created, side.created, strict=True):
            self._tell_of(area.created, row, made, on=getattr(row, area.on))
        for old, new in side.changed:
            self._tell_of(area.changed, new, area.model(pk=old.pk), on=getattr(new, area.on))

    def _tell_of(self, act: Act, row: Any, subject: Model, *, on: date) -> None:
        household = self.ids["households"][row.household]
        self.touched.add(household)
        self.story.tell(act, household, subject, on=on)

    def _number(self, table: str, created: list[M]) -> list[M]:
        self.ids[table] |= {row.ref: row.pk for row in created}  # type: ignore[attr-defined]
        return created

    def _respell(self, households: Iterable[int]) -> None:
        self.respelled.update(households)


def _parted(pairs: list[tuple[R, R]], is_first: Callable[[R, R], bool]) -> tuple[list[tuple[R, R]], list[tuple[R, R]]]:
    """Those corrections that only give way, and the others."""
    return [pair for pair in pairs if is_first(*pair)], [pair for pair in pairs if not is_first(*pair)]


def _create(model: type[M], rows: list[R], values: Callable[[R], dict[str, Any]]) -> list[M]:
    return model._default_manager.bulk_create((model(**values(row)) for row in rows), batch_size=_AT_A_TIME)


def _correct(
    model: type[M],
    pairs: list[tuple[R, R]],
    values: Callable[[R], dict[str, Any]],
    *,
    beside: Callable[[R], dict[str, Any]] = lambda row: {},
) -> None:
    """Write the values of known rows; `beside` is what a row must have to be written at all, and stays as it is."""
    if not pairs:
        return
    rows = [model(pk=old.pk, **values(new), **beside(new)) for old, new in pairs]
    # INSERT … ON CONFLICT (id) DO UPDATE: every row is there, and it takes a sixth of the time of bulk_update's CASEs
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=list(values(pairs[0][1])),
        batch_size=_AT_A_TIME,
    )
