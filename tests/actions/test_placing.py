"""Placing a household, and what stops it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.journey import NoOpenCase
from cases.actions.occupancy import CannotLiveThere
from cases.actions.placing import CannotPlace, place
from cases.models import Decision, DecisionStatus, Outcome, Task, TaskKind
from housing.models import (
    BelowStandard,
    ProviderKind,
    Residence,
    ResidenceKind,
)
from people.access import Stale
from people.models import JournalEntry
from tests.factories.cases import RequestFactory
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import AT, DAY, LONG_AGO, UnitFactory, at, caseworker, reporter
from tests.journeys import (
    FORTNIGHT,
    PARTS,
    give,
    good_room,
    household_in,
    lived,
    placed_household,
    shift,
    state,
    unit_of,
    worker_for,
)

pytestmark = pytest.mark.django_db

END = FORTNIGHT
TOMORROW = DAY + timedelta(days=1)


def test_a_household_without_a_roof_gets_a_room_a_decision_a_plan_task_and_its_request_answered() -> None:
    household = household_in(ResidenceKind.ROUGH, date(2026, 3, 1))
    request = RequestFactory.create(household=household, asked_at=at(DAY, 8))
    room, worker = good_room(), worker_for(household)

    residence = place(
        household_id=household.pk, room_id=room.pk, starts_on=DAY, planned_end=END, parts=PARTS, by=worker, at=AT
    )

    assert lived(household) == [("rough", date(2026, 3, 1), DAY), ("temporary", DAY, None)]
    assert (residence.provider, residence.room, residence.price_a_night) == (room.provider, room, 900)
    assert residence.planned_end == END
    assert residence.below_standard == ""
    assert state(household) == "temporary"
    decision = Decision.objects.get(household=household)
    assert (decision.status, decision.starts_on, decision.ends_on) == (DecisionStatus.ISSUED, DAY, END)
    task = Task.objects.get(household=household)
    assert (task.kind, task.due_on) == (TaskKind.MAKE_PLAN, DAY + timedelta(days=14))
    request.refresh_from_db()
    assert (request.outcome, request.outcome_at, request.outcome_by) == (Outcome.OFFER, AT, worker)
    told = list(JournalEntry.objects.filter(household_id=household.pk).order_by("pk").values_list("act", flat=True))
    assert [act for act in told if act.startswith(("residence", "request", "case"))] == [
        "case.moved_on",
        "residence.ended",
        "residence.started",
        "case.moved_on",
        "request.answered",
    ]


def test_a_place_given_by_word_of_mouth_has_a_task_to_write_the_decision() -> None:
    household = household_in(ResidenceKind.ROUGH)

    place(
        household_id=household.pk,
        room_id=good_room().pk,
        starts_on=DAY,
        planned_end=END,
        parts=None,
        by=worker_for(household),
        at=AT,
    )

    assert Decision.objects.get(household=household).status == DecisionStatus.ORAL
    assert Task.objects.filter(household=household, kind=TaskKind.WRITE_DECISION, due_on=TOMORROW).exists()


def test_somebody_registered_without_a_roof_today_is_placed_tonight() -> None:
    household = household_in(ResidenceKind.ROUGH, DAY)

    give(household)

    assert lived(household) == [("temporary", DAY, None)]
    assert JournalEntry.objects.filter(household_id=household.pk, act="residence.removed").exists()


def test_a_household_of_which_nothing_is_known_can_be_placed() -> None:
    household = household_in(None)

    give(household)

    assert lived(household) == [("temporary", DAY, None)]


def test_a_placement_ahead_takes_effect_on_its_day() -> None:
    household = household_in(ResidenceKind.FRIENDS)

    give(household, starts_on=TOMORROW)

    assert lived(household) == [("friends", LONG_AGO, TOMORROW), ("temporary", TOMORROW, None)]
    assert state(household) == "homeless"


def test_a_night_shelter_needs_a_reason_and_has_no_decision_and_no_plan() -> None:
    household = household_in(ResidenceKind.ROUGH)
    shelter = RoomFactory.create(provider=ProviderFactory.create(kind=ProviderKind.NIGHT_SHELTER))

    with pytest.raises(CannotPlace) as refused:
        give(household, room=shelter)
    assert refused.value.field == "below_standard"
    give(household, room=shelter, below_standard=BelowStandard.TOO_LATE)

    assert lived(household)[-1] == ("night_shelter", DAY, None)
    assert not Decision.objects.exists()
    assert {task.kind for task in Task.objects.all()} == {TaskKind.LEADER_BELOW_STANDARD, TaskKind.MOVE_TO_STANDARD}


def test_from_a_night_shelter_a_household_is_placed_in_temporary_accommodation() -> None:
    shelter = RoomFactory.create(provider=ProviderFactory.create(kind=ProviderKind.NIGHT_SHELTER))
    household = household_in(ResidenceKind.NIGHT_SHELTER, provider=shelter.provider, room=shelter)

    give(household)

    assert lived(household) == [("night_shelter", LONG_AGO, DAY), ("temporary", DAY, None)]


def test_no_plan_task_where_one_is_open_already() -> None:
    household = placed_household(date(2026, 3, 1))
    shift(household)
    shift(household, starts_on=TOMORROW)

    task = Task.objects.get(household=household, kind=TaskKind.MAKE_PLAN)
    assert task.due_on == date(2026, 3, 15)


# Periods and rooms


def test_a_room_that_somebody_has_is_refused_with_its_period() -> None:
    room = good_room()
    placed_household(date(2026, 2, 1), room=room)
    household = household_in(ResidenceKind.ROUGH)

    with pytest.raises(CannotLiveThere) as refused:
        give(household, room=room)

    assert refused.value.field == "room"
    assert "2026" in str(refused.value)
    assert lived(household) == [("rough", LONG_AGO, None)]


def test_a_room_is_free_from_the_day_the_household_before_moved_out() -> None:
    room = good_room()
    placed_household(date(2026, 2, 1), room=room, ends_on=DAY)

    give(household_in(ResidenceKind.ROUGH), room=room)

    assert Residence.objects.filter(room=room).count() == 2


@pytest.mark.parametrize(
    "dates", [{"opened_on": TOMORROW}, {"closed_on": DAY}, {"closed_on": date(2026, 3, 20)}], ids=str
)
def test_a_room_out_of_use_is_refused(dates: dict[str, date]) -> None:
    with pytest.raises((CannotLiveThere, CannotPlace)):
        give(household_in(ResidenceKind.ROUGH), room=good_room(**dates))


def test_a_placement_over_a_residence_that_comes_later_is_refused_naming_both_periods() -> None:
    household = household_in(ResidenceKind.ROUGH, LONG_AGO, ends_on=DAY)
    ResidenceFactory.create(household=household, kind=ResidenceKind.FRIENDS, starts_on=date(2026, 3, 20))

    with pytest.raises(CannotLiveThere) as refused:
        give(household)

    assert refused.value.field == "starts_on"
    assert "10" in str(refused.value)
    assert "20" in str(refused.value)


def test_a_placement_over_another_that_comes_later_says_from_when_and_not_where() -> None:
    household = household_in(ResidenceKind.ROUGH, LONG_AGO, ends_on=DAY)
    later = good_room(name="Room 7")
    ResidenceFactory.create(
        household=household, kind="temporary", provider=later.provider, room=later, starts_on=date(2026, 3, 20)
    )

    with pytest.raises(CannotLiveThere, match=r"20 March 2026") as refused:
        give(household)
    assert "Room 7" not in str(refused.value)


def test_a_household_placed_already_is_moved_not_placed() -> None:
    with pytest.raises(CannotPlace):
        give(placed_household(LONG_AGO))


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"planned_end": None}, "planned_end"),
        ({"planned_end": DAY}, "planned_end"),
        ({"planned_end": DAY - timedelta(days=1)}, "planned_end"),
        ({"starts_on": DAY + timedelta(days=32), "planned_end": DAY + timedelta(days=40)}, "starts_on"),
    ],
)
def test_a_period_that_cannot_be_is_refused_at_its_field(dates: dict[str, Any], field: str) -> None:
    household = household_in(ResidenceKind.ROUGH)

    with pytest.raises((CannotPlace, CannotLiveThere)) as refused:
        give(household, **dates)

    assert refused.value.field == field


def test_a_closed_case_is_not_placed() -> None:
    household = household_in(ResidenceKind.ROUGH)
    case = household.cases.get()
    case.close(on=DAY, reason="no_contact")
    case.save()

    with pytest.raises(NoOpenCase):
        give(household)


def test_a_room_that_does_not_exist_is_refused_at_its_field() -> None:
    household = household_in(ResidenceKind.ROUGH)

    with pytest.raises(CannotPlace) as refused:
        place(
            household_id=household.pk,
            room_id=0,
            starts_on=DAY,
            planned_end=END,
            parts=None,
            by=worker_for(household),
            at=AT,
        )

    assert refused.value.field == "room"


# Who may


def test_a_caseworker_of_another_unit_finds_no_household_to_place() -> None:
    household = household_in(ResidenceKind.ROUGH)

    with pytest.raises(Http404):
        give(household, by=caseworker(UnitFactory.create()))


def test_a_reporter_places_nobody() -> None:
    household = household_in(ResidenceKind.ROUGH)

    with pytest.raises((Http404, PermissionDenied)):
        give(household, by=reporter(unit_of(household)))


def test_a_form_built_on_an_older_sight_of_the_household_is_stale() -> None:
    household = household_in(ResidenceKind.ROUGH)
    give(household, version=household.version)

    with pytest.raises(Stale):
        shift(household, version=household.version)
