"""What counts as a home, and how calendar months and birthdays are reckoned."""

from __future__ import annotations

from datetime import date

import pytest

from housing.states import GONE_KINDS, HOMELESS_KINDS, Kind, State, add_months, birthday, state_of

SOME_DAY = date(2026, 3, 1)


def test_the_kinds_are_exactly_those_a_file_may_name() -> None:
    assert [kind.value for kind in Kind] == [
        "rough",
        "temporary",
        "night_shelter",
        "prison",
        "institution",
        "friends",
        "crisis_centre",
        "reception_centre",
        "private_rental",
        "municipal_rental",
        "owned",
        "with_family",
        "care_home",
        "moved_away",
        "deceased",
        "other",
        "unknown",
    ]


def test_five_kinds_make_a_household_homeless_and_three_end_the_question() -> None:
    assert {kind.value for kind in HOMELESS_KINDS} == {
        "rough",
        "temporary",
        "night_shelter",
        "friends",
        "crisis_centre",
    }
    assert {kind.value for kind in GONE_KINDS} == {"care_home", "moved_away", "deceased"}


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Kind.ROUGH, State.HOMELESS),
        (Kind.TEMPORARY, State.TEMPORARY),
        (Kind.NIGHT_SHELTER, State.HOMELESS),
        (Kind.PRISON, State.INSTITUTION),
        (Kind.INSTITUTION, State.INSTITUTION),
        (Kind.FRIENDS, State.HOMELESS),
        (Kind.CRISIS_CENTRE, State.HOMELESS),
        (Kind.RECEPTION_CENTRE, State.OTHER),
        (Kind.PRIVATE_RENTAL, State.PERMANENT),
        (Kind.MUNICIPAL_RENTAL, State.PERMANENT),
        (Kind.OWNED, State.PERMANENT),
        (Kind.WITH_FAMILY, State.OTHER),
        (Kind.CARE_HOME, State.OTHER),
        (Kind.MOVED_AWAY, State.OTHER),
        (Kind.DECEASED, State.OTHER),
        (Kind.OTHER, State.OTHER),
        (Kind.UNKNOWN, State.OTHER),
    ],
)
def test_every_kind_without_a_lease_that_ends_has_its_state(kind: Kind, state: State) -> None:
    assert state_of(kind, SOME_DAY, None) == state


@pytest.mark.parametrize("kind", [Kind.PRIVATE_RENTAL, Kind.MUNICIPAL_RENTAL])
@pytest.mark.parametrize(
    ("starts_on", "lease_ends_on", "state"),
    [
        (date(2026, 3, 1), date(2029, 3, 1), State.PERMANENT),
        (date(2026, 3, 1), date(2029, 2, 28), State.OTHER),
        (date(2026, 3, 1), date(2036, 3, 1), State.PERMANENT),
        (date(2026, 3, 1), date(2027, 3, 1), State.OTHER),
        (date(2024, 2, 29), date(2027, 2, 28), State.PERMANENT),
        (date(2024, 2, 29), date(2027, 2, 27), State.OTHER),
    ],
)
def test_a_rental_is_permanent_from_three_calendar_years_on(
    kind: Kind, starts_on: date, lease_ends_on: date, state: State
) -> None:
    assert state_of(kind, starts_on, lease_ends_on) == state


def test_a_lease_says_nothing_about_an_owned_home() -> None:
    assert state_of(Kind.OWNED, SOME_DAY, date(2026, 4, 1)) == State.PERMANENT


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 10), 3, date(2026, 4, 10)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2026, 5, 31), 3, date(2026, 8, 31)),
        (date(2025, 10, 1), 3, date(2026, 1, 1)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_are_calendar_months_clipped_to_the_last_day(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("born_on", "years", "expected"),
    [
        (date(2008, 6, 15), 18, date(2026, 6, 15)),
        (date(2008, 2, 29), 18, date(2026, 2, 28)),
        (date(2000, 2, 29), 25, date(2025, 2, 28)),
        (date(2004, 2, 29), 24, date(2028, 2, 29)),
    ],
)
def test_one_born_on_a_leap_day_turns_a_year_older_on_the_28th(born_on: date, years: int, expected: date) -> None:
    assert birthday(born_on, years) == expected
