"""The oracle itself against figures worked out on paper: what the database is compared with must be right."""

from __future__ import annotations

import pytest

from housing.spells import Membership, Stretch
from housing.states import Kind
from tests.facts import day, member, placed, stretch
from tests.oracle import Figure, Household, household_lists, household_period, measure, percentile_90

ADULT = member("applicant", "1980-01-01")
YOUNG = member("applicant", "2005-01-01")
CHILD = member("child", "2020-01-01")


def household(ref: str, *stretches: Stretch, members: tuple[Membership, ...] = (ADULT,)) -> Household:
    return Household(ref, stretches, members)


def year_2026(*households: Household, rule: str = "stay", gap_nights: int = 14) -> dict[str, Figure]:
    return measure(households, day("2026-01-01"), day("2027-01-01"), rule=rule, gap_nights=gap_nights)


def test_a_country_without_households_has_counts_of_nothing_and_no_times() -> None:
    figures = year_2026()

    assert figures["2.1"] == (0, 0, None)
    assert figures["2.2"] == figures["nights"] == figures["children"] == (0, None, None)
    assert figures["exits_permanent"] == figures["returns_24"] == (0, 0, None)
    assert figures["time_home"] == (None, 0, None)


def test_a_household_counts_once_however_many_placements_it_had() -> None:
    figures = year_2026(
        household("a", placed("2026-01-01", "2026-01-11"), placed("2026-05-01", "2026-05-06"), placed("2026-05-06"))
    )

    assert figures["2.s2"] == (1, None, None)
    # 10 in January; 1 May to New Year: 31 + 30 + 31 + 31 + 30 + 31 + 30 + 31 = 245.
    assert figures["nights"] == (255, None, None)
    assert figures["2.1"] == (0, 1, None)
    assert figures["2.2"] == (1, None, None)


# The stay began on 1 November 2025: its limit is 1 February 2026, nine nights of it in this year by 10 January.
@pytest.mark.parametrize(
    ("ends_on", "rule", "over"),
    [
        ("2026-01-10", "stay", 0),
        ("2026-02-01", "stay", 0),
        ("2026-02-02", "stay", 1),
        ("2026-02-02", "kostra", 0),
        ("2026-04-01", "kostra", 0),
        ("2026-04-02", "kostra", 1),
    ],
)
def test_the_stay_rule_looks_back_over_new_year_and_the_form_does_not(ends_on: str, rule: str, over: int) -> None:
    assert year_2026(household("a", placed("2025-11-01", ends_on)), rule=rule)["2.2"] == (over, None, None)


# From 1 January three months are 90 days. 60 nights, then 31, with a gap of 100 nights: 91 nights in two stays.
@pytest.mark.parametrize(
    ("last_day", "rule", "over"),
    [("2026-07-10", "stay", 0), ("2026-07-10", "kostra", 0), ("2026-07-11", "stay", 0), ("2026-07-11", "kostra", 1)],
)
def test_the_form_sums_the_nights_of_all_placements(last_day: str, rule: str, over: int) -> None:
    # 1 January to 2 March are 60 nights; 10 June to 10 July 30, to 11 July 31.
    a = household("a", placed("2026-01-01", "2026-03-02"), placed("2026-06-10", last_day))

    assert year_2026(a, rule=rule)["2.2"] == (over, None, None)


def test_the_stay_rule_takes_the_clock_and_the_form_the_nights_of_a_stay_with_a_break() -> None:
    # 1 January to 2 April with a break of 10 nights: over by the clock, 81 nights by the form.
    a = household("a", placed("2026-01-01", "2026-02-01"), placed("2026-02-11", "2026-04-02"))

    assert year_2026(a)["2.2"] == (1, None, None)
    assert year_2026(a, rule="kostra")["2.2"] == (0, None, None)
    assert year_2026(a, gap_nights=9)["2.2"] == (0, None, None)


def test_one_of_several_stays_over_the_limit_is_enough() -> None:
    a = household("a", placed("2026-01-01", "2026-06-01"), placed("2026-09-01", "2026-09-05"))

    assert year_2026(a)["2.1"] == (0, 1, None)


