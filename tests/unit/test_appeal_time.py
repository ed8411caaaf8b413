"""The time to appeal: forvaltningsloven sections 29 to 31, domstolloven sections 148 and 149."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.appeal_time import (
    AppealTime,
    How,
    Reasons,
    absolute_until,
    acknowledge_by,
    appeal_time,
    appeal_until,
    consequence_by,
    forward_by,
    lodged_on,
    nobody_reached_since,
    presumed_on,
    reached_whom,
    reasons_due_on,
)
from cases.law import NotInForce, rule, value

#: red days as others count them, Sundays left to the weekday
OTHERS = holidays.country_holidays("NO", years=range(2020, 2053))
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2050, 12, 31))
DECIDED = date(2026, 1, 5)


def _is_free(day: date) -> bool:
    return day.weekday() >= 5 or day in OTHERS


@given(noticed_on=DAYS)
def test_section_29_three_weeks_to_a_day_that_is_no_holiday_until_2050(noticed_on: date) -> None:
    last = appeal_until(noticed_on)

    assert not _is_free(last)
    assert last >= noticed_on + timedelta(days=21)
    between = (noticed_on + timedelta(days=21 + n) for n in range((last - noticed_on).days - 21))
    assert all(_is_free(day) for day in between)


@given(decided_on=DAYS)
def test_section_31_a_year_to_a_day_that_is_no_holiday_until_2050(decided_on: date) -> None:
    last = absolute_until(decided_on)

    assert not _is_free(last)
    assert (last.year, last.month) >= (decided_on.year + 1, decided_on.month)
    assert 365 <= (last - decided_on).days <= 366 + 7


@given(noticed_on=DAYS, later=st.integers(min_value=0, max_value=60))
def test_who_hears_of_it_later_has_until_later(noticed_on: date, later: int) -> None:
    assert appeal_until(noticed_on + timedelta(days=later)) >= appeal_until(noticed_on)


@pytest.mark.parametrize(
    ("noticed", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 23)),  # the same weekday, the day of the notice not counted
        (date(2026, 10, 31), date(2026, 11, 23)),  # a Saturday
        (date(2026, 3, 12), date(2026, 4, 7)),  # Maundy Thursday, and Easter after it
        (date(2026, 12, 4), date(2026, 12, 28)),  # Christmas Day on a Friday
        (date(2026, 4, 10), date(2026, 5, 4)),  # 1 May on a Friday
        (date(2026, 12, 3), date(2026, 12, 24)),  # Christmas Eve is a working day
    ],
)
def test_domstolloven_section_149_moves_the_last_day(noticed: date, last: date) -> None:
    assert appeal_until(noticed) == last


def test_domstolloven_section_148_a_year_from_the_29th_of_february_ends_on_the_28th() -> None:
    assert absolute_until(date(2028, 2, 29)) == date(2029, 2, 28)


def test_before_the_notice_no_time_runs_but_the_year_does() -> None:
    time = appeal_time(decided_on=DECIDED, noticed_on=None)

    assert time.until is None
    assert time.is_in_time(date(2026, 12, 1))
    assert time.is_barred(date(2027, 1, 6)) and not time.is_barred(date(2027, 1, 5))


def test_the_year_ends_the_time_of_somebody_who_heard_late() -> None:
    time = appeal_time(decided_on=DECIDED, noticed_on=date(2026, 12, 28))

    assert time.until == date(2027, 1, 18)
    assert time.last_day == date(2027, 1, 5)
    assert not time.is_in_time(date(2027, 1, 6))


def _time(*reasons: Reasons) -> AppealTime:
    return appeal_time(decided_on=DECIDED, noticed_on=date(2026, 1, 8), reasons=reasons)


def test_section_29_asking_for_reasons_in_time_interrupts_and_new_time_runs_from_when_they_came() -> None:
    asked = date(2026, 1, 29)  # the last day

    assert _time().until == asked
    assert _time(Reasons(asked_on=asked)).until is None
    assert _time(Reasons(asked_on=asked)).is_interrupted
    assert _time(Reasons(asked_on=asked, reached_on=date(2026, 2, 5))).until == date(2026, 2, 26)


def test_asking_for_reasons_too_late_interrupts_nothing() -> None:
    assert _time(Reasons(asked_on=date(2026, 1, 30))).until == date(2026, 1, 29)
    assert _time(Reasons(asked_on=date(2026, 1, 30), reached_on=date(2026, 2, 5))).until == date(2026, 1, 29)


def test_reasons_asked_for_before_the_notice_arrived_do_not_shorten_the_time() -> None:
    early = Reasons(asked_on=date(2026, 1, 6), reached_on=date(2026, 1, 7))

    assert _time(early).until == date(2026, 1, 29)


def test_asking_again_within_the_new_time_interrupts_again() -> None:
    first = Reasons(asked_on=date(2026, 1, 20), reached_on=date(2026, 2, 5))

    assert _time(first, Reasons(asked_on=date(2026, 2, 20))).is_interrupted
    assert _time(first, Reasons(asked_on=date(2026, 2, 27))).until == date(2026, 2, 26)


def test_section_30_a_letter_posted_in_time_is_in_time() -> None:
    time = _time()

    assert time.is_in_time(lodged_on(received_on=date(2026, 2, 2), posted_on=date(2026, 1, 29)))
    assert not time.is_in_time(lodged_on(received_on=date(2026, 2, 2)))


def test_each_party_has_a_day_of_its_own_and_waits_for_its_agent() -> None:
    must = {1: ["party-1", "agent-9"], 2: ["party-2"], 3: ["party-3"]}
    reached = [
        (1, "party-1", date(2026, 1, 8)),
        (1, "agent-9", date(2026, 1, 12)),
        (1, "agent-9", date(2026, 1, 20)),
        (2, "party-2", date(2026, 1, 9)),
    ]

    assert reached_whom(must, reached) == {1: date(2026, 1, 12), 2: date(2026, 1, 9), 3: None}
    assert reached_whom(must, reached[:1])[1] is None
    assert reached_whom({4: []}, []) == {4: None}


def test_the_day_of_arrival_is_presumed_by_the_house_s_own_rules() -> None:
    thursday = date(2026, 11, 19)

    assert presumed_on(How.POST, thursday) == date(2026, 11, 25)
    assert presumed_on(How.DIGITAL, thursday) == date(2026, 11, 20)
    assert presumed_on("handed_over", thursday) is None
    assert rule("notice.post_working_days", on=thursday).act.code == "house"


def test_the_house_s_own_times() -> None:
    monday = date(2026, 11, 16)

    assert reasons_due_on(monday) == date(2026, 11, 23)  # forvaltningsloven section 24
    assert acknowledge_by(monday) == date(2026, 11, 23)
    assert forward_by(monday) == date(2026, 11, 30)  # forvaltningsloven section 33
    assert consequence_by(monday) == date(2026, 11, 30)
    assert nobody_reached_since(monday) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("code", "paragraph"),
    [("appeal.weeks", "§ 63"), ("appeal.absolute_years", "§ 65"), ("appeal.excuse", "§ 65")],
)
def test_the_act_of_2025_applies_from_the_day_that_it_begins(code: str, paragraph: str) -> None:
    choices = {"administration_act_2025": [(date(2026, 6, 1), "2027-01-01")]}

    assert rule(code, on=date(2026, 12, 31), choices=choices).act.code == "fvl-1967"
    assert rule(code, on=date(2027, 1, 1), choices=choices).paragraph == paragraph
    assert appeal_until(date(2027, 1, 4), choices=choices) == date(2027, 1, 25)


def test_a_rule_has_a_value_from_its_act_s_first_day() -> None:
    with pytest.raises(NotInForce):
        value("appeal.weeks", on=date(1960, 1, 1))
