"""Which unit answers for an imported household, and from when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from cases.interchange.rows import HouseholdRow
from people.journal import Act
from people.models import Household, Responsibility

if TYPE_CHECKING:
    from cases.imports.writing import Writer

_AT_A_TIME = 2_000


def answer_for(writer: Writer) -> None:
    """A new household's unit answers for it from its first day; another unit takes over on the day of the import."""
    units, households = writer.ids["units"], writer.ids["households"]
    side = writer.world.households
    Responsibility.objects.bulk_create(
        (
            Responsibility(household_id=households[row.ref], unit_id=units[row.unit], starts_on=first_day(writer, row))
            for row in side.created
        ),
        batch_size=_AT_A_TIME,
    )
    for old, new in side.changed:
        if old.unit != new.unit:
            _hand_over(writer, old.pk, units[new.unit])
    _begin_with_the_first_fact(writer)


def first_day(writer: Writer, row: HouseholdRow) -> date:
    """The day the household was opened, else its first known fact's, else the day of the import."""
    if row.opened_on or row.split_on:
        return row.opened_on or row.split_on or writer.today
    return min(_facts(writer, row.ref), default=writer.today)


def _facts(writer: Writer, ref: str) -> Iterator[date]:
    yield from (member.starts_on for member in writer.world.members_of.get(ref, []))
    yield from (residence.starts_on for residence in writer.world.residences_of.get(ref, []))


def _hand_over(writer: Writer, household_id: int, unit_id: int) -> None:
    latest = Responsibility.objects.filter(household=household_id).order_by("starts_on").last()
    taken_over = Responsibility(household_id=household_id, unit_id=unit_id, starts_on=writer.today)
    if latest is not None and latest.starts_on >= writer.today:
        # begun today or later: no day with the old unit is left
        latest.unit_id = unit_id
        latest.save(update_fields=["unit"])
        taken_over = latest
    else:
        if latest is not None and (latest.ends_on is None or latest.ends_on > writer.today):
            latest.ends_on = writer.today
            latest.save(update_fields=["ends_on"])
        taken_over.save(force_insert=True)
    writer.story.tell(Act.HANDED_OVER, household_id, Household(pk=household_id), on=taken_over.starts_on)


def _begin_with_the_first_fact(writer: Writer) -> None:
    """A household with no known start may turn out older than it was: its first unit answered for it then too."""
    world = writer.world
    older = {}
    for row in world.households.stored.values():
        now = world.households.find(row.ref) or row
        if row.pk in writer.respelled and not now.split_from:
            first = now.opened_on or min(_facts(writer, row.ref), default=None)
            if first is not None:
                older[row.pk] = first
    late = Responsibility.objects.filter(household__in=older).order_by("household", "starts_on").distinct("household")
    moved = []
    for responsibility in late:
        if older[responsibility.household_id] < responsibility.starts_on:
            responsibility.starts_on = older[responsibility.household_id]
            moved.append(responsibility)
    Responsibility.objects.bulk_update(moved, ["starts_on"], batch_size=_AT_A_TIME)
