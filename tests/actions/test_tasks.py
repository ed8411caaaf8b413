from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.tasks import CannotFinish, NoResponsibleUnit, finish_task, open_task, owner_of
from cases.models import Task, TaskKind
from people.access import Stale
from people.journal import Act
from people.models import Assignment, Household, JournalEntry, Responsibility
from tests.factories.people import AT, DAY, team_leader
from tests.journeys import placed_household, unit_of, worker_for

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)


def opened(household: Household, kind: TaskKind = TaskKind.OTHER, **changes: Any) -> Task:
    return open_task(household=household, kind=kind, due_on=TOMORROW, by=worker_for(household), at=AT, **changes)


def test_a_task_goes_to_the_responsible_caseworker_at_the_responsible_unit() -> None:
    household = placed_household(DAY)

    task = opened(household, about="Ring the school")

    assert (task.unit, task.employee) == (unit_of(household), owner_of(household, on=DAY))
    line = JournalEntry.objects.get(household_id=household.pk, act=Act.TASK_OPENED)
    assert line.details == {"kind": "other", "due_on": "2026-03-11", "for_leader": False}


def test_a_task_of_an_unassigned_household_is_the_unit_s() -> None:
    household = placed_household(DAY)
    Assignment.objects.filter(household=household).update(ends_on=DAY)

    assert opened(household).employee is None


def test_a_task_can_be_given_to_somebody_else() -> None:
    household = placed_household(DAY)
    other = worker_for(household)

    assert opened(household, employee=other).employee == other


def test_a_task_for_the_leader_is_nobody_s_in_particular() -> None:
    assert opened(placed_household(DAY), for_leader=True).employee is None


def test_no_task_opens_where_no_unit_answers() -> None:
    household = placed_household(DAY)
    worker = worker_for(household)
    Responsibility.objects.filter(household=household).update(ends_on=DAY)

    with pytest.raises(NoResponsibleUnit):
        open_task(household=household, kind=TaskKind.OTHER, due_on=TOMORROW, by=worker, at=AT)


def test_a_task_is_ticked_off_once() -> None:
    household = placed_household(DAY)
    task, worker = opened(household), worker_for(household)

    finished = finish_task(task_id=task.pk, by=worker, at=AT)

    assert (finished.done_on, finished.done_by) == (DAY, worker)
    with pytest.raises(CannotFinish):
        finish_task(task_id=task.pk, by=worker, at=AT)
    assert JournalEntry.objects.filter(household_id=household.pk, act=Act.TASK_DONE).count() == 1


@pytest.mark.parametrize("kind", [TaskKind.MAKE_PLAN, TaskKind.WRITE_DECISION])
def test_what_its_own_act_finishes_is_not_ticked_off(kind: TaskKind) -> None:
    household = placed_household(DAY)
    task = opened(household, kind)

    with pytest.raises(CannotFinish):
        finish_task(task_id=task.pk, by=worker_for(household), at=AT)


def test_a_task_for_the_leader_is_the_leader_s_to_tick_off() -> None:
    household = placed_household(DAY)
    task = opened(household, TaskKind.LEADER_BELOW_STANDARD, for_leader=True)

    with pytest.raises(PermissionDenied):
        finish_task(task_id=task.pk, by=worker_for(household), at=AT)
    assert finish_task(task_id=task.pk, by=team_leader(unit_of(household)), at=AT).done_on == DAY


def test_a_task_of_another_unit_s_household_does_not_exist() -> None:
    task = opened(placed_household(DAY))
    stranger = worker_for(placed_household(DAY))

    for task_id in (task.pk, 0):
        with pytest.raises(Http404):
            finish_task(task_id=task_id, by=stranger, at=AT)


def test_a_stale_form_ticks_nothing_off() -> None:
    household = placed_household(DAY)
    task = opened(household)

    with pytest.raises(Stale):
        finish_task(task_id=task.pk, by=worker_for(household), at=AT, version=99)
