"""What a number that is typed at the counter answers when the person is not the caseworker's to know of."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.models import (
    Alert,
    AlertKind,
    DutyContact,
    DutyHours,
    Employee,
    Household,
    Person,
    Protection,
    Relation,
    Unit,
    UnitKind,
)
from tests.factories.cases import CaseFactory
from tests.factories.people import (
    LONG_AGO,
    AssignmentFactory,
    DisqualificationFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
)
from tests.web.pages import text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

NUMBER = "01818510159"
NEUTRAL = "This person cannot be registered here now. Ring the duty contact: Vakta, 99 00 11 22."


@pytest.fixture
def unit() -> Unit:
    unit = UnitFactory.create()
    for hours in DutyHours:
        DutyContact.objects.create(
            municipality=unit.municipality, hours=hours, name="Vakta", phone="99 00 11 22", starts_on=LONG_AGO
        )
    return unit


@pytest.fixture
def special(unit: Unit) -> Unit:
    return UnitFactory.create(municipality=unit.municipality, kind=UnitKind.SPECIAL)


def somebody(unit: Unit, protection: Protection = Protection.NONE) -> Household:
    """A household of the unit whose applicant has the number."""
    household: Household = HouseholdFactory.create(
        unit=unit, applicant__person__name="Randi Rask", applicant__person__protection=protection
    )
    person = household.members.get().person
    person.national_id, person.id_kind = NUMBER, "synthetic"
    person.save(update_fields=["national_id", "id_kind"])
    return household


def browser(client: Client, employee: Employee) -> Client:
    sign_in(client, employee)
    client.cookies["django_language"] = "en"
    return client


def registers(client: Client) -> Any:
    data = {"who-national_id": NUMBER, "who-name": "Somebody", "count": "0"}
    return client.post(reverse("cases:register"), data)


def adds(client: Client, worker: Employee, unit: Unit) -> Any:
    own = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=own)
    AssignmentFactory.create(household=own, employee=worker)
    data = {"national_id": NUMBER, "name": "Somebody", "role": "partner", "starts_on": "today"}
    sent = {"form_key": uuid4(), "version": own.version, **data}
    return client.post(reverse("cases:add_member", args=[own.key]), sent)


@pytest.mark.parametrize("kind", ["confidential", "strictly_confidential", "party"])
def test_every_blocked_person_gets_the_same_words_and_whom_to_ring(
    client: Client, unit: Unit, special: Unit, kind: str
) -> None:
    worker = caseworker(unit)
    household = somebody(unit, Protection(kind) if kind != "party" else Protection.NONE)
    if kind == "party":
        person = household.members.get().person
        DisqualificationFactory.create(employee=worker, person=person, relation=Relation.RELATIVE)
    browser(client, worker)

    for answer in (registers(client), adds(client, worker, unit)):
        assert NEUTRAL in text_of(answer)
        assert "Randi" not in text_of(answer)
    found = text_of(client.post(reverse("cases:search"), {"text": NUMBER}))
    assert "99 00 11 22" in found
    assert "Randi" not in found

    [alert] = Alert.objects.all()
    assert alert.kind == AlertKind.BLOCKED_AT_COUNTER
    assert alert.unit == (special if kind == "strictly_confidential" else unit)
    assert (alert.by, alert.household) == (worker, household)
    assert Person.objects.with_number(NUMBER).count() == 1


def test_a_number_of_nobody_reads_as_a_blocked_one_in_search(client: Client, unit: Unit) -> None:
    browser(client, caseworker(unit))
    before = client.post(reverse("cases:search"), {"text": NUMBER})
    somebody(unit, Protection.CONFIDENTIAL)

    after = client.post(reverse("cases:search"), {"text": NUMBER})

    assert text_of(before) == text_of(after)
    assert Alert.objects.count() == 1


def test_of_another_unit_s_household_only_the_unit_is_told(client: Client, unit: Unit) -> None:
    other = UnitFactory.create(municipality=unit.municipality, name="NAV Nord", phone="32 00 00 00")
    somebody(other)
    worker = caseworker(unit)
    browser(client, worker)

    for answer in (registers(client), adds(client, worker, unit)):
        told = text_of(answer)
        assert "followed by NAV Nord, telephone 32 00 00 00" in told
        assert "emergency door" in told
        assert "Randi" not in told
    assert not Alert.objects.exists()


def test_whoever_is_on_the_case_is_led_to_it(client: Client, unit: Unit) -> None:
    household = somebody(unit, Protection.CONFIDENTIAL)
    worker = AssignmentFactory.create(household=household, employee=caseworker(unit)).employee
    told = registers(browser(client, worker))
    assert str(household.key) in told.content.decode()
    assert not Alert.objects.exists()


def test_who_registers_a_strictly_confidential_household_is_told_to_ring(
    client: Client, unit: Unit, special: Unit
) -> None:
    browser(client, caseworker(unit))
    assert "99 00 11 22" in text_of(client.get(reverse("cases:registered_elsewhere")))
