# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from cases.actions.letters_waiting import (
    CannotSend,
    Needed,
    Wait,
    close_information_request,
    request_information,
    send_delay_notice,
    send_preliminary_answer,
    waiting_letter,
)
from cases.actions.recipients import CannotAddress
from cases.letters import DelayLetter
from cases.models import (
    AnswerDelay,
    AnswerDelayKind,
    Document,
    DocumentKind,
    InformationRequest,
    Outcome,
    Request,
    TextPlace,
)
from people.models import Household, JournalEntry, MemberRole, Protection
from tests.factories.cases import CaseFactory, RequestFactory
from tests.factories.people import AT, DAY, HouseholdFactory
from tests.factories.waiting import StandardTextFactory
from tests.journeys import worker_for

pytestmark = pytest.mark.django_db

WAIT = Wait(expected_by=DAY + timedelta(days=30), reason="We wait for the landlord.")
NEEDED = Needed(
    needed="- The lease\n\n- The tax return",
    why="To know the rent.",
    consequence="We decide by what we know.",
    answer_by=DAY + timedelta(days=14),
)


def asked(household: Household | None = None, **told: Any) -> Request:
    household = household or HouseholdFactory.create()
    CaseFactory.create(household=household)
    unit = household.responsibilities.get().unit
    made: Request = RequestFactory.create(household=household, unit=unit, **told)
    return made


def test_a_preliminary_answer_is_kept_with_its_letter_and_told_in_the_journal() -> None:
    request = asked()

    made = send_preliminary_answer(request_id=request.pk, wait=WAIT, by=worker_for(request.household), at=AT)

    assert (made.kind, made.sent_on, made.expected_by) == ("preliminary", DAY, WAIT.expected_by)
    assert made.document.kind == DocumentKind.PRELIMINARY
    assert made.document.household == request.household
    line = JournalEntry.objects.get(act="request.preliminary_sent")
    assert line.details == {"expected_by": WAIT.expected_by.isoformat(), "letter": made.document.sha256}


def test_a_second_preliminary_answer_is_refused_and_sends_nothing() -> None:
    request = asked()
    by = worker_for(request.household)
    send_preliminary_answer(request_id=request.pk, wait=WAIT, by=by, at=AT)

    with pytest.raises(CannotSend, match="delay notice"):
        send_preliminary_answer(request_id=request.pk, wait=WAIT, by=by, at=AT)

    assert Document.objects.count() == AnswerDelay.objects.count() == 1


def test_a_delay_notice_says_what_was_promised_and_a_later_day() -> None:
    request = asked()
    by = worker_for(request.household)
    send_preliminary_answer(request_id=request.pk, wait=WAIT, by=by, at=AT)
    later = replace(WAIT, expected_by=WAIT.expected_by + timedelta(days=1))

    letter = waiting_letter(AnswerDelayKind.DELAY, request, later, by=by, at=AT)
    made = send_delay_notice(request_id=request.pk, wait=later, by=by, at=AT)

    assert isinstance(letter, DelayLetter)
    assert letter.promised_by == WAIT.expected_by
    assert made.expected_by == later.expected_by
    with pytest.raises(CannotSend) as refused:
        send_delay_notice(request_id=request.pk, wait=later, by=by, at=AT)
    assert refused.value.field == "expected_by"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"reason": " "}, "reason"), ({"expected_by": DAY}, "expected_by")],
)
def test_what_a_preliminary_answer_lacks_is_asked_for(changes: dict[str, Any], field: str) -> None:
    request = asked()

    with pytest.raises(CannotSend) as refused:
        send_preliminary_answer(
            request_id=request.pk, wait=replace(WAIT, **changes), by=worker_for(request.household), at=AT
        )

    assert refused.value.field == field
    assert not Document.objects.exists()


def test_nobody_waits_for_an_answer_that_is_given() -> None:
    request = asked()
    by = worker_for(request.household)
    Request.objects.filter(pk=request.pk).update(outcome=Outcome.OFFER, outcome_at=AT, outcome_by=by)

    with pytest.raises(CannotSend, match="answered"):
        send_preliminary_answer(request_id=request.pk, wait=WAIT, by=by, at=AT)


def test_a_request_that_is_not_there_is_not_found() -> None:
    household = HouseholdFactory.create()

    with pytest.raises(Http404):
        send_preliminary_answer(request_id=0, wait=WAIT, by=worker_for(household), at=AT)
    with pytest.raises(Http404):
        close_information_request(information_request_id=0, answered_on=DAY, by=worker_for(household), at=AT)


