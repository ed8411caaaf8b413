from __future__ import annotations

from django.test import Client
from django.urls import reverse

from people.models import Protection, Reading, Showing
from tests.factories.people import HouseholdFactory, UnitFactory, caseworker
from tests.web.pages import text_of


def signed_in(client: Client) -> tuple[Client, object]:
    unit = UnitFactory.create()
    client.force_login(caseworker(unit), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client, unit


def test_a_household_is_found_by_name_and_by_number(client: Client, db: None) -> None:
    worker, unit = signed_in(client)
    household = HouseholdFactory.create(unit=unit)
    person = household.members.get(role="applicant").person
    person.name, person.national_id, person.id_kind = "Sørbø Åse", "01818510159", "synthetic"
    person.save(update_fields=["name", "national_id", "id_kind"])
    for text, why in (("sorbo", "The name begins so"), ("018185 10159", "The national id")):
        page = worker.post(reverse("cases:search"), {"text": text})
        assert why in text_of(page)
        assert str(household.key) in page.content.decode()


def test_a_shielded_household_is_not_told_from_none(client: Client, db: None) -> None:
    worker, unit = signed_in(client)
    household = HouseholdFactory.create(unit=unit)
    person = household.members.get(role="applicant").person
    person.name, person.protection = "Sørbø Åse", Protection.CONFIDENTIAL
    person.save(update_fields=["name", "protection"])
    found = text_of(worker.post(reverse("cases:search"), {"text": "sorbo"}))
    none = text_of(worker.post(reverse("cases:search"), {"text": "nobody at all"}))
    assert found == none


def test_a_hit_is_a_hit_in_the_read_log(client: Client, db: None) -> None:
    worker, unit = signed_in(client)
    household = HouseholdFactory.create(unit=unit, applicant__person__name="Åse Sørbø")
    worker.post(reverse("cases:search"), {"text": "nobody at all"})
    worker.post(reverse("cases:search"), {"text": "sørbø"})
    [line] = Reading.objects.filter(household_id=household.pk)
    assert (line.what, line.route) == (Showing.SEARCH, "cases:search")


def test_an_address_carries_no_name(client: Client, db: None) -> None:
    worker, _unit = signed_in(client)
    page = text_of(worker.get(reverse("cases:search"), {"text": "sorbo"}))
    assert "Write a name, a national id or a case number" in page
