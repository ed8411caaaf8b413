# mypy: disable-error-code="no-untyped-call"
"""Who acts for a member, who gets letters, and that somebody died, through their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import RepresentativeKind
from people.models import Employee, Household, MemberRole, Protection, Unit
from tests import files
from tests.factories.people import AssignmentFactory, MemberFactory, PersonFactory, UnitFactory, caseworker
from tests.factories.represented import RepresentativeFactory
from tests.web.pages import followed, send, text_of
from tests.web.unit_life import stay

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
    return stay(unit, timezone.localdate() - timedelta(days=30), name="Ingrid Nordmann")


def of(household: Household, name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def told(household: Household, **facts: Any) -> dict[str, Any]:
    person = household.members.get(role=MemberRole.APPLICANT).person_id
    return {
        "person": person,
        "kind": "guardian",
        "scope": "both",
        "name": "Vera Verge",
        "starts_on": "today",
        "gets_letters": "on",
        **facts,
    }


def test_a_guardian_is_registered_stands_with_the_members_and_in_the_header(
    client: Client, household: Household
) -> None:
    page = followed(client, send(client, of(household, "add_representative"), told(household, phone="41 11 11 11")))

    assert "Vera Verge" in text_of(page)
    assert "41 11 11 11" in text_of(page)
    assert "Guardian" in text_of(client.get(of(household, "plan")))


def test_an_agent_comes_with_the_power_of_attorney_as_a_file(client: Client, household: Household) -> None:
    agent = told(household, kind="agent", name="Ask Agent")
    refused = send(client, of(household, "add_representative"), agent)
    assert "Take in the power of attorney" in text_of(refused)
    assert "Ask Agent" in refused.content.decode()

    scan = SimpleUploadedFile("fullmakt.pdf", files.pdf())
    page = followed(client, send(client, of(household, "add_representative"), {**agent, "file": scan}))
    assert "Power of attorney" in text_of(page)

    sent = text_of(client.get(of(household, "letters_to")))
    assert "No letter leaves without the agent." in sent
    assert "Agent of Ingrid Nordmann" in sent


def test_who_gets_letters_says_what_stops_one(client: Client, household: Household) -> None:
    member = household.members.get()
    page = followed(client, send(client, of(household, "death", member.pk), {"died_on": "today", "reason": "Police"}))
    assert "died" in text_of(page)
    estate = told(household, kind="estate", name="Bo Boet", gets_letters="")
    followed(client, send(client, of(household, "add_representative"), estate))

    sent = text_of(client.get(of(household, "letters_to")))

    assert "no letter goes to somebody who is dead" in sent
    assert "For the estate: Bo Boet." in sent
    back = followed(client, send(client, of(household, "death", member.pk), {"reason": "Another person"}))
    assert "No death is registered any more." in text_of(back)


def test_a_representative_is_ended_with_a_reason(client: Client, household: Household) -> None:
    row = RepresentativeFactory.create(household=household, name="Vera Verge")
    url = of(household, "end_representative", row.pk)

    assert send(client, url, {"on": "today"}).status_code == 200
    row.refresh_from_db()
    assert row.ends_on is None
    page = followed(client, send(client, url, {"on": "today", "reason": "The court ended it"}))

    assert "The court ended it" in text_of(page)


def test_the_language_of_letters_is_set(client: Client, household: Household) -> None:
    member = household.members.get()
    url = of(household, "letter_language", member.pk)
    asked = send(client, url, {"letter_language": "nn", "needs_interpreter": "on"})
    assert "Write which language is spoken." in text_of(asked)

    followed(client, send(client, url, {"letter_language": "nn", "needs_interpreter": "on", "spoken": "Dari"}))

    sent = text_of(client.get(of(household, "letters_to")))
    assert "Nynorsk" in sent
    assert "To be explained with an interpreter: Dari." in sent


def test_of_a_protected_household_no_address_is_shown_and_each_representative_is_to_be_confirmed(
    client: Client, unit: Unit, kari: Employee
) -> None:
    household = stay(unit, timezone.localdate(), name="Ingrid Nordmann")
    person = household.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])
    AssignmentFactory.create(household=household, employee=kari)
    RepresentativeFactory.create(household=household, name="Vera Verge", address="Hemmeligveien 9")

    sent, members = text_of(client.get(of(household, "letters_to"))), text_of(client.get(of(household, "members")))

    assert "Handed over as agreed, without an address" in sent
    assert "confirm for each letter" in sent
    assert "Hemmeligveien" not in sent + members


def test_a_representative_or_member_of_another_household_is_not_found(client: Client, household: Household) -> None:
    theirs = RepresentativeFactory.create(kind=RepresentativeKind.GUARDIAN)
    member = MemberFactory.create(household=theirs.household, role=MemberRole.OTHER, person=PersonFactory.create())

    for name, pk in (("end_representative", theirs.pk), ("death", member.pk), ("letter_language", member.pk)):
        assert client.get(of(household, name, pk)).status_code == 404


def test_the_page_of_recipients_asks_a_constant_number_of_statements(
    client: Client, household: Household, django_assert_max_num_queries: Any
) -> None:
    url = of(household, "letters_to")
    client.get(url)
    for n in range(5):
        RepresentativeFactory.create(household=household, name=f"Verge {n}")
    with django_assert_max_num_queries(40):
        client.get(url)
