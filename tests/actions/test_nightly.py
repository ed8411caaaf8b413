from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connections
from django.utils.timezone import localdate

from cases.actions.decisions import issue_decision
from cases.actions.nightly import escalate, settle_tasks
from cases.actions.plans import NewStep, finish_step, make_plan
from cases.actions.residences import Destination, leave
from cases.actions.tasks import finish_task
from cases.deadlines import decision_due_on, plan_due_on, preliminary_answer_due_on, renewal_due_on
from cases.models import HomeAim, Task, TaskEnd, TaskKind
from housing.models import QualityAgreement, ResidenceKind
from people.models import Household, Responsibility
from tests.factories.cases import DecisionFactory, RequestFactory
from tests.factories.people import AT, DAY, LONG_AGO
from tests.factories.providers import ChildApprovalFactory, ProviderInspectionFactory
from tests.factories.tasks import AuthorityLetterFactory, TaskFactory
from tests.factories.waiting import AnswerDelayFactory
from tests.journeys import (
    FORTNIGHT,
    PARTS,
    family_in,
    give,
    good_room,
    household_in,
    placed_household,
    unit_of,
    worker_for,
)

pytestmark = pytest.mark.django_db


def days_after(days: int) -> datetime:
    return AT + timedelta(days=days)


def kinds(household: Household) -> list[str]:
    return sorted(household.tasks.open().values_list("kind", flat=True))


def with_oral_decision() -> Household:
    household = placed_household(DAY)
    DecisionFactory.create(household=household, is_oral=True, starts_on=DAY, ends_on=DAY + timedelta(days=60))
    return household


def with_decision_that_runs_out() -> Household:
    household = placed_household(DAY)
    DecisionFactory.create(household=household, is_oral=True, starts_on=DAY, ends_on=DAY + timedelta(days=7))
    return household


def with_old_request() -> Household:
    household = household_in()
    RequestFactory.create(household=household, asked_at=days_after(-25))
    return household


def with_step_due() -> Household:
    household = household_in()
    steps = [NewStep("View the flat", "Kari", DAY + timedelta(days=1))]
    make_plan(
        household_id=household.pk,
        talk_on=DAY,
        aim=HomeAim.OWN,
        user_wants="A home",
        steps=steps,
        by=worker_for(household),
        at=AT,
    )
    return household


def with_letter() -> Household:
    household = household_in()
    AuthorityLetterFactory.create(household=household)
    return household


def with_promise() -> Household:
    household = household_in()
    request = RequestFactory.create(household=household, asked_at=days_after(-40))
    AnswerDelayFactory.create(request=request, expected_by=DAY + timedelta(days=3))
    return household


#: What stands there → the kind of task it asks for and its day.
ASKED: dict[str, tuple[Callable[[], Household], TaskKind, date]] = {
    "a decision given by word of mouth": (with_oral_decision, TaskKind.WRITE_DECISION, decision_due_on(DAY)),
    "a decision that runs out": (
        with_decision_that_runs_out,
        TaskKind.DECISION_EXPIRES,
        renewal_due_on(DAY + timedelta(days=7)),
    ),
    "no housing plan": (lambda: placed_household(DAY), TaskKind.MAKE_PLAN, plan_due_on(DAY)),
    "a step of the plan": (with_step_due, TaskKind.FOLLOW_UP, DAY + timedelta(days=1)),
    "a request of nearly a month ago": (
        with_old_request,
        TaskKind.PRELIMINARY_ANSWER,
        preliminary_answer_due_on(localdate(days_after(-25))),
    ),
    "an answer that was promised": (with_promise, TaskKind.DELAY_NOTICE, DAY + timedelta(days=3)),
    "another authority's letter": (with_letter, TaskKind.EXTERNAL_LETTER, DAY),
}


@pytest.mark.parametrize("what", ASKED)
def test_the_night_opens_the_task_that_the_facts_ask_for(what: str) -> None:
    made, kind, due_on = ASKED[what]
    household = made()

    settle_tasks(at=AT)

    assert household.tasks.open().get(kind=kind).due_on == due_on


@pytest.mark.parametrize("what", ASKED)
def test_run_twice_or_a_week_late_it_opens_nothing_twice(what: str) -> None:
    made, kind, _due_on = ASKED[what]
    household = made()

    for night in (0, 0, 7):
        settle_tasks(at=days_after(night))

    assert household.tasks.filter(kind=kind).count() == 1


