from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.authority_letters import (
    CannotAnswerLetter,
    CannotRegisterLetter,
    NewLetter,
    answer_letter,
    register_letter,
)
from cases.actions.tasks import (
    CannotAsk,
    CannotFinish,
    CannotGive,
    NoResponsibleUnit,
    add_task,
    finish_task,
    open_task,
    owner_of,
    reassign_tasks,
    take_task,
)
from cases.models import Authority, Task, TaskKind
from people.access import Stale
from people.journal import Act
from people.models import Assignment, Household, JournalEntry, Responsibility
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    DisqualificationFactory,
    UnitFactory,
    caseworker,
    team_leader,
)
from tests.factories.tasks import AuthorityLetterFactory
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


def test_somebody_writes_down_a_task_for_themselves_a_colleague_or_the_unit() -> None:
    household = placed_household(DAY)
    worker, colleague = worker_for(household), worker_for(household)

    for who in (worker, colleague, None):
        task = add_task(
            household_id=household.pk,
            about=" Ring the school ",
            due_on=TOMORROW,
            employee_id=who.pk if who else None,
            by=worker,
            at=AT,
        )
        assert (task.about, task.employee, task.unit) == ("Ring the school", who, unit_of(household))


@pytest.mark.parametrize(
    ("told", "field"), [({"about": " "}, "about"), ({"due_on": DAY - timedelta(days=1)}, "due_on")]
)
def test_a_task_says_what_and_by_a_day_ahead(told: dict[str, Any], field: str) -> None:
    household = placed_household(DAY)
    asked = {"about": "Ring", "due_on": DAY, "employee_id": None, **told}

    with pytest.raises(CannotAsk) as refused:
        add_task(household_id=household.pk, by=worker_for(household), at=AT, **asked)
    assert refused.value.field == field


def test_a_task_is_not_given_to_who_works_elsewhere_or_must_not_deal_with_the_case() -> None:
    household = placed_household(DAY)
    kept = caseworker(unit_of(household))
    DisqualificationFactory.create(employee=kept, person=household.members.earliest("pk").person)
    for employee in (kept, caseworker(UnitFactory.create())):
        with pytest.raises(CannotGive):
            add_task(
                household_id=household.pk,
                about="Ring",
                due_on=DAY,
                employee_id=employee.pk,
                by=worker_for(household),
                at=AT,
            )


def test_who_stands_in_has_the_tasks_of_the_responsible_caseworker_meanwhile() -> None:
    household = placed_household(DAY)
    task, substitute = opened(household), worker_for(household)

    assert list(Task.objects.of(substitute, on=DAY)) == [task]
    Assignment.objects.filter(employee=substitute).update(ends_on=TOMORROW)
    assert not Task.objects.of(substitute, on=TOMORROW).exists()


def test_who_stands_in_has_not_what_a_third_colleague_is_to_do() -> None:
    household = placed_household(DAY)
    opened(household, employee=worker_for(household))

    assert not Task.objects.of(worker_for(household), on=DAY).exists()


def test_a_task_is_taken_over_by_who_is_on_the_case() -> None:
    household = placed_household(DAY)
    task, worker = opened(household), worker_for(household)

    assert take_task(task_id=task.pk, by=worker, at=AT).employee == worker
    assert JournalEntry.objects.get(household_id=household.pk, act=Act.TASK_GIVEN).details["employee"] == worker.pk
    with pytest.raises(CannotGive):
        take_task(task_id=task.pk, by=worker, at=AT)


def test_a_leader_gives_several_tasks_to_one_colleague() -> None:
    households = [placed_household(DAY) for _ in range(2)]
    unit = unit_of(households[0])
    Responsibility.objects.filter(household=households[1]).update(unit=unit)
    tasks = [opened(household) for household in households]
    colleague = caseworker(unit)

    moved = reassign_tasks(task_ids=[task.pk for task in tasks], employee_id=colleague.pk, by=team_leader(unit), at=AT)

    assert moved == 2
    assert {task.employee_id for task in Task.objects.all()} == {colleague.pk}


def test_either_all_the_tasks_are_given_or_none() -> None:
    household, other = placed_household(DAY), placed_household(DAY)
    mine, theirs = opened(household), opened(other)
    unit = unit_of(household)

    with pytest.raises(Http404):
        reassign_tasks(task_ids=[mine.pk, theirs.pk], employee_id=caseworker(unit).pk, by=team_leader(unit), at=AT)
    with pytest.raises(CannotAsk):
        reassign_tasks(task_ids=[], employee_id=caseworker(unit).pk, by=team_leader(unit), at=AT)
    assert Task.objects.get(pk=mine.pk).employee == owner_of(household, on=DAY)


def test_a_letter_is_registered_with_its_task_and_answered_once() -> None:
    household = placed_household(DAY)
    worker = worker_for(household)
    told = NewLetter(
        authority=Authority.STATSFORVALTEREN, asks="A statement", received_on=DAY, due_on=TOMORROW, reference="26/1"
    )
    letter = register_letter(household_id=household.pk, letter=told, by=worker, at=AT)
    assert Task.objects.open().about(letter).get().due_on == TOMORROW

    answer_letter(letter_id=letter.pk, answered_on=DAY, answer="Sent", by=worker, at=AT)

    assert not Task.objects.open().about(letter).exists()
    with pytest.raises(CannotAnswerLetter):
        answer_letter(letter_id=letter.pk, answered_on=DAY, answer="Again", by=worker, at=AT)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"asks": ""}, "asks"),
        ({"received_on": TOMORROW, "due_on": TOMORROW}, "received_on"),
        ({"due_on": DAY - timedelta(days=1)}, "due_on"),
    ],
)
def test_a_letter_that_cannot_be_is_refused(told: dict[str, Any], field: str) -> None:
    household = placed_household(DAY)
    plain = {"authority": Authority.COURT, "asks": "A statement", "received_on": DAY, "due_on": DAY}
    letter = NewLetter(**{**plain, **told})

    with pytest.raises(CannotRegisterLetter) as refused:
        register_letter(household_id=household.pk, letter=letter, by=worker_for(household), at=AT)
    assert refused.value.field == field


@pytest.mark.parametrize("told", [{"answered_on": TOMORROW}, {"answered_on": LONG_AGO}, {"answer": " "}])
def test_an_answer_that_cannot_be_is_refused(told: dict[str, Any]) -> None:
    letter = AuthorityLetterFactory.create(household=placed_household(DAY))
    with pytest.raises(CannotAnswerLetter):
        answer_letter(
            letter_id=letter.pk,
            **{"answered_on": DAY, "answer": "Sent", **told},
            by=worker_for(letter.household),
            at=AT,
        )