def test_a_period_inside_a_break_has_nobody_in_it() -> None:
    a = household("a", placed("2026-01-01", "2026-01-10"), placed("2026-01-20", "2026-06-01"))

    figures = measure([a], day("2026-01-10"), day("2026-01-20"))

    assert figures["2.s2"] == figures["2.2"] == figures["nights"] == (0, None, None)


def test_a_household_period_tells_its_first_night_there() -> None:
    a = household("a", placed("2025-12-01", "2025-12-10"), placed("2026-03-05", "2026-03-07"), members=(YOUNG, CHILD))

    period = household_period(a, day("2026-01-01"), day("2027-01-01"))

    assert (period.has_night, period.nights, period.first_night) == (True, 2, day("2026-03-05"))
    assert (period.family, period.young, period.child_nights) == (True, True, 2)


def test_fourteen_nights_is_a_short_time_and_fifteen_is_not() -> None:
    figures = year_2026(
        household("a", placed("2026-01-01", "2026-01-15")),
        household("b", placed("2026-01-01", "2026-01-16")),
        household("c", placed("2025-12-01", "2026-01-02")),
        household("d", stretch(Kind.NIGHT_SHELTER, "2026-01-01", "2026-01-03")),
    )

    assert figures["nights_14"] == (2, None, None)
    assert figures["2.s2"] == (3, None, None)
    assert figures["2.s1"] == (1, None, None)


def test_families_and_the_young_are_counted_by_their_own_nights() -> None:
    figures = year_2026(
        household("a", placed("2026-01-01", "2026-02-01"), members=(YOUNG, CHILD)),
        household("b", placed("2026-01-01", "2026-06-01"), members=(ADULT, CHILD)),
        household("c", placed("2026-01-01", "2026-06-01"), members=(YOUNG,)),
        household("d", placed("2026-01-01", "2026-02-01"), members=(ADULT, member("child_visit", "2020-01-01"))),
    )

    assert figures["3.1"] == (1, 2, None)
    assert figures["3.2"] == (2, None, None)
    assert figures["3.s4"] == (1, 2, None)
    assert figures["3.s5"] == (2, None, None)


def test_child_nights_are_nights_times_children_and_a_child_of_two_households_is_one_child() -> None:
    both = member("child", "2015-01-01", person="both")
    newborn = member("child", "2026-03-05", person="newborn")
    figures = year_2026(
        household("a", placed("2026-03-01", "2026-03-11"), members=(both, newborn)),
        household("b", placed("2026-03-01", "2026-03-04"), members=(both,)),
    )

    # 10 for the one and 6 for the newborn in the first household, 3 in the other.
    assert figures["child_nights"] == (19, None, None)
    assert figures["children"] == (2, None, None)


def test_homeless_families_are_asked_for_on_the_last_night() -> None:
    figures = year_2026(
        household("a", placed("2026-12-31"), members=(CHILD,)),
        household("b", stretch(Kind.FRIENDS, "2026-12-01"), members=(CHILD,)),
        household("c", stretch(Kind.NIGHT_SHELTER, "2026-12-01", "2027-01-01"), members=(CHILD,)),
        household("d", placed("2026-12-01", "2026-12-31"), members=(CHILD,)),
        household("e", stretch(Kind.PRISON, "2026-12-01"), members=(CHILD,)),
        household("f", placed("2026-12-01"), members=(member("child", "2008-12-31"),)),
    )

    assert figures["3.s1"] == (1, 3, None)


