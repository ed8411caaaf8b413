"""The page of keys to the figures: one is shown once, withdrawn, and given by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kpi.actions.tokens import fingerprint
from kpi.models import ApiToken
from people.models import Employee, Role, Unit
from tests.factories.people import AT, DAY, OSLO_NUMBER, UnitFactory, employee_with, team_leader
from tests.factories.tokens import ApiTokenFactory
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def administrator(client: Client, unit: Unit) -> Employee:
    who = employee_with(Role.UNIT_ADMINISTRATOR, unit)
    sign_in(client, who)
    return who


def give(client: Client, **told: str) -> Any:
    asked = {"municipality": "3006", "name": "Statistics", "expires_on": "1.6.2026", "form_key": str(uuid4()), **told}
    page = client.get(reverse("kpi:api_tokens"))
    asked["municipality"] = page.context["form"]["municipality"].value() or asked["municipality"]
    return client.post(reverse("kpi:api_tokens"), {**asked, **told})


def test_the_key_is_shown_once_and_opens(client: Client, administrator: Employee) -> None:
    given = give(client)

    secret = given.context["secret"]
    assert secret in given.content.decode()
    assert ApiToken.objects.get().fingerprint == fingerprint(secret)
    again = client.get(reverse("kpi:api_tokens")).content.decode()
    assert secret not in again
    assert "Statistics" in again
    opened = client.get("/api/figures/indicators", headers={"Authorization": f"Bearer {secret}"})
    assert opened.status_code == 200


def test_a_form_sent_twice_gives_one_key(client: Client, administrator: Employee) -> None:
    key = str(uuid4())

    first, second = give(client, form_key=key), give(client, form_key=key)

    assert first.context["secret"]
    assert (second.status_code, second.headers["Location"]) == (302, reverse("kpi:api_tokens"))
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"expires_on": "soon"}, "expires_on"),
        ({"expires_on": "9.3.2026"}, "expires_on"),
        ({"expires_on": "11.3.2027"}, "expires_on"),
        ({"municipality": OSLO_NUMBER}, "municipality"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    told: dict[str, str], field: str, client: Client, administrator: Employee
) -> None:
    page = give(client, **told)

    assert list(page.context["form"].errors) == [field]
    assert not ApiToken.objects.exists()


def test_a_key_is_withdrawn_after_a_question(client: Client, administrator: Employee, unit: Unit) -> None:
    token = ApiTokenFactory.create(secret="mine")
    address = reverse("kpi:withdraw_token", args=[token.pk])

    asked = client.get(address)
    assert token.name in asked.content.decode()
    assert client.post(address, {"form_key": str(uuid4())}).status_code == 302

    assert client.get("/api/figures/indicators", headers={"Authorization": "Bearer mine"}).status_code == 401
    again = client.post(address, {"form_key": str(uuid4())})
    assert "withdrawn already" in again.content.decode()


def test_another_municipality_s_keys_are_not_there(client: Client, administrator: Employee) -> None:
    theirs = ApiTokenFactory.create(municipality_id=OSLO_NUMBER, name="Their system")

    assert client.get(reverse("kpi:withdraw_token", args=[theirs.pk])).status_code == 404
    assert "Their system" not in client.get(reverse("kpi:api_tokens")).content.decode()


def test_a_leader_gives_none(client: Client, unit: Unit) -> None:
    sign_in(client, team_leader(unit))

    assert client.get(reverse("kpi:api_tokens")).status_code == 403
    assert client.post(reverse("kpi:api_tokens"), {"name": "x"}).status_code == 403


def test_the_access_page_leads_there(client: Client, administrator: Employee) -> None:
    assert reverse("kpi:api_tokens") in client.get(reverse("people:access_hub")).content.decode()


def test_one_that_has_run_out_says_so(client: Client, administrator: Employee) -> None:
    ApiTokenFactory.create(expires_on=DAY - timedelta(days=1))

    assert "run out" in client.get(reverse("kpi:api_tokens")).content.decode()
