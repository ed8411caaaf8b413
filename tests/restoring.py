"""What a test with real transactions left in its database, taken out again: cheaper than a new copy, and as clean.

Rows that the clean database does not have are deleted. Of what it has, and of everything that is no row (tables, rules,
functions, rights), nothing may have changed; if something has, or much was written, a new copy is wanted. Done by the
embedded server's administrator, for whom no trigger fires.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg
from django.conf import settings
from psycopg import sql

from config import env
from config.devdb import ADMINISTRATOR, PORT, Server

#: Bytes of rows beyond which a copy is quicker, and leaves no room taken by rows that are gone.
MUCH = 16 << 20
#: for the connections of a test that is over to end
MILLISECONDS = 10_000

#: Where PostgreSQL keeps what is no row: how many there are, and the last transaction that wrote one.
_CATALOGUES = (
    *("pg_attrdef", "pg_attribute", "pg_class", "pg_constraint", "pg_db_role_setting", "pg_default_acl", "pg_enum"),
    *(
        "pg_event_trigger",
        "pg_extension",
        "pg_index",
        "pg_namespace",
        "pg_policy",
        "pg_proc",
        "pg_rewrite",
        "pg_trigger",
    ),
)
_SHAPE = " UNION ALL ".join(
    f"SELECT '{one}', count(*), max(xmin::text::bigint) FROM {one}"
    + (" WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())" if "_db_" in one else "")
    for one in _CATALOGUES
)
_TABLES = """
SELECT n.nspname, c.relname, pg_relation_size(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND NOT starts_with(n.nspname, 'pg_') AND n.nspname <> 'information_schema'
"""
_SEQUENCES = "SELECT schemaname, sequencename, last_value FROM pg_sequences"
_END_OTHERS = """
SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

#: A table or a sequence, with its schema.
Name = tuple[str, str]


@dataclass(frozen=True)
class Clean:
    """What a clean database is like: the rows of its tables, by their digests, and where its sequences stand."""

    shape: list[tuple[str, int, int]]
    rows: dict[Name, frozenset[str]]
    sequences: dict[Name, int | None]


def as_it_is(name: str) -> Clean | None:
    """A database that nobody has used yet. None where its server is another than the embedded one."""
    if os.environ.get("DATABASE_URL"):
        return None
    with _administrator(name) as connection:
        written = _written(connection)
        rows = {table: frozenset(_digests(connection, table)) for table in written}
        return Clean(shape=_shape(connection), rows=rows, sequences=_sequences(connection))


def restore(name: str, then: Clean) -> bool:
    """Make the database like that again. → whether it is; where not, it wants a new copy."""
    with _administrator(name) as connection:
        connection.execute(_END_OTHERS, [MILLISECONDS])
        written = _written(connection)
        if _shape(connection) != then.shape or sum(written.values()) > MUCH:
            return False
        for table in written:
            _take_out(connection, table, then.rows.get(table, frozenset()))
        for sequence, last in _sequences(connection).items():
            if last != then.sequences[sequence]:
                _set_back(connection, sequence, then.sequences[sequence])
        return all(_digests(connection, table) == sorted(rows) for table, rows in then.rows.items())


def _administrator(name: str) -> psycopg.Connection:
    server = Server(env.data_folder(settings.BASE_DIR))
    return psycopg.connect(
        host=str(server.socket),
        port=PORT,
        dbname=name,
        user=ADMINISTRATOR,
        password=server.passwords()[ADMINISTRATOR],
        autocommit=True,
        options="-c session_replication_role=replica",
    )


def _shape(connection: psycopg.Connection) -> list[tuple[str, int, int]]:
    return sorted(connection.execute(_SHAPE).fetchall())


def _written(connection: psycopg.Connection) -> dict[Name, int]:
    """The tables that something was ever written to, with the bytes of their rows."""
    tables = connection.execute(_TABLES).fetchall()
    return {(schema, table): size for schema, table, size in tables if size}


def _digests(connection: psycopg.Connection, table: Name) -> list[str]:
    asked = sql.SQL("SELECT md5(x::text) FROM {} x ORDER BY 1").format(sql.Identifier(*table))
    return [digest for (digest,) in connection.execute(asked).fetchall()]


def _take_out(connection: psycopg.Connection, table: Name, but: Iterable[str]) -> None:
    which = sql.SQL("DELETE FROM {} x WHERE md5(x::text) <> ALL(%s)" if but else "DELETE FROM {}")
    connection.execute(which.format(sql.Identifier(*table)), [list(but)] if but else None)


def _sequences(connection: psycopg.Connection) -> dict[Name, int | None]:
    rows = connection.execute(_SEQUENCES).fetchall()
    return {(schema, sequence): last for schema, sequence, last in rows}


def _set_back(connection: psycopg.Connection, sequence: Name, last: int | None) -> None:
    """To where it stood; one that nobody had asked begins at one, as all of ours do."""
    named = sql.Identifier(*sequence).as_string()
    connection.execute("SELECT setval(%s::regclass, %s, %s)", [named, last or 1, last is not None])
