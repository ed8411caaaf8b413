"""Who may do what in the database: the wanted state, set by the owner at the end of every migrate.

A new table cannot be read by the app until then; it can be written unless it is history, reference, derived or unused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from pghistory.models import Event

from people.logins import APP, AUDIT, OWNER

#: filled by migrations
REFERENCE = {"django_migrations", "people_municipality"}
#: filled by migrations too, and emptied by nothing
SHIPPED = {"kpi_strategy", "kpi_objective", "kpi_cataloguerow", "kpi_publishedvalue"}
#: filled by the owner's functions
DERIVED = {"housing_spell"}
#: allauth's own, which nothing here fills (docs/adr/0008): an account there would be a way in past ours
UNUSED = {
    "account_emailaddress",
    "account_emailconfirmation",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
}
#: written once, never changed or removed
APPENDED = {
    "cases_appealhandedon",
    "cases_assessment",
    "cases_document",
    "cases_note",
    "cases_notecorrection",
    "cases_forwarding",
    "cases_planversion",
    "cases_populationentry",
    "cases_receivedpaper",
    "housing_providerfile",
    "kpi_reportlist",
    "kpi_reportseal",
    "kpi_reportstep",
    "people_exportentry",
    "people_findingmark",
    "people_journalentry",
    "people_logcontrol",
    "people_specialnote",
}
#: the functions of the schema `audit` that the app may call: one that adds, one that chains, and those that look
CALLED_BY_THE_APP = {"read", "seal", "broken", "differing", "destroyed", "digest", "link"}


def history_tables() -> set[str]:
    """The tables that only the owner's triggers write."""
    models = (m for m in apps.get_models() if issubclass(m, Event))
    return {m._meta.db_table for m in models if m._meta.managed and not m._meta.proxy}


def watched_tables() -> list[str]:
    """What the ledger enters, with the schema: first its own shapes, so that those of all others are entered too."""
    return ["audit.shape", "audit.read_log", *(f"public.{table}" for table in sorted(history_tables() | APPENDED))]


def function_files(folder: str = "functions") -> Iterator[Path]:
    """Each app's sql/FOLDER/*.sql, apps in their order, files by name."""
    for config in apps.get_app_configs():
        yield from sorted(Path(config.path, "sql", folder).glob("*.sql"))


def function_text(file: Path) -> str:
    """A function file with each `-- include FILE` line replaced by that file, beside it."""

    def included(line: re.Match[str]) -> str:
        return (file.parent / line[1]).read_text(encoding="utf-8")

    return re.sub(r"^ *-- include (\S+)$", included, file.read_text(encoding="utf-8"), flags=re.MULTILINE)


def after_migrate(using: str, **kwargs: Any) -> None:
    """Install today's functions and set every privilege. Does nothing for any login but the owner's."""
    connection = connections[using]
    # In one step: whoever is at work sees the old functions and rights, then the new.
    with transaction.atomic(using), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() != (OWNER,):
            return
        for file in function_files():
            cursor.execute(function_text(file))
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {name for (name,) in cursor.fetchall()}
        database = connection.settings_dict["NAME"]
        cursor.execute(";\n".join([*on_database(database), *_ON_SCHEMA, *_on_tables(tables), _ON_FUNCTIONS]))
        _keep_evidence(cursor)


def _keep_evidence(cursor: CursorWrapper) -> None:
    """The audit role's functions, the app's rights to them, and the ledger's trigger on all that it enters."""
    cursor.execute("SELECT to_regnamespace('audit') IS NOT NULL")
    if cursor.fetchone() != (True,):
        return  # migrated to a time before it
    cursor.execute(f"SET LOCAL ROLE {AUDIT}")
    for file in function_files("audit"):
        cursor.execute(function_text(file))
    cursor.execute(";\n".join(_ON_EVIDENCE))
    cursor.execute("RESET ROLE")
    watch(cursor)


def watch(cursor: CursorWrapper) -> None:
    """Put the ledger's trigger on each table that has none, as the owner, and enter its rows the first time."""
    cursor.execute(
        "SELECT audit.watch(name) FROM unnest(%s::text[]) WITH ORDINALITY AS t (name, place)"
        " WHERE to_regclass(name) IS NOT NULL ORDER BY place",
        [watched_tables()],
    )


def on_database(name: str) -> list[str]:
    """What belongs to the database itself. A copy and a restored dump come without it."""
    database = connections["default"].ops.quote_name(name)
    return [
        # TEMP too: a temporary table could stand in for a real one.
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {database} TO {APP}",
    ]


_ON_SCHEMA = [
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    f"GRANT USAGE ON SCHEMA public TO {APP}",
    f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {APP}",
    f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP}",
    f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP}",
    f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {APP}",
]


def _on_tables(tables: set[str]) -> Iterator[str]:
    """Writing: nothing to history, reference, derived and unused tables, INSERT alone to those appended to."""
    appended = APPENDED & tables
    changed = tables - history_tables() - REFERENCE - DERIVED - UNUSED - APPENDED
    for acts, names in (("INSERT", appended), ("INSERT, UPDATE, DELETE", changed)):
        if names:
            quoted = ", ".join(f'"{name}"' for name in sorted(names))
            yield f"GRANT {acts} ON {quoted} TO {APP}"


#: The app reads the evidence, adds to the read log through its function, and has the chain made. Nothing else.
_ON_EVIDENCE = [
    "REVOKE ALL ON SCHEMA audit FROM PUBLIC",
    f"REVOKE ALL ON ALL TABLES IN SCHEMA audit FROM PUBLIC, {APP}",
    f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA audit FROM PUBLIC, {APP}",
    f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC, {APP}",
    f"GRANT USAGE ON SCHEMA audit TO {APP}",
    f"GRANT SELECT ON ALL TABLES IN SCHEMA audit TO {APP}",
    *(f"GRANT EXECUTE ON FUNCTION audit.{name} TO {APP}" for name in sorted(CALLED_BY_THE_APP)),
]

#: Our own functions only: an extension's stay with its owner. A trigger's function is called by its trigger alone.
_ON_FUNCTIONS = f"""
DO $$
DECLARE
    f record;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure AS name, p.prorettype = 'trigger'::regtype AS is_trigger
        FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = '{OWNER}'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC, {APP}', f.name);
        IF NOT f.is_trigger THEN
            EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO {APP}', f.name);
        END IF;
    END LOOP;
END $$
"""
