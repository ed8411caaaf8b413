"""Generated households put into the database as they are, without acts: what figures and spells are tried on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection

from housing.models import Provider, Residence
from housing.spells import Membership
from housing.states import Kind
from people.models import Household, Member, Municipality, Person, Responsibility, Unit
from tests import oracle

RENTALS = {Kind.PRIVATE_RENTAL, Kind.MUNICIPAL_RENTAL}


def store(households: Sequence[oracle.Household], *, municipality: str = "0301") -> dict[str, Household]:
    """Write the households, parents first, and derive their spells; → by reference."""
    place = Municipality.objects.get(pk=municipality)
    unit = Unit.objects.create(municipality=place, name="NAV Prøve")
    providers = {
        kind: Provider.objects.create(municipality=place, name=str(kind), kind=kind)
        for kind in (Kind.TEMPORARY, Kind.NIGHT_SHELTER)
    }
    stored: dict[str, Household] = {}
    for household in households:
        stored[household.ref] = Household.objects.create(
            ref=household.ref,
            municipality=place,
            split_from=stored[household.parent.ref] if household.parent else None,
            split_on=household.split_on,
        )
    Responsibility.objects.bulk_create(
        Responsibility(household=household, unit=unit, starts_on=date(1990, 1, 1)) for household in stored.values()
    )
    persons = _persons(member for household in households for member in household.members)
    Member.objects.bulk_create(
        Member(
            household=stored[household.ref],
            person=persons[member.person],
            role=member.role,
            starts_on=member.starts_on,
            ends_on=member.ends_on,
        )
        for household in households
        for member in household.members
    )
    Residence.objects.bulk_create(
        Residence(
            household=stored[household.ref],
            municipality=place,
            kind=stretch.kind,
            starts_on=stretch.starts_on,
            ends_on=stretch.ends_on,
            provider=providers.get(stretch.kind),
            lease="ordinary" if stretch.kind in RENTALS else "",
            lease_ends_on=stretch.lease_ends_on,
        )
        for household in households
        for stretch in household.stretches
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT refresh_spells(%s)", [[household.pk for household in stored.values()]])
    return stored


def _persons(members: Iterable[Membership]) -> dict[str, Person]:
    born = {member.person: member.born_on for member in members}
    return {ref: Person.objects.create(ref=ref, born_on=born_on) for ref, born_on in born.items()}
