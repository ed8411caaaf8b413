"""An invoice held against the nights somebody lived there."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.invoices import Charged, Finding, Missing, Nights, Slept, check, missing, runs

MARCH = date(2026, 3, 1)
PRICE = Decimal(750)


def day(n: int) -> date:
    return MARCH + timedelta(days=n - 1)


def nights(first: int, end: int) -> Nights:
    return Nights(day(first), day(end))


def charged(first: int, end: int, *, line: int = 1, room: int | None = 4, price: int = 750, amount: int = 0) -> Charged:
    run = nights(first, end)
    return Charged(line, room, run, Decimal(price), Decimal(amount or price * len(run)))


def slept(first: int, end: int, *, residence: int = 1, room: int | None = 4, **facts: Any) -> Slept:
    return Slept(residence, room, nights(first, end), **{"price": PRICE, **facts})


def test_a_line_for_the_nights_somebody_slept_at_the_agreed_price_is_in_order() -> None:
    [found] = check([charged(1, 11)], [slept(1, 11)])

    assert found.is_in_order
    assert (found.due, found.residences) == (Decimal(7500), (1,))
    assert missing([slept(1, 11)], [charged(1, 11)], nights(1, 32)) == []


@pytest.mark.parametrize(
    ("line", "lived", "findings", "due"),
    [
        (charged(1, 11, room=None), [slept(1, 11)], [Finding.NO_SUCH_ROOM], 0),
        (charged(1, 11), [slept(1, 11, room=5)], [Finding.NOBODY_THERE], 0),
        (charged(1, 11), [slept(1, 9)], [Finding.SOME_NIGHTS_EMPTY], 8 * 750),
        (charged(1, 11, price=900), [slept(1, 11)], [Finding.WRONG_PRICE], 7500),
        (charged(1, 11, amount=8000), [slept(1, 11)], [Finding.WRONG_SUM], 7500),
        (charged(1, 11, price=900), [slept(1, 11, price=None)], [], 9000),
        (
            charged(1, 11, price=900, amount=1),
            [slept(1, 9)],
            [Finding.SOME_NIGHTS_EMPTY, Finding.WRONG_PRICE, Finding.WRONG_SUM],
            6000,
        ),
    ],
)
def test_what_is_wrong_with_a_line_is_named_gravest_first(
    line: Charged, lived: list[Slept], findings: list[Finding], due: int
) -> None:
    [found] = check([line], lived)

    assert list(found.findings) == findings
    assert found.due == due


def test_a_line_over_two_households_with_a_gap_names_both_and_the_night_nobody_was_there() -> None:
    [found] = check([charged(1, 11)], [slept(1, 5), slept(6, 11, residence=2)])

    assert found.residences == (1, 2)
    assert found.empty == (nights(5, 6),)
    assert found.findings == (Finding.SOME_NIGHTS_EMPTY,)


def test_a_night_is_paid_once_in_this_invoice_and_in_others() -> None:
    first, second = check([charged(1, 6), charged(5, 11, line=2)], [slept(1, 11)], others=[charged(1, 3, line=9)])

    assert (first.twice, second.twice) == ((nights(1, 3),), (nights(5, 6),))
    assert (first.due, second.due) == (3 * PRICE, 5 * PRICE)


def test_nothing_is_said_of_a_room_that_the_reader_may_not_know_of() -> None:
    hidden = check([charged(1, 11)], [slept(1, 11, is_told=False)])
    closed = check([charged(1, 11)], [], untold={4: [nights(10, 20)]})

    assert hidden == closed
    assert hidden[0].is_withheld
    assert missing([slept(1, 11, is_told=False)], [], nights(1, 32)) == []


def test_nights_nobody_charged_are_listed_also_where_no_room_is_noted() -> None:
    lived = [slept(1, 11), slept(1, 4, residence=2, room=None)]

    found = missing(lived, [charged(3, 6)], nights(1, 8))

    assert found == [Missing(1, (nights(1, 3), nights(6, 8))), Missing(2, (nights(1, 4),))]


spans = st.tuples(st.integers(1, 30), st.integers(1, 10)).map(lambda at: nights(at[0], at[0] + at[1]))


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=3))
def test_every_night_slept_is_charged_once_or_missing_and_no_night_is_paid_twice(
    lines: list[Nights], stays: list[Nights]
) -> None:
    bills = [Charged(n, 4, run, PRICE, PRICE * len(run)) for n, run in enumerate(lines)]
    lived = {night for run in stays for night in run.days()}
    there = [Slept(n, 4, run, PRICE) for n, run in enumerate(runs(lived))]
    period = nights(1, 60)

    paid = sum((one.due or Decimal(0) for one in check(bills, there)), Decimal(0)) / PRICE
    left = sum(len(run) for one in missing(there, bills, period) for run in one.nights)

    assert paid + left == len(lived)


@given(st.sets(st.integers(0, 60)))
def test_runs_hold_every_night_once(numbers: set[int]) -> None:
    days = {MARCH + timedelta(days=n) for n in numbers}
    found = runs(days)

    assert [night for run in found for night in run.days()] == sorted(days)
    assert all(before.ends_on < after.starts_on for before, after in pairwise(found))
