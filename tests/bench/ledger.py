"""What the ledger adds to a placement: the same placement with the trigger and without it, in turns, in one run."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

from django.db import connection

from people.owner import as_owner
from people.privileges import watched_tables

#: short ones, so that whatever else the machine does falls on both alike
TURNS = 20


def with_and_without(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median milliseconds of `work` with the ledger's triggers, and with them off, measured in alternating turns."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * TURNS):
        is_on = turn % 2 == 0
        _set_triggers("ENABLE" if is_on else "DISABLE")
        work()
        for _ in range(runs):
            before = perf_counter()
            work()
            times[is_on].append((perf_counter() - before) * 1000)
    _set_triggers("ENABLE")
    return median(times[True]), median(times[False])


def _set_triggers(how: str) -> None:
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("; ".join(f"ALTER TABLE {table} {how} TRIGGER ledger" for table in watched_tables()))
    connection.ensure_connection()
