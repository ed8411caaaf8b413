"""What came before a spell and what came after, and what a household formed by a split carries."""

from __future__ import annotations

from datetime import date

import pytest

from housing.spells import OPEN, Spell, Stretch, carried, derive, is_over, nights_in
from housing.states import Kind, State
from tests.facts import day, member, placed, stretch


def spell_from(starts_on: str, *stretches: Stretch) -> Spell:
    [spell] = [spell for spell in derive(stretches) if spell.starts_on == day(starts_on)]
    return spell


def test_a_spell_alone_has_nothing_before_or_after() -> None:
    spell = spell_from("2026-01-01", placed("2026-01-01", "2026-02-01"))

    assert (spell.previous_state, spell.next_state, spell.home_on, spell.gone_on, spell.returned_on) == (None,) * 5


def test_the_state_before_and_after_is_that_of_the_nearest_residence_whatever_the_gap() -> None:
    spell = spell_from(
        "2026-01-01",
        stretch(Kind.OWNED, "2020-01-01", "2021-01-01"),
        stretch(Kind.PRISON, "2024-01-01", "2025-01-01"),
        placed("2026-01-01", "2026-02-01"),
        stretch(Kind.FRIENDS, "2026-09-01", "2026-10-01"),
        stretch(Kind.OWNED, "2026-10-01"),
    )

    assert (spell.previous_state, spell.next_state) == (State.INSTITUTION, State.HOMELESS)


def test_what_lies_in_a_tolerated_break_comes_neither_before_nor_after_the_stay() -> None:
    friends = stretch(Kind.FRIENDS, "2026-01-11", "2026-01-20")
    stay = spell_from("2026-01-01", placed("2026-01-01", "2026-01-11"), friends, placed("2026-01-20", "2026-02-01"))

    assert (stay.previous_state, stay.next_state) == (None, None)


def test_between_a_night_in_the_break_stands_the_stay_on_both_sides() -> None:
    friends = stretch(Kind.FRIENDS, "2026-01-11", "2026-01-20")
    spell = spell_from("2026-01-11", placed("2026-01-01", "2026-01-11"), friends, placed("2026-01-20", "2026-02-01"))

    assert (spell.previous_state, spell.next_state) == (State.TEMPORARY, State.TEMPORARY)


def test_an_open_spell_has_nothing_after_it() -> None:
    spell = spell_from("2026-01-01", placed("2026-01-01"))

    assert (spell.ends_on, spell.next_state, spell.home_on) == (OPEN, None, None)


HOMELESS_THEN_HOME = [
    stretch(Kind.OWNED, "2020-01-01", "2024-06-01"),
    stretch(Kind.WITH_FAMILY, "2024-06-01", "2024-08-01"),
    stretch(Kind.FRIENDS, "2024-08-01", "2024-09-01"),
    placed("2024-09-01", "2024-10-01"),
    stretch(Kind.PRISON, "2024-10-01", "2025-01-01"),
    placed("2025-01-01", "2025-02-01"),
    stretch(Kind.MUNICIPAL_RENTAL, "2025-02-01", "2026-02-01"),
    placed("2026-02-01"),
]


@pytest.mark.parametrize(
    ("starts_on", "since"),
    [
        ("2020-01-01", None),
        ("2024-06-01", None),
        ("2024-08-01", "2024-08-01"),
        ("2024-09-01", "2024-08-01"),
        ("2024-10-01", "2024-08-01"),
        ("2025-01-01", "2024-08-01"),
        ("2025-02-01", "2024-08-01"),
        ("2026-02-01", "2026-02-01"),
    ],
)
def test_only_a_home_ends_homelessness(starts_on: str, since: str | None) -> None:
    spell = spell_from(starts_on, *HOMELESS_THEN_HOME)

    assert spell.homeless_since == (day(since) if since else None)


def test_a_limited_lease_does_not_end_homelessness() -> None:
    spell = spell_from(
        "2026-02-01",
        stretch(Kind.ROUGH, "2025-01-01", "2025-02-01"),
        stretch(Kind.PRIVATE_RENTAL, "2025-02-01", "2026-02-01", "2026-02-01"),
        placed("2026-02-01"),
    )

    assert spell.homeless_since == date(2025, 1, 1)


def test_prison_alone_is_not_homelessness() -> None:
    spell = spell_from(
        "2025-06-01", stretch(Kind.PRISON, "2025-01-01", "2025-06-01"), stretch(Kind.OWNED, "2025-06-01")
    )

    assert spell.homeless_since is None


def test_a_second_home_after_an_unknown_time_was_not_preceded_by_the_first_homelessness() -> None:
    spell = spell_from(
        "2026-01-01",
        stretch(Kind.ROUGH, "2024-01-01", "2024-02-01"),
        stretch(Kind.OWNED, "2024-02-01", "2025-01-01"),
        stretch(Kind.OWNED, "2026-01-01"),
    )

    assert spell.homeless_since is None


def test_a_stay_tells_its_first_home_afterwards_and_the_first_return_after_that() -> None:
    stay = spell_from(
        "2026-01-01",
        placed("2026-01-01", "2026-02-01"),
        stretch(Kind.FRIENDS, "2026-02-01", "2026-02-10"),
        stretch(Kind.PRIVATE_RENTAL, "2026-02-10", "2026-05-01"),
        stretch(Kind.CARE_HOME, "2026-05-01", "2026-06-01"),
        stretch(Kind.NIGHT_SHELTER, "2026-06-01", "2026-06-05"),
        stretch(Kind.OWNED, "2026-06-05"),
    )

    assert stay.next_state == State.HOMELESS
    assert stay.home_on == date(2026, 2, 10)
    assert stay.gone_on == date(2026, 5, 1)
    # The nights with friends before the home were no return.
    assert stay.returned_on == date(2026, 6, 1)


