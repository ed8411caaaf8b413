"""Text that would end a statement, widen a pattern or break an encoding is looked for as what it is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Household, Person
from tests.factories.people import HouseholdFactory, UnitFactory, caseworker
from tests.web.payloads import MARKUP, STATEMENTS
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def household(client: Client) -> Household:
    unit = UnitFactory.create()
    client.cookies["django_language"] = "en"
    sign_in(client, caseworker(unit))
    household: Household = HouseholdFactory.create(unit=unit, applicant__person__name="Åse Sørbø")
    return household


@pytest.mark.parametrize("text", [*STATEMENTS, *MARKUP])
def test_a_search_for_it_finds_nobody_and_harms_nothing(client: Client, household: Household, text: str) -> None:
    before = Person.objects.count()
    answer = client.post(reverse("cases:search"), {"text": text})

    assert answer.status_code == 200
    assert str(household.key) not in answer.content.decode()
    assert Person.objects.count() == before


@pytest.mark.usefixtures("household")
@pytest.mark.parametrize("text", [*STATEMENTS, *MARKUP])
@pytest.mark.parametrize("name", ["cases:households", "cases:overview", "kpi:indicators", "people:my_readings"])
def test_an_address_with_it_as_every_filter_is_answered(client: Client, name: str, text: str) -> None:
    url = reverse(name)
    form = client.get(url).context.get("form")
    names = [*(form.fields if form is not None else ()), "after", "before", "sort", "page", "state", "unit"]

    assert client.get(url, dict.fromkeys(names, text)).status_code in {200, 302, 400, 403, 404}
