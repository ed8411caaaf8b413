"""What a dwelling is each day: exactly one of let, void, vacant and not ours, whatever the facts say."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.availability import NEVER, Days, Facts, Stretch, Use, days_of, rent_lost, stretches, turnarounds
from tests.strategies import dwellings, periods

Period = tuple[date, date]


def day(number: int) -> date:
    return date(2026, 1, 1) + timedelta(days=number)


def every_day(period: Period) -> list[date]:
    return [period[0] + timedelta(days=number) for number in range((period[1] - period[0]).days)]


def held_by(one: Days, on: date) -> bool:
    return one.starts_on <= on < (one.ends_on or NEVER)


@given(dwellings(), periods())
def test_every_day_is_in_exactly_one_stretch(facts: Facts, period: Period) -> None:
    found = stretches(facts, *period)

    for on in every_day(period):
        assert len([one for one in found if one.starts_on <= on < one.ends_on]) == 1


@given(dwellings(), periods())
def test_the_use_of_a_day_is_the_first_that_holds_of_the_four(facts: Facts, period: Period) -> None:
    uses = {on: one.use for one in stretches(facts, *period) for on in every_day((one.starts_on, one.ends_on))}

    for on in every_day(period):
        is_let, is_void = (any(held_by(one, on) for one in some) for some in (facts.let, facts.void))
        expected = Use.LET if is_let else Use.VOID if is_void else Use.VACANT
        assert uses[on] == (expected if held_by(facts.ours, on) else Use.NOT_OURS)


@given(dwellings(), periods())
def test_stretches_follow_each_other_and_two_neighbours_are_never_alike(facts: Facts, period: Period) -> None:
    found = stretches(facts, *period)

    assert all(one.ends_on == other.starts_on and one.use != other.use for one, other in pairwise(found))
    assert all(one.days > 0 for one in found)


@given(dwellings(), periods())
def test_the_days_of_each_use_add_up_to_the_period(facts: Facts, period: Period) -> None:
    assert sum(days_of(facts, *period).values()) == (period[1] - period[0]).days


@given(dwellings(), periods(), st.integers(1, 400))
def test_a_period_cut_in_two_has_the_same_days(facts: Facts, period: Period, cut: int) -> None:
    middle = min(period[0] + timedelta(days=cut), period[1])
    whole = days_of(facts, *period)
    first, last = days_of(facts, period[0], middle), days_of(facts, middle, period[1])

    assert whole == {use: first[use] + last[use] for use in Use}


@given(dwellings(), periods())
def test_no_time_between_tenants_holds_a_day_that_is_let(facts: Facts, period: Period) -> None:
    for gap in turnarounds(facts, *period):
        assert period[0] <= gap.ends_on < period[1]
        assert not any(held_by(one, on) for on in every_day((gap.starts_on, gap.ends_on)) for one in facts.let)


@given(dwellings(), periods(), st.integers(1, 20000))
def test_no_more_rent_is_lost_than_the_empty_days_could_bring(facts: Facts, period: Period, rent: int) -> None:
    counted = days_of(facts, *period)
    empty = counted[Use.VOID] + counted[Use.VACANT]

    assert rent_lost(facts, [(date(1990, 1, 1), rent)], *period) == (empty * rent * 24 + 365) // 730


def test_a_year_of_one_dwelling_by_hand() -> None:
    facts = Facts(
        ours=Days(day(10), day(100)),
        let=[Days(day(0), day(30)), Days(day(44), day(80))],
        void=[Days(day(30), day(40)), Days(day(78), None)],
    )

    assert stretches(facts, day(0), day(120)) == [
        Stretch(Use.NOT_OURS, day(0), day(10)),
        Stretch(Use.LET, day(10), day(30)),
        Stretch(Use.VOID, day(30), day(40)),
        Stretch(Use.VACANT, day(40), day(44)),
        Stretch(Use.LET, day(44), day(80)),
        Stretch(Use.VOID, day(80), day(100)),
        Stretch(Use.NOT_OURS, day(100), day(120)),
    ]
    assert [gap.days for gap in turnarounds(facts, day(0), day(120))] == [14]
    assert days_of(facts, day(0), day(120)) == {Use.NOT_OURS: 30, Use.LET: 56, Use.VOID: 30, Use.VACANT: 4}


@pytest.mark.parametrize(
    ("rents", "lost"),
    [
        ([], 0),
        # 34 empty days: 30 void, 4 vacant
        ([(day(0), 7300)], 8160),
        # 20 days of the last void by the new rent
        ([(day(0), 7300), (day(80), 14600)], 12960),
        # nothing is known before the first
        ([(day(90), 7300)], 2400),
    ],
)
def test_rent_lost_by_hand(rents: list[tuple[date, int]], lost: int) -> None:
    facts = Facts(
        ours=Days(day(10), day(100)),
        let=[Days(day(10), day(30)), Days(day(44), day(80))],
        void=[Days(day(30), day(40)), Days(day(80), None)],
    )

    assert rent_lost(facts, rents, day(0), day(120)) == lost


def test_who_follows_on_the_same_day_leaves_no_time_between() -> None:
    facts = Facts(ours=Days(day(0)), let=[Days(day(0), day(30)), Days(day(30), None)])

    assert turnarounds(facts, day(0), day(60)) == []
