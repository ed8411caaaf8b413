from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.journey import NoOpenCase
from cases.actions.requests import CannotAnswer, CannotReceive, NewRequest, answer_request, open_request
from cases.models import Channel, Outcome, Request, RequestKind
from people.access import Stale
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Role, Unit
from tests.factories.cases import CaseFactory, RequestFactory
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    HouseholdFactory,
    PersonFactory,
    UnitFactory,
    caseworker,
    employee_with,
    reporter,
)
from tests.journeys import opened_by

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=2)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


@pytest.fixture
def household(unit: Unit) -> Household:
    household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=household)
    return household


@pytest.fixture
def request_today(household: Household, unit: Unit) -> Request:
    return RequestFactory.create(household=household, unit=unit)


def test_a_request_is_received_by_the_responsible_unit(household: Household, unit: Unit, worker: Employee) -> None:
    asked = NewRequest(channel=Channel.ON_CALL, asked_by="The police", about="A bed", lacks_place_tonight=True)

    request = open_request(household_id=household.pk, request=asked, by=worker, at=AT)

    assert (request.unit, request.received_by, request.asked_at) == (unit, worker, AT)
    assert (request.channel, request.asked_by, request.about) == (Channel.ON_CALL, "The police", "A bed")
    assert JournalEntry.objects.get(act=Act.REQUEST_OPENED).subject_id == request.pk


def test_the_first_act_on_an_unassigned_household_assigns_it(household: Household, worker: Employee) -> None:
    open_request(household_id=household.pk, request=NewRequest(), by=worker, at=AT)

    assert household.assignments.get().employee == worker


def test_an_act_on_a_colleague_s_household_leaves_it_the_colleague_s(household: Household, worker: Employee) -> None:
    AssignmentFactory.create(household=household)

    open_request(household_id=household.pk, request=NewRequest(), by=opened_by(worker, household), at=AT)

    assert household.assignments.get().employee != worker


def test_a_request_on_a_closed_case_is_refused(unit: Unit, worker: Employee) -> None:
    with pytest.raises(NoOpenCase):
        open_request(household_id=HouseholdFactory.create(unit=unit).pk, request=NewRequest(), by=worker, at=AT)


def test_a_request_can_be_registered_afterwards_and_not_ahead(household: Household, worker: Employee) -> None:
    earlier = NewRequest(asked_at=AT - timedelta(days=1))
    ahead = NewRequest(asked_at=AT + timedelta(minutes=1))

    assert open_request(household_id=household.pk, request=earlier, by=worker, at=AT).asked_at < AT
    assert JournalEntry.objects.get(act=Act.REQUEST_OPENED).on == DAY - timedelta(days=1)
    with pytest.raises(CannotReceive) as refused:
        open_request(household_id=household.pk, request=ahead, by=worker, at=AT)
    assert refused.value.field == "asked_at"


def test_what_is_asked_for_follows_from_whether_a_place_is_lacking(household: Household, worker: Employee) -> None:
    told = [NewRequest(), NewRequest(lacks_place_tonight=False), NewRequest(kind=RequestKind.DWELLING)]

    kinds = [open_request(household_id=household.pk, request=one, by=worker, at=AT) for one in told]

    assert [(one.kind, one.lacks_place_tonight) for one in kinds] == [
        (RequestKind.PLACE_TONIGHT, True),
        (RequestKind.OTHER, False),
        (RequestKind.DWELLING, True),
    ]


def test_whoever_asks_for_a_place_tonight_lacks_one_whatever_was_ticked(household: Household, worker: Employee) -> None:
    asked = NewRequest(kind=RequestKind.PLACE_TONIGHT, lacks_place_tonight=False)

    assert open_request(household_id=household.pk, request=asked, by=worker, at=AT).lacks_place_tonight


def test_passed_on_is_no_answer_that_is_merely_said(request_today: Request, worker: Employee) -> None:
    with pytest.raises(CannotAnswer) as refused:
        answer_request(request_id=request_today.pk, outcome=Outcome.PASSED_ON, by=worker, at=LATER)

    assert refused.value.field == "outcome"


