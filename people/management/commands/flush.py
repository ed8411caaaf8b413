from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush

from people.actors import put_back_actors
from people.owner import as_owner
from people.privileges import REFERENCE, SHIPPED, watch

KEPT = REFERENCE | SHIPPED | {"django_content_type", "auth_permission"}


class Command(flush.Command):
    """Empties what people wrote, history and evidence too; keeps what migrations wrote. The ledger begins anew."""

    def handle(self, **options: Any) -> None:
        with as_owner(options["database"]) as connection, connection.cursor() as cursor:
            name = connection.settings_dict["NAME"]
            if options["interactive"] and input(f"Empty the database {name}? Type its name: ") != name:
                raise CommandError("Nothing was emptied.")
            cursor.execute(
                "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables"
                " WHERE schemaname IN ('public', 'audit') AND NOT tablename = ANY(%s)",
                [list(KEPT)],
            )
            tables = ", ".join(table for (table,) in cursor.fetchall())
            # A forgotten open transaction shall be an error, not a hang.
            cursor.execute(f"SET lock_timeout = '5s'; TRUNCATE {tables} RESTART IDENTITY")
            watch(cursor)
            put_back_actors()