# Moved out on 10 March; a home from the 24th begins fourteen nights later.
@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([], (0, 1, None)),
        ([stretch(Kind.OWNED, "2026-03-10")], (1, 1, None)),
        ([stretch(Kind.OWNED, "2026-03-24")], (1, 1, None)),
        ([stretch(Kind.OWNED, "2026-03-25")], (0, 1, None)),
        ([stretch(Kind.PRIVATE_RENTAL, "2026-03-10", None, "2028-03-10")], (0, 1, None)),
        ([stretch(Kind.FRIENDS, "2026-03-10", "2026-03-15"), stretch(Kind.OWNED, "2026-03-15")], (1, 1, None)),
        ([stretch(Kind.CARE_HOME, "2026-03-24")], (0, 0, None)),
        ([stretch(Kind.CARE_HOME, "2026-03-25")], (0, 1, None)),
        ([stretch(Kind.MOVED_AWAY, "2026-03-10", "2026-03-12"), stretch(Kind.OWNED, "2026-03-12")], (0, 0, None)),
        ([stretch(Kind.OWNED, "2026-03-10", "2026-03-12"), stretch(Kind.DECEASED, "2026-03-12")], (1, 1, None)),
        ([placed("2026-03-24")], (0, 0, None)),
        ([placed("2026-03-25")], (0, 1, None)),
    ],
)
def test_a_stay_led_home_when_a_home_came_within_the_nights_and_first(after: list[Stretch], expected: Figure) -> None:
    assert year_2026(household("a", placed("2026-02-01", "2026-03-10"), *after))["exits_permanent"] == expected


@pytest.mark.parametrize(
    ("ends_on", "count"), [("2025-12-31", 0), ("2026-01-01", 1), ("2026-12-31", 1), ("2027-01-01", 0)]
)
def test_an_exit_belongs_to_the_period_of_the_day_moved_out(ends_on: str, count: int) -> None:
    a = household("a", placed("2025-12-01", ends_on), stretch(Kind.OWNED, ends_on))

    assert year_2026(a)["exits_permanent"] == (count, count, None)


# Out on 31 August into a home the same day: six months on is 28 February, twelve 31 August.
@pytest.mark.parametrize(
    ("homeless_on", "returns"),
    [
        ("2027-02-28", (1, 1, 1)),
        ("2027-03-01", (0, 1, 1)),
        ("2027-08-31", (0, 1, 1)),
        ("2027-09-01", (0, 0, 1)),
        ("2028-08-31", (0, 0, 1)),
        ("2028-09-01", (0, 0, 0)),
    ],
)
def test_a_return_counts_until_the_same_date_six_twelve_and_24_months_on(
    homeless_on: str, returns: tuple[int, int, int]
) -> None:
    a = household(
        "a",
        placed("2026-08-01", "2026-08-31"),
        stretch(Kind.OWNED, "2026-08-31", homeless_on),
        stretch(Kind.ROUGH, homeless_on),
    )

    figures = year_2026(a)

    assert tuple(figures[f"returns_{months}"][0] for months in (6, 12, 24)) == returns
    assert [figures[f"returns_{months}"][1] for months in (6, 12, 24)] == [1, 1, 1]


def test_the_months_run_from_the_move_out_and_not_from_the_home() -> None:
    a = household(
        "a",
        placed("2026-01-01", "2026-02-01"),
        stretch(Kind.FRIENDS, "2026-02-01", "2026-02-10"),
        stretch(Kind.OWNED, "2026-02-10", "2026-08-05"),
        stretch(Kind.FRIENDS, "2026-08-05"),
    )

    figures = year_2026(a)

    # Six months from 1 February is 1 August; the nights with friends before the home are no return.
    assert (figures["returns_6"], figures["returns_12"]) == ((0, 1, None), (1, 1, None))


def test_the_first_way_home_in_the_period_decides() -> None:
    a = household(
        "a",
        placed("2026-01-01", "2026-02-01"),
        stretch(Kind.OWNED, "2026-02-01", "2026-11-01"),
        placed("2026-11-01", "2026-11-10"),
        stretch(Kind.OWNED, "2026-11-10", "2026-12-01"),
        stretch(Kind.ROUGH, "2026-12-01"),
    )

    figures = year_2026(a)

    assert figures["exits_permanent"] == (2, 2, None)
    assert (figures["returns_6"], figures["returns_12"]) == ((0, 1, None), (1, 1, None))


