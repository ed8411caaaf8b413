"""Keeping when a unit is open."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.unit_hours import CannotKeepHours, forget_day, set_day, set_week
from cases.models import UnitDay, UnitHours
from cases.questions.unit_hours import calendars_of
from cases.same_day import Hours
from people.models import Employee, Unit
from tests.factories.people import AT, DAY, UnitFactory, caseworker, team_leader
from tests.factories.requests import UnitDayFactory

pytestmark = pytest.mark.django_db

SHORT = Hours(time(9), time(12))
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return team_leader(unit)


def hours_of(unit: Unit, days: int = 0) -> Hours | None:
    return calendars_of([unit.pk])[unit.pk].hours_on(DAY + timedelta(days=days))


def test_a_unit_that_has_entered_nothing_has_the_usual_hours(unit: Unit) -> None:
    assert hours_of(unit) == Hours(time(8), time(15, 30))


def test_a_week_holds_from_its_day_and_the_one_before_until_then(unit: Unit, leader: Employee) -> None:
    longer = Hours(time(8), time(18))
    set_week(unit_id=unit.pk, week=dict.fromkeys(range(5), SHORT), starts_on=DAY, by=leader, at=AT)
    set_week(unit_id=unit.pk, week=dict.fromkeys(range(5), longer), starts_on=TOMORROW, by=leader, at=AT)

    assert (hours_of(unit), hours_of(unit, 1)) == (SHORT, longer)
    # Saturday was left out: closed
    assert hours_of(unit, 4) is None


def test_a_week_entered_again_from_the_same_day_takes_its_place(unit: Unit, leader: Employee) -> None:
    for hours in (SHORT, Hours(time(10), time(11))):
        set_week(unit_id=unit.pk, week={1: hours}, starts_on=DAY, by=leader, at=AT)

    assert UnitHours.objects.count() == 7
    assert hours_of(unit) == Hours(time(10), time(11))


def test_a_week_entered_before_a_later_one_lasts_until_it(unit: Unit, leader: Employee) -> None:
    set_week(unit_id=unit.pk, week={}, starts_on=TOMORROW, by=leader, at=AT)
    set_week(unit_id=unit.pk, week={1: SHORT}, starts_on=DAY, by=leader, at=AT)

    assert (hours_of(unit), hours_of(unit, 1)) == (SHORT, None)


def test_a_day_goes_before_the_week_until_it_is_forgotten(unit: Unit, leader: Employee) -> None:
    day = set_day(unit_id=unit.pk, day=DAY, hours=None, why=" Planning day ", by=leader, at=AT)
    assert (hours_of(unit), day.why) == (None, "Planning day")
    set_day(unit_id=unit.pk, day=DAY, hours=SHORT, why="Half a day", by=leader, at=AT)
    assert hours_of(unit) == SHORT

    forget_day(day_id=UnitDay.objects.get().pk, by=leader, at=AT)

    assert hours_of(unit) == Hours(time(8), time(15, 30))


def test_nothing_is_kept_backwards(unit: Unit, leader: Employee) -> None:
    yesterday = DAY - timedelta(days=1)
    past = UnitDayFactory.create(unit=unit, day=yesterday)
    with pytest.raises(CannotKeepHours) as refused:
        set_week(unit_id=unit.pk, week={}, starts_on=yesterday, by=leader, at=AT)
    assert refused.value.field == "starts_on"
    with pytest.raises(CannotKeepHours) as refused:
        set_day(unit_id=unit.pk, day=yesterday, hours=None, why="Ill", by=leader, at=AT)
    assert refused.value.field == "day"
    with pytest.raises(CannotKeepHours):
        forget_day(day_id=past.pk, by=leader, at=AT)


def test_a_unit_closes_after_it_opens_and_says_why_a_day_is_otherwise(unit: Unit, leader: Employee) -> None:
    backwards = Hours(time(12), time(9))
    with pytest.raises(CannotKeepHours) as refused:
        set_week(unit_id=unit.pk, week={3: backwards}, starts_on=DAY, by=leader, at=AT)
    assert refused.value.field == "closes_3"
    for hours, why, field in ((backwards, "Half", "closes"), (None, " ", "why")):
        with pytest.raises(CannotKeepHours) as refused:
            set_day(unit_id=unit.pk, day=DAY, hours=hours, why=why, by=leader, at=AT)
        assert refused.value.field == field
    assert not UnitHours.objects.exists() and not UnitDay.objects.exists()


def test_midnight_is_a_time_to_close(unit: Unit, leader: Employee) -> None:
    set_week(unit_id=unit.pk, week={1: Hours(time(0), time(0))}, starts_on=DAY, by=leader, at=AT)

    assert calendars_of([unit.pk])[unit.pk].is_open(AT)


def test_only_who_leads_the_unit_keeps_its_hours(unit: Unit) -> None:
    day = UnitDayFactory.create(unit=unit)
    for by in (caseworker(unit), team_leader(UnitFactory.create())):
        with pytest.raises(PermissionDenied):
            set_week(unit_id=unit.pk, week={}, starts_on=DAY, by=by, at=AT)
        with pytest.raises(PermissionDenied):
            set_day(unit_id=unit.pk, day=DAY, hours=None, why="Ill", by=by, at=AT)
        with pytest.raises(PermissionDenied):
            forget_day(day_id=day.pk, by=by, at=AT)


def test_a_day_that_is_not_there_is_not_found(leader: Employee) -> None:
    with pytest.raises(Http404):
        forget_day(day_id=0, by=leader, at=AT)
