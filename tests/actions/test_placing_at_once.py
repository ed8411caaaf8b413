"""Several people placing and moving at the same moment: one wins, the others get the message, nothing is half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from cases.actions.placing import move, place
from housing.actions.spells import rebuild, spell_differences
from housing.models import Residence, ResidenceKind
from people.models import Employee, Household
from people.refusals import REFUSABLE, Refusal, refusal_of
from tests.factories.housing import RoomFactory
from tests.factories.people import AT, DAY
from tests.journeys import good_room, household_in, joined, placed_household, state, unit_of, worker_for

pytestmark = pytest.mark.django_db(transaction=True)

Done = TypeVar("Done")

AT_ONCE = 20
END = DAY + timedelta(days=14)


@pytest.fixture(autouse=True)
def no_deadlock() -> Iterator[None]:
    """Deadlocks are tried again and would pass unseen: the server counts them."""
    before = _deadlocks()
    yield
    assert _deadlocks() == before


def _deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        [(count,)] = cursor.fetchall()
    return int(count)


def at_once(acts: Sequence[Callable[[], Done]]) -> list[Done | Refusal]:
    """What came of each act, all begun at the same moment."""
    ready = Barrier(len(acts), timeout=30)

    def run(done: Callable[[], Done]) -> Done | Refusal:
        ready.wait()
        try:
            return done()
        except REFUSABLE as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [result.result() for result in [threads.submit(run, one) for one in acts]]


def placing(household: Household, room_id: int, by: Employee) -> Callable[[], Residence]:
    return lambda: place(
        household_id=household.pk, room_id=room_id, starts_on=DAY, planned_end=END, parts=None, by=by, at=AT
    )


def moving(household: Household, room_id: int, by: Employee) -> Callable[[], Residence]:
    return lambda: move(household_id=household.pk, room_id=room_id, starts_on=DAY, planned_end=END, by=by, at=AT)


def test_one_of_twenty_gets_the_room_and_the_others_read_who_has_it_from_when() -> None:
    room = good_room()
    first = household_in(ResidenceKind.ROUGH)
    worker, unit = worker_for(first), unit_of(first)
    households = [first, *(household_in(ResidenceKind.ROUGH, unit=unit) for _ in range(AT_ONCE - 1))]

    for household in households[1:]:
        joined(worker, household)
    results = at_once([placing(household, room.pk, worker) for household in households])

    assert sum(isinstance(result, Residence) for result in results) == 1
    refusals = [result for result in results if isinstance(result, Refusal)]
    assert {(refusal.field, "2026" in str(refusal)) for refusal in refusals} == {("room", True)}
    assert Residence.objects.filter(room=room).count() == 1
    assert sorted(state(household) for household in households) == ["homeless"] * (AT_ONCE - 1) + ["temporary"]
    assert spell_differences() == []


def test_one_household_placed_by_many_at_once_is_placed_once() -> None:
    household = household_in(ResidenceKind.ROUGH)
    worker = worker_for(household)

    results = at_once([placing(household, good_room().pk, worker) for _ in range(8)])

    assert sum(isinstance(result, Residence) for result in results) == 1
    assert household.residences.filter(kind="temporary").count() == 1
    assert spell_differences() == []


def test_rebuilding_every_spell_among_placements_writes_over_none_of_them() -> None:
    first = household_in(ResidenceKind.ROUGH)
    worker, unit = worker_for(first), unit_of(first)
    households = [first, *(household_in(ResidenceKind.ROUGH, unit=unit) for _ in range(5))]
    for household in households[1:]:
        joined(worker, household)

    acts: list[Callable[[], object]] = [placing(household, good_room().pk, worker) for household in households]
    at_once([*acts, rebuild, rebuild, rebuild])

    assert sorted(state(household) for household in households) == ["temporary"] * 6
    assert spell_differences() == []


def test_two_households_that_swap_rooms_at_once_wait_for_each_other_and_both_stay() -> None:
    provider = good_room().provider
    rooms = [RoomFactory.create(provider=provider) for _ in range(2)]
    one = placed_household(date(2026, 2, 1), room=rooms[0])
    other = placed_household(date(2026, 2, 1), room=rooms[1], unit=unit_of(one))
    worker = joined(worker_for(one), other)

    results = at_once([moving(one, rooms[1].pk, worker), moving(other, rooms[0].pk, worker)])

    assert all(isinstance(result, Refusal) and result.field == "room" for result in results)
    assert [household.residences.get().room for household in (one, other)] == rooms
    assert spell_differences() == []


def test_a_ring_of_households_moving_into_one_another_s_rooms_and_a_free_one_never_locks_up() -> None:
    provider = good_room().provider
    rooms = [RoomFactory.create(provider=provider) for _ in range(5)]
    first = placed_household(date(2026, 2, 1), room=rooms[0])
    households = [first, *(placed_household(date(2026, 2, 1), room=room, unit=unit_of(first)) for room in rooms[1:4])]
    worker = worker_for(first)
    for household in households[1:]:
        joined(worker, household)

    results = at_once([moving(one, rooms[number].pk, worker) for number, one in enumerate(households, start=1)])

    assert isinstance(results[-1], Residence)
    lived_in = Residence.objects.on(DAY).values_list("room_id", flat=True)
    assert len(set(lived_in)) == len(households)
    assert spell_differences() == []