def test_the_dead_get_no_letter() -> None:
    request = asked()
    [member] = request.household.members.filter(role=MemberRole.APPLICANT)
    member.person.died_on = DAY
    member.person.save(update_fields=["died_on"])

    with pytest.raises(CannotAddress, match="dead"):
        send_preliminary_answer(request_id=request.pk, wait=WAIT, by=worker_for(request.household), at=AT)

    assert not Document.objects.exists()


def test_a_letter_to_somebody_protected_names_no_address_office_or_telephone() -> None:
    request = asked()
    request.unit.address, request.unit.phone = "Storgata 12", "75 12 34 56"
    request.unit.save(update_fields=["address", "phone"])
    by = worker_for(request.household)
    letter = waiting_letter(AnswerDelayKind.PRELIMINARY, request, WAIT, by=by, at=AT)
    [member] = request.household.members.filter(role=MemberRole.APPLICANT)
    member.person.protection, member.person.protection_from = Protection.CONFIDENTIAL, DAY
    member.person.save(update_fields=["protection", "protection_from"])

    masked = waiting_letter(AnswerDelayKind.PRELIMINARY, request, WAIT, by=by, at=AT)

    assert letter.sender.address == "Storgata 12"
    assert (masked.sender.address, masked.sender.phone, masked.recipient_address) == ("", "", ())
    assert masked.sender.unit == request.unit.municipality.name
    assert masked.caseworker is not None
    assert masked.caseworker.phone == ""


def test_the_municipality_s_own_words_of_the_day_stand_in_the_letter_and_in_its_version() -> None:
    request = asked()
    by = worker_for(request.household)
    municipality = request.unit.municipality
    for text, day in (
        ("Old", DAY - timedelta(days=9)),
        ("Ring {{ saksbehandler }}.", DAY),
        ("New", DAY + timedelta(1)),
    ):
        StandardTextFactory.create(municipality=municipality, place=TextPlace.CLOSING, text=text, starts_on=day)
    other = asked()
    plain = send_preliminary_answer(request_id=other.pk, wait=WAIT, by=worker_for(other.household), at=AT)

    letter = waiting_letter(AnswerDelayKind.PRELIMINARY, request, WAIT, by=by, at=AT)

    assert letter.sender.closing == f"Ring {by.name}."
    assert letter.sender.version
    assert plain.document.template_version


def test_information_is_asked_for_line_by_line_and_noted_when_it_comes() -> None:
    request = asked()
    by = worker_for(request.household)

    made = request_information(household_id=request.household.pk, request_id=request.pk, needed=NEEDED, by=by, at=AT)
    closed = close_information_request(
        information_request_id=made.pk, answered_on=DAY, by=by, at=AT + timedelta(days=1)
    )

    assert made.needed == "The lease\nThe tax return"
    assert made.document.kind == DocumentKind.INFORMATION_REQUEST
    assert closed.answered_on == DAY
    with pytest.raises(CannotSend):
        close_information_request(information_request_id=made.pk, answered_on=DAY, by=by, at=AT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"needed": " \n-"}, "needed"),
        ({"why": ""}, "why"),
        ({"consequence": ""}, "consequence"),
        ({"answer_by": DAY}, "answer_by"),
    ],
)
def test_what_a_request_for_information_lacks_is_asked_for(changes: dict[str, Any], field: str) -> None:
    household = HouseholdFactory.create()
    CaseFactory.create(household=household)

    with pytest.raises(CannotSend) as refused:
        request_information(
            household_id=household.pk,
            request_id=None,
            needed=replace(NEEDED, **changes),
            by=worker_for(household),
            at=AT,
        )

    assert refused.value.field == field
    assert not InformationRequest.objects.exists()


def test_an_answer_cannot_come_before_it_was_asked_for_or_ahead() -> None:
    request = asked()
    by = worker_for(request.household)
    made = request_information(household_id=request.household.pk, request_id=None, needed=NEEDED, by=by, at=AT)

    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        with pytest.raises(CannotSend) as refused:
            close_information_request(information_request_id=made.pk, answered_on=day, by=by, at=AT)
        assert refused.value.field == "answered_on"


def test_another_household_s_request_is_not_found() -> None:
    household = HouseholdFactory.create()
    CaseFactory.create(household=household)
    theirs = asked()

    with pytest.raises(Http404):
        request_information(
            household_id=household.pk, request_id=theirs.pk, needed=NEEDED, by=worker_for(household), at=AT
        )
