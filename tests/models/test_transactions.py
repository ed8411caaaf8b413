"""An act is one transaction, and a deadlock's victim is tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from people.constraints import constraint_message
from people.models import Municipality, Unit
from people.transactions import act


def two_units() -> tuple[int, int]:
    municipality = Municipality.objects.earliest("pk")
    first, second = (Unit.objects.create(municipality=municipality, name=name) for name in ("Sagene", "Grünerløkka"))
    return first.pk, second.pk


def closing(function: Callable[[], int]) -> Callable[[], int]:
    def run() -> int:
        try:
            return function()
        finally:
            connection.close()

    return run


@pytest.mark.django_db(transaction=True)
def test_two_acts_that_cross_are_both_done() -> None:
    units = two_units()
    both_hold_one = Barrier(2, timeout=10)

    def crossing(order: tuple[int, int]) -> Callable[[], int]:
        tries: Iterator[int] = iter(range(1, 10))

        @act
        def change() -> int:
            this_try = next(tries)
            Unit.objects.filter(pk=order[0]).update(phone="1")
            if this_try == 1:
                both_hold_one.wait()
            Unit.objects.filter(pk=order[1]).update(phone="2")
            return this_try

        return closing(change)

    with ThreadPoolExecutor(2) as threads:
        tries = [done.result() for done in [threads.submit(crossing(units)), threads.submit(crossing(units[::-1]))]]

    assert sorted(tries) == [1, 2]


@pytest.mark.django_db
def test_an_act_inside_a_transaction_is_not_tried_again() -> None:
    tries = []

    @act
    def broken() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'victim' USING ERRCODE = 'deadlock_detected'; END $$")

    with pytest.raises(OperationalError):
        broken()

    assert tries == [1]


@pytest.mark.django_db(transaction=True)
def test_the_third_time_the_victim_is_told() -> None:
    tries = []

    @act
    def unlucky() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'victim' USING ERRCODE = 'serialization_failure'; END $$")

    with pytest.raises(OperationalError):
        unlucky()

    assert tries == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_half_way_leaves_nothing() -> None:
    @act
    def half() -> None:
        two_units()
        raise ValueError

    with pytest.raises(ValueError):
        half()

    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_an_error_that_names_no_rule_of_ours_has_no_sentence() -> None:
    with pytest.raises(OperationalError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'victim' USING ERRCODE = 'deadlock_detected'; END $$")

    assert constraint_message(error.value) is None


@pytest.mark.django_db
def test_a_rule_broken_in_the_database_reads_like_one_broken_in_a_form() -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Unit.objects.create(municipality=Municipality.objects.earliest("pk"), name="Sagene", kind="other")

    assert "unit_kind_is_known" in (constraint_message(error.value) or "")
