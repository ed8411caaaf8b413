"""Holding the ledger against itself, against the tables it entered, and against the heads kept outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from people.evidence.chain import Head, heads


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was. `where` is a table, the chain or a head's file; `key` a row or number there."""

    where: str
    key: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where} {self.key}: {self.problem}"


#: what `audit.differing` says, in words
PROBLEMS = {
    "altered": "is not as it was when it was entered",
    "removed": "was entered and is gone",
    "added": "was never entered",
    "twice": "was entered twice",
}


def verify() -> Iterator[Finding]:
    """What the database itself can tell. An alteration by its owner shows here until he makes the chain anew."""
    for (number,) in _rows("SELECT * FROM audit.broken()"):
        yield Finding("chain", str(number), "the chain does not hold here")
    for where, key in _rows(
        "SELECT format('%%s.%%s', n.nspname, c.relname), t.tgname FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE NOT t.tgisinternal AND t.tgenabled <> 'O' AND n.nspname IN ('public', 'audit') ORDER BY 1, 2"
    ):
        yield Finding(where, key, "the trigger is switched off")
    for relation, is_there in _rows(
        "SELECT DISTINCT what, to_regclass(what) IS NOT NULL FROM"
        " (SELECT what FROM audit.ledger UNION SELECT relation FROM audit.shape) w ORDER BY 1"
    ):
        yield from _of(relation) if is_there else [Finding(relation, "", "the table is gone")]


def _of(relation: str) -> Iterator[Finding]:
    for key, problem in _rows("SELECT key, problem FROM audit.differing(%s)", relation):
        yield Finding(relation, key, PROBLEMS[problem])


def verify_heads(folder: Path) -> Iterator[Finding]:
    """What only the heads outside can tell: a chain cut short, or wholly made anew.

    :raises OSError: when the folder cannot be read
    """
    for name, head in heads(folder):
        if head is None:
            yield Finding(name, "", "holds no head")
        elif problem := _problem(head):
            yield Finding(name, str(head.number), problem)


def _problem(head: Head) -> str | None:
    if head.number == 0:
        return None
    found = _rows("SELECT encode(hash, 'hex') FROM audit.ledger WHERE id = %s", head.number)
    if not found:
        return "the chain ends before this number"
    return None if found == [(head.hash,)] else "the chain has another hash at this number"


def entered_anew() -> list[tuple[str, str, str]]:
    """Tables whose rows were all entered again when columns went: table, when, and which columns."""
    return _rows(
        "SELECT relation, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),"
        " array_to_string(ARRAY(SELECT unnest(before) EXCEPT SELECT unnest(columns) ORDER BY 1), ', ')"
        " FROM (SELECT *, lag(columns) OVER (PARTITION BY relation ORDER BY id) AS before FROM audit.shape) s"
        " WHERE is_anew AND before IS NOT NULL ORDER BY id"
    )


def destroyed() -> list[tuple[Any, ...]]:
    """What was destroyed by rule, as the chain says: table, list, and how many rows are gone and bared by it."""
    return _rows(
        "SELECT e.what, (e.body ->> 'destroyed')::bigint, count(*) FILTER (WHERE r.value = 'null'),"
        " count(*) FILTER (WHERE r.value <> 'null')"
        " FROM (SELECT what, body FROM audit.ledger UNION ALL SELECT what, body FROM audit.inbox) e"
        " CROSS JOIN jsonb_each(e.body -> 'rows') r WHERE e.body ? 'destroyed' GROUP BY 1, 2 ORDER BY 2, 1"
    )


def _rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
