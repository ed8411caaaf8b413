"""When a unit is open, and when a request of somebody without a place for the night has waited too long (samme dag).

Pure: opening hours and moments in, moments out. Nothing is stored that the clock changes: whether a request is red, or
has had no answer on its day, is asked anew each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cases.law import rule, value
from people.working_days import public_holidays

#: The municipality's clock.
OSLO = ZoneInfo("Europe/Oslo")
MIDNIGHT = time(0)
SATURDAY, DAYS_IN_WEEK = 5, 7


@dataclass(frozen=True, order=True)
class Hours:
    """From when until when on one day (åpningstid). Closing at 00:00 is the midnight after."""

    opens: time
    closes: time


@dataclass(frozen=True)
class WeeklyHours:
    """One weekday's hours in a half-open period; None is closed. `weekday` 0 is Monday."""

    weekday: int
    hours: Hours | None
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True)
class Calendar:
    """When one unit is open: its week, and its single days that are otherwise.

    A unit that has said nothing for a day has the hours of the rule data, Monday to Friday. Red days of the calendar
    are closed by themselves; a single day told apart goes before everything.
    """

    weekly: Sequence[WeeklyHours] = ()
    special: Mapping[date, Hours | None] = field(default_factory=dict)

    def hours_on(self, day: date) -> Hours | None:
        """None on a day it is closed."""
        if day in self.special:
            return self.special[day]
        return None if day in public_holidays(day.year) else self.week_on(day)[day.weekday()]

    def week_on(self, day: date) -> dict[int, Hours | None]:
        """The week that holds on a day, by weekday: what the unit has entered, else the usual one."""
        entered = {one.weekday: one.hours for one in self.weekly if one.holds_on(day)}
        if not entered:
            return {weekday: usual_hours(day) if weekday < SATURDAY else None for weekday in range(DAYS_IN_WEEK)}
        return {weekday: entered.get(weekday) for weekday in range(DAYS_IN_WEEK)}

    def closes_at(self, day: date) -> datetime | None:
        """The moment it closes that day; None when it does not open."""
        hours = self.hours_on(day)
        if hours is None:
            return None
        return start_of(day + timedelta(days=1)) if hours.closes == MIDNIGHT else _moment(day, hours.closes)

    def is_open(self, moment: datetime) -> bool:
        day = moment.astimezone(OSLO).date()
        hours, closes_at = self.hours_on(day), self.closes_at(day)
        return hours is not None and closes_at is not None and _moment(day, hours.opens) <= moment < closes_at


def usual_hours(day: date) -> Hours:
    """The hours of a unit that has said nothing else, Monday to Friday, as the rule data has them on a day."""
    opens, closes = (rule(code, on=day).value for code in ("unit.opens", "unit.closes"))
    assert isinstance(opens, time) and isinstance(closes, time), "the rule data has times here"
    return Hours(opens, closes)


class Waiting(StrEnum):
    """How a request of somebody who lacks a place stands."""

    ANSWERED = "answered"
    WAITS = "waits"
    #: the unit is about to close or has closed: now, or whoever is on call
    RED = "red"
    #: its day went by without an answer
    NO_ANSWER = "no_answer"


def red_from(asked_at: datetime, calendar: Calendar) -> datetime:
    """The moment at which a request without an answer turns red.

    An hour (a number of the rule data) before the unit closes that day; at once when it was asked for later, before the
    unit opened, or on a day it is closed. Source: sosialtjenesteloven § 27, an answer the same day.
    """
    day = asked_at.astimezone(OSLO).date()
    closes_at = calendar.closes_at(day)
    if closes_at is None or not calendar.is_open(asked_at):
        return asked_at
    before = timedelta(minutes=value("request.red_before_closing_minutes", on=day))
    # in UTC: an hour before is an hour before also in the night that the clock is moved
    return max(asked_at, (closes_at.astimezone(UTC) - before).astimezone(OSLO))


def day_is_over_at(asked_at: datetime) -> datetime:
    """The midnight by which there should have been an answer, of the municipality's clock."""
    return start_of(asked_at.astimezone(OSLO).date() + timedelta(days=1))


def waiting(asked_at: datetime, answered_at: datetime | None, calendar: Calendar, *, at: datetime) -> Waiting:
    """How the request stands at a moment. One answered after its day counts as without an answer ever after."""
    is_answered = answered_at is not None and answered_at <= at
    if (answered_at if answered_at is not None and is_answered else at) >= day_is_over_at(asked_at):
        return Waiting.NO_ANSWER
    if is_answered:
        return Waiting.ANSWERED
    return Waiting.RED if at >= red_from(asked_at, calendar) else Waiting.WAITS


def start_of(day: date) -> datetime:
    """The first moment of a day."""
    return _moment(day, MIDNIGHT)


def _moment(day: date, clock: time) -> datetime:
    # through UTC: a time that the clock skips is the moment it is moved on to
    return datetime.combine(day, clock, tzinfo=OSLO).astimezone(UTC).astimezone(OSLO)
