"""Handing a request on: trace, clock, who gets to see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from cases.actions.forwarding import CannotForward, CaseGoes, ForwardTo, forward_request, forwarding_letter
from cases.actions.requests import CannotAnswer, answer_request
from cases.models import Forwarding, Outcome, Request
from people.access import Stale, sight_of
from people.decision import Level
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Municipality, Person, Unit, UnitKind
from tests.factories.cases import CaseFactory, RequestFactory
from tests.factories.people import AT, DAY, OSLO_NUMBER, AssignmentFactory, HouseholdFactory, UnitFactory, caseworker

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=2)
ELSEWHERE = ForwardTo(body="Drammen kommune")


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def other() -> Unit:
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
def asked(household: Household, unit: Unit) -> Request:
    return RequestFactory.create(household=household, unit=unit)


def test_a_request_handed_to_another_municipality_has_its_outcome_and_its_trace(
    asked: Request, unit: Unit, worker: Employee
) -> None:
    forwarding = forward_request(request_id=asked.pk, to=ELSEWHERE, reason=" Lives there ", by=worker, at=LATER)

    asked.refresh_from_db()
    assert (asked.outcome, asked.outcome_at, asked.outcome_by) == (Outcome.PASSED_ON, LATER, worker)
    assert (forwarding.from_unit, forwarding.to, forwarding.reason) == (unit, "Drammen kommune", "Lives there")
    assert JournalEntry.objects.get(act=Act.REQUEST_FORWARDED).details == {
        "request": asked.pk,
        "from_unit": unit.ref,
        "unit": None,
    }


def test_a_request_handed_to_a_unit_here_waits_on_as_old_as_it_is(
    asked: Request, household: Household, other: Unit, worker: Employee
) -> None:
    forward_request(request_id=asked.pk, to=ForwardTo(other.pk), reason="Its district", by=worker, at=LATER)

    asked.refresh_from_db()
    assert (asked.unit, asked.outcome, asked.asked_at) == (other, "", AT)
    assert household.responsibilities.get(ends_on=None).unit == other
    assert sight_of(caseworker(other), household, at=LATER).level is Level.FULL


def test_a_case_that_both_follow_is_shared(
    asked: Request, household: Household, unit: Unit, other: Unit, worker: Employee
) -> None:
    to = ForwardTo(other.pk, case_goes=CaseGoes.SHARED)
    forward_request(request_id=asked.pk, to=to, reason="They let the dwellings", by=worker, at=LATER)

    asked.refresh_from_db()
    assert asked.unit == other
    assert household.responsibilities.get(ends_on=None).unit == unit
    assert household.co_responsibilities.get().unit == other
    again = RequestFactory.create(household=household, unit=unit)
    forward_request(request_id=again.pk, to=to, reason="This too", by=worker, at=LATER)
    assert household.co_responsibilities.count() == 1


def test_whoever_got_it_answers_it(asked: Request, other: Unit, worker: Employee) -> None:
    forward_request(request_id=asked.pk, to=ForwardTo(other.pk), reason="Its district", by=worker, at=LATER)

    answered = answer_request(request_id=asked.pk, outcome=Outcome.OFFER, by=caseworker(other), at=LATER)

    assert answered.outcome == Outcome.OFFER


def test_it_can_be_handed_on_twice_and_each_is_kept(asked: Request, other: Unit, worker: Employee) -> None:
    forward_request(request_id=asked.pk, to=ForwardTo(other.pk), reason="Its district", by=worker, at=LATER)
    forward_request(request_id=asked.pk, to=ELSEWHERE, reason="Lives there", by=caseworker(other), at=LATER)

    assert [one.to for one in Forwarding.objects.order_by("pk")] == [other.name, "Drammen kommune"]


def test_two_who_hand_it_on_at_once_hand_it_on_once(asked: Request, other: Unit, worker: Employee) -> None:
    version = asked.household.version
    forward_request(request_id=asked.pk, to=ELSEWHERE, reason="Lives there", by=worker, at=LATER, version=version)

    with pytest.raises(Stale):
        forward_request(
            request_id=asked.pk, to=ForwardTo(other.pk), reason="No, here", by=worker, at=LATER, version=version
        )
    with pytest.raises(CannotForward):
        forward_request(request_id=asked.pk, to=ELSEWHERE, reason="Lives there", by=worker, at=LATER)
    assert Forwarding.objects.count() == 1


def test_what_is_answered_is_not_handed_on_and_what_is_handed_away_is_not_answered(
    asked: Request, household: Household, unit: Unit, worker: Employee
) -> None:
    answer_request(request_id=asked.pk, outcome=Outcome.OFFER, by=worker, at=LATER)
    with pytest.raises(CannotForward):
        forward_request(request_id=asked.pk, to=ELSEWHERE, reason="Lives there", by=worker, at=LATER)

    away = RequestFactory.create(household=household, unit=unit)
    forward_request(request_id=away.pk, to=ELSEWHERE, reason="Lives there", by=worker, at=LATER)
    with pytest.raises(CannotAnswer):
        answer_request(request_id=away.pk, outcome=Outcome.OFFER, by=worker, at=LATER)


def test_where_and_why_must_be_said(asked: Request, unit: Unit, other: Unit, worker: Employee) -> None:
    special = UnitFactory.create(kind=UnitKind.SPECIAL)
    elsewhere = UnitFactory.create(municipality=Municipality.objects.get(number=OSLO_NUMBER))
    for to in (
        ForwardTo(),
        ForwardTo(body="  "),
        ForwardTo(other.pk, body="Drammen kommune"),
        ForwardTo(unit.pk),
        ForwardTo(special.pk),
        ForwardTo(elsewhere.pk),
    ):
        with pytest.raises(CannotForward) as refused:
            forward_request(request_id=asked.pk, to=to, reason="Lives there", by=worker, at=LATER)
        assert refused.value.field == "unit"
    with pytest.raises(CannotForward) as refused:
        forward_request(request_id=asked.pk, to=ELSEWHERE, reason=" ", by=worker, at=LATER)
    assert refused.value.field == "reason"
    assert not Forwarding.objects.exists()


def test_it_is_not_handed_on_before_it_was_made(asked: Request, worker: Employee) -> None:
    with pytest.raises(CannotForward):
        forward_request(
            request_id=asked.pk, to=ELSEWHERE, reason="Lives there", by=worker, at=AT - timedelta(minutes=1)
        )


def test_a_request_that_is_not_there_or_is_another_unit_s_is_not_found(asked: Request, worker: Employee) -> None:
    for request_id, by in ((0, worker), (asked.pk, caseworker(UnitFactory.create()))):
        with pytest.raises(Http404):
            forward_request(request_id=request_id, to=ELSEWHERE, reason="Lives there", by=by, at=LATER)


def test_the_household_gets_a_letter_that_says_where_it_went(asked: Request, other: Unit, worker: Employee) -> None:
    """forvaltningsloven § 11: whoever turns to the wrong body is shown to the right one."""
    forwarding = forward_request(
        request_id=asked.pk, to=ForwardTo(other.pk), reason="Its district", by=worker, at=LATER
    )

    document = asked.household.documents.get()
    letter = forwarding_letter(forwarding, by=worker, at=LATER)
    assert (document.kind, document.unit, document.tells_place) == ("forwarding", forwarding.from_unit, True)
    assert (letter.forwarded_to, letter.is_ours, letter.asked_on) == (other.name, True, DAY)
    assert document.dispatches.count() == 1


def test_of_somebody_with_a_protected_address_the_letter_names_no_place(unit: Unit, worker: Employee) -> None:
    shielded = HouseholdFactory.create(unit=unit, applicant__person__is_shielded=True)
    CaseFactory.create(household=shielded)
    AssignmentFactory.create(household=shielded, employee=worker)
    request = RequestFactory.create(household=shielded, unit=unit)

    forwarding = forward_request(request_id=request.pk, to=ELSEWHERE, reason="Lives there", by=worker, at=LATER)

    letter = forwarding_letter(forwarding, by=worker, at=LATER)
    assert letter.forwarded_to == ""
    assert unit.name not in letter.sender.unit


def test_where_no_letter_can_go_it_is_handed_on_all_the_same_and_a_task_asks_to_tell_them(
    asked: Request, worker: Employee
) -> None:
    Person.objects.filter(memberships__household=asked.household).update(died_on=DAY)

    forward_request(request_id=asked.pk, to=ELSEWHERE, reason="Lives there", by=worker, at=LATER)

    asked.refresh_from_db()
    assert asked.outcome == Outcome.PASSED_ON
    assert not asked.household.documents.exists()
    assert "no letter can go" in asked.household.tasks.get().about


def test_the_trace_is_never_changed(asked: Request, worker: Employee) -> None:
    forwarding = forward_request(request_id=asked.pk, to=ELSEWHERE, reason="Lives there", by=worker, at=LATER)

    with pytest.raises(DatabaseError), transaction.atomic():
        Forwarding.objects.filter(pk=forwarding.pk).update(reason="Another")
    with pytest.raises(DatabaseError), transaction.atomic():
        forwarding.delete()
