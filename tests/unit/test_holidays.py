"""Our calendar held against one that others keep, and deadlines by their properties, to 2050."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.appeal_time import appeal_until
from cases.deadlines import (
    decision_due_on,
    opens_on,
    plan_due_on,
    preliminary_answer_due_on,
    renewal_due_on,
    rights_due_on,
)
from people.working_days import is_working_day, last_working_day_before, next_working_day, public_holidays

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
_THEIRS = holidays.country_holidays("NO", years=range(1999, 2053))


def works(day: date) -> bool:
    """Whether the other calendar has it as a working day."""
    return day.weekday() < 5 and day not in _THEIRS


@pytest.mark.parametrize("year", range(2000, 2051))
def test_the_red_days_are_those_of_the_other_calendar(year: int) -> None:
    assert public_holidays(year) == {day for day in _THEIRS if day.year == year}


@given(DAYS)
def test_a_working_day_is_one_in_both(day: date) -> None:
    assert is_working_day(day) == works(day)


@given(DAYS)
def test_the_next_and_the_last_working_day_have_only_free_days_between(day: date) -> None:
    after, before = next_working_day(day), last_working_day_before(day)

    assert works(after) and works(before) and before < day < after
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(works(one) for one in between if one != day)


@given(DAYS)
def test_what_is_given_by_word_of_mouth_stands_in_writing_the_next_working_day(told_on: date) -> None:
    """forvaltningsloven § 23."""
    assert decision_due_on(told_on) == next_working_day(told_on)


@given(DAYS)
def test_an_appeal_has_three_weeks_and_never_ends_on_a_free_day(noticed_on: date) -> None:
    """forvaltningsloven §§ 29 and 30."""
    until = appeal_until(noticed_on)

    assert works(until) and until >= noticed_on + timedelta(weeks=3)
    assert not any(works(noticed_on + timedelta(days=n)) for n in range(21, (until - noticed_on).days))


@given(DAYS)
def test_a_preliminary_answer_is_sent_before_a_month_has_passed(asked_on: date) -> None:
    """forvaltningsloven § 11 a: the same day of the next month, or its last where it has no such day."""
    due_on = preliminary_answer_due_on(asked_on)

    assert (due_on.year * 12 + due_on.month) - (asked_on.year * 12 + asked_on.month) == 1
    assert due_on.day == asked_on.day or (due_on + timedelta(days=1)).day == 1


@given(DAYS)
def test_a_decision_is_renewed_on_a_working_day_that_it_still_covers(ends_on: date) -> None:
    assert works(renewal_due_on(ends_on)) and renewal_due_on(ends_on) < ends_on


@given(DAYS)
def test_a_plan_stands_a_fortnight_after_the_first_night(first_night: date) -> None:
    assert (plan_due_on(first_night) - first_night).days == 14


@given(DAYS)
def test_rights_are_answered_within_a_month_and_thirty_days(received_on: date) -> None:
    """personvernforordningen article 12 (3)."""
    assert received_on < rights_due_on(received_on) <= received_on + timedelta(days=30)


@pytest.mark.parametrize(
    "ahead", ["preliminary_answer", "decision_expires", "step", "agreement_lapses", "child_approval_lapses"]
)
def test_a_task_opens_ahead_of_its_deadline(ahead: str) -> None:
    assert opens_on(date(2026, 3, 10), ahead=ahead) < date(2026, 3, 10)