@pytest.mark.parametrize("kind", [Kind.CARE_HOME, Kind.MOVED_AWAY, Kind.DECEASED])
def test_care_home_moving_away_and_death_take_a_household_out_of_the_question(kind: Kind) -> None:
    stay = spell_from("2026-01-01", placed("2026-01-01", "2026-02-01"), stretch(kind, "2026-02-05"))

    assert (stay.home_on, stay.gone_on, stay.returned_on) == (None, date(2026, 2, 5), None)


def test_homelessness_without_a_home_in_between_is_no_return() -> None:
    stay = spell_from("2026-01-01", placed("2026-01-01", "2026-02-01"), stretch(Kind.ROUGH, "2026-06-01"))

    assert (stay.home_on, stay.returned_on) == (None, None)


def test_a_spell_in_another_state_tells_no_home_and_no_return() -> None:
    spell = spell_from("2026-01-01", stretch(Kind.ROUGH, "2026-01-01", "2026-02-01"), stretch(Kind.OWNED, "2026-02-01"))

    assert (spell.next_state, spell.home_on, spell.returned_on) == (State.PERMANENT, None, None)


PARENT = [
    stretch(Kind.FRIENDS, "2025-12-01", "2026-01-01"),
    placed("2026-01-01", "2026-02-01"),
    placed("2026-02-01"),
]


def test_a_part_carries_what_was_before_the_split_and_no_more() -> None:
    own = placed("2026-03-01")

    assert carried([own], PARENT, day("2026-03-01")) == [
        PARENT[0],
        PARENT[1],
        placed("2026-02-01", "2026-03-01"),
        own,
    ]


def test_a_part_without_a_place_of_its_own_carries_until_the_split() -> None:
    assert carried([], PARENT, day("2026-01-15")) == [PARENT[0], placed("2026-01-01", "2026-01-15")]


def test_a_residence_that_begins_on_the_day_of_the_split_is_not_carried() -> None:
    assert carried([], PARENT, day("2026-02-01")) == PARENT[:2]


def test_own_residences_from_before_the_split_cut_what_is_carried() -> None:
    own = placed("2026-01-20", "2026-03-05")

    assert carried([own], PARENT, day("2026-03-01")) == [PARENT[0], placed("2026-01-01", "2026-01-20"), own]


def test_a_carried_home_keeps_its_lease() -> None:
    home = stretch(Kind.PRIVATE_RENTAL, "2025-01-01", None, "2030-01-01")

    [carried_home] = carried([], [home], day("2025-06-01"))

    assert (carried_home.ends_on, carried_home.state) == (date(2025, 6, 1), State.PERMANENT)


def test_a_part_of_a_split_keeps_the_first_night_and_the_limit() -> None:
    residences = carried([placed("2026-03-01")], PARENT, day("2026-03-01"))

    [_, stay] = derive(residences, counts_from=day("2026-03-01"))

    assert (stay.starts_on, stay.limit_on) == (date(2026, 1, 1), date(2026, 4, 1))
    assert stay.homeless_since == date(2025, 12, 1)
    assert is_over(stay, date(2026, 4, 2))


def test_nights_before_the_split_are_the_old_households() -> None:
    child = member("child", "2020-01-01")
    young = member("applicant", "2005-01-01")
    residences = carried([placed("2026-03-01", "2026-03-11")], PARENT, day("2026-03-01"))

    [_, stay] = derive(residences, [child, young], counts_from=day("2026-03-01"))

    assert stay.nights == stay.family_in == stay.young_in == ((date(2026, 3, 1), date(2026, 3, 11)),)
    assert nights_in(stay, date(2026, 1, 1), date(2027, 1, 1)) == 10


def test_a_part_that_left_for_a_home_has_a_stay_without_nights() -> None:
    residences = carried([stretch(Kind.OWNED, "2026-03-01")], PARENT, day("2026-03-01"))

    [_, stay, home] = derive(residences, counts_from=day("2026-03-01"))

    assert (stay.ends_on, stay.nights, stay.home_on) == (date(2026, 3, 1), (), date(2026, 3, 1))
    assert (home.state, home.homeless_since) == (State.PERMANENT, date(2025, 12, 1))


def test_the_old_households_stay_goes_on_unchanged() -> None:
    [_, stay] = derive(PARENT)

    assert (stay.starts_on, stay.nights) == (date(2026, 1, 1), ((date(2026, 1, 1), OPEN),))


def test_a_break_at_the_split_is_judged_like_any_other() -> None:
    soon = carried([placed("2026-03-15")], PARENT, day("2026-03-01"))
    late = carried([placed("2026-03-16")], PARENT, day("2026-03-01"))

    assert [spell.starts_on for spell in derive(soon)] == [date(2025, 12, 1), date(2026, 1, 1)]
    assert [spell.starts_on for spell in derive(late)] == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 3, 16)]


def test_a_household_split_twice_carries_from_both() -> None:
    first_part = carried([placed("2026-03-01")], PARENT, day("2026-03-01"))
    second_part = carried([placed("2026-03-20")], first_part, day("2026-03-20"))

    [_, stay] = derive(second_part, counts_from=day("2026-03-20"))

    assert (stay.starts_on, stay.nights) == (date(2026, 1, 1), ((date(2026, 3, 20), OPEN),))
