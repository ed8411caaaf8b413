"""Taking back the last move."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.closing import close_case
from cases.actions.corrections import remove_residence
from cases.actions.extending import extend
from cases.actions.journey import NoOpenCase
from cases.actions.occupancy import CannotLiveThere
from cases.actions.placing import move, place
from cases.actions.residences import Destination, leave, lose_home
from cases.actions.undo import CannotUndo, is_undoable, undo_last
from cases.models import ClosingReason, Decision, DecisionStatus, LostHomeReason, Task, TaskKind
from housing.models import Residence, ResidenceKind, Room
from people import journal
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Role
from tests.factories.cases import RequestFactory
from tests.factories.people import AT, DAY, LONG_AGO, at, employee_with
from tests.journeys import PARTS, good_room, household_in, joined, lived, placed_household, state, unit_of, worker_for

pytestmark = pytest.mark.django_db

SINCE = date(2026, 2, 1)
END = DAY + timedelta(days=14)
SOON = AT + timedelta(minutes=10)
LATER = AT + timedelta(minutes=11)


def give(household: Household, by: Employee, *, room: Room | None = None, written: bool = False) -> Residence:
    return place(
        household_id=household.pk,
        room_id=(room or good_room()).pk,
        starts_on=DAY,
        planned_end=END,
        parts=PARTS if written else None,
        by=by,
        at=AT,
    )


def undo(household: Household, by: Employee, *, when: datetime = SOON, reason: str = "") -> JournalEntry:
    return undo_last(household_id=household.pk, by=by, at=when, reason=reason)


def test_a_placement_undone_leaves_the_household_where_it_was() -> None:
    household = household_in(ResidenceKind.ROUGH)
    request = RequestFactory.create(household=household, asked_at=at(DAY, 8))
    worker = worker_for(household)
    give(household, worker)

    assert is_undoable(household, by=worker, at=SOON)
    entry = undo(household, worker)

    assert lived(household) == [("rough", LONG_AGO, None)]
    assert state(household) == "homeless"
    request.refresh_from_db()
    assert (request.outcome, request.outcome_at, request.outcome_by) == ("", None, None)
    assert (entry.act, entry.details["act"], entry.on) == ("act.undone", "place", DAY)


def test_what_was_said_by_word_of_mouth_stays_said_and_is_still_to_be_written() -> None:
    household = household_in(ResidenceKind.ROUGH)
    worker = worker_for(household)
    give(household, worker)

    undo(household, worker)

    assert Decision.objects.get().status == DecisionStatus.ORAL
    assert [task.kind for task in Task.objects.open()] == [TaskKind.WRITE_DECISION]


def test_a_placement_with_a_written_decision_is_ended_not_undone() -> None:
    household = household_in(ResidenceKind.ROUGH)
    worker = worker_for(household)
    give(household, worker, written=True)

    with pytest.raises(CannotUndo):
        undo(household, worker)

    assert state(household) == "temporary"


def test_a_first_day_without_a_roof_that_gave_way_comes_back() -> None:
    household = household_in(ResidenceKind.ROUGH, DAY)
    worker = worker_for(household)
    give(household, worker)

    undo(household, worker)

    assert lived(household) == [("rough", DAY, None)]


def test_a_move_undone_puts_the_household_back_in_its_room() -> None:
    household = placed_household(SINCE, planned_end=END)
    room, worker = household.residences.get().room, worker_for(household)
    move(household_id=household.pk, room_id=good_room().pk, starts_on=DAY, by=worker, at=AT)

    undo(household, worker)

    assert lived(household) == [("temporary", SINCE, None)]
    assert household.residences.get().room == room


def test_a_move_is_not_undone_into_a_room_that_somebody_has_taken_meanwhile() -> None:
    household = placed_household(SINCE, planned_end=END)
    room, worker = household.residences.get().room, worker_for(household)
    move(household_id=household.pk, room_id=good_room().pk, starts_on=DAY, by=worker, at=AT)
    other = household_in(ResidenceKind.ROUGH, unit=unit_of(household))
    give(other, joined(worker, other), room=room)

    with pytest.raises(CannotLiveThere) as refused:
        undo(household, worker)

    assert refused.value.field == "room"


def test_a_departure_undone_opens_the_stay_and_its_plan_task_again() -> None:
    household = placed_household(SINCE)
    worker = worker_for(household)
    plan = Task.objects.create(household=household, unit=unit_of(household), kind=TaskKind.MAKE_PLAN, due_on=DAY)
    leave(household_id=household.pk, on=DAY, to=Destination(ResidenceKind.OWNED), by=worker, at=AT)

    undo(household, worker)

    assert lived(household) == [("temporary", SINCE, None)]
    assert state(household) == "temporary"
    plan.refresh_from_db()
    assert (plan.done_on, plan.done_by) == (None, None)


def test_an_extension_undone_gives_the_old_end_back() -> None:
    household = placed_household(SINCE, planned_end=END)
    worker = worker_for(household)
    extend(household_id=household.pk, planned_end=END + timedelta(days=7), parts=None, by=worker, at=AT)

    undo(household, worker)

    assert household.residences.get().planned_end == END


def test_a_home_lost_by_mistake_is_not_lost() -> None:
    household = household_in(ResidenceKind.OWNED)
    worker = worker_for(household)
    lose_home(household_id=household.pk, on=DAY, lost_home_reason=LostHomeReason.FIRE, by=worker, at=AT)

    undo(household, worker)

    assert state(household) == "settled"


def test_after_ten_minutes_and_by_somebody_else_a_reason_is_needed() -> None:
    household = household_in(ResidenceKind.ROUGH)
    worker, colleague = worker_for(household), worker_for(household)
    give(household, worker)

    for who, when in ((worker, LATER), (colleague, SOON)):
        assert not is_undoable(household, by=who, at=when)
        with pytest.raises(CannotUndo) as refused:
            undo(household, who, when=when)
        assert refused.value.field == "reason"
    entry = undo(household, colleague, when=LATER, reason="Wrong household")

    assert entry.reason == "Wrong household"


def test_the_next_day_it_is_too_late() -> None:
    household = household_in(ResidenceKind.ROUGH)
    worker = worker_for(household)
    give(household, worker)

    with pytest.raises(CannotUndo):
        undo(household, worker, when=at(DAY + timedelta(days=1)), reason="Wrong")


def test_an_undoing_is_not_undone() -> None:
    household = household_in(ResidenceKind.ROUGH)
    worker = worker_for(household)
    give(household, worker)
    undo(household, worker)

    with pytest.raises(CannotUndo):
        undo(household, worker, reason="Again")


def test_what_is_no_move_is_not_undone() -> None:
    household = placed_household(SINCE)
    worker = worker_for(household)

    with pytest.raises(CannotUndo):
        undo(household, worker)
    remove_residence(residence_id=household.residences.get().pk, reason="Never there", by=worker, at=AT)
    with pytest.raises(CannotUndo):
        undo(household, worker)


def test_a_closed_case_is_reopened_before_anything_is_undone() -> None:
    household = placed_household(SINCE)
    worker = worker_for(household)
    leave(household_id=household.pk, on=DAY, to=Destination(ResidenceKind.OWNED), by=worker, at=AT)
    close_case(household_id=household.pk, closing_reason=ClosingReason.PERMANENT_HOME, by=worker, at=AT)

    with pytest.raises(NoOpenCase):
        undo(household, worker)


def test_who_may_not_change_the_household_undoes_nothing() -> None:
    household = household_in(ResidenceKind.ROUGH)
    give(household, worker_for(household))

    with pytest.raises(PermissionDenied):
        undo(household, employee_with(Role.PLAN_COORDINATOR, unit_of(household)))


def test_a_move_that_history_knows_no_act_of_is_not_undone() -> None:
    household = placed_household(SINCE)
    worker = worker_for(household)
    residence = household.residences.get()
    journal.record(Act.RESIDENCE_STARTED, household_id=household.pk, subject=residence, by=worker, at=AT)

    with pytest.raises(CannotUndo):
        undo(household, worker)
