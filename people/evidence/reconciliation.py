"""Every tracked row held against the last that history says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from pghistory.models import Event
from psycopg import sql

from people.evidence.verification import Finding
from people.privileges import SHIPPED

GONE = "is gone, and history does not say so"
UNRECORDED = "is not in history"
DIFFERS = "is not what history says last"

_PAIRS = sql.SQL("""
SELECT coalesce(stored.{pk}, event.pgh_obj_id)::text,
       CASE WHEN stored.{pk} IS NULL THEN 'gone'
            WHEN event.pgh_id IS NULL OR event.pgh_label = 'delete' THEN 'unrecorded'
            ELSE 'differs' END
FROM {table} stored
FULL JOIN (SELECT DISTINCT ON (pgh_obj_id) * FROM {history} ORDER BY pgh_obj_id, pgh_id DESC) event
    ON event.pgh_obj_id = stored.{pk}
WHERE CASE WHEN stored.{pk} IS NULL THEN event.pgh_label <> 'delete'
           WHEN event.pgh_id IS NULL OR event.pgh_label = 'delete' THEN true
           ELSE ROW({of_row}) IS DISTINCT FROM ROW({of_event}) END
ORDER BY coalesce(stored.{pk}, event.pgh_obj_id)
""")
_SENTENCES = {"gone": GONE, "unrecorded": UNRECORDED, "differs": DIFFERS}


def event_models() -> list[Any]:
    """One a tracked model, by the name of its table."""
    found = [m for m in apps.get_models() if issubclass(m, Event) and m._meta.managed and not m._meta.proxy]
    return sorted(found, key=lambda model: model._meta.db_table)


def reconcile() -> Iterator[Finding]:
    """Rows that somebody changed, removed or added past history, or whose last event somebody changed or removed.

    One statement a table, each seeing one moment. What happened to earlier events is the ledger's to tell. What ships
    with the product has a history from its first change on.
    """
    for model in event_models():
        tracked = model.pgh_tracked_model
        with connection.cursor() as cursor:
            cursor.execute(_statement(model))
            for key, kind in cursor.fetchall():
                if kind == "unrecorded" and tracked._meta.db_table in SHIPPED:
                    continue
                yield Finding(tracked._meta.db_table, key, _SENTENCES[kind])


def _statement(model: Any) -> sql.Composed:
    tracked = model.pgh_tracked_model
    kept = [field for field in model._meta.concrete_fields if not field.name.startswith("pgh_")]

    def columns(alias: str, names: list[str]) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(alias, name) for name in names)

    return _PAIRS.format(
        pk=sql.Identifier(tracked._meta.pk.column),
        table=sql.Identifier(tracked._meta.db_table),
        history=sql.Identifier(model._meta.db_table),
        of_row=columns("stored", [tracked._meta.get_field(field.name).column for field in kept]),
        of_event=columns("event", [field.column for field in kept]),
    )
