"""A statement that is planned once for each connection and asked again and again, with other values.

A set of figures is read and planned in several times what it takes to answer. PostgreSQL keeps the plan for as long as
the connection lives, and makes it anew by itself when tables or their statistics have changed. The text is made for the
kind of question, so that the plan needs no value to be a good one: which municipality, not whether one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

#: What a question is asked with, by the type of the column it is held against.
TYPES = {
    "starts": "date[]",
    "ends": "date[]",
    "municipality": "text",
    "unit": "bigint",
    "rule": "text",
    "gap_nights": "integer",
    "known_at": "timestamptz",
    "left_out": "bigint[]",
}
#: for what is sorted and grouped: households by the month for ten years do not fit in what other statements have
WORK_MEM = "64MB"
#: so many a connection, the last used
KEPT = 16

_NUMBER = count(1)
_names: WeakKeyDictionary[Any, OrderedDict[str, str]] = WeakKeyDictionary()


def of_this_kind(sql: str, parameters: Mapping[str, Any]) -> str:
    """The text with `… IS NULL` decided for the parameters that ask for one municipality, or one unit, or all."""
    for name in ("municipality", "unit"):
        marked = f"%({name})s::{TYPES[name]}"
        sql = sql.replace(f"{marked} IS NULL", "TRUE" if parameters[name] is None else "FALSE")
        if parameters[name] is None:
            sql = sql.replace(marked, f"NULL::{TYPES[name]}")
    return sql


def fetch(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement whose parameters are of `TYPES`, by the plan that this connection keeps of it."""
    text = of_this_kind(sql, parameters)
    with connection.cursor() as cursor:
        # a pooler between us and the server may lend each transaction another connection
        if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            cursor.execute(text, parameters)
            return list(cursor.fetchall())
        values = ", ".join(f"%({name})s" for name in TYPES)
        name, before = _prepared(text)
        # the answer last: within an act, history says something before it and goes on to the last of the results
        cursor.execute(
            f"{before} SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL work_mem = '{WORK_MEM}';"
            f" EXECUTE {name} ({values})",
            parameters,
        )
        _kept()[text] = name
        while cursor.description is None and cursor.nextset():
            pass
        return list(cursor.fetchall())


def _kept() -> OrderedDict[str, str]:
    """The names of the statements that this connection keeps, by their texts; the last used is last."""
    return _names.setdefault(connection.connection, OrderedDict())


def _prepared(text: str) -> tuple[str, str]:
    """What the statement is called on this connection, and what is to be said first: nothing if it is kept."""
    kept = _kept()
    if text in kept:
        kept.move_to_end(text)
        return kept[text], ""
    oldest = f"DEALLOCATE {kept.popitem(last=False)[1]};" if len(kept) >= KEPT else ""
    name = f"figures_{next(_NUMBER)}"
    numbered = text % {parameter: f"${n}" for n, parameter in enumerate(TYPES, start=1)}
    escaped = numbered.replace("%", "%%")
    return name, f"{oldest} PREPARE {name} ({', '.join(TYPES.values())}) AS {escaped};"
