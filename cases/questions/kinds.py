"""Of which kinds a household has anything at all: a page asks further of those alone, and most have next to none."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Model

from people.models import Household

Kind = type[Model]


def kinds_there(household: Household, kinds: Iterable[Kind]) -> set[Kind]:
    """Those of which the household has a row, in whatever state: one statement."""
    tables = {kind: connection.ops.quote_name(kind._meta.db_table) for kind in kinds}
    asked = ", ".join(f"EXISTS (SELECT FROM {table} WHERE household_id = %(pk)s)" for table in tables.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", {"pk": household.pk})
        [row] = cursor.fetchall()
    return {kind for kind, is_there in zip(tables, row, strict=True) if is_there}
