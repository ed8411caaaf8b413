"""What somebody with the owner's login could do to the record, done silently: every trigger of ours off."""

from __future__ import annotations

from typing import Any

from django.db import connection

from people.models import Municipality, Unit
from people.owner import as_owner

#: the rest of the chain made anew after an entry was changed, as an owner could
REBUILD = """
DO $$
DECLARE
    entry audit.ledger;
    last bytea;
BEGIN
    FOR entry IN SELECT * FROM audit.ledger ORDER BY id LOOP
        last := audit.link(last, entry.id, entry.at, entry.what, entry.body);
        UPDATE audit.ledger SET hash = last WHERE id = entry.id;
    END LOOP;
END $$
"""


def silently(*statements: str, tables: tuple[str, ...] = ("people_unit", "people_unitevent")) -> None:
    """Run the statements as the owner with the triggers of these tables off, and on again afterwards."""
    off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
    with as_owner() as owner, owner.cursor() as cursor:
        for statement in (*off, *statements, *on):
            cursor.execute(statement)


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def a_unit(name: str = "Grünerløkka") -> Unit:
    return Unit.objects.create(municipality=Municipality.objects.earliest("pk"), name=name)


def renamed(unit: Unit, name: str) -> Unit:
    unit.name = name
    unit.save(update_fields=["name"])
    return unit