@pytest.mark.parametrize("outcome", [one.value for one in Outcome if one is not Outcome.PASSED_ON])
def test_a_request_gets_its_outcome(request_today: Request, worker: Employee, outcome: str) -> None:
    answered = answer_request(
        request_id=request_today.pk, outcome=Outcome(outcome), note="As told", by=worker, at=LATER
    )

    answered.refresh_from_db()
    assert (answered.outcome, answered.outcome_at, answered.outcome_by) == (outcome, LATER, worker)
    assert answered.outcome_note == "As told"
    assert JournalEntry.objects.get(act=Act.REQUEST_ANSWERED).details == {"outcome": outcome}


def test_a_request_is_answered_once(request_today: Request, worker: Employee) -> None:
    answer_request(request_id=request_today.pk, outcome=Outcome.OFFER, by=worker, at=LATER)

    with pytest.raises(CannotAnswer):
        answer_request(request_id=request_today.pk, outcome=Outcome.REFUSED, by=worker, at=LATER)


def test_an_outcome_lies_between_the_request_and_now(request_today: Request, worker: Employee) -> None:
    for moment in (AT - timedelta(minutes=1), LATER + timedelta(minutes=1)):
        with pytest.raises(CannotAnswer) as refused:
            answer_request(request_id=request_today.pk, outcome=Outcome.OFFER, outcome_at=moment, by=worker, at=LATER)
        assert refused.value.field == "outcome_at"


def test_an_unknown_outcome_is_refused(request_today: Request, worker: Employee) -> None:
    with pytest.raises(CannotAnswer) as refused:
        answer_request(request_id=request_today.pk, outcome="perhaps", by=worker, at=LATER)  # type: ignore[arg-type]

    assert refused.value.field == "outcome"


def test_a_request_that_is_not_there_is_not_found(worker: Employee) -> None:
    with pytest.raises(Http404):
        answer_request(request_id=0, outcome=Outcome.OFFER, by=worker, at=LATER)


def test_for_another_unit_the_request_does_not_exist(request_today: Request) -> None:
    stranger = caseworker(UnitFactory.create())

    with pytest.raises(Http404):
        open_request(household_id=request_today.household_id, request=NewRequest(), by=stranger, at=AT)
    with pytest.raises(Http404):
        answer_request(request_id=request_today.pk, outcome=Outcome.OFFER, by=stranger, at=LATER)


def test_for_a_reporter_the_request_does_not_exist(request_today: Request, unit: Unit) -> None:
    with pytest.raises(Http404):
        answer_request(request_id=request_today.pk, outcome=Outcome.OFFER, by=reporter(unit), at=LATER)


def test_a_plan_coordinator_may_not_answer(request_today: Request, unit: Unit) -> None:
    coordinator = employee_with(Role.PLAN_COORDINATOR, unit)

    with pytest.raises(PermissionDenied):
        answer_request(request_id=request_today.pk, outcome=Outcome.OFFER, by=coordinator, at=LATER)


def test_the_assigned_caseworker_answers_for_a_protected_household(unit: Unit, worker: Employee) -> None:
    shielded = HouseholdFactory.create(unit=unit, applicant__person=PersonFactory.create(is_shielded=True))
    request = RequestFactory.create(household=shielded, unit=unit)
    with pytest.raises(Http404):
        answer_request(request_id=request.pk, outcome=Outcome.OFFER, by=worker, at=LATER)

    AssignmentFactory.create(household=shielded, employee=worker)

    assert answer_request(request_id=request.pk, outcome=Outcome.OFFER, by=worker, at=LATER).outcome


def test_a_form_built_before_a_colleague_saved_is_stale(request_today: Request, worker: Employee) -> None:
    open_request(household_id=request_today.household_id, request=NewRequest(), by=worker, at=AT, version=0)

    with pytest.raises(Stale):
        answer_request(request_id=request_today.pk, outcome=Outcome.OFFER, by=worker, at=LATER, version=0)
