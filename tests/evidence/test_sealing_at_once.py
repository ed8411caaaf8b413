"""Writers and the sealer at the same moment: nobody waits for anybody, and nothing is lost or entered twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from people.evidence.chain import seal
from people.evidence.verification import verify
from people.models import Municipality, Unit
from tests.evidence.planting import a_unit, renamed, rows

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 4
EACH = 25


def write_some(number: int) -> None:
    try:
        unit = a_unit(f"unit {number}")
        for turn in range(EACH - 1):
            renamed(unit, f"unit {number} turn {turn}")
    finally:
        connection.close()


def seal_until(done: list[bool]) -> int:
    """How many entries were chained while others wrote."""
    sealed = 0
    try:
        while not done:
            sealed += seal()
        return sealed
    finally:
        connection.close()


def test_what_several_write_while_two_seal_is_all_in_the_chain_once() -> None:
    seal()
    done: list[bool] = []
    with ThreadPoolExecutor(WRITERS + 2) as threads:
        sealers = [threads.submit(seal_until, done) for _ in range(2)]
        for writer in [threads.submit(write_some, number) for number in range(WRITERS)]:
            writer.result()
        done.append(True)
        sealed = sum(sealer.result() for sealer in sealers) + seal()

    assert sealed == WRITERS * EACH
    assert rows("SELECT count(*) FROM people_unitevent") == [(WRITERS * EACH,)]
    assert list(verify()) == []


def test_a_writer_waits_neither_for_another_writer_nor_for_a_sealer_who_takes_long() -> None:
    a_unit()

    def write_impatiently() -> float:
        began = monotonic()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
                a_unit("impatient")
            return monotonic() - began
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as another, transaction.atomic():
        # this transaction has written, and holds the sealer's lock
        a_unit("slow")
        seal()
        took = another.submit(write_impatiently).result()

    assert took < 2
    seal()
    assert list(verify()) == []


def test_what_a_slow_writer_commits_after_the_seal_is_chained_the_next_time() -> None:
    seal()

    def others() -> int:
        try:
            a_unit("quick")
            return seal()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as another, transaction.atomic():
        a_unit("slow")
        assert another.submit(others).result() == 1

    assert seal() == 1
    assert list(verify()) == []


def test_a_second_sealer_waits_its_turn() -> None:
    a_unit()

    def impatient() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
                seal()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as another, transaction.atomic():
        seal()
        with pytest.raises(DatabaseError, match="lock timeout"):
            another.submit(impatient).result()


def test_a_bulk_of_rows_is_chained_whole() -> None:
    seal()
    municipality = Municipality.objects.earliest("pk")
    Unit.objects.bulk_create(Unit(municipality=municipality, name=f"unit {n}") for n in range(1001))

    call_command("seal_log", verbosity=0)

    entered = rows(
        "SELECT sum((SELECT count(*) FROM jsonb_object_keys(body -> 'rows'))) FROM audit.ledger"
        " WHERE what = 'public.people_unitevent'"
    )
    assert entered == [(1001,)]
