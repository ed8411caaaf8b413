"""Eight writers who want the same rooms at once: no room is given twice, nobody waits for ever, spells are right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random

from django.db import IntegrityError, OperationalError, connection, connections, transaction

from housing.actions.spells import spell_differences

WRITERS, TURNS, ROOMS = 8, 100, 5
_TAKEN_TWICE = """
SELECT count(*) FROM housing_residence a JOIN housing_residence b ON a.room_id = b.room_id AND a.id < b.id
 AND daterange(a.starts_on, a.ends_on) && daterange(b.starts_on, b.ends_on)
WHERE a.room_id = ANY(%s)
"""


def eight_at_once() -> tuple[int, int, int, int]:
    """→ placements made, rooms taken twice, deadlocks, wrong spells. Each puts households of Oslo in a few rooms."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_household WHERE municipality_id = '0301' ORDER BY id LIMIT 400")
        households = [one for (one,) in cursor.fetchall()]
        cursor.execute(
            "SELECT r.id, r.provider_id FROM housing_room r JOIN housing_provider p ON p.id = r.provider_id"
            " WHERE p.municipality_id = '0301' ORDER BY r.id LIMIT %s",
            [ROOMS],
        )
        rooms = cursor.fetchall()
    with ThreadPoolExecutor(WRITERS) as pool:
        told = list(pool.map(lambda seed: _writes(seed, households, rooms), range(WRITERS)))
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN_TWICE, [[room for room, _provider in rooms]])
        [(twice,)] = cursor.fetchall()
    return sum(made for made, _stuck in told), twice, sum(stuck for _made, stuck in told), len(spell_differences())


def _writes(seed: int, households: list[int], rooms: list[tuple[int, int]]) -> tuple[int, int]:
    """→ placements made and deadlocks met; a room that somebody else has is no placement."""
    random, made, stuck = Random(seed), 0, 0
    for _turn in range(TURNS):
        try:
            with transaction.atomic():
                made += place(random.choice(households), *random.choice(rooms), first=random.randrange(300))
        except IntegrityError:
            continue  # the room is taken, as the constraint says
        except OperationalError:
            stuck += 1
    connections.close_all()
    return made, stuck


def place(household: int, room: int, provider: int, *, first: int) -> int:
    """As the acts do it: the household locked, then the room; what it had that day ends; its spells follow."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_household WHERE id = %s FOR NO KEY UPDATE", [household])
        cursor.execute("SELECT id FROM housing_room WHERE id = %s FOR NO KEY UPDATE", [room])
        cursor.execute(
            "DELETE FROM housing_residence"
            " WHERE household_id = %s AND (ends_on IS NULL OR ends_on > DATE '2040-01-01')",
            [household],
        )
        cursor.execute(
            "INSERT INTO housing_residence (household_id, municipality_id, kind, starts_on, ends_on, provider_id,"
            " room_id, lease, lease_reason, below_standard, is_undisclosed)"
            " SELECT id, municipality_id, 'temporary', DATE '2040-01-01' + %(first)s, DATE '2040-01-03' + %(first)s,"
            " %(provider)s, %(room)s, '', '', '', false FROM people_household WHERE id = %(household)s",
            {"household": household, "provider": provider, "room": room, "first": first},
        )
        cursor.execute("SELECT refresh_spells(ARRAY[%s]::bigint[])", [household])
    return 1
