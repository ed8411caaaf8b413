# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases.law_checks import CHECKS
from people.models import Household, Protection
from tests.factories.people import team_leader
from tests.journeys import placed_household, unit_of, worker_for

pytestmark = pytest.mark.django_db

TODAY = localdate(timezone.now())


@pytest.fixture
def household() -> Household:
    """Three weeks in temporary accommodation without decision or plan."""
    return placed_household(TODAY - timedelta(weeks=3))


def accept(client: Client, household: Household, number: str, subject_id: int, **told: str) -> Any:
    sent = {"reason": "In hospital", "until": "+30", "form_key": str(uuid4()), **told}
    return client.post(reverse("cases:accept_finding", args=[household.key, number, subject_id]), sent)


def test_each_number_is_as_long_as_its_list(client: Client, household: Household) -> None:
    client.force_login(team_leader(unit_of(household)))
    accept(client, household, "L13", household.pk)
    shown = client.get(reverse("cases:law_checks")).context

    assert shown["households"] == 1
    assert len(shown["rows"]) + len(shown["met"]) == len(CHECKS)
    for count, _cited in (*shown["rows"], *shown["met"]):
        url = reverse("cases:law_check", args=[count.check.number])
        assert len(client.get(url).context["rows"]) == count.open
        assert len(client.get(url + "?show=accepted").context["rows"]) == count.accepted


def test_the_leader_s_overview_leads_to_it(client: Client, household: Household) -> None:
    client.force_login(team_leader(unit_of(household)))
    page = client.get(reverse("cases:overview"))

    assert page.context["lacking"] == 1
    assert reverse("cases:law_checks") in page.content.decode()


def test_a_shielded_household_is_in_no_number(client: Client, household: Household) -> None:
    person = household.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])
    client.force_login(team_leader(unit_of(household)))

    assert client.get(reverse("cases:law_checks")).context["households"] == 0
    assert not client.get(reverse("cases:law_check", args=["L13"])).context["rows"]


def test_from_the_household_one_mends_or_accepts_and_takes_back(client: Client, household: Household) -> None:
    client.force_login(worker_for(household))
    page = reverse("cases:household", args=[household.key])
    words = client.get(page).content.decode()
    assert reverse("cases:make_plan", args=[household.key]) in words
    assert reverse("cases:accept_finding", args=[household.key, "L13", household.pk]) in words
    # what is serious is the leader's
    assert reverse("cases:accept_finding", args=[household.key, "L01", household.residences.get().pk]) not in words

    assert accept(client, household, "L13", household.pk).status_code == 302
    accepted = household.accepted_findings.get()
    withdraw = reverse("cases:withdraw_acceptance", args=[household.key, accepted.pk])
    assert withdraw in client.get(page).content.decode()

    client.post(withdraw, {"form_key": str(uuid4())})
    accepted.refresh_from_db()
    assert accepted.withdrawn_on == TODAY


def test_what_is_not_lacking_cannot_be_accepted(client: Client, household: Household) -> None:
    client.force_login(worker_for(household))

    assert accept(client, household, "L14", household.pk).status_code == 403
    assert accept(client, household, "L19", 1).status_code == 404
    assert accept(client, household, "L99", 1).status_code == 404


def test_accepting_without_a_reason_says_so_and_keeps_the_day(client: Client, household: Household) -> None:
    client.force_login(worker_for(household))

    answer = accept(client, household, "L13", household.pk, reason="")

    assert answer.status_code == 200 and "+30" in answer.content.decode()
    assert not household.accepted_findings.exists()


def test_there_is_no_list_of_a_number_that_is_no_check(client: Client, household: Household) -> None:
    client.force_login(team_leader(unit_of(household)))
    assert client.get(reverse("cases:law_check", args=["L99"])).status_code == 404
