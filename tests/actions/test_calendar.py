"""What happens because a day came."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.actions.calendar import CALENDAR, effect_due
from cases.actions.needs import record_need
from cases.models import NeedKind, NeedReason
from housing.actions.spells import rebuild
from housing.models import ResidenceKind
from people.models import Assignment, AssignmentRole, JournalEntry
from people.owner import as_owner
from tests.factories.housing import ResidenceFactory
from tests.factories.people import AT, DAY, LONG_AGO, at, caseworker
from tests.journeys import catch_up, good_room, household_in, placed_household, state, unit_of, worker_for

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)


def test_a_move_agreed_ahead_takes_effect_on_its_day_by_the_calendar() -> None:
    household = placed_household(date(2026, 2, 1), ends_on=TOMORROW)
    ResidenceFactory.create(household=household, kind=ResidenceKind.OWNED, starts_on=TOMORROW)
    catch_up(household.cases.get())

    assert effect_due(at=AT) == 0
    assert effect_due(at=at(TOMORROW, 0)) == 1
    assert effect_due(at=at(TOMORROW, 0)) == 0

    assert state(household) == "settled"
    entry = JournalEntry.objects.filter(act="case.moved_on").latest("pk")
    assert (entry.by.username, entry.on) == (CALENDAR, TOMORROW)
    assert entry.details == {"from": "temporary", "to": "settled"}


def test_a_residence_that_ends_with_nothing_after_it_leaves_the_household_elsewhere() -> None:
    household = placed_household(date(2026, 2, 1), ends_on=TOMORROW)

    effect_due(at=at(TOMORROW))

    assert state(household) == "elsewhere"


def test_a_closed_case_is_left_alone() -> None:
    household = household_in(ResidenceKind.ROUGH)
    case = household.cases.get()
    case.close(on=DAY, reason="no_contact")
    case.save()

    assert effect_due(at=at(TOMORROW)) == 0


def test_an_act_first_does_what_the_calendar_had_not() -> None:
    household = placed_household(date(2026, 2, 1), ends_on=TOMORROW)
    ResidenceFactory.create(household=household, kind=ResidenceKind.OWNED, starts_on=TOMORROW)
    catch_up(household.cases.get())

    record_need(
        household_id=household.pk,
        kind=NeedKind.AT_RISK,
        need_reason=NeedReason.PETITION,
        starts_on=TOMORROW,
        by=worker_for(household),
        at=at(TOMORROW),
    )

    moves = JournalEntry.objects.filter(act="case.moved_on", on=TOMORROW).order_by("pk")
    assert [(entry.by.username == CALENDAR, entry.details["to"]) for entry in moves] == [
        (True, "settled"),
        (False, "at_risk"),
    ]


def test_who_acts_first_on_a_household_that_nobody_has_becomes_responsible() -> None:
    household = household_in(ResidenceKind.OWNED)
    Assignment.objects.all().delete()
    worker = caseworker(unit_of(household))

    record_need(
        household_id=household.pk,
        kind=NeedKind.AT_RISK,
        need_reason=NeedReason.PETITION,
        starts_on=DAY,
        by=worker,
        at=AT,
    )

    assert Assignment.objects.get().employee == worker
    assert Assignment.objects.get().role == AssignmentRole.OWNER


def test_a_household_formed_by_a_split_has_lived_where_its_parent_did() -> None:
    parent = placed_household(date(2026, 2, 1), room=good_room())
    part = household_in(None)
    part.split_from, part.split_on = parent, date(2026, 3, 1)
    part.save()

    catch_up(part.cases.get())

    assert state(part) == "elsewhere"


def test_the_daily_job_tells_what_it_did() -> None:
    household_in(ResidenceKind.ROUGH, LONG_AGO)
    out = StringIO()

    call_command("daily", stdout=out)

    assert out.getvalue().splitlines() == [
        "0 cases changed state",
        "0 inspections closed",
        "0 asked about protection that has ended",
        "0 offers not answered in time",
        "0 tasks opened, 0 closed, 0 for the leader",
        "0 findings in this year's KOSTRA forms",
        "stored spells equal the derivation",
        "every row is what history says",
        "the record is as it was written; no heads to hold it against",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_daily_job_fails_when_a_stored_spell_is_not_the_derived_one() -> None:
    household = household_in(ResidenceKind.ROUGH, LONG_AGO)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE housing_spell SET homeless_since = homeless_since + 1")
    told = StringIO()

    with pytest.raises(CommandError, match="2 differences"):
        call_command("daily", stdout=StringIO(), stderr=told)

    assert f"surplus: household {household.pk} homeless 2020-01-01" in told.getvalue()
    assert rebuild() == 1
