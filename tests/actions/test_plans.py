from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.plans import CannotPlan, NewStep, finish_step, households_without_plan, make_plan
from cases.actions.tasks import open_task
from cases.models import HomeAim, HousingPlan, PlanStep, Task, TaskKind
from housing.models import ResidenceKind
from people.journal import Act
from people.models import Household, JournalEntry, Role
from tests.factories.cases import HousingPlanFactory
from tests.factories.people import AT, DAY, employee_with, reporter
from tests.journeys import household_in, joined, placed_household, unit_of, worker_for

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)
STEP = NewStep(what="Apply for a municipal dwelling", who="The household and the caseworker", due_on=TOMORROW)


def planned(household: Household, **changes: Any) -> HousingPlan:
    told: dict[str, Any] = {
        "talk_on": DAY,
        "aim": HomeAim.MUNICIPAL_RENTAL,
        "user_wants": "Two rooms near the school",
        "steps": [STEP],
        "by": worker_for(household),
        "at": AT,
    }
    return make_plan(household_id=household.pk, **{**told, **changes})


def test_a_plan_says_aim_wish_and_steps_and_closes_its_task() -> None:
    household = placed_household(DAY)
    task = open_task(household=household, kind=TaskKind.MAKE_PLAN, due_on=TOMORROW, by=worker_for(household), at=AT)

    plan = planned(household)

    assert (plan.made_on, plan.talk_on, plan.user_wants) == (DAY, DAY, "Two rooms near the school")
    assert [(step.what, step.who, step.due_on) for step in plan.steps.all()] == [(STEP.what, STEP.who, TOMORROW)]
    task.refresh_from_db()
    assert task.done_on == DAY
    assert JournalEntry.objects.filter(household_id=household.pk, act=Act.PLAN_MADE).exists()


def test_a_new_plan_takes_the_place_of_the_old() -> None:
    household = placed_household(DAY)
    old = planned(household)

    new = planned(household, aim=HomeAim.OWN)

    old.refresh_from_db()
    assert old.ended_on == DAY
    assert HousingPlan.objects.get(household=household, ended_on__isnull=True) == new


def test_a_plan_coordinator_makes_plans() -> None:
    household = placed_household(DAY)

    plan = planned(household, by=joined(employee_with(Role.PLAN_COORDINATOR, unit_of(household)), household))

    assert plan.steps.count() == 1


def test_a_reporter_does_not_make_plans() -> None:
    household = placed_household(DAY)

    with pytest.raises((Http404, PermissionDenied)):
        planned(household, by=reporter(unit_of(household)))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"talk_on": TOMORROW}, "talk_on"),
        ({"user_wants": " "}, "user_wants"),
        ({"steps": []}, "steps"),
        ({"steps": [NewStep(what=" ", who="Somebody", due_on=TOMORROW)]}, "steps"),
        ({"steps": [NewStep(what="Something", who="", due_on=TOMORROW)]}, "steps"),
        ({"steps": [NewStep(what="Something", who="Somebody", due_on=DAY - timedelta(days=1))]}, "steps"),
    ],
)
def test_a_plan_lacks_nothing(changes: dict[str, Any], field: str) -> None:
    household = placed_household(DAY)

    with pytest.raises(CannotPlan) as refused:
        planned(household, **changes)

    assert refused.value.field == field
    assert not HousingPlan.objects.filter(household=household).exists()


def test_a_step_is_ticked_off_once() -> None:
    household = placed_household(DAY)
    step = planned(household).steps.get()
    worker = worker_for(household)

    assert finish_step(step_id=step.pk, by=worker, at=AT).done_on == DAY

    with pytest.raises(CannotPlan):
        finish_step(step_id=step.pk, by=worker, at=AT)
    assert JournalEntry.objects.filter(household_id=household.pk, act=Act.PLAN_STEP_DONE).count() == 1


def test_a_step_of_an_ended_plan_is_not_ticked_off() -> None:
    household = placed_household(DAY)
    step = planned(household).steps.get()
    planned(household)

    with pytest.raises(CannotPlan):
        finish_step(step_id=step.pk, by=worker_for(household), at=AT)
    assert PlanStep.objects.get(pk=step.pk).done_on is None


def test_a_step_that_is_not_there_is_not_found() -> None:
    with pytest.raises(Http404):
        finish_step(step_id=0, by=worker_for(placed_household(DAY)), at=AT)


def test_those_in_temporary_accommodation_tonight_without_a_plan_are_found() -> None:
    new, late = placed_household(DAY - timedelta(days=14)), placed_household(DAY - timedelta(days=15))
    planned(placed_household(DAY))
    HousingPlanFactory.create(household=(outdated := placed_household(DAY)), ended_on=DAY)
    household_in(ResidenceKind.FRIENDS)

    assert set(households_without_plan(Household.objects.all(), on=DAY)) == {new, late, outdated}
    assert set(households_without_plan(Household.objects.all(), on=DAY, is_late=True)) == {late}


def test_the_plan_task_waits_until_the_plan_is_made() -> None:
    household = placed_household(DAY)
    worker = worker_for(household)
    open_task(household=household, kind=TaskKind.MAKE_PLAN, due_on=TOMORROW, by=worker, at=AT)

    assert Task.objects.late(TOMORROW + timedelta(days=1)).filter(household=household).exists()
    assert not Task.objects.late(TOMORROW).filter(household=household).exists()
