"""What the catalogue says the app may do: asked of every table and function, so that later ones are covered too."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from people.logins import APP, AUDIT, OWNER
from people.privileges import (
    APPENDED,
    CALLED_BY_THE_APP,
    DERIVED,
    REFERENCE,
    UNUSED,
    history_tables,
    watched_tables,
)

pytestmark = pytest.mark.django_db

READ = {"SELECT"}
APPEND = READ | {"INSERT"}
WRITE = APPEND | {"UPDATE", "DELETE"}


def rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def expected(table: str) -> set[str]:
    if table in history_tables() | REFERENCE | DERIVED | UNUSED:
        return READ
    return APPEND if table in APPENDED else WRITE


def test_the_app_may_do_exactly_what_each_kind_of_table_allows() -> None:
    kinds = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"]
    found = rows(
        "SELECT relname, array(SELECT kind FROM unnest(%s::text[]) kind WHERE has_table_privilege(%s, c.oid, kind))"
        " FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace",
        kinds,
        APP,
    )

    assert {table: set(kinds) for table, kinds in found} == {table: expected(table) for table, _ in found}


def test_every_history_table_is_in_the_database_and_is_read_only() -> None:
    tables = {table for (table,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}

    assert "people_householdevent" in history_tables()
    assert history_tables() <= tables


def test_the_app_owns_nothing() -> None:
    owned = rows(
        "SELECT relname FROM pg_class WHERE relowner = %(app)s::regrole"
        " UNION ALL SELECT proname FROM pg_proc WHERE proowner = %(app)s::regrole"
        " UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = %(app)s::regrole"
        " UNION ALL SELECT datname FROM pg_database WHERE datdba = %(app)s::regrole".replace("%(app)s", f"'{APP}'")
    )

    assert owned == []


def test_the_app_is_a_member_of_nothing_and_may_make_nothing() -> None:
    [attributes] = rows(
        "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = %s",
        APP,
    )

    assert attributes == (False,) * 5
    assert rows("SELECT roleid::regrole FROM pg_auth_members WHERE member = %s::regrole", APP) == []


def test_the_audit_role_cannot_log_in() -> None:
    assert rows("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", AUDIT) == [(False,)]


def test_the_app_makes_no_tables_not_even_temporary_ones() -> None:
    may = rows(
        "SELECT p FROM unnest(ARRAY['CREATE', 'TEMPORARY']) p WHERE has_database_privilege(%s, current_database(), p)",
        APP,
    )

    assert may == []
    assert rows("SELECT nspname FROM pg_namespace WHERE has_schema_privilege(%s, oid, 'CREATE')", APP) == []


def test_nobody_else_has_a_right_in_the_database() -> None:
    granted = rows(
        "SELECT DISTINCT grantee::regrole::text FROM pg_class c, aclexplode(c.relacl)"
        " WHERE c.relnamespace IN ('public'::regnamespace, 'audit'::regnamespace) AND relkind IN ('r', 'S', 'p', 'v')"
    )

    assert {who for (who,) in granted} <= {OWNER, AUDIT, APP}


def test_the_app_may_read_the_evidence_and_nothing_else() -> None:
    kinds = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"]
    found = rows(
        "SELECT relname, array(SELECT kind FROM unnest(%s::text[]) kind WHERE has_table_privilege(%s, c.oid, kind)),"
        " relowner::regrole::text FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'audit'::regnamespace",
        kinds,
        APP,
    )

    assert {table for table, *_ in found} == {"inbox", "ledger", "read_log", "shape"}
    assert {(*may, owner) for _, may, owner in found} == {("SELECT", AUDIT)}
    sequences = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'audit'::regnamespace"
        " AND CASE WHEN relkind = 'S' THEN has_sequence_privilege(%s, oid, 'USAGE, SELECT, UPDATE') END",
        APP,
    )
    assert sequences == []


def test_the_app_calls_of_the_evidence_what_adds_a_reading_chains_and_looks() -> None:
    functions = rows(
        "SELECT proname, has_function_privilege(%s, oid, 'EXECUTE'),"
        " EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0),"
        " proowner::regrole::text FROM pg_proc WHERE pronamespace = 'audit'::regnamespace",
        APP,
    )

    assert {name for name, may, *_ in functions if may} == CALLED_BY_THE_APP
    assert {(public, owner) for _, _, public, owner in functions} == {(False, AUDIT)}


def test_every_history_table_and_every_table_appended_to_has_the_ledgers_trigger() -> None:
    triggers = rows(
        "SELECT format('%%s.%%s', relnamespace::regnamespace, relname), tgenabled, tgtype, tgfoid::regprocedure::text"
        " FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgname = 'ledger'"
    )

    assert {table for table, *_ in triggers} == set(watched_tables())
    # tgtype 4: after each INSERT statement
    assert {tuple(rest) for _, *rest in triggers} == {("O", 4, "audit.record()")}


def test_every_function_with_the_owners_rights_pins_its_search_path() -> None:
    unpinned = rows(
        "SELECT proname FROM pg_proc WHERE prosecdef"
        " AND pronamespace IN ('public'::regnamespace, 'audit'::regnamespace)"
        " AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search_path=%%pg_temp')"
    )

    assert unpinned == []


def test_the_app_calls_our_functions_but_no_triggers_function_and_the_public_calls_none() -> None:
    ours = rows(
        "SELECT p.oid::regprocedure::text, prorettype = 'trigger'::regtype,"
        " has_function_privilege(%s, p.oid, 'EXECUTE'),"
        " EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0)"
        " FROM pg_proc p WHERE proowner = %s::regrole AND pronamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend"
        " WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')",
        APP,
        OWNER,
    )

    assert ours
    assert [name for name, _, _, public in ours if public] == []
    assert [name for name, is_trigger, may, _ in ours if may is is_trigger] == []


def test_every_tracked_table_writes_history_for_insert_update_and_delete_with_the_owners_rights() -> None:
    events = rows(
        "SELECT c.relname, bool_and(p.prosecdef), bit_or(tgtype & 28)"  # 4 insert, 8 delete, 16 update
        " FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid"
        " WHERE NOT tgisinternal AND EXISTS (SELECT FROM pg_class e WHERE e.relname = c.relname || 'event')"
        " AND p.prosrc LIKE '%%event%%' GROUP BY 1"
    )

    assert {f"{table}event" for table, *_ in events} == history_tables()
    assert {(secure, kinds) for _, secure, kinds in events} == {(True, 28)}
