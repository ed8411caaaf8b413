"""What the terms of a lease say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.leases import RESERVED, Why, judge, notice_ends_on, reminders, rent_by_index
from housing.states import Kind, State, state_of

START = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("lease", "ends_on", "has_reason", "why"),
    [
        ("ordinary", None, False, Why.WITHOUT_END),
        ("ordinary", date(2029, 3, 10), False, Why.LONG_ENOUGH),
        ("ordinary", date(2029, 3, 9), True, Why.TOO_SHORT),
        ("ordinary", date(2029, 3, 9), False, Why.TOO_SHORT),
        (RESERVED, date(2029, 3, 10), False, Why.LONG_ENOUGH),
        (RESERVED, date(2028, 3, 10), True, Why.TOO_SHORT),
        (RESERVED, date(2028, 3, 10), False, Why.WITHOUT_END_BY_LAW),
    ],
)
def test_a_lease_is_a_permanent_home_without_end_or_from_three_years(
    lease: str, ends_on: date | None, has_reason: bool, why: Why
) -> None:
    judged = judge(lease=lease, starts_on=START, ends_on=ends_on, has_reason=has_reason)

    assert judged.why is why
    assert judged.least_end == date(2029, 3, 10)
    assert judged.is_to_be_put_right == (why is Why.WITHOUT_END_BY_LAW)


@given(
    st.sampled_from(["ordinary", RESERVED]),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.none() | st.dates(date(2015, 1, 1), date(2040, 1, 1)),
    st.booleans(),
)
def test_what_is_explained_is_what_is_counted(lease: str, starts_on: date, ends_on: date | None, reason: bool) -> None:
    judged = judge(lease=lease, starts_on=starts_on, ends_on=ends_on, has_reason=reason)

    assert judged.is_permanent == (state_of(Kind.MUNICIPAL_RENTAL, starts_on, ends_on) is State.PERMANENT)


@pytest.mark.parametrize(
    ("given_on", "months", "ends_on"),
    [
        (date(2026, 3, 10), 3, date(2026, 7, 1)),
        (date(2026, 3, 1), 1, date(2026, 5, 1)),
        (date(2026, 11, 30), 3, date(2027, 3, 1)),
    ],
)
def test_notice_runs_out_with_a_calendar_month(given_on: date, months: int, ends_on: date) -> None:
    assert notice_ends_on(given_on, months) == ends_on


def test_the_index_moves_the_rent_to_whole_kroner() -> None:
    assert rent_by_index(10_000, Decimal("130.0"), Decimal("136.5")) == 10_500
    assert rent_by_index(9_999, Decimal(3), Decimal(2)) == 6_666


def test_reminders_come_in_the_order_of_their_days() -> None:
    assert reminders(date(2026, 8, 31), (6, 3, 1)) == [date(2026, 2, 28), date(2026, 5, 31), date(2026, 7, 31)]
