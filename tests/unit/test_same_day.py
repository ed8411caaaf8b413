"""sosialtjenesteloven § 27: who lacks a place for the coming 24 hours has an answer the same day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.same_day import (
    OSLO,
    Calendar,
    Hours,
    Waiting,
    WeeklyHours,
    day_is_over_at,
    red_from,
    start_of,
    usual_hours,
    waiting,
)
from people.working_days import is_working_day

#: A Tuesday.
DAY = date(2026, 3, 10)
LONG_AGO = date(2000, 1, 1)
USUAL = Calendar()
CLOSED = Calendar(tuple(WeeklyHours(weekday, None, LONG_AGO) for weekday in range(7)))
ROUND_THE_CLOCK = Calendar(tuple(WeeklyHours(weekday, Hours(time(0), time(0)), LONG_AGO) for weekday in range(7)))


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)


def week_of(hours: Hours, *weekdays: int) -> Calendar:
    return Calendar(tuple(WeeklyHours(weekday, hours, LONG_AGO) for weekday in weekdays))


@pytest.mark.parametrize(
    ("asked", "red"),
    [
        # in the office's hours: an hour before it closes at half past three
        (at(9), at(14, 30)),
        (at(14, 30), at(14, 30)),
        # in the last hour, after closing and before opening: at once
        (at(15), at(15)),
        (at(15, 30), at(15, 30)),
        (at(23, 59), at(23, 59)),
        (at(3), at(3)),
    ],
)
def test_a_request_turns_red_an_hour_before_the_unit_closes_and_at_once_when_it_is_later(
    asked: datetime, red: datetime
) -> None:
    assert red_from(asked, USUAL) == red


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 3, 14),  # a Saturday
        date(2026, 3, 15),  # a Sunday
        date(2026, 4, 2),  # Maundy Thursday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 1),
        date(2026, 5, 14),  # Ascension Day
        date(2027, 5, 17),  # a Monday
        date(2026, 12, 25),  # a Friday
    ],
)
def test_on_a_weekend_and_on_a_red_day_it_is_red_at_once(day: date) -> None:
    assert USUAL.hours_on(day) is None
    assert red_from(at(10, day=day), USUAL) == at(10, day=day)


def test_a_red_day_closes_a_unit_that_is_open_every_day_unless_it_says_otherwise() -> None:
    christmas = date(2026, 12, 25)
    assert ROUND_THE_CLOCK.hours_on(christmas) is None
    open_at_noon = Calendar(ROUND_THE_CLOCK.weekly, {christmas: Hours(time(10), time(12))})
    assert red_from(at(10, day=christmas), open_at_noon) == at(11, day=christmas)


def test_a_day_told_apart_goes_before_the_week() -> None:
    calendar = Calendar(special={DAY: None, DAY + timedelta(days=1): Hours(time(8), time(12))})
    assert red_from(at(9), calendar) == at(9)
    tomorrow = DAY + timedelta(days=1)
    assert red_from(at(9, day=tomorrow), calendar) == at(11, day=tomorrow)
    assert red_from(at(9, day=DAY + timedelta(days=2)), calendar) == at(14, 30, day=DAY + timedelta(days=2))


def test_a_unit_without_staff_by_day_is_always_closed() -> None:
    assert not CLOSED.is_open(at(12))
    assert red_from(at(12), CLOSED) == at(12)


def test_a_unit_open_round_the_clock_has_until_eleven_at_night() -> None:
    assert ROUND_THE_CLOCK.closes_at(DAY) == start_of(DAY + timedelta(days=1))
    assert red_from(at(3), ROUND_THE_CLOCK) == at(23)
    assert ROUND_THE_CLOCK.is_open(at(23, 59))


def test_a_week_holds_from_its_first_day_and_the_usual_hours_until_then() -> None:
    short = tuple(WeeklyHours(weekday, Hours(time(9), time(12)), DAY) for weekday in range(5))
    calendar = Calendar(short)
    assert calendar.hours_on(DAY - timedelta(days=1)) == Hours(time(8), time(15, 30))
    assert calendar.hours_on(DAY) == Hours(time(9), time(12))
    assert calendar.hours_on(date(2026, 3, 14)) is None


def test_the_usual_hours_are_those_of_the_rule_data() -> None:
    assert usual_hours(DAY) == Hours(time(8), time(15, 30))
    assert USUAL.week_on(DAY) == {**dict.fromkeys(range(5), usual_hours(DAY)), 5: None, 6: None}


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (at(9, 1), Waiting.WAITS),
        (at(14, 29), Waiting.WAITS),
        (at(14, 30), Waiting.RED),
        (at(23, 59), Waiting.RED),
        (at(0, day=DAY + timedelta(days=1)), Waiting.NO_ANSWER),
        (at(9, day=DAY + timedelta(days=9)), Waiting.NO_ANSWER),
    ],
)
def test_without_an_answer_it_waits_turns_red_and_counts_as_no_answer_at_midnight(
    now: datetime, stands: Waiting
) -> None:
    assert waiting(at(9), None, USUAL, at=now) is stands


def test_an_answer_on_the_day_is_an_answer_and_one_after_midnight_is_none_ever_after() -> None:
    later = at(12, day=DAY + timedelta(days=30))
    assert waiting(at(9), at(23, 59), USUAL, at=later) is Waiting.ANSWERED
    assert waiting(at(9), at(0, day=DAY + timedelta(days=1)), USUAL, at=later) is Waiting.NO_ANSWER
    # what is answered later than the moment asked about is not answered yet
    assert waiting(at(9), at(15), USUAL, at=at(14, 45)) is Waiting.RED


def test_somebody_who_asks_a_minute_to_midnight_is_on_the_list_at_once_and_has_a_minute() -> None:
    asked = at(23, 59)
    assert waiting(asked, None, USUAL, at=asked) is Waiting.RED
    assert waiting(asked, None, USUAL, at=asked + timedelta(minutes=1)) is Waiting.NO_ANSWER


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 3, 29), 23),  # the clock goes forward
        (date(2026, 10, 25), 25),  # and back
        (DAY, 24),
    ],
)
def test_the_day_of_a_request_ends_at_the_municipality_s_midnight_also_when_the_clock_is_moved(
    day: date, hours: int
) -> None:
    begins = start_of(day)
    assert day_is_over_at(begins).astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=hours)


def test_an_hour_before_closing_is_an_hour_also_in_the_night_that_the_clock_is_moved() -> None:
    forward, back = date(2026, 3, 29), date(2026, 10, 25)  # both are Sundays
    night = week_of(Hours(time(0), time(3, 30)), 6)
    for day in (forward, back):
        closes_at = night.closes_at(day)
        assert closes_at is not None
        red = red_from(start_of(day), night)
        assert closes_at.astimezone(UTC) - red.astimezone(UTC) == timedelta(hours=1)


def test_closing_at_a_time_that_the_clock_skips_is_the_moment_it_is_moved_on_to() -> None:
    forward = date(2026, 3, 29)
    closes_at = week_of(Hours(time(0), time(2, 30)), 6).closes_at(forward)
    assert closes_at is not None and closes_at.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


FIRST = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=365 * 30)).map(lambda after: (FIRST + after).astimezone(OSLO))
times = st.times().map(lambda told: told.replace(second=0, microsecond=0, fold=0))
hours = st.none() | st.tuples(times, times).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Hours(*pair))
calendars = st.one_of(
    st.just(USUAL),
    st.just(CLOSED),
    st.just(ROUND_THE_CLOCK),
    st.lists(hours, min_size=7, max_size=7).map(
        lambda week: Calendar(tuple(WeeklyHours(day, one, LONG_AGO) for day, one in enumerate(week)))
    ),
)


@given(moments, calendars)
def test_red_comes_no_sooner_than_the_request_and_never_after_its_day(asked: datetime, calendar: Calendar) -> None:
    red = red_from(asked, calendar)
    assert asked <= red < day_is_over_at(asked)
    if not calendar.is_open(asked):
        assert red == asked


@given(
    moments, calendars, st.timedeltas(timedelta(0), timedelta(days=3)), st.timedeltas(timedelta(0), timedelta(days=3))
)
def test_a_request_only_ever_gets_worse_until_it_is_answered(
    asked: datetime, calendar: Calendar, soon: timedelta, later: timedelta
) -> None:
    order = [Waiting.WAITS, Waiting.RED, Waiting.NO_ANSWER]
    first, then = sorted((asked.astimezone(UTC) + soon, asked.astimezone(UTC) + later))
    stands = [order.index(waiting(asked, None, calendar, at=moment)) for moment in (first, then)]
    assert stands == sorted(stands)


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)))
def test_the_usual_hours_are_kept_on_working_days_alone(day: date) -> None:
    assert (USUAL.hours_on(day) is not None) == is_working_day(day)
