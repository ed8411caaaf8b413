"""What holds for every history, however awkward."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from housing.spells import OPEN, Membership, Spell, Stretch, derive, is_over, nights_in
from housing.states import Kind, State, add_months
from tests.oracle import Household, days, household_period, measure
from tests.strategies import countries, histories, periods

EPOCH, LATER = date(2020, 1, 1), date(2040, 1, 1)
History = tuple[list[Stretch], list[Membership]]


def stays_of(history: History, gap_nights: int = 14) -> list[Spell]:
    return [spell for spell in derive(*history, gap_nights=gap_nights) if spell.state == State.TEMPORARY]


def lengths(stretches: list[Stretch]) -> int:
    return sum((min(stretch.end, LATER) - stretch.starts_on).days for stretch in stretches)


@given(histories())
def test_generated_residences_are_lawful(history: History) -> None:
    stretches, members = history

    assert all(one.end <= other.starts_on for one, other in pairwise(stretches))
    assert all(stretch.starts_on < stretch.end for stretch in stretches)
    assert all(member.born_on <= member.starts_on < member.end for member in members)


@given(histories())
def test_every_night_of_temporary_accommodation_is_in_exactly_one_stay(history: History) -> None:
    placed = [stretch for stretch in history[0] if stretch.kind == Kind.TEMPORARY]

    assert sum(nights_in(stay, EPOCH, LATER) for stay in stays_of(history)) == lengths(placed)


@given(histories())
def test_other_states_are_covered_without_breaks(history: History) -> None:
    spells = [spell for spell in derive(*history) if spell.state != State.TEMPORARY]
    others = [stretch for stretch in history[0] if stretch.kind != Kind.TEMPORARY]

    assert sum((min(spell.ends_on, LATER) - spell.starts_on).days for spell in spells) == lengths(others)


@given(histories())
def test_two_spells_of_one_state_never_overlap(history: History) -> None:
    spells = derive(*history)

    for state in State:
        same = [spell for spell in spells if spell.state == state]
        assert all(one.ends_on <= other.starts_on for one, other in pairwise(same))


@given(histories(), st.integers(0, 60))
def test_a_longer_gap_never_makes_more_stays(history: History, gap_nights: int) -> None:
    assert len(stays_of(history, gap_nights + 1)) <= len(stays_of(history, gap_nights))


@given(histories())
def test_between_two_stays_lies_a_long_break_or_a_home(history: History) -> None:
    stays = stays_of(history)
    homes = [stretch for stretch in history[0] if stretch.state == State.PERMANENT]

    for one, other in pairwise(stays):
        had_home = any(one.ends_on <= home.starts_on < other.starts_on for home in homes)
        assert (other.starts_on - one.ends_on).days > 14 or had_home


@given(histories())
def test_ranges_are_normal_and_lie_inside_the_stay(history: History) -> None:
    for stay in stays_of(history):
        assert stay.nights[0][0] == stay.starts_on
        assert stay.nights[-1][1] == stay.ends_on
        for ranges in (stay.nights, stay.family_in, stay.young_in):
            assert all(start < end for start, end in ranges)
            assert all(one[1] < other[0] for one, other in pairwise(ranges))
        for part in (*stay.family_in, *stay.young_in):
            assert any(start <= part[0] and part[1] <= end for start, end in stay.nights)


@given(histories())
def test_dates_around_a_spell_are_in_order(history: History) -> None:
    for spell in derive(*history):
        assert spell.homeless_since is None or spell.homeless_since <= spell.starts_on
        assert spell.home_on is None or spell.home_on >= spell.ends_on
        assert spell.returned_on is None or (spell.home_on is not None and spell.returned_on > spell.home_on)
        assert (spell.limit_on is None) == (spell.state != State.TEMPORARY)
        if spell.ends_on == OPEN:
            assert (spell.next_state, spell.home_on, spell.gone_on) == (None, None, None)


@given(histories(), st.dates(date(2023, 11, 1), date(2026, 6, 1)))
def test_days_left_fall_below_zero_on_the_day_the_breach_begins(history: History, on: date) -> None:
    for stay in stays_of(history):
        limit_on = add_months(stay.starts_on, 3)
        assert is_over(stay, on) == ((limit_on - min(on, stay.ends_on)).days < 0)


@given(countries(), periods())
def test_nights_counted_from_stays_are_those_counted_one_by_one(
    households: list[Household], period: tuple[date, date]
) -> None:
    for household in households:
        stays = household.stays()
        by_hand = household_period(household, *period)
        assert sum(nights_in(stay, *period) for stay in stays) == by_hand.nights
        for night in days(*period):
            nights = [stay for stay in stays if any(start <= night < end for start, end in stay.nights)]
            assert bool(nights) == (household.kind_on(night) == Kind.TEMPORARY)
            for stay in nights:
                assert any(start <= night < end for start, end in stay.family_in) == household.is_family_on(night)
                assert any(start <= night < end for start, end in stay.young_in) == household.is_young_on(night)


@given(countries(), periods(), st.sampled_from(["stay", "kostra"]))
def test_parts_never_exceed_their_whole(households: list[Household], period: tuple[date, date], rule: str) -> None:
    figures = measure(households, *period, rule=rule)
    count = {code: figure[0] or 0 for code, figure in figures.items()}

    assert count["2.1"] + count["2.2"] == count["2.s2"] == figures["2.1"][1]
    assert count["returns_6"] <= count["returns_12"] <= count["returns_24"] <= count["exits_permanent"]
    assert max(count["3.2"], count["3.s5"], count["nights_14"]) <= count["2.s2"] <= count["nights"]
    assert count["children"] <= count["child_nights"]
    for numerator, denominator, _ in figures.values():
        assert numerator is None or denominator is None or numerator <= denominator


@given(countries())
def test_a_household_formed_by_a_split_has_no_night_before_it(households: list[Household]) -> None:
    for household in households:
        if household.split_on is not None:
            assert not household_period(household, date(2023, 6, 1), household.split_on).has_night
