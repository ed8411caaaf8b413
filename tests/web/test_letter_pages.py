# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases.models import AnswerDelay, Document, InformationRequest
from people.models import Household
from tests.factories.cases import CaseFactory, DecisionFactory, RequestFactory
from tests.factories.people import HouseholdFactory
from tests.journeys import worker_for
from tests.letters.reading import read
from tests.web.pages import send
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def household(client: Client) -> Household:
    made: Household = HouseholdFactory.create()
    CaseFactory.create(household=made, opened_on=localdate())
    sign_in(client, worker_for(made))
    return made


def asked(household: Household) -> int:
    unit = household.responsibilities.get().unit
    return RequestFactory.create(household=household, unit=unit, asked_at=timezone.now() - timedelta(days=3)).pk


def test_without_a_request_the_page_says_so(client: Client, household: Household) -> None:
    page = client.get(reverse("cases:preliminary_answer", args=[household.key]))

    assert "No request waits for an answer" in page.content.decode()


def test_the_letter_is_looked_at_as_a_draft_and_nothing_is_kept(client: Client, household: Household) -> None:
    told = {"request": asked(household), "expected_by": "+30", "reason": "We wait.", "preview": "1"}

    answer = send(client, reverse("cases:preliminary_answer", args=[household.key]), told)

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert not Document.objects.exists()


def test_the_letter_is_sent_once_however_often_the_form_is(client: Client, household: Household) -> None:
    where = reverse("cases:preliminary_answer", args=[household.key])
    key = str(uuid4())
    told = {"request": asked(household), "expected_by": "+30", "reason": "We wait.", "form_key": key}

    for _ in range(2):
        assert client.post(where, told).status_code == 302

    assert AnswerDelay.objects.count() == Document.objects.count() == 1


def test_a_draft_that_cannot_be_sent_shows_the_sentence_and_keeps_what_was_typed(
    client: Client, household: Household
) -> None:
    told = {"request": asked(household), "expected_by": "today", "reason": "We wait for it.", "preview": "1"}

    page = send(client, reverse("cases:delay_notice", args=[household.key]), told).content.decode()

    assert "Give a day that is after today." in page
    assert "We wait for it." in page


def test_information_is_asked_for_and_noted_when_it_has_come(client: Client, household: Household) -> None:
    where = reverse("cases:ask_information", args=[household.key])
    told = {"needed": "The lease", "why": "Rent.", "consequence": "We decide.", "answer_by": "+14", "language": "en"}
    send(client, where, told)
    made = InformationRequest.objects.get()

    assert "The lease" in client.get(where).content.decode()
    send(client, reverse("cases:information_came", args=[household.key, made.pk]), {"answered_on": "today"})

    made.refresh_from_db()
    assert made.answered_on == localdate()
    assert made.document.language == "en"


def test_a_decision_is_looked_at_as_its_letter_before_it_is_issued(client: Client, household: Household) -> None:
    unit = household.responsibilities.get().unit
    draft = DecisionFactory.create(household=household, unit=unit, facts="We met today.")
    where = reverse("cases:preview_decision", args=[household.key, draft.pk])

    answer = client.get(where)

    assert answer.content.startswith(b"%PDF")
    assert "UTKAST" in read(answer.content)
    assert not Document.objects.exists()
    assert where in client.get(reverse("cases:decision", args=[household.key, draft.pk])).content.decode()


def test_another_household_s_decision_is_not_looked_at(client: Client, household: Household) -> None:
    theirs = DecisionFactory.create()

    assert client.get(reverse("cases:preview_decision", args=[household.key, theirs.pk])).status_code == 404
