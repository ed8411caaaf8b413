"""The rules that decisions follow, and what the municipality chooses."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases.law import CHOICES
from cases.models import LawChoice
from people.models import Unit
from tests.factories.people import UnitFactory, caseworker, team_leader
from tests.web.pages import text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


def test_the_page_says_where_each_kind_of_decision_is_appealed(client: Client, unit: Unit) -> None:
    sign_in(client, caseworker(unit))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = text_of(client.get(reverse("cases:law")))
    assert "sosialtjenesteloven § 27: the county governor" in page
    assert "forskrift om lån fra Husbanken kap. 5: the municipality's own appeals board" in page


@pytest.mark.parametrize("code", CHOICES)
def test_a_leader_sees_every_choice_and_its_form(client: Client, unit: Unit, code: str) -> None:
    sign_in(client, team_leader(unit))
    url = reverse("cases:choose_law", args=[code])
    assert url in client.get(reverse("cases:law")).content.decode()
    assert client.get(url).status_code == 200


def test_a_choice_is_made_from_a_day_with_its_reason_and_told(client: Client, unit: Unit) -> None:
    sign_in(client, team_leader(unit))
    url = reverse("cases:choose_law", args=["dwelling_basis"])
    form = client.get(url).context["form"]
    told = {"form_key": form["form_key"].value(), "starts_on": "today", "reason": "The council, 12/26"}
    sent = client.post(url, {**told, "value": "bsl-6-dwelling"})
    assert sent.headers["Location"] == reverse("cases:law")
    assert LawChoice.objects.get().value == "bsl-6-dwelling"
    assert "The council, 12/26" in text_of(client.get(sent.headers["Location"]))


def test_a_day_that_has_passed_is_refused_at_its_field(client: Client, unit: Unit) -> None:
    sign_in(client, team_leader(unit))
    url = reverse("cases:choose_law", args=["administration_act_2025"])
    form = client.get(url).context["form"]
    told = {"form_key": form["form_key"].value(), "starts_on": "-1", "reason": "The King", "value": "1.1.2028"}
    assert client.post(url, told).context["form"].errors["starts_on"]
    assert not LawChoice.objects.exists()


def test_a_rate_is_set_from_a_day_and_the_one_shipped_is_told_until_then(client: Client, unit: Unit) -> None:
    sign_in(client, team_leader(unit))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    url = reverse("cases:choose_law", args=["policy_rate"])
    assert "As shipped: 4.00" in text_of(client.get(reverse("cases:law")))
    form = client.get(url).context["form"]
    told = {"form_key": form["form_key"].value(), "starts_on": "today", "reason": "Norges Bank"}

    assert client.post(url, {**told, "value": "high"}).context["form"].errors["value"]
    client.post(url, {**told, "value": "3.75"})

    assert LawChoice.objects.get().value == "3.75"
    assert "3.75" in text_of(client.get(reverse("cases:law")))
