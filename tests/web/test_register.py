"""Registering a household in three pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, CaseState, Request, RequestKind
from housing.models import ResidenceKind
from people.models import Employee, Household, MemberRole, Person, Unit
from tests.factories.people import AT, DAY, MemberFactory, PersonFactory, UnitFactory, caseworker, reporter
from tests.web.pages import followed, send, text_of
from tests.web.unit_life import shielded, stay

pytestmark = pytest.mark.django_db

NUMBER = "15858510055"
WHO = {"who-name": "Ingrid Nordmann", "who-born_on": "5.1.1985"}
TONIGHT = {"situation": "rough", "since": "today", "lost_home_reason": "eviction"}
NEED = {"channel": "counter", "kind": "housing_help", "about": "A bed for the night", "lacks_place_tonight": "on"}


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture(autouse=True)
def kari(client: Client, unit: Unit) -> Employee:
    employee = caseworker(unit)
    client.force_login(employee)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return employee


def registered(client: Client, who: dict[str, str], *, need: dict[str, str] | None = None) -> Any:
    """Walk the three pages."""
    assert send(client, reverse("cases:register"), who).status_code == 302
    assert send(client, reverse("cases:register_tonight"), TONIGHT).status_code == 302
    return send(client, reverse("cases:register_need"), need or NEED)


def test_the_shortest_way_leads_straight_to_the_free_rooms(client: Client) -> None:
    answer = registered(client, WHO)
    household = Household.objects.get()
    assert answer.headers["Location"] == reverse("cases:place", args=[household.key])
    assert household.members.get().person.name == "Ingrid Nordmann"
    assert household.residences.get().kind == ResidenceKind.ROUGH
    assert household.requests.get().about == "A bed for the night"
    assert Case.objects.get().state == CaseState.HOMELESS


def test_no_page_s_address_tells_who_it_is(client: Client) -> None:
    answer = send(client, reverse("cases:register"), WHO)
    assert answer.headers["Location"] == reverse("cases:register_tonight")


def test_what_was_typed_stands_when_one_goes_back(client: Client) -> None:
    send(client, reverse("cases:register"), WHO)
    assert "Ingrid Nordmann" in client.get(reverse("cases:register")).content.decode()


def test_starting_over_forgets_it(client: Client) -> None:
    send(client, reverse("cases:register"), WHO)
    client.post(reverse("cases:register"), {"clear": "1"})
    assert "Ingrid Nordmann" not in client.get(reverse("cases:register")).content.decode()


def test_a_later_page_without_the_first_leads_to_it(client: Client) -> None:
    for name in ("register_tonight", "register_need"):
        assert client.get(reverse(f"cases:{name}")).headers["Location"] == reverse("cases:register")


def test_children_are_added_a_row_at_a_time_without_complaints(client: Client) -> None:
    page = send(client, reverse("cases:register"), {**WHO, "add": "1"})
    assert page.status_code == 200
    assert "must be filled in" not in text_of(page)
    child = {"along-0-role": "child", "along-0-name": "Ada Nordmann", "along-0-born_on": "1.6.2019"}
    registered(client, {**WHO, "count": "2", **child, "along-1-role": "child"})
    roles = Household.objects.get().members.values_list("role", "person__name")
    assert set(roles) == {(MemberRole.APPLICANT, "Ingrid Nordmann"), (MemberRole.CHILD, "Ada Nordmann")}


def test_a_national_id_that_breaks_a_rule_says_which(client: Client) -> None:
    answer = send(client, reverse("cases:register"), {**WHO, "who-national_id": "15858510056"})
    assert "The last digits of the national id do not agree with the others." in text_of(answer)
    assert not Person.objects.exists()


def test_neither_number_nor_birth_date_is_asked_for(client: Client) -> None:
    answer = send(client, reverse("cases:register"), {"who-name": "Ukjent"})
    assert "Give a national id or a birth date" in text_of(answer)


def test_somebody_followed_up_already_stops_with_the_way_to_the_household(client: Client, unit: Unit) -> None:
    household = stay(unit, DAY)
    Person.objects.update(national_id=NUMBER, id_kind="synthetic")
    answer = send(client, reverse("cases:register"), {**WHO, "who-national_id": NUMBER})
    assert "already followed up here" in text_of(answer)
    assert reverse("cases:household", args=[household.key]) in answer.content.decode()


def test_a_hidden_person_s_number_gets_the_neutral_answer(client: Client, unit: Unit) -> None:
    household = shielded(unit, DAY)
    Person.objects.update(national_id=NUMBER, id_kind="synthetic")
    answer = send(client, reverse("cases:register"), {**WHO, "who-national_id": NUMBER})
    assert "Ring the duty contact." in text_of(answer)
    assert str(household.key) not in answer.content.decode()


def test_a_number_given_twice_is_stopped(client: Client) -> None:
    twice = {
        **WHO,
        "who-national_id": NUMBER,
        "count": "1",
        "along-0-role": "partner",
        "along-0-name": "Ola",
        "along-0-national_id": NUMBER,
    }
    assert "given twice" in text_of(send(client, reverse("cases:register"), twice))


def test_somebody_alike_is_asked_about_and_can_be_confirmed(client: Client, unit: Unit) -> None:
    known = stay(unit, DAY)
    MemberFactory.create(
        household=known,
        role=MemberRole.PARTNER,
        person=PersonFactory.create(name="Ingrid Nordman", born_on="1985-01-05"),
    )
    asked = registered(client, WHO)
    assert "already registered" in text_of(asked)
    assert Household.objects.count() == 1
    answer = client.post(
        reverse("cases:register_need"),
        {**NEED, "accepted": "on", "unit": unit.pk, "form_key": str(asked.context["form"]["form_key"].value())},
    )
    assert answer.status_code == 302
    assert Household.objects.count() == 2


def test_a_need_asks_for_its_reason(client: Client) -> None:
    assert "Choose why" in text_of(registered(client, WHO, need={**NEED, "need": "at_risk"}))


def test_a_situation_cannot_begin_ahead(client: Client) -> None:
    send(client, reverse("cases:register"), WHO)
    answer = send(client, reverse("cases:register_tonight"), {**TONIGHT, "since": "tomorrow"})
    assert "cannot lie ahead" in text_of(answer)


def test_the_household_s_page_follows_when_there_is_a_place_tonight(client: Client) -> None:
    need = {name: value for name, value in NEED.items() if name != "lacks_place_tonight"}
    answer = registered(client, WHO, need=need)
    assert "The household is registered." in text_of(followed(client, answer))
    assert Request.objects.get().kind == RequestKind.HOUSING_HELP


def test_a_reporter_is_refused(client: Client, unit: Unit) -> None:
    client.force_login(reporter(unit))
    for name in ("register", "register_tonight", "register_need"):
        assert client.get(reverse(f"cases:{name}")).status_code == 403
