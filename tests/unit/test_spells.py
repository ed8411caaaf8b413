"""How a stay in temporary accommodation is joined, counted and judged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from housing.spells import OPEN, Spell, Stretch, derive, is_over, nights_in
from housing.states import Kind, State
from tests.facts import placed, stretch


def stays(*stretches: Stretch, gap_nights: int = 14) -> list[Spell]:
    return [spell for spell in derive(stretches, gap_nights=gap_nights) if spell.state == State.TEMPORARY]


def spans(spells: list[Spell]) -> list[tuple[str, str]]:
    return [(spell.starts_on.isoformat(), spell.ends_on.isoformat()) for spell in spells]


def test_a_household_without_residences_has_no_spells() -> None:
    assert derive([]) == []


def test_one_night_is_a_stay_of_one_night() -> None:
    [stay] = stays(placed("2026-03-01", "2026-03-02"))

    assert nights_in(stay, date(2026, 1, 1), date(2027, 1, 1)) == 1


def test_the_day_moved_out_is_not_counted() -> None:
    [stay] = stays(placed("2026-03-01", "2026-03-10"))

    assert nights_in(stay, date(2026, 3, 9), date(2026, 3, 10)) == 1
    assert nights_in(stay, date(2026, 3, 10), date(2026, 3, 11)) == 0


def test_a_period_without_days_has_no_nights() -> None:
    [stay] = stays(placed("2026-03-01", "2026-03-10"))

    assert nights_in(stay, date(2026, 3, 5), date(2026, 3, 5)) == 0


def test_a_household_moved_between_providers_on_the_same_day_keeps_its_first_night() -> None:
    [stay] = stays(placed("2026-01-10", "2026-02-20"), placed("2026-02-20"))

    assert stay.starts_on == date(2026, 1, 10)
    assert stay.ends_on == OPEN
    assert stay.limit_on == date(2026, 4, 10)
    assert stay.nights == ((date(2026, 1, 10), OPEN),)


def test_the_order_residences_are_told_in_does_not_matter() -> None:
    first, second, third = placed("2026-01-10", "2026-02-20"), placed("2026-02-20", "2026-03-01"), placed("2026-08-01")

    assert derive([third, first, second]) == derive([first, second, third])


# Out on the 11th, that night is the first away. Back on the 25th the nights away are the 11th to the 24th: fourteen.
@pytest.mark.parametrize(
    ("back_on", "expected"),
    [
        ("2026-01-12", [("2026-01-01", "2026-02-10")]),
        ("2026-01-25", [("2026-01-01", "2026-02-10")]),
        ("2026-01-26", [("2026-01-01", "2026-01-11"), ("2026-01-26", "2026-02-10")]),
    ],
)
def test_a_break_of_fourteen_nights_is_tolerated_and_one_of_fifteen_is_not(
    back_on: str, expected: list[tuple[str, str]]
) -> None:
    assert spans(stays(placed("2026-01-01", "2026-01-11"), placed(back_on, "2026-02-10"))) == expected


@pytest.mark.parametrize(("gap_nights", "count"), [(0, 2), (1, 2), (2, 1), (14, 1)])
def test_another_gap_is_another_rule(gap_nights: int, count: int) -> None:
    assert len(stays(placed("2026-01-01", "2026-01-11"), placed("2026-01-13"), gap_nights=gap_nights)) == count


def test_without_any_tolerated_gap_a_move_on_the_same_day_still_goes_on() -> None:
    assert len(stays(placed("2026-01-01", "2026-01-11"), placed("2026-01-11"), gap_nights=0)) == 1


def test_breaks_are_judged_one_by_one_and_not_summed() -> None:
    [stay] = stays(
        placed("2026-01-01", "2026-01-05"), placed("2026-01-15", "2026-01-20"), placed("2026-02-01", "2026-02-05")
    )

    assert (stay.starts_on, stay.ends_on) == (date(2026, 1, 1), date(2026, 2, 5))
    # 4 + 5 + 4 nights; the ten and the twelve in between are not counted.
    assert nights_in(stay, date(2026, 1, 1), date(2026, 3, 1)) == 13


def test_the_clock_does_not_stop_in_a_tolerated_break() -> None:
    # 31 + 51 = 82 nights, fewer than three months hold, but the limit is a date: 1 January and three months.
    [stay] = stays(placed("2026-01-01", "2026-02-01"), placed("2026-02-10", "2026-04-02"))

    assert stay.limit_on == date(2026, 4, 1)
    assert is_over(stay, date(2026, 6, 1))


def test_a_permanent_home_in_the_break_begins_a_new_stay() -> None:
    found = stays(
        placed("2026-01-01", "2026-01-11"),
        stretch(Kind.OWNED, "2026-01-12", "2026-01-13"),
        placed("2026-01-15", "2026-02-01"),
    )

    assert spans(found) == [("2026-01-01", "2026-01-11"), ("2026-01-15", "2026-02-01")]


@pytest.mark.parametrize(
    ("from_day", "to_day"),
    [("2026-01-11", "2026-01-12"), ("2026-01-11", "2026-01-15"), ("2026-01-14", "2026-01-15")],
)
def test_a_home_that_touches_either_end_of_the_break_is_in_it(from_day: str, to_day: str) -> None:
    home = stretch(Kind.MUNICIPAL_RENTAL, from_day, to_day)

    assert len(stays(placed("2026-01-01", "2026-01-11"), home, placed("2026-01-15"))) == 2


@pytest.mark.parametrize(("lease_to", "count"), [("2029-01-12", 2), ("2029-01-11", 1), (None, 2)])
def test_a_limited_lease_in_the_break_is_no_home(lease_to: str | None, count: int) -> None:
    rental = stretch(Kind.PRIVATE_RENTAL, "2026-01-12", "2026-01-14", lease_to)

    assert len(stays(placed("2026-01-01", "2026-01-11"), rental, placed("2026-01-15"))) == count


@pytest.mark.parametrize(
    "kind",
    [Kind.NIGHT_SHELTER, Kind.FRIENDS, Kind.ROUGH, Kind.INSTITUTION, Kind.PRISON, Kind.CARE_HOME, Kind.UNKNOWN],
)
def test_any_other_place_in_a_short_break_leaves_the_stay_whole(kind: Kind) -> None:
    [stay] = stays(placed("2026-01-01", "2026-01-11"), stretch(kind, "2026-01-11", "2026-01-20"), placed("2026-01-20"))

    assert stay.starts_on == date(2026, 1, 1)


def test_night_shelter_between_two_placements_adds_no_nights() -> None:
    [stay] = stays(
        placed("2026-01-01", "2026-01-11"),
        stretch(Kind.NIGHT_SHELTER, "2026-01-11", "2026-01-20"),
        placed("2026-01-20", "2026-01-25"),
    )

    assert stay.nights == ((date(2026, 1, 1), date(2026, 1, 11)), (date(2026, 1, 20), date(2026, 1, 25)))
    assert nights_in(stay, date(2026, 1, 1), date(2026, 2, 1)) == 15


def test_night_shelter_alone_is_no_stay() -> None:
    assert stays(stretch(Kind.NIGHT_SHELTER, "2026-01-01", "2026-06-01")) == []


def test_a_stay_goes_on_over_new_year_and_each_year_has_its_own_nights() -> None:
    [stay] = stays(placed("2025-12-20", "2026-01-10"))

    assert nights_in(stay, date(2025, 1, 1), date(2026, 1, 1)) == 12
    assert nights_in(stay, date(2026, 1, 1), date(2027, 1, 1)) == 9
    assert stay.limit_on == date(2026, 3, 20)


# The table of terms § 4: first night, limit, first day in breach. The night of the limit date is the first too many.
TABLE = [
    ("2025-11-30", "2026-02-28", "2026-03-01"),
    ("2026-01-31", "2026-04-30", "2026-05-01"),
    ("2026-05-31", "2026-08-31", "2026-09-01"),
    ("2027-11-29", "2028-02-29", "2028-03-01"),
    ("2027-11-30", "2028-02-29", "2028-03-01"),
]


@pytest.mark.parametrize(("first_night", "limit", "breach"), TABLE)
def test_the_limit_is_three_calendar_months_after_the_first_night(first_night: str, limit: str, breach: str) -> None:
    [stay] = stays(placed(first_night))

    assert stay.limit_on == date.fromisoformat(limit)


@pytest.mark.parametrize(("first_night", "limit", "breach"), TABLE)
def test_one_still_there_is_in_breach_from_the_day_after_the_limit(first_night: str, limit: str, breach: str) -> None:
    [stay] = stays(placed(first_night))

    assert not is_over(stay, date.fromisoformat(limit))
    assert is_over(stay, date.fromisoformat(breach))


@pytest.mark.parametrize(("first_night", "limit", "breach"), TABLE)
def test_one_who_moves_out_on_the_limit_never_was_in_breach(first_night: str, limit: str, breach: str) -> None:
    [out_on_limit] = stays(placed(first_night, limit))
    [out_the_day_after] = stays(placed(first_night, breach))

    assert not is_over(out_on_limit, OPEN)
    assert is_over(out_the_day_after, OPEN)


@pytest.mark.parametrize(("first_night", "limit", "breach"), TABLE)
def test_the_last_night_that_is_no_breach_is_the_one_before_the_limit(
    first_night: str, limit: str, breach: str
) -> None:
    eve = date.fromisoformat(limit) - timedelta(days=1)
    [stay] = stays(placed(first_night, limit))

    assert stay.nights[-1][1] - timedelta(days=1) == eve


def test_ninety_days_is_another_rule() -> None:
    # 1 July to 29 September are 90 nights, to 1 October 92: the limit is 1 October.
    [stay] = stays(placed("2026-07-01", "2026-10-01"))

    assert nights_in(stay, date(2026, 1, 1), date(2027, 1, 1)) == 92
    assert not is_over(stay, date(2027, 1, 1))


def test_a_known_move_out_in_the_future_does_not_make_a_breach_before_it_comes() -> None:
    [stay] = stays(placed("2026-01-01", "2026-06-01"))

    assert not is_over(stay, date(2026, 4, 1))
    assert is_over(stay, date(2026, 4, 2))
    assert stay.ends_on == date(2026, 6, 1)


def test_a_corrected_date_is_another_answer() -> None:
    [registered] = stays(placed("2026-01-15", "2026-04-10"))
    [corrected] = stays(placed("2026-01-05", "2026-04-10"))

    assert not is_over(registered, date(2026, 5, 1))
    assert is_over(corrected, date(2026, 5, 1))


def test_a_night_found_later_can_join_two_stays() -> None:
    before, after = placed("2026-01-01", "2026-01-11"), placed("2026-02-01", "2026-02-10")

    assert len(stays(before, after)) == 2
    assert spans(stays(before, after, placed("2026-01-20", "2026-01-21"))) == [("2026-01-01", "2026-02-10")]


def test_only_temporary_spells_have_a_limit_and_nights() -> None:
    [spell] = derive([stretch(Kind.FRIENDS, "2026-01-01")])

    assert (spell.limit_on, spell.nights, spell.family_in, spell.young_in) == (None, (), (), ())
    assert not is_over(spell, OPEN)


def test_neighbouring_residences_in_one_state_are_one_spell() -> None:
    [spell] = derive([stretch(Kind.ROUGH, "2026-01-01", "2026-01-05"), stretch(Kind.FRIENDS, "2026-01-05")])

    assert (spell.state, spell.starts_on, spell.ends_on) == (State.HOMELESS, date(2026, 1, 1), OPEN)


def test_outside_temporary_accommodation_a_single_unknown_night_parts_two_spells() -> None:
    spells = derive([stretch(Kind.ROUGH, "2026-01-01", "2026-01-05"), stretch(Kind.FRIENDS, "2026-01-06")])

    assert spans(spells) == [("2026-01-01", "2026-01-05"), ("2026-01-06", OPEN.isoformat())]


def test_neighbouring_residences_in_two_states_are_two_spells() -> None:
    spells = derive(
        [
            stretch(Kind.PRIVATE_RENTAL, "2026-01-01", "2026-01-05", "2027-01-01"),
            stretch(Kind.PRIVATE_RENTAL, "2026-01-05"),
        ]
    )

    assert [spell.state for spell in spells] == [State.OTHER, State.PERMANENT]


def test_a_state_come_back_to_after_another_is_a_new_spell() -> None:
    spells = derive(
        [
            stretch(Kind.FRIENDS, "2026-01-01", "2026-01-05"),
            stretch(Kind.PRISON, "2026-01-05", "2026-01-09"),
            stretch(Kind.FRIENDS, "2026-01-09", "2026-01-12"),
        ]
    )

    assert [spell.state for spell in spells] == [State.HOMELESS, State.INSTITUTION, State.HOMELESS]


def test_spells_of_two_states_overlap_in_a_tolerated_break() -> None:
    spells = derive(
        [placed("2026-01-01", "2026-01-11"), stretch(Kind.FRIENDS, "2026-01-11", "2026-01-20"), placed("2026-01-20")]
    )

    assert [spell.state for spell in spells] == [State.TEMPORARY, State.HOMELESS]
    assert spans(spells) == [("2026-01-01", OPEN.isoformat()), ("2026-01-11", "2026-01-20")]


def test_what_comes_after_the_break_is_not_joined_to_what_was_in_it() -> None:
    spells = derive(
        [
            placed("2026-01-01", "2026-01-11"),
            stretch(Kind.FRIENDS, "2026-01-11", "2026-01-20"),
            placed("2026-01-20", "2026-01-22"),
            stretch(Kind.FRIENDS, "2026-01-22", "2026-01-25"),
        ]
    )

    assert [(spell.state, spell.starts_on.day) for spell in spells] == [
        (State.TEMPORARY, 1),
        (State.HOMELESS, 11),
        (State.HOMELESS, 22),
    ]
