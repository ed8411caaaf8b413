"""Everything registered, as the files of the interface: rows by identity, the same bytes for the same facts."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from cases.interchange import published, stored, tables
from cases.interchange.rows import Row
from cases.interchange.values import written
from cases.models import EvictionCase, IndividualPlan
from housing.models import Absence, Dwelling, Provider, Residence
from people.models import Household, Member, Person, Unit


def export_data(folder: Path) -> dict[str, int]:
    """Write every file into the folder. → the number of rows by file name.

    The files hold names and national ids: only the one who runs this may read them.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _one_moment():
        return {table.file: _write(folder / table.file, table, rows) for table, rows in _all()}


def _all() -> Iterator[tuple[tables.Table[Any], Iterator[Row]]]:
    yield tables.UNITS, stored.units(Unit.objects.all())
    yield tables.PERSONS, stored.persons(Person.objects.all())
    yield tables.HOUSEHOLDS, stored.households(Household.objects.all())
    yield tables.MEMBERS, stored.members(Member.objects.all())
    yield tables.PROVIDERS, stored.providers(Provider.objects.all())
    yield tables.DWELLINGS, stored.dwellings(Dwelling.objects.all())
    yield tables.RESIDENCES, stored.residences(Residence.objects.all())
    yield tables.ABSENCES, stored.absences(Absence.objects.all())
    for table in tables.OF_AREAS:
        yield table, stored.of_area(table.name)
    yield tables.PLANS, stored.plans(IndividualPlan.objects.all())
    yield tables.EVICTIONS, stored.evictions(EvictionCase.objects.all())
    yield tables.PUBLISHED_CELLS, published.keeper().stored()


def _write(file: Path, table: tables.Table[Any], rows: Iterator[Row]) -> int:
    count = 0
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(column.name for column in table.columns)
        for row in rows:
            writer.writerow(written(getattr(row, column.to)) for column in table.columns)
            count += 1
    return count


@contextmanager
def _one_moment() -> Iterator[None]:
    """All files show the same moment, whatever is saved meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
