"""The import itself: read, check, write, all in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Difference:
    """A known row that a file corrects: each column with what it said and what it will say."""

    file: str
    key: str
    columns: tuple[tuple[str, object, object], ...]


@dataclass(frozen=True)
class Imported:
    """`differences` are those of files that hold nothing about persons; others are only counted."""

    counts: list[Count]
    warnings: list[Fault]
    differences: list[Difference] = field(default_factory=list)


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
    counts = [_count(world, place) for place, side in enumerate(world.sides) if side.read.is_present]
    return Imported(counts, seen, _differences(world))


def _differences(world: World) -> list[Difference]:
    """Of dwellings alone: the columns of other files tell of persons."""
    columns = world.dwellings.read.table.columns
    found = []
    for old, new in world.dwellings.changed:
        pairs = ((column.name, getattr(old, column.to), getattr(new, column.to)) for column in columns)
        differing = tuple((name, was, will) for name, was, will in pairs if was != will)
        found.append(Difference(world.dwellings.file, new.ref, differing))
    return sorted(found, key=lambda difference: difference.key)


def _count(world: World, place: int) -> Count:
    side = world.sides[place]
    created, changed = len(side.created), len(side.changed)
    return Count(side.file, created, changed, len(side.rows) - created - changed)
