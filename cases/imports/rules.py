"""What each row must keep, given the other rows of the files and what is stored: one rule a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, TypeVar

from django.db.models import Q

from cases.imports.every_area import AREAS
from cases.imports.evictions import EVICTION_RULES
from cases.imports.plans import PLAN_RULES
from cases.imports.world import Side, World
from cases.interchange.published import keeper
from cases.interchange.rows import (
    DatedRow,
    DwellingRow,
    HouseholdRow,
    MemberRow,
    PersonRow,
    ProviderRow,
    PublishedCellRow,
    ResidenceRow,
    Row,
    UnitRow,
    Unread,
)
from cases.interchange.values import shown_ref
from housing.models import AT_A_PROVIDER, AWAITING_HOME, IN_A_DWELLING, RENTALS, QualityAgreement, Tenancy
from housing.models import Residence as StoredResidence
from people.models import Responsibility
from people.succession import followed_by

R = TypeVar("R", bound=Row)
#: What is wrong with a row, if anything. A cell that could not be read ends the rule.
Rule: TypeAlias = Callable[[World, R], Iterator[str]]


def check_rows(world: World) -> None:
    """Hold every rule up to every row."""
    municipality = [_municipality_exists]
    _check(world, world.units, [*municipality, _unit_stays_where_its_households_are])
    _check(world, world.persons, [_protection_forwards, _number_is_one_person_s, _born_before_memberships])
    _check(world, world.households, [_unit_exists, _stays_in_its_municipality, _split, _opened_before_all_else])
    _check(world, world.members, [_household_exists, _person_exists, _forwards, _born_first, _member_after_opening])
    _check(world, world.providers, [*municipality, _agreement, _provider_keeps_its_kind])
    _check(
        world, world.dwellings, [*municipality, _disposed_after_acquired, _disposed_when_empty, _under_its_agreement]
    )
    dated = [_household_exists, _forwards]
    of_a_kind = [_at_its_provider, _undisclosed, _in_its_dwelling, _can_be_let, _lease, _signed, _planned, _waits]
    _check(world, world.residences, [*dated, *of_a_kind, _lived_after_opening])
    _check(world, world.absences, [*dated])
    for area in AREAS:
        _check(world, world.areas[area.table.name], [_household_exists, *area.rules])
    _check(world, world.plans, [*PLAN_RULES])
    _check(world, world.evictions, [_household_exists, *EVICTION_RULES])
    _check(world, world.published, [*municipality, _cell_is_known])


def _check(world: World, side: Side[Any], rules: list[Rule[Any]]) -> None:
    for row in side.rows:
        for rule in rules:
            try:
                for text in rule(world, row):
                    side.say(row, text)
            except Unread:
                continue


def _cell_is_known(world: World, row: PublishedCellRow) -> Iterator[str]:
    if row.cell not in keeper().cells():
        yield "cell is none of KOSTRA's form 13 (docs/kostra.md names them)"


# ── every dated row ───────────────────────────────────────────────────────────────────────────────────────────────


def _forwards(world: World, row: DatedRow) -> Iterator[str]:
    if row.ends_on is None:
        return
    if row.ends_on < row.starts_on:
        yield f"period ends before it begins ({row.period})"
    elif row.ends_on == row.starts_on:
        yield f"period ends on the day it begins ({row.period}): it has no night"


def _household_exists(world: World, row: Any) -> Iterator[str]:
    if not world.households.has(row.household):
        yield _unknown("household", row.household, world.households)


def _unknown(what: str, ref: str, side: Side[Any]) -> str:
    return f"unknown {what} {shown_ref(ref)}: neither in {side.file} nor registered"


# ── units, providers, dwellings ───────────────────────────────────────────────────────────────────────────────────


def _municipality_exists(world: World, row: UnitRow | ProviderRow | DwellingRow) -> Iterator[str]:
    if row.municipality not in world.municipalities:
        followers = followed_by(row.municipality)
        instead = f"; it is now {' and '.join(followers)}" if followers else ""
        yield f"there is no municipality {row.municipality}{instead}"


def _unit_stays_where_its_households_are(world: World, row: UnitRow) -> Iterator[str]:
    before = world.units.before(row)
    moves = before is not None and before.municipality != row.municipality
    if moves and before and Responsibility.objects.filter(unit=before.pk).exists():
        yield f"the unit has households in {before.municipality}: a household's municipality never changes"


def _agreement(world: World, row: ProviderRow) -> Iterator[str]:
    if row.quality_to and not row.quality_from:
        yield "quality_to without quality_from"
    elif row.quality_to and row.quality_from and row.quality_to <= row.quality_from:
        yield f"the quality agreement ends before it begins ({row.quality_from} → {row.quality_to})"
    before = world.providers.before(row)
    if before is not None and before.quality_from and row.quality_from and before != row:
        # the latest is the one corrected: it may not grow over one before it
        earlier = QualityAgreement.objects.filter(provider=before.pk, starts_on__lt=before.quality_from)
        if earlier.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=row.quality_from)).exists():
            yield f"quality_from {row.quality_from} is within an earlier agreement"


def _provider_keeps_its_kind(world: World, row: ProviderRow) -> Iterator[str]:
    before = world.providers.before(row)
    changes = before is not None and before.kind != row.kind
    if changes and before and StoredResidence.objects.filter(provider=before.pk).exists():
        yield f"the provider has residences as {before.kind}: its kind cannot change to {row.kind}"


def _disposed_after_acquired(world: World, row: DwellingRow) -> Iterator[str]:
    if row.disposed_on and row.disposed_on <= row.acquired_on:
        yield f"disposed_on is not after acquired_on ({row.acquired_on} → {row.disposed_on})"


def _disposed_when_empty(world: World, row: DwellingRow) -> Iterator[str]:
    later = (one for one in world.residences_in.get(row.ref, ()) if row.disposed_on and one.end > row.disposed_on)
    if next(later, None) is not None:
        yield f"disposed_on: the dwelling is let or held on {row.disposed_on} or later"


def _under_its_agreement(world: World, row: DwellingRow) -> Iterator[str]:
    before = world.dwellings.before(row)
    is_moved = before is not None and (before.tenure, before.municipality) != (row.tenure, row.municipality)
    if is_moved and row.ref in world.under_agreement:
        yield f"the dwelling stands under an agreement: take it out of that before it is {row.tenure}"


# ── persons and members ───────────────────────────────────────────────────────────────────────────────────────────


def _protection_forwards(world: World, row: PersonRow) -> Iterator[str]:
    if row.protection_from and row.protection_to and row.protection_to <= row.protection_from:
        yield f"the protection ends before it begins ({row.protection_from} → {row.protection_to})"


def _number_is_one_person_s(world: World, row: PersonRow) -> Iterator[str]:
    if not row.national_id:
        return
    first = world.with_number(row.national_id)
    if first is not None and first.line != row.line:
        yield f"the same national id as {world.persons.file}:{first.line} (persons {first.ref} and {row.ref})"
    holder = world.numbered.get(row.national_id)
    if holder not in (None, row.ref) and (holder,) not in world.persons.read.by_key:
        yield f"person {holder}, already registered, has the same national id"


def _born_before_memberships(world: World, row: PersonRow) -> Iterator[str]:
    for member in world.memberships.get(row.ref, []):
        if member.line is None and member.starts_on < row.born_on:
            yield f"born on {row.born_on}, after a membership already registered {member.period} in {member.household}"


def _person_exists(world: World, row: MemberRow) -> Iterator[str]:
    if not world.persons.has(row.person):
        yield _unknown("person", row.person, world.persons)


def _born_first(world: World, row: MemberRow) -> Iterator[str]:
    person = world.persons.find(row.person)
    if person is not None and row.starts_on < person.born_on:
        yield f"membership begins before the person is born ({row.starts_on}, born {person.born_on})"


# ── households ────────────────────────────────────────────────────────────────────────────────────────────────────


def _unit_exists(world: World, row: HouseholdRow) -> Iterator[str]:
    if not world.units.has(row.unit):
        yield _unknown("unit", row.unit, world.units)


def _stays_in_its_municipality(world: World, row: HouseholdRow) -> Iterator[str]:
    before = world.households.before(row)
    unit = world.units.find(row.unit)
    if before is not None and unit is not None and unit.municipality != before.municipality:
        yield (
            f"unit {shown_ref(row.unit)} is in {unit.municipality}, the household in {before.municipality}:"
            " moving to another municipality makes a new household"
        )


def _split(world: World, row: HouseholdRow) -> Iterator[str]:
    if bool(row.split_from) != bool(row.split_on):
        yield "split_from and split_on go together: one of them is empty"
    if not row.split_from:
        return
    if not world.households.has(row.split_from):
        yield _unknown("household", row.split_from, world.households)
    circle = _circle(world, row)
    if circle:
        yield f"split_from goes in a circle: {' → '.join(shown_ref(ref) for ref in circle)}"
    parent = world.households.find(row.split_from)
    if parent is not None and parent.opened_on and row.split_on and row.split_on < parent.opened_on:
        yield f"split_on {row.split_on} is before {shown_ref(parent.ref)} was opened ({parent.opened_on})"


def _circle(world: World, row: HouseholdRow) -> list[str]:
    """The refs from the household back to itself, or nothing."""
    path = [row.ref]
    at: HouseholdRow | None = row
    while at is not None and at.split_from:
        path.append(at.split_from)
        if at.split_from == row.ref:
            return path
        if at.split_from in path[:-1]:
            # a circle further up: said of those that are in it
            return []
        at = world.households.find(at.split_from)
    return []


def _opened_before_all_else(world: World, row: HouseholdRow) -> Iterator[str]:
    """Against what is stored: a row of a file says it of itself."""
    if not row.opened_on:
        return
    for member in world.members_of.get(row.ref, []):
        if member.line is None and member.starts_on < row.opened_on:
            yield f"opened_on {row.opened_on} is after a membership already registered {member.period}"
    for residence in world.residences_of.get(row.ref, []) if not row.split_from else ():
        if residence.line is None and residence.starts_on < row.opened_on:
            yield f"opened_on {row.opened_on} is after a residence already registered {residence.period}"


def _member_after_opening(world: World, row: MemberRow) -> Iterator[str]:
    household = world.households.find(row.household)
    if household is not None and household.opened_on and row.starts_on < household.opened_on:
        yield f"membership begins before the household was opened ({row.starts_on}, opened {household.opened_on})"


# ── residences ────────────────────────────────────────────────────────────────────────────────────────────────────


def _lived_after_opening(world: World, row: ResidenceRow) -> Iterator[str]:
    household = world.households.find(row.household)
    if household is None or not household.opened_on or household.split_from:
        return
    if row.starts_on < household.opened_on:
        yield f"residence begins before the household was opened ({row.starts_on}, opened {household.opened_on})"


def _at_its_provider(world: World, row: ResidenceRow) -> Iterator[str]:
    if row.provider and not world.providers.has(row.provider):
        yield _unknown("provider", row.provider, world.providers)
    if row.kind not in AT_A_PROVIDER:
        if row.provider:
            yield f"provider is for {' and '.join(AT_A_PROVIDER)} only, not for {row.kind}"
        return
    if not row.provider and not row.is_undisclosed:
        yield f"provider is missing: {row.kind} names one"
    provider = world.providers.find(row.provider)
    if provider is not None and provider.kind != row.kind:
        yield f"provider {shown_ref(row.provider)} is of the kind {provider.kind}, not {row.kind}"


def _undisclosed(world: World, row: ResidenceRow) -> Iterator[str]:
    """Where the special unit alone knows of: no other column tells the place."""
    told = {"provider": row.provider, "dwelling": row.dwelling}
    for column in (name for name, value in told.items() if value and row.is_undisclosed):
        yield f"{column} is told, but the place is undisclosed"


def _in_its_dwelling(world: World, row: ResidenceRow) -> Iterator[str]:
    if not row.dwelling:
        return
    if not world.dwellings.has(row.dwelling):
        yield _unknown("dwelling", row.dwelling, world.dwellings)
    if row.kind not in IN_A_DWELLING:
        yield f"dwelling is for {', '.join(IN_A_DWELLING)} only, not for {row.kind}"


def _can_be_let(world: World, row: ResidenceRow) -> Iterator[str]:
    """One sentence whatever the reason: another would tell that the dwelling is held for somebody.

    What was in the way of the residence as it is registered is not looked at again.
    """
    before = world.residences.before(row)
    if not row.dwelling or row == before:
        return
    for void in world.voids.get(row.dwelling, ()):
        was_in = before is not None and before.dwelling == row.dwelling and void.is_in(before)
        if void.is_in(row) and void.held_for != row.household and not was_in:
            yield f"dwelling {shown_ref(row.dwelling)} is out of letting or held in that period ({row.period})"
            return


def _signed(world: World, row: ResidenceRow) -> Iterator[str]:
    """The papers of a lease go by a correction that somebody answers for, never by a file."""
    before = world.residences.before(row)
    is_turned = before is not None and before.kind in RENTALS and row.kind not in RENTALS
    if is_turned and before and Tenancy.objects.filter(residence=before.pk).exists():
        yield f"a lease is signed for this {before.kind}: correct it on the household's page before it is {row.kind}"


def _lease(world: World, row: ResidenceRow) -> Iterator[str]:
    told = {"lease": row.lease, "lease_to": row.lease_ends_on, "lease_reason": row.lease_reason}
    if row.kind not in RENTALS:
        for column in (name for name, value in told.items() if value):
            yield f"{column} is for {' and '.join(RENTALS)} only, not for {row.kind}"
        return
    if not row.lease:
        yield f"lease is missing: {row.kind} rests on one (allowed: ordinary, section_11_1)"
    if row.lease_ends_on and row.lease_ends_on <= row.starts_on:
        yield f"lease_to is not after from ({row.starts_on} → {row.lease_ends_on})"


def _planned(world: World, row: ResidenceRow) -> Iterator[str]:
    if row.planned_end and row.planned_end <= row.starts_on:
        yield f"planned_end is not after from ({row.starts_on} → {row.planned_end})"


def _waits(world: World, row: ResidenceRow) -> Iterator[str]:
    if row.home_waits is not None and row.kind not in AWAITING_HOME:
        yield f"home_waits is for {', '.join(AWAITING_HOME)} only, not for {row.kind}"