@pytest.mark.parametrize("what", ASKED)
def test_a_week_late_the_task_is_late_at_once_and_told_the_leader_once(what: str) -> None:
    made, _kind, _due_on = ASKED[what]
    household = made()

    settle_tasks(at=days_after(40))

    late = [task for task in household.tasks.open() if task.due_on < localdate(days_after(40))]
    assert all(task.escalated_on == localdate(days_after(40)) for task in late)
    assert escalate(on=localdate(days_after(41))) == 0


def test_what_an_act_opened_is_the_task_that_the_night_wants() -> None:
    household = household_in(ResidenceKind.ROUGH)
    give(household)
    before = kinds(household)

    assert settle_tasks(at=AT).opened == 0
    assert kinds(household) == before == sorted([TaskKind.MAKE_PLAN, TaskKind.WRITE_DECISION])


def test_what_was_done_elsewhere_closes_by_itself_and_says_why() -> None:
    household = placed_household(DAY)
    settle_tasks(at=AT)
    leave(
        household_id=household.pk,
        on=DAY + timedelta(days=1),
        to=Destination(ResidenceKind.FRIENDS),
        by=worker_for(household),
        at=days_after(1),
    )
    Task.objects.filter(kind=TaskKind.MAKE_PLAN).update(done_on=None, done_by=None, ended_because="")

    settle_tasks(at=days_after(2))

    assert household.tasks.get(kind=TaskKind.MAKE_PLAN).ended_because == TaskEnd.OVERTAKEN


def test_a_deadline_that_moves_takes_its_task_along() -> None:
    household = household_in()
    letter = AuthorityLetterFactory.create(household=household, due_on=DAY)
    settle_tasks(at=AT)
    letter.due_on = FORTNIGHT
    letter.save(update_fields=["due_on"])

    settle_tasks(at=AT)

    assert household.tasks.open().get(kind=TaskKind.EXTERNAL_LETTER).due_on == FORTNIGHT
    assert household.tasks.get(kind=TaskKind.EXTERNAL_LETTER, due_on=DAY).ended_because == TaskEnd.OVERTAKEN


def test_what_is_needed_again_opens_again() -> None:
    household = placed_household(DAY)
    settle_tasks(at=AT)
    task = household.tasks.open().get(kind=TaskKind.MAKE_PLAN)
    Task.objects.filter(pk=task.pk).update(done_on=DAY, done_by=worker_for(household), ended_because=TaskEnd.OVERTAKEN)

    settle_tasks(at=AT)

    assert household.tasks.get(kind=TaskKind.MAKE_PLAN).done_on is None


def test_what_a_person_ticked_off_stays_ticked_off() -> None:
    household = with_old_request()
    settle_tasks(at=AT)
    finish_task(task_id=household.tasks.open().get().pk, by=worker_for(household), at=AT)

    assert settle_tasks(at=days_after(1)).opened == 0


def test_issuing_a_decision_closes_exactly_its_own_task() -> None:
    household = placed_household(DAY)
    first, second = (
        DecisionFactory.create(household=household, is_oral=True, starts_on=DAY, ends_on=FORTNIGHT) for _ in range(2)
    )
    settle_tasks(at=AT)

    issue_decision(decision_id=first.pk, parts=PARTS, by=worker_for(household), at=AT)

    [left] = household.tasks.open().filter(kind=TaskKind.WRITE_DECISION)
    assert left.subject_id == second.pk


def test_a_step_that_is_done_closes_its_task() -> None:
    household = with_step_due()
    settle_tasks(at=AT)
    task = household.tasks.open().get(kind=TaskKind.FOLLOW_UP)

    finish_step(step_id=task.subject_id or 0, by=worker_for(household), at=AT)

    assert household.tasks.get(pk=task.pk).ended_because == TaskEnd.ACTED


def test_a_household_that_no_unit_answers_for_gets_no_task() -> None:
    household = placed_household(DAY)
    Responsibility.objects.filter(household=household).update(ends_on=DAY)

    assert settle_tasks(at=AT).opened == 0


def test_an_agreement_that_lapses_is_a_task_of_the_unit_with_households_there() -> None:
    household = placed_household(DAY)
    agreement = QualityAgreement.objects.get()
    agreement.ends_on = DAY + timedelta(days=20)
    agreement.save(update_fields=["ends_on"])

    for _ in range(2):
        settle_tasks(at=AT)

    task = Task.objects.get(kind=TaskKind.AGREEMENT_LAPSES)
    assert (task.unit, task.household, task.due_on) == (unit_of(household), None, renewal_due_on(agreement.ends_on))


