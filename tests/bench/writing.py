"""What a placement takes, what history and the ledger add to it, eight writers at once, and every spell anew."""

from __future__ import annotations

from time import perf_counter

from django.db import connection

from housing.actions.spells import rebuild, spell_differences
from tests.bench import ledger, writers
from tests.bench.table import RUNS, Table, timed

#: As the database sees it, in one message: lock, move out, move in, history, spells; undone.
_PLACEMENT = """
BEGIN;
SELECT id FROM people_household WHERE id = {household} FOR NO KEY UPDATE;
DELETE FROM housing_residence WHERE household_id = {household} AND ends_on IS NULL;
INSERT INTO housing_residence (household_id, municipality_id, kind, starts_on, provider_id, room_id, lease,
                               lease_reason, below_standard, is_undisclosed)
    SELECT id, municipality_id, 'temporary', DATE '2040-01-01', {provider}, {room}, '', '', '', false
    FROM people_household WHERE id = {household};
SELECT refresh_spells(ARRAY[{household}]::bigint[]);
ROLLBACK;
"""
_AS_MANY = """
BEGIN;
SELECT id FROM people_household WHERE id = {household} FOR NO KEY UPDATE;
SELECT 1;
SELECT 1;
SELECT 1;
ROLLBACK;
"""


def measured(table: Table) -> bool:
    """→ whether nothing went wrong."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT household_id FROM housing_residence WHERE kind = 'temporary' ORDER BY id DESC LIMIT 1")
        [(household,)] = cursor.fetchall()
        cursor.execute("SELECT provider_id, id FROM housing_room ORDER BY id LIMIT 1")
        [(provider, room)] = cursor.fetchall()
    told = {"household": household, "provider": provider, "room": room}

    def said(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**told))

    table.measured("a placement: lock, history, spells", timed(lambda: said(_PLACEMENT), 60), None, 1.5)
    table.line("  by a transaction of as many statements", lambda: said(_PLACEMENT), lambda: said(_AS_MANY))
    table.measured(
        "  with the ledger's triggers, and without", *ledger.with_and_without(lambda: said(_PLACEMENT), RUNS), 1.3
    )
    made, twice, stuck, wrong = writers.eight_at_once()
    table.note(
        f"Eight writers at once in {writers.ROOMS} rooms: {made} placements, {twice} double, {stuck} deadlocks,"
        f" {wrong} wrong spells"
    )
    began = perf_counter()
    rebuild()
    took = (perf_counter() - began) * 1000
    differences = spell_differences()
    table.measured("spells derived anew and compared with those stored, everybody's", took, None, 30_000)
    return not (twice or stuck or wrong or differences)
