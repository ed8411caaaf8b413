"""Who answers for a household that services do not agree about: help goes on, a named leader decides in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.disputes import (
    CannotDecide,
    CannotDispute,
    NewDispute,
    decide_dispute,
    end_dispute,
    leaders_for,
    open_dispute,
)
from cases.actions.tasks import CannotFinish, finish_task
from cases.deadlines import dispute_due_on
from cases.models import DisputeDecision, ResponsibilityDispute, Task, TaskKind
from people.access import NotOpened
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Unit
from tests.factories.cases import CaseFactory, RequestFactory
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    CoResponsibilityFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    team_leader,
)

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=3)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return team_leader(unit)


@pytest.fixture
def household(unit: Unit, worker: Employee) -> Household:
    household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=household)
    AssignmentFactory.create(household=household, employee=worker)
    return household


@pytest.fixture
def told(leader: Employee) -> NewDispute:
    return NewDispute(
        about="Where they lived last",
        help_meanwhile="A room at the guesthouse",
        since=DAY,
        leader_id=leader.pk,
        with_body="Drammen kommune",
    )


@pytest.fixture
def dispute(household: Household, told: NewDispute, worker: Employee) -> ResponsibilityDispute:
    return open_dispute(household_id=household.pk, dispute=told, by=worker, at=AT)


def decide(dispute: ResponsibilityDispute, by: Employee, **told: Any) -> ResponsibilityDispute:
    values = {"decision": DisputeDecision.OURS, "reason": "They sleep here", "at": LATER, **told}
    return decide_dispute(dispute_id=dispute.pk, by=by, **values)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (date(2026, 3, 10), date(2026, 3, 12)),
        (date(2026, 3, 12), date(2026, 3, 16)),
        (date(2026, 3, 14), date(2026, 3, 17)),
        # Easter
        (date(2026, 4, 1), date(2026, 4, 8)),
    ],
)
def test_a_leader_has_two_working_days(since: date, due: date) -> None:
    assert dispute_due_on(since) == due


def test_a_dispute_names_who_decides_and_gives_that_leader_a_task_in_time(
    dispute: ResponsibilityDispute, unit: Unit, leader: Employee
) -> None:
    task = Task.objects.get(kind=TaskKind.LEADER_DECIDE_DISPUTE)

    assert (task.employee, task.for_leader, task.due_on) == (leader, True, DAY + timedelta(days=2))
    assert (dispute.unit, dispute.other, dispute.help_meanwhile) == (
        unit,
        "Drammen kommune",
        "A room at the guesthouse",
    )
    assert JournalEntry.objects.get(act=Act.DISPUTE_OPENED).subject_id == dispute.pk


def test_the_task_is_done_by_deciding_and_by_nothing_else(dispute: ResponsibilityDispute, leader: Employee) -> None:
    task = Task.objects.get(kind=TaskKind.LEADER_DECIDE_DISPUTE)
    with pytest.raises(CannotFinish):
        finish_task(task_id=task.pk, by=leader, at=LATER)

    decided = decide(dispute, leader, result="Drammen was told")

    task.refresh_from_db()
    assert (task.done_on, task.done_by) == (DAY, leader)
    assert (decided.decision, decided.decided_by, decided.decided_at) == (DisputeDecision.OURS, leader, LATER)
    assert (decided.decision_reason, decided.result) == ("They sleep here", "Drammen was told")


def test_another_leader_of_the_unit_may_decide_in_the_named_one_s_place(
    dispute: ResponsibilityDispute, unit: Unit
) -> None:
    stands_in = team_leader(unit)

    assert decide(dispute, stands_in).decided_by == stands_in


def test_a_caseworker_does_not_decide(dispute: ResponsibilityDispute, worker: Employee, unit: Unit) -> None:
    with pytest.raises(PermissionDenied):
        decide(dispute, worker)
    with pytest.raises(NotOpened):
        decide(dispute, caseworker(unit))
    with pytest.raises(Http404):
        decide(dispute, team_leader(UnitFactory.create()))


def test_two_leaders_who_decide_at_once_decide_once(
    dispute: ResponsibilityDispute, leader: Employee, unit: Unit
) -> None:
    decide(dispute, leader)

    with pytest.raises(CannotDecide):
        decide(dispute, team_leader(unit), decision=DisputeDecision.THEIRS)
    dispute.refresh_from_db()
    assert dispute.decision == DisputeDecision.OURS


def test_a_decision_is_one_that_is_known_and_has_its_reason(dispute: ResponsibilityDispute, leader: Employee) -> None:
    for told, field in (({"reason": " "}, "reason"), ({"decision": "perhaps"}, "decision")):
        with pytest.raises(CannotDecide) as refused:
            decide(dispute, leader, **told)
        assert refused.value.field == field


def test_what_came_of_it_is_written_once_and_after_the_decision(
    dispute: ResponsibilityDispute, worker: Employee, leader: Employee
) -> None:
    with pytest.raises(CannotDecide):
        end_dispute(dispute_id=dispute.pk, result="Drammen took over", by=worker, at=LATER)
    decide(dispute, leader, decision=DisputeDecision.THEIRS)
    with pytest.raises(CannotDecide) as refused:
        end_dispute(dispute_id=dispute.pk, result=" ", by=worker, at=LATER)
    assert refused.value.field == "result"

    assert end_dispute(dispute_id=dispute.pk, result="Drammen took over", by=worker, at=LATER).result
    with pytest.raises(CannotDecide):
        end_dispute(dispute_id=dispute.pk, result="And back", by=worker, at=LATER)


def test_what_is_missing_is_named_and_nothing_is_written(
    household: Household, told: NewDispute, unit: Unit, worker: Employee
) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"about": " "}, "about"),
        ({"help_meanwhile": ""}, "help_meanwhile"),
        ({"with_body": ""}, "with_unit"),
        ({"with_unit_id": UnitFactory.create().pk}, "with_unit"),
        ({"with_body": "", "with_unit_id": unit.pk}, "with_unit"),
        ({"since": DAY + timedelta(days=1)}, "since"),
        ({"leader_id": worker.pk}, "leader"),
    ]
    for change, field in wrong:
        with pytest.raises(CannotDispute) as refused:
            open_dispute(household_id=household.pk, dispute=replace(told, **change), by=worker, at=AT)
        assert refused.value.field == field
    assert not ResponsibilityDispute.objects.exists()


def test_one_waits_for_its_decision_at_a_time(
    dispute: ResponsibilityDispute, told: NewDispute, worker: Employee, leader: Employee
) -> None:
    with pytest.raises(CannotDispute):
        open_dispute(household_id=dispute.household_id, dispute=told, by=worker, at=LATER)
    decide(dispute, leader)

    assert open_dispute(household_id=dispute.household_id, dispute=told, by=worker, at=LATER).pk != dispute.pk


def test_it_may_be_about_one_of_the_household_s_requests_and_no_other(
    household: Household, told: NewDispute, worker: Employee
) -> None:
    other = UnitFactory.create()
    request = RequestFactory.create(household=household)
    about = replace(told, request_id=request.pk, with_body="", with_unit_id=other.pk)
    with pytest.raises(Http404):
        stranger = replace(about, request_id=RequestFactory.create().pk)
        open_dispute(household_id=household.pk, dispute=stranger, by=worker, at=AT)

    opened = open_dispute(household_id=household.pk, dispute=about, by=worker, at=AT)

    assert (opened.request, opened.with_unit, opened.other) == (request, other, other.name)


def test_leaders_of_the_units_that_follow_the_household_can_be_named(
    household: Household, leader: Employee, unit: Unit
) -> None:
    beside = team_leader(CoResponsibilityFactory.create(household=household).unit)
    team_leader(UnitFactory.create())

    assert set(leaders_for(household, at=AT)) == {leader, beside}


def test_what_is_not_there_is_not_found(leader: Employee) -> None:
    with pytest.raises(Http404):
        decide_dispute(dispute_id=0, decision=DisputeDecision.OURS, reason="x", by=leader, at=AT)