def test_the_time_home_is_counted_from_the_first_homeless_night_of_the_era() -> None:
    waited_59_days = household(
        "a",
        stretch(Kind.FRIENDS, "2026-01-01", "2026-02-01"),
        stretch(Kind.PRISON, "2026-02-01", "2026-02-11"),
        placed("2026-02-11", "2026-03-01"),
        stretch(Kind.OWNED, "2026-03-01"),
    )
    waited_10_and_20_days = household(
        "b",
        placed("2026-01-01", "2026-01-11"),
        stretch(Kind.OWNED, "2026-01-11", "2026-02-01"),
        placed("2026-02-01", "2026-02-21"),
        stretch(Kind.OWNED, "2026-02-21", "2026-05-01"),
        stretch(Kind.MUNICIPAL_RENTAL, "2026-05-01"),
    )
    never_homeless = household("c", stretch(Kind.PRISON, "2026-01-01", "2026-02-01"), stretch(Kind.OWNED, "2026-02-01"))

    figures = year_2026(waited_59_days, waited_10_and_20_days, never_homeless)

    # 10, 20, 59: the median is 20; nine tenths of the way is 0.8 from the second to the third: 20 + 31.2.
    _, homes, times = figures["time_home"]
    assert homes == 3
    assert times == pytest.approx((20, 51.2))


def test_a_single_value_is_its_own_percentile() -> None:
    assert percentile_90([7]) == 7.0


def test_the_90th_percentile_is_continuous() -> None:
    assert percentile_90([10, 20]) == pytest.approx(19)
    assert percentile_90([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == pytest.approx(9)


OLD = household("old", placed("2025-11-01"), members=(ADULT,))
NEW = Household("new", (placed("2026-01-11"),), (member("applicant", "2005-01-01"),), OLD, day("2026-01-11"))


def test_each_part_of_a_split_counts_its_own_nights_and_both_keep_the_clock() -> None:
    # Both stays began on 1 November: the limit is 1 February, its night the first too many.
    on_the_limit = measure([OLD, NEW], day("2026-01-01"), day("2026-02-01"))
    the_day_after = measure([OLD, NEW], day("2026-01-01"), day("2026-02-02"))

    # The old one the whole of January, the new one from the 11th: 31 + 21.
    assert (on_the_limit["nights"], on_the_limit["2.2"]) == ((52, None, None), (0, None, None))
    assert (the_day_after["nights"], the_day_after["2.2"]) == ((54, None, None), (2, None, None))


def test_before_the_split_only_the_old_household_is_counted() -> None:
    figures = measure([OLD, NEW], day("2026-01-01"), day("2026-01-11"))

    assert (figures["2.s2"], figures["3.s5"]) == ((1, None, None), (0, None, None))


def test_a_carried_night_in_shelter_and_a_carried_home_are_not_counted_again() -> None:
    old = household(
        "old",
        stretch(Kind.NIGHT_SHELTER, "2026-01-01", "2026-02-01"),
        placed("2026-02-01", "2026-03-01"),
        stretch(Kind.OWNED, "2026-03-01"),
    )
    new = Household("new", (stretch(Kind.OWNED, "2026-06-01"),), (ADULT,), old, day("2026-06-01"))

    figures = year_2026(old, new)

    assert figures["2.s1"] == (1, None, None)
    assert figures["exits_permanent"] == (1, 1, None)
    assert figures["time_home"] == (None, 1, (59, 59.0))


def test_a_stay_that_ended_on_the_day_of_the_split_is_no_exit_of_the_new_household() -> None:
    left = Household("left", (stretch(Kind.OWNED, "2026-01-11"),), (ADULT,), OLD, day("2026-01-11"))
    later = Household(
        "later",
        (placed("2026-01-11", "2026-01-12"), stretch(Kind.OWNED, "2026-01-12")),
        (ADULT,),
        OLD,
        day("2026-01-11"),
    )

    assert year_2026(OLD, left)["exits_permanent"] == (0, 0, None)
    assert year_2026(OLD, later)["exits_permanent"] == (1, 1, None)


def test_the_lists_name_the_households_behind_a_figure() -> None:
    over, within = household("over", placed("2026-01-01")), household("within", placed("2026-12-01"))

    lists = household_lists([over, within], day("2026-01-01"), day("2027-01-01"))

    assert lists["2.1"] == ({"within"}, {"over", "within"})
    assert lists["2.2"] == ({"over"}, None)
