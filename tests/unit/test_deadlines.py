from __future__ import annotations

from datetime import date

import pytest

from cases.deadlines import decision_due_on, plan_due_on
from people.working_days import easter_sunday, is_working_day, next_working_day, public_holidays


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1818, date(1818, 3, 22)),
        (1943, date(1943, 4, 25)),
        (1954, date(1954, 4, 18)),
        (1981, date(1981, 4, 19)),
        (2000, date(2000, 4, 23)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_where_the_almanac_has_it(year: int, day: date) -> None:
    assert easter_sunday(year) == day


def test_a_year_has_its_twelve_red_days() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 17),
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22), date(2026, 5, 14)])
def test_neither_weekends_nor_red_days_are_working_days(day: date) -> None:
    assert not is_working_day(day)


def test_christmas_eve_and_wednesday_before_easter_are_working_days() -> None:
    assert is_working_day(date(2026, 12, 24))
    assert is_working_day(date(2026, 4, 1))


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 19), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 4, 1), date(2026, 4, 7)),
        (date(2026, 5, 13), date(2026, 5, 15)),
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2026, 12, 31), date(2027, 1, 4)),
    ],
)
def test_the_next_working_day_skips_weekends_and_red_days(day: date, following: date) -> None:
    assert next_working_day(day) == following
    assert decision_due_on(day) == following


def test_the_plan_is_due_fourteen_days_after_the_first_night() -> None:
    assert plan_due_on(date(2026, 2, 20)) == date(2026, 3, 6)
