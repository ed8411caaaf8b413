"""Bringing the cases of imported households in line with where they live today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from cases.actions.journey import follow, standings
from cases.imports.responsibility import first_day
from cases.imports.writing import Writer
from cases.journey import state_of
from cases.models import Case, CaseState, Need
from housing.models import Residence, Spell, SpellState
from people.journal import Act
from people.models import Household

_AT_A_TIME = 2_000


def follow_cases(writer: Writer) -> None:
    """Open a case a household that has none, and let every open one follow. Spells are fresh by now."""
    changed = Case.objects.open().filter(household__in=_with_parts(writer.respelled)).order_by("household")
    for case, standing in list(standings(changed, on=writer.today)):
        if case.state != standing:
            follow(case, on=writer.today, by=writer.by, at=writer.at)
    new = {household.pk for household in writer.opened}
    for case in Case.objects.bulk_create(_first_cases(writer), batch_size=_AT_A_TIME):
        if case.household_id in new:
            writer.story.tell(Act.REGISTERED, case.household_id, Household(pk=case.household_id), on=case.opened_on)
        writer.story.tell(Act.CASE_OPENED, case.household_id, case, on=case.opened_on)


def _first_cases(writer: Writer) -> Iterator[Case]:
    """A case in the state of today for each household of the import that never had one."""
    spells = Spell.objects.filter(household=OuterRef("pk"))
    tonight = Residence.objects.on(writer.today).filter(household=OuterRef("pk")).values("kind")[:1]
    without = Household.objects.filter(pk__in=writer.respelled, cases__isnull=True)
    found: QuerySet[Any] = without.annotate(
        tonight=Subquery(tonight),
        is_home=Exists(spells.on(writer.today).filter(state=SpellState.PERMANENT)),
        has_lived=Exists(spells.filter(starts_on__lte=writer.today)),
        needs_now=ArraySubquery(Need.objects.on(writer.today).filter(household=OuterRef("pk")).values("kind")),
    )
    for household in found:
        standing = state_of(
            is_closed=False,
            tonight=household.tonight,
            is_permanent=household.is_home,
            needs=household.needs_now,
            has_lived=household.has_lived,
        )
        row = writer.world.households.find(household.ref)
        yield Case(
            household=household,
            municipality_id=household.municipality_id,
            state=CaseState(standing),
            opened_on=first_day(writer, row) if row else writer.today,
        )


def _with_parts(households: set[int]) -> set[int]:
    """These, and those split from them, and on."""
    found, newest = set(households), set(households)
    while newest:
        newest = set(Household.objects.filter(split_from__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return found
