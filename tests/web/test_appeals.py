# mypy: disable-error-code="no-untyped-call"
"""Notice and appeal through their pages, and the unit's list of appeals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases.models import (
    Appeal,
    AppealStatus,
    Decision,
    DecisionStatus,
    Document,
    DocumentKind,
    Notice,
)
from cases.questions.appeal_list import FORWARDED, LATE, MISSING, OPEN
from people.models import Employee, Household, MemberRole, Protection, Unit
from tests.factories.appeals import AppealFactory, RefusalFactory
from tests.factories.people import UnitFactory, caseworker
from tests.web.pages import followed, send, text_of
from tests.web.unit_life import shielded, stay

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture(autouse=True)
def kari(client: Client, unit: Unit) -> Employee:
    employee = caseworker(unit)
    client.force_login(employee)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return employee


@pytest.fixture
def household(unit: Unit) -> Household:
    return stay(unit, localdate() - timedelta(days=30), name="Ingrid Nordmann")


@pytest.fixture
def decision(household: Household, unit: Unit, kari: Employee) -> Decision:
    made = timezone.now() - timedelta(days=5)
    return RefusalFactory.create(
        household=household, unit=unit, issued_at=made, starts_on=localdate(made), drafted_by=kari, issued_by=kari
    )


def of(household: Household, name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def party(household: Household) -> str:
    return f"party-{household.members.get(role=MemberRole.APPLICANT).person_id}"


def lodged(client: Client, decision: Decision, **facts: Any) -> Appeal:
    told = {
        "appellant": party(decision.household),
        "channel": "written",
        "received_on": "today",
        "against": "The refusal of a dwelling",
        "grounds": "We are four in one room\nThe child is ill",
        "is_signed": "on",
        **facts,
    }
    followed(client, send(client, of(decision.household, "lodge_appeal", decision.pk), told))
    appeal: Appeal = Appeal.objects.latest("pk")
    return appeal


def assessed(client: Client, appeal: Appeal) -> None:
    send(client, of(appeal.household, "take_up_appeal", appeal.pk))
    told = {"facts": "They are four", "ground_1": "Weighed", "ground_2": "Weighed too", "conclusion": "Upheld by us"}
    followed(client, send(client, of(appeal.household, "assess_appeal", appeal.pk), told))


def test_the_decision_says_who_has_been_told_and_how_long_they_can_appeal(
    client: Client, household: Household, decision: Decision
) -> None:
    page = of(household, "decision", decision.pk)
    assert "Not told yet" in text_of(client.get(page))

    told = {"recipient": party(household), "way": "handed_over", "reached_on": "yesterday", "note": "At the counter"}
    text = text_of(followed(client, send(client, of(household, "register_notice", decision.pk), told)))

    assert "Handed over" in text and "At the counter" in text
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.NOTIFIED
    assert "Time to appeal, Ingrid Nordmann" in text


def test_a_wrong_notice_is_struck_and_stands_struck_through(
    client: Client, household: Household, decision: Decision
) -> None:
    told = {"recipient": party(household), "way": "handed_over", "reached_on": "yesterday"}
    send(client, of(household, "register_notice", decision.pk), told)
    url = of(household, "correct_notice", Notice.objects.get().pk)

    text = text_of(followed(client, send(client, url, {**told, "because": "It came back", "never": "on"})))

    assert "It came back" in text
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.ISSUED


def test_a_notice_without_its_day_is_asked_for_it_and_keeps_what_was_typed(
    client: Client, household: Household, decision: Decision
) -> None:
    url = of(household, "register_notice", decision.pk)

    told = {"recipient": party(household), "way": "handed_over", "reached_on": "", "note": "Typed"}
    page = send(client, url, told)

    assert page.status_code == 200
    assert "Say on which day it reached them." in text_of(page)
    assert "Typed" in page.content.decode()


def test_reasons_are_asked_for_and_given(client: Client, household: Household, decision: Decision) -> None:
    told = {"person": party(household).removeprefix("party-"), "channel": "phone", "asked_on": "today"}
    text = text_of(followed(client, send(client, of(household, "ask_reasons", decision.pk), told)))
    assert "Reasons asked for" in text

    asked = decision.reasons_requests.get()
    given = {"reasons": "Because of the waiting list", "answered_on": "today", "reached_on": "today"}
    text = text_of(followed(client, send(client, of(household, "give_reasons", asked.pk), given)))

    assert "Because of the waiting list" in text


def test_whether_a_decision_waits_is_asked_decided_and_shown(
    client: Client, household: Household, decision: Decision
) -> None:
    send(client, of(household, "suspend_decision", decision.pk), {"asked_on": "today", "because": "The room is lost"})
    asked = decision.suspensions.get()

    told = {"is_granted": "yes", "reason": "It cannot be undone", "until": ""}
    text = text_of(followed(client, send(client, of(household, "decide_suspension", asked.pk), told)))

    assert "It waits until the appeal is decided." in text


def test_an_appeal_goes_from_the_decision_to_its_body(client: Client, household: Household, decision: Decision) -> None:
    assert "The municipality's own appeals board" in text_of(client.get(of(household, "lodge_appeal", decision.pk)))
    appeal = lodged(client, decision)
    here = of(household, "appeal", appeal.pk)
    assert "Ground 2" in text_of(client.get(here))
    followed(client, send(client, of(household, "acknowledge_appeal", appeal.pk)))

    assessed(client, appeal)
    page = client.get(of(household, "forward_appeal", appeal.pk))
    assert "Weighed too" in text_of(page)
    sources = page.context["form"].fields["sources"].initial
    text = text_of(followed(client, send(client, of(household, "forward_appeal", appeal.pk), {"sources": sources})))

    assert "Documents that went with it" in text
    kinds = set(Document.objects.filter(household=household).values_list("kind", flat=True))
    assert {DocumentKind.APPEAL_RECEIVED, DocumentKind.APPEAL_OUTCOME, DocumentKind.STATEMENT} <= kinds

    told = {"answer": "annulled", "answered_on": "today", "reason": "Not weighed", "consequence": "annul"}
    text = text_of(followed(client, send(client, of(household, "answer_appeal", appeal.pk), told)))
    assert "Annul the decision" in text
    text = text_of(followed(client, send(client, of(household, "carry_out_appeal", appeal.pk), {"what": "Annulled"})))
    assert "Closed" in text
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.ANNULLED


def test_two_tabs_forward_once(client: Client, household: Household, decision: Decision) -> None:
    appeal = lodged(client, decision)
    assessed(client, appeal)
    url, told = of(household, "forward_appeal", appeal.pk), {"sources": [f"appeal-{appeal.pk}"]}
    followed(client, send(client, url, told))

    page = send(client, url, told)

    assert "The appeal is forwarded already." in text_of(page)
    assert Document.objects.filter(kind=DocumentKind.STATEMENT).count() == 1


def test_changing_the_decision_leads_to_the_new_one(client: Client, household: Household, decision: Decision) -> None:
    appeal = lodged(client, decision)
    assessed(client, appeal)

    told = {"changes": "They get three rooms", "result": "granted", "starts_on": "today"}
    text = text_of(followed(client, send(client, of(household, "change_on_appeal", appeal.pk), told)))

    appeal.refresh_from_db()
    assert appeal.status == AppealStatus.CHANGED
    assert f"V-{appeal.new_decision_id}" in text


def test_a_late_appeal_says_so_and_asks_for_an_excuse(client: Client, household: Household, decision: Decision) -> None:
    appeal = AppealFactory.create(decision=decision, received_on=localdate(), last_day=localdate() - timedelta(days=1))
    assert "It came after the time to appeal" in text_of(client.get(of(household, "appeal", appeal.pk)))
    url = of(household, "take_up_appeal", appeal.pk)

    assert send(client, url).status_code == 200
    told = {"excuse": "not_to_blame", "excuse_reason": "In hospital"}
    assert "In hospital" in text_of(followed(client, send(client, url, told)))


def test_a_dismissed_appeal_leads_to_its_notice_and_its_own_appeal(
    client: Client, household: Household, decision: Decision
) -> None:
    appeal = lodged(client, decision)
    told = {"because": "no_decision", "reason": "It is about the lease"}
    text = text_of(followed(client, send(client, of(household, "dismiss_appeal", appeal.pk), told)))
    assert "Notice of the dismissal" in text

    url = f"{of(household, 'register_notice', decision.pk)}?dismissal={appeal.pk}"
    told = {"recipient": party(household), "way": "handed_over", "reached_on": "today"}
    text = text_of(followed(client, send(client, url, told)))
    assert "The dismissal can be appealed to" in text
    lodge = f"{of(household, 'lodge_appeal', decision.pk)}?dismissal={appeal.pk}"
    send(
        client,
        lodge,
        {"appellant": party(household), "channel": "written", "received_on": "today", "against": "The dismissal"},
    )
    assert Appeal.objects.latest("pk").dismissal == appeal
    assert client.get(f"{lodge}0").status_code == 404


def test_withdrawing_and_handing_on(client: Client, household: Household, decision: Decision) -> None:
    appeal = lodged(client, decision)
    told = {"on": "today", "because": "By phone"}
    assert "By phone" in text_of(followed(client, send(client, of(household, "withdraw_appeal", appeal.pk), told)))

    told = {"received_on": "today", "about": "Social assistance", "to_body": "Drammen", "reason": "They decided"}
    assert "Drammen" in text_of(followed(client, send(client, of(household, "hand_on_appeal"), told)))


def test_a_lease_dispute_is_led_elsewhere_and_a_household_without_decisions_too(
    client: Client, household: Household
) -> None:
    text = text_of(client.get(of(household, "household_appeals")))

    assert "Husleietvistutvalget" in text
    assert "Nothing is decided that can be appealed." in text


def test_another_household_s_appeal_is_not_found(client: Client, household: Household, unit: Unit) -> None:
    appeal = AppealFactory.create()

    for name in ("appeal", "take_up_appeal", "forward_appeal", "answer_appeal"):
        assert client.get(of(household, name, appeal.pk)).status_code == 404


# the unit's list


def _listed(unit: Unit, **facts: Any) -> Appeal:
    household = stay(unit, localdate() - timedelta(days=30))
    decision = RefusalFactory.create(household=household, unit=unit)
    return AppealFactory.create(decision=decision, **{"due_on": localdate() + timedelta(days=3), **facts})


def test_each_count_opens_into_exactly_its_appeals(client: Client, unit: Unit) -> None:
    on_time, late = _listed(unit), _listed(unit, due_on=localdate() - timedelta(days=1))
    _listed(unit, status=AppealStatus.WITHDRAWN, withdrawn_on=localdate(), withdrawn_because="x")
    _listed(UnitFactory.create())
    expected = {OPEN: {on_time.pk, late.pk}, LATE: {late.pk}, FORWARDED: set(), MISSING: set()}

    for show, appeals in expected.items():
        found = client.get(reverse("cases:appeals"), {"show": show}).context["found"]
        assert {line.pk for line in found.lines} == appeals
        assert {one: found.counts[one] for one in expected} == {one: len(rows) for one, rows in expected.items()}


def test_a_shielded_household_s_appeal_stands_in_no_list_of_others(client: Client, unit: Unit) -> None:
    household = shielded(unit, localdate() - timedelta(days=30), Protection.CONFIDENTIAL)
    AppealFactory.create(decision=RefusalFactory.create(household=household, unit=unit))

    found = client.get(reverse("cases:appeals")).context["found"]

    assert (found.lines, found.counts[OPEN]) == ([], 0)


def test_the_list_asks_few_questions(client: Client, unit: Unit, django_assert_max_num_queries: Any) -> None:
    for _each in range(3):
        _listed(unit)

    with django_assert_max_num_queries(40) as few:
        client.get(reverse("cases:appeals"))
    for _each in range(5):
        _listed(unit)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("cases:appeals"))
