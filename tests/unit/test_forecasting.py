"""The forecast by hand, its ranges, and what holds whatever the history."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from math import comb, isclose

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.backtesting import Asked, as_of, happened, trials, tried
from kpi.chances import Numbers, of_chances, of_mean
from kpi.forecasting import (
    EDGES,
    WINDOWS,
    Hazard,
    Past,
    arrivals_of,
    chance_of_passing,
    forecast,
    hazard_of,
    nearing,
    passing,
    with_homes,
)
from tests.bench.forecast import LAST, Town, history, of_town

TONIGHT = date(2026, 1, 21)
#: A pause of the machine is no slowness of what is generated.
whatever_it_takes = settings(suppress_health_check=[HealthCheck.too_slow])
#: A flat chance of one in a hundred that a night is the last.
FLAT = Hazard((0,), (0.01,), 10_000)


def ago(nights: int, *, of: date = TONIGHT) -> date:
    return of - timedelta(days=nights)


def reaching(days: int) -> Past:
    """Somebody there tonight whose limit is so many days ahead."""
    limit = TONIGHT + timedelta(days=days)
    start = next(day for day in (ago(n, of=limit) for n in range(88, 94)) if Past(day).limit_on == limit)
    return Past(start)


@st.composite
def histories(draw: st.DrawFn) -> list[Past]:
    some = draw(st.lists(st.tuples(st.integers(0, 700), st.none() | st.integers(1, 200)), min_size=30, max_size=80))
    return [Past(ago(began), None if nights is None else ago(began) + timedelta(days=nights)) for began, nights in some]


def test_the_chance_of_leaving_counted_by_hand() -> None:
    began = date(2026, 1, 1)
    stays = [Past(began, date(2026, 1, 4)), Past(began, date(2026, 1, 6)), Past(began, date(2026, 1, 11)), Past(began)]

    hazard = hazard_of(stays, TONIGHT, edges=(0, 7), prior=0, fewest=3)

    # 3 + 5 + 7 + 7 nights in the first week, 2 of them the last; then 3 + 13, of which 1
    assert hazard is not None
    assert hazard.rates == (2 / 22, 1 / 16)
    assert hazard.departures == 3
    assert isclose(hazard.stays(5, 3), (20 / 22) ** 2 * 15 / 16)


def test_few_departures_lean_on_the_mean_of_all_nights() -> None:
    began = date(2026, 1, 1)
    stays = [Past(began, date(2026, 1, 4)), Past(began)]

    hazard = hazard_of(stays, TONIGHT, edges=(0, 7), prior=2, fewest=1)

    # 1 departure in 23 nights: 10 in the first week, 13 later; the mean weighs as two departures in 46 nights
    assert hazard is not None
    assert hazard.rates == (3 / 56, 2 / 59)


def test_a_night_whose_morning_is_not_known_yet_says_nothing() -> None:
    stays = [Past(ago(10), ago(5)), Past(ago(3)), Past(TONIGHT), Past(ago(2), TONIGHT + timedelta(days=4))]

    hazard = hazard_of(stays, TONIGHT, edges=(0,), prior=0, fewest=1)

    assert hazard is not None
    assert hazard.rates == (1 / (5 + 3 + 0 + 2),)


def test_only_the_last_two_years_are_asked_of_who_left() -> None:
    long_ago = [Past(date(2020, 1, 1), date(2020, 1, 2)) for _n in range(50)]
    stays = [*long_ago, Past(date(2023, 1, 21), date(2024, 1, 31))]

    hazard = hazard_of(stays, TONIGHT, edges=(0,), prior=0, fewest=1)

    assert hazard is not None
    assert hazard.rates == (1 / 10,)


def test_too_little_history_gives_no_numbers() -> None:
    few = [Past(ago(100 + n), ago(90 + n)) for n in range(19)]

    assert forecast(few, TONIGHT).windows == ()
    assert forecast([*few, Past(ago(60), ago(1))], TONIGHT).windows != ()
    assert arrivals_of([Past(ago(88))], TONIGHT) is None
    assert arrivals_of([Past(ago(89))], TONIGHT) is not None
    assert forecast([], TONIGHT).there == 0


def test_who_reaches_three_months_by_the_day() -> None:
    stays = [reaching(days) for days in (0, 1, 30, 31, 60, 61)]
    left = Past(reaching(10).starts_on, TONIGHT)

    assert nearing([*stays, left], TONIGHT, 30) == stays[1:3]
    assert nearing([*stays, left], TONIGHT, 60) == stays[1:5]


def test_the_chance_of_passing_is_that_of_every_night_up_to_the_limit() -> None:
    assert isclose(chance_of_passing(reaching(30), TONIGHT, FLAT), 0.99**30)
    assert chance_of_passing(reaching(0), TONIGHT, FLAT) == 1


def test_an_agreed_move_is_certain() -> None:
    stay = reaching(10)

    assert chance_of_passing(Past(stay.starts_on, stay.limit_on), TONIGHT, FLAT) == 0
    assert chance_of_passing(Past(stay.starts_on, stay.limit_on + timedelta(days=1)), TONIGHT, FLAT) == 1


def test_how_many_of_some_counted_by_hand() -> None:
    numbers = of_chances([1, 0.5, 0.5, 0])

    assert (numbers.least, numbers.chances) == (1, (0.25, 0.5, 0.25))
    assert (numbers.expected, numbers.low, numbers.high) == (2, 1, 3)
    assert of_chances([0.9]).about == 1


def test_equal_chances_are_the_binomial() -> None:
    numbers = of_chances([0.3] * 10)

    for n, chance in enumerate(numbers.chances, start=numbers.least):
        assert isclose(chance, comb(10, n) * 0.3**n * 0.7 ** (10 - n), rel_tol=1e-9)


@pytest.mark.parametrize("unevenness", [1, 1.5, 4])
def test_a_mean_keeps_its_mean_and_its_variance(unevenness: float) -> None:
    numbers = of_mean(12, unevenness)
    variance = sum((n - 12) ** 2 * chance for n, chance in enumerate(numbers.chances))

    assert isclose(numbers.expected, 12, rel_tol=1e-3)
    assert isclose(variance, 12 * unevenness, rel_tol=1e-2)
    assert of_mean(0).chances == (1,)


def test_the_same_number_every_month_is_as_even_as_chance_and_a_rush_is_not() -> None:
    even = arrivals_of([Past(ago(3 * n)) for n in range(120)], TONIGHT)
    rush = arrivals_of([Past(ago(300)), *(Past(ago(30)) for _n in range(119))], TONIGHT)

    assert even is not None and rush is not None
    assert (even.unevenness, even.seen) == (1, 120)
    assert rush.unevenness > 50


def test_how_the_year_swings_is_counted_by_hand() -> None:
    """Ten a day at midwinter and none else: 730 days, so the cosine of the day nearest to new year is nearly one."""
    midwinter = [Past(day) for day in (date(2024, 12, 31), date(2025, 12, 31)) for _n in range(50)]
    swing = arrivals_of([Past(ago(730)), *midwinter], TONIGHT)
    even = arrivals_of([Past(ago(n)) for n in range(731)], TONIGHT)
    too_short = arrivals_of([Past(ago(728)), *midwinter], TONIGHT)

    assert swing is not None and even is not None and too_short is not None
    # twice the mean cosine, less eight parts in a hundred over its square
    assert isclose(math.hypot(*swing.swing), 2 - 2 * 8 / 100 / 4, rel_tol=1e-3)
    assert (even.swing, too_short.swing) == ((0, 0), (0, 0))
    assert isclose(sum(even.after(TONIGHT, 30)), 30)


def test_winters_are_learnt_and_what_is_said_of_them_is_closer_than_the_month_before() -> None:
    for one in of_town(Town("with winters", 0.6, swing=0.5), seeds=1):
        assert one.ratio is not None and one.ratio < 1
        assert one.within / one.evenings > 0.7


def test_a_home_goes_to_whom_it_helps_most_and_never_too_late() -> None:
    soon, later, last = reaching(5), reaching(20), reaching(40)
    stays = [soon, later, last]
    in_ten_days = TONIGHT + timedelta(days=10)

    assert with_homes(stays, TONIGHT, 60, FLAT, [in_ten_days]) == [later]
    assert with_homes(stays, TONIGHT, 60, FLAT, [TONIGHT]) == [soon]
    assert with_homes(stays, TONIGHT, 60, FLAT, [in_ten_days, TONIGHT]) == [soon, later]
    assert with_homes(stays, TONIGHT, 60, FLAT, [TONIGHT + timedelta(days=60)]) == []


def test_nobody_with_an_agreed_move_is_given_a_home() -> None:
    stay = reaching(10)
    leaves = Past(stay.starts_on, ago(-3))

    assert with_homes([leaves], TONIGHT, 30, FLAT, [TONIGHT] * 5) == []


@whatever_it_takes
@given(histories())
def test_a_forecast_is_never_surer_than_certain_and_its_ranges_hold_what_is_expected(stays: list[Past]) -> None:
    found = forecast(stays, TONIGHT)

    for window in found.windows:
        for numbers in (window.pass_, window.come, window.leave, window.there):
            assert isclose(sum(numbers.chances), 1, abs_tol=1e-6)
            assert 0 <= numbers.low <= numbers.high
            assert numbers.low - 1 <= numbers.expected <= numbers.high + 1
        assert window.pass_.expected <= window.reach + 1e-9


@whatever_it_takes
@given(histories())
def test_tonight_and_those_who_come_less_those_who_leave_are_those_who_are_there(stays: list[Past]) -> None:
    found = forecast(stays, TONIGHT)

    for window in found.windows:
        expected = found.there + window.come.expected - window.leave.expected
        assert isclose(window.there.expected, expected, abs_tol=1e-3 * max(expected, 1))


@whatever_it_takes
@given(histories())
def test_more_days_ahead_never_expect_fewer(stays: list[Past]) -> None:
    windows = forecast(stays, TONIGHT).windows

    for near, far in pairwise(windows):
        assert near.reach <= far.reach
        assert near.pass_.expected <= far.pass_.expected + 1e-6
        assert near.come.expected <= far.come.expected
        assert near.leave.expected <= far.leave.expected + 1e-6


@whatever_it_takes
@given(histories(), st.lists(st.integers(0, 60), max_size=6))
def test_homes_never_make_more_pass_and_one_more_never_helps_fewer(stays: list[Past], days: list[int]) -> None:
    hazard = hazard_of(stays, TONIGHT, fewest=1)
    if hazard is None:
        return
    homes = [ago(-n) for n in days]
    helped = with_homes(stays, TONIGHT, 60, hazard, homes)
    more = with_homes(stays, TONIGHT, 60, hazard, [*homes, TONIGHT])

    assert len(helped) <= min(len(homes), len(nearing(stays, TONIGHT, 60)))
    assert len(helped) <= len(more)
    without = passing(stays, TONIGHT, 60, hazard).expected
    assert passing(stays, TONIGHT, 60, hazard, helped=helped).expected <= without + 1e-9


@given(st.lists(st.floats(0, 1), max_size=40))
def test_what_is_expected_of_some_is_the_sum_of_their_chances(chances: list[float]) -> None:
    assert isclose(of_chances(chances).expected, sum(chances), abs_tol=1e-6)


def test_an_evening_knows_nothing_of_what_came_later() -> None:
    stays = [Past(ago(9), ago(4)), Past(ago(9), ago(-4)), Past(ago(-1))]

    assert as_of(stays, TONIGHT) == [Past(ago(9), ago(4)), Past(ago(9))]


def test_what_came_is_counted_on_the_nights_after_an_evening() -> None:
    stays = [
        Past(date(2025, 10, 25), date(2026, 1, 26)),
        Past(date(2025, 10, 25), date(2026, 1, 25)),
        Past(TONIGHT),
        Past(ago(-30)),
        Past(ago(-31)),
    ]

    assert happened(stays, TONIGHT, ago(-30), Asked.OVER) == 1
    assert happened(stays, TONIGHT, ago(-30), Asked.COME) == 1
    assert happened(stays, TONIGHT, ago(-30), Asked.LEAVE) == 2


def test_a_trial_asks_a_year_of_evenings_and_compares_with_the_month_before() -> None:
    stays = history(Town("middling", 0.6))
    found = tried(stays, LAST)

    assert len(found) == 12 * len(WINDOWS) * len(Asked)
    assert {(one.asked, one.days, one.evenings) for one in trials(found)} == {
        (asked, days, 12) for asked in Asked for days in WINDOWS
    }
    for one in found:
        assert one.came == happened(stays, one.day, one.day + timedelta(days=one.days), one.asked)
        assert one.day + timedelta(days=one.days) <= LAST


def test_on_generated_history_it_is_closer_than_the_simplest_guess_and_its_range_holds() -> None:
    for one in of_town(Town("middling", 0.6), seeds=1):
        assert one.is_better
        assert one.within / one.evenings > 0.7


def test_the_stretches_begin_with_the_first_night() -> None:
    assert EDGES[0] == 0
    assert Numbers(3, (1.0,)).at(0.5) == 3


def test_who_came_with_another_household_is_one_arrival_and_there_from_the_split() -> None:
    whole = [Past(ago(100 + n), ago(90 + n)) for n in range(30)]
    parts = [Past(one.starts_on, one.ends_on, split_on=one.starts_on + timedelta(days=5)) for one in whole]
    alone, both = arrivals_of(whole, TONIGHT), arrivals_of([*whole, *parts], TONIGHT)
    assert alone is not None and both is not None
    assert (both.a_day, both.seen) == (alone.a_day, alone.seen)
    [one, part] = whole[0], parts[0]
    assert [some.is_there(one.starts_on + timedelta(days=4)) for some in (one, part)] == [True, False]
    assert [some.is_there(one.starts_on + timedelta(days=5)) for some in (one, part)] == [True, True]
    assert happened([one, part], one.starts_on - timedelta(days=1), one.starts_on, Asked.COME) == 1
    assert as_of([one, part], one.starts_on + timedelta(days=4)) == [Past(one.starts_on)]
