"""The homeless by name balance in every month, on generated runs. No database."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kpi.balance import Came, Month, Range, Run, Went, Zero, months_of, within, zero_of

FIRST = date(2025, 1, 1)
MONTHS = [(date(2025, month, 1), date(2025, month + 1, 1)) for month in range(1, 12)]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def runs(draw: st.DrawFn) -> list[Run]:
    """Of five households, each run at least a night after the one before; the last may be under way."""
    found = []
    for household in range(5):
        at = draw(st.integers(-60, 200))
        for _number in range(draw(st.integers(0, 5))):
            length = draw(st.one_of(st.integers(1, 5), st.integers(20, 120)))
            is_open = draw(st.integers(0, 9)) == 0
            found.append(
                Run(
                    household=household,
                    starts_on=day(at),
                    ends_on=date.max if is_open else day(at + length),
                    came=draw(st.sampled_from([Came.NEW, Came.RETURNED])),
                    went=None if is_open else draw(st.sampled_from([Went.HOME, Went.ELSEWHERE])),
                )
            )
            if is_open:
                break
            at += length + draw(st.integers(1, 20))
    return found


def ranges() -> st.SearchStrategy[dict[int, list[Range]]]:
    one = st.lists(st.integers(1, 60), min_size=2, max_size=6).map(_apart)
    return st.dictionaries(st.integers(0, 4), one)


def _apart(steps: list[int]) -> list[Range]:
    at, found = -30, []
    for gap, length in zip(steps[::2], steps[1::2], strict=False):
        found.append((day(at + gap), day(at + gap + length)))
        at += gap + length
    return found


@given(runs())
def test_everybody_before_and_in_and_not_out_is_there_after(some: list[Run]) -> None:
    for month in months_of(some, MONTHS):
        assert balances(month)


@given(runs(), ranges())
def test_a_group_balances_too(some: list[Run], days: dict[int, list[Range]]) -> None:
    for month in months_of(within(some, days), MONTHS):
        assert balances(month)


@given(runs())
def test_a_month_begins_with_those_the_one_before_ended_with(some: list[Run]) -> None:
    months = months_of(some, MONTHS)
    for month, following in pairwise(months):
        assert month.after == following.before


@given(runs())
def test_those_there_are_those_with_a_run_that_night(some: list[Run]) -> None:
    for month in months_of(some, MONTHS):
        night = month.ends_on - timedelta(days=1)
        assert month.after == {run.household for run in some if run.starts_on <= night < run.ends_on}


@given(runs())
def test_whoever_had_a_night_in_the_month_is_before_or_came(some: list[Run]) -> None:
    for month in months_of(some, MONTHS):
        there = {run.household for run in some if run.starts_on < month.ends_on and run.ends_on > month.starts_on}
        assert there <= month.before | set(month.came)


def test_somebody_who_leaves_and_is_back_stands_in_both() -> None:
    first = Run(household=1, starts_on=day(-10), ends_on=day(5), came=Came.NEW, went=Went.HOME)
    again = Run(household=1, starts_on=day(9), ends_on=date.max, came=Came.RETURNED, went=None)
    [month] = months_of([again, first], MONTHS[:1])
    assert (month.before, month.after) == (frozenset({1}), frozenset({1}))
    assert (month.came, month.went) == ({1: Came.RETURNED}, {1: Went.HOME})


def test_zero_is_reached_when_no_more_are_homeless_than_find_a_home_in_a_month() -> None:
    housed = [
        Run(household=n, starts_on=day(-5), ends_on=day(31 * n + 3), came=Came.NEW, went=Went.HOME) for n in range(6)
    ]
    still = [Run(household=9, starts_on=day(0), ends_on=date.max, came=Came.NEW, went=None)]
    zero = zero_of(months_of([*housed, *still], MONTHS[:6]))
    assert (zero.active, zero.housed, zero.a_month, zero.is_reached) == (1, 6, Fraction(1), True)
    assert not Zero(2, 6, 6).is_reached
    assert Zero(0, 0, 0).is_reached


def balances(month: Month) -> bool:
    """By name and by number: each stands in so many of before and in as of out and after."""
    names = {*month.before, *month.came, *month.went, *month.after}
    by_number = len(month.before) + len(month.came) - len(month.went) == len(month.after)
    return by_number and all(
        (name in month.before) + (name in month.came) == (name in month.went) + (name in month.after) for name in names
    )
