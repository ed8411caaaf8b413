"""The import itself: read, check, write, all in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from cases.imports.families import check_families, warnings
from cases.imports.faults import CannotImport, Fault, in_order
from cases.imports.following import follow_cases
from cases.imports.overlaps import check_overlaps
from cases.imports.rules import check_rows
from cases.imports.sheets import Sheet
from cases.imports.world import World
from cases.imports.writing import Writer
from housing.actions.spells import refresh
from people.models import Employee, Household
from people.transactions import act


@dataclass(frozen=True)
class Count:
    """How many rows of a file were new, corrections of known rows, and known as they are."""

    file: str
    created: int
    changed: int
    left_alone: int


@dataclass(frozen=True)
class Imported:
    counts: list[Count]
    warnings: list[Fault]


@act
def import_data(*, sheets: Mapping[str, Sheet], by: Employee, at: datetime) -> Imported:
    """Write what the sheets say.

    :raises CannotImport: naming every faulty row; nothing is changed
    """
    world = World(sheets)
    world.lock()
    imported = _checked(world)
    writer = Writer(world, by, at)
    writer.write()
    refresh(writer.respelled)
    follow_cases(writer)
    writer.story.write()
    known = (writer.touched | writer.respelled) - {household.pk for household in writer.opened}
    Household.objects.filter(pk__in=known).update(version=F("version") + 1)
    return imported


def try_import(*, sheets: Mapping[str, Sheet]) -> Imported:
    """What `import_data` would do. Writes nothing and locks nothing.

    :raises CannotImport: as `import_data` would
    """
    return _checked(World(sheets))


def _checked(world: World) -> Imported:
    world.load()
    check_rows(world)
    check_overlaps(world)
    check_families(world)
    seen = in_order(warnings(world))
    faults = [fault for side in world.sides for fault in side.read.faults]
    if faults:
        raise CannotImport(faults, seen)
    return Imported([_count(world, place) for place, side in enumerate(world.sides) if side.read.is_present], seen)


def _count(world: World, place: int) -> Count:
    side = world.sides[place]
    created, changed = len(side.created), len(side.changed)
    return Count(side.file, created, changed, len(side.rows) - created - changed)