def test_a_new_agreement_closes_the_task() -> None:
    placed_household(DAY)
    agreement = QualityAgreement.objects.get()
    agreement.ends_on = DAY + timedelta(days=20)
    agreement.save(update_fields=["ends_on"])
    settle_tasks(at=AT)
    QualityAgreement.objects.create(provider=agreement.provider, starts_on=agreement.ends_on)

    settle_tasks(at=AT)

    assert Task.objects.get(kind=TaskKind.AGREEMENT_LAPSES).ended_because == TaskEnd.OVERTAKEN


def test_an_approval_for_children_that_lapses_is_a_task_until_there_is_a_new_one() -> None:
    household = placed_household(DAY)
    ends_on = DAY + timedelta(days=20)
    approval = ChildApprovalFactory.create(provider=household.residences.get().provider, ends_on=ends_on)
    settle_tasks(at=days_after(-20))
    assert not Task.objects.filter(kind=TaskKind.CHILD_APPROVAL_LAPSES).exists()

    for _ in range(2):
        settle_tasks(at=AT)

    task = Task.objects.get(kind=TaskKind.CHILD_APPROVAL_LAPSES)
    assert (task.unit, task.household, task.due_on) == (unit_of(household), None, renewal_due_on(ends_on))
    ChildApprovalFactory.create(provider=approval.provider, starts_on=ends_on)
    settle_tasks(at=AT)
    assert Task.objects.get(kind=TaskKind.CHILD_APPROVAL_LAPSES).ended_because == TaskEnd.OVERTAKEN


@pytest.mark.parametrize(("placed", "asked"), [(family_in, True), (household_in, False)])
def test_an_approval_that_lapsed_is_asked_for_while_a_child_stays_there(
    placed: Callable[..., Household], asked: bool
) -> None:
    room = good_room()
    placed(ResidenceKind.TEMPORARY, DAY - timedelta(days=30), provider=room.provider, room=room)
    ChildApprovalFactory.create(provider=room.provider, ends_on=DAY - timedelta(days=1))

    settle_tasks(at=AT)

    assert Task.objects.filter(kind=TaskKind.CHILD_APPROVAL_LAPSES).exists() is asked


def test_what_an_inspection_found_is_a_task_when_it_is_overdue_until_it_is_put_right() -> None:
    household = placed_household(DAY)
    inspection = ProviderInspectionFactory.create(provider=household.residences.get().provider, put_right_by=DAY)
    settle_tasks(at=AT)
    assert not Task.objects.filter(kind=TaskKind.FAULT_OVERDUE).exists()

    settle_tasks(at=days_after(1))

    task = Task.objects.get(kind=TaskKind.FAULT_OVERDUE)
    assert (task.unit, task.due_on, task.subject_id) == (unit_of(household), DAY, inspection.pk)
    inspection.put_right_on = DAY + timedelta(days=1)
    inspection.save()
    settle_tasks(at=days_after(1))
    assert Task.objects.get(kind=TaskKind.FAULT_OVERDUE).ended_because == TaskEnd.OVERTAKEN


def test_an_agreement_that_lapsed_where_nobody_stays_is_left_alone() -> None:
    household = placed_household(LONG_AGO)
    QualityAgreement.objects.update(ends_on=DAY - timedelta(days=1))
    household.residences.update(ends_on=DAY)

    settle_tasks(at=AT)

    assert not Task.objects.filter(kind=TaskKind.AGREEMENT_LAPSES).exists()


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_open_one_task_each() -> None:
    households = [placed_household(DAY) for _ in range(3)]
    QualityAgreement.objects.update(ends_on=DAY + timedelta(days=20))

    def night(_number: int) -> None:
        try:
            settle_tasks(at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=3) as pool:
        list(pool.map(night, range(3)))

    for household in households:
        assert household.tasks.filter(kind=TaskKind.MAKE_PLAN).count() == 1
    assert Task.objects.filter(kind=TaskKind.AGREEMENT_LAPSES).count() == 3


def test_a_late_task_of_any_kind_is_told_the_leader_once() -> None:
    task = TaskFactory.create(due_on=DAY - timedelta(days=1))

    assert (escalate(on=DAY), escalate(on=DAY)) == (1, 0)
    task.refresh_from_db()
    assert task.escalated_on == DAY
