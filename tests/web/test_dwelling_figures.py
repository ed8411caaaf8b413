# mypy: disable-error-code="no-untyped-call"
"""The dwellings behind a figure: the list is the figure, and tells of nobody shielded where they live."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from housing.models import Lease, ResidenceKind
from people.models import Protection, Unit
from tests.factories.housing import DwellingFactory, ResidenceFactory
from tests.factories.people import HouseholdFactory, UnitFactory, reporter, team_leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def street(unit: Unit) -> Unit:
    """Three dwellings: let, let to somebody shielded, empty."""
    for number in (1, 2, 3):
        dwelling = DwellingFactory.create(address=f"Storgata {number}", is_accessible=True)
        if number < 3:
            household = HouseholdFactory.create(unit=unit)
            ResidenceFactory.create(
                household=household,
                kind=ResidenceKind.MUNICIPAL_RENTAL,
                lease=Lease.ORDINARY,
                dwelling=dwelling,
                starts_on=date(2024, 1, 1),
            )
    person = household.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])
    return unit


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def listed(client: Client, code: str, **query: str) -> tuple[list[str], int, str]:
    answer = client.get(reverse("kpi:behind", args=[code]), query)
    assert answer.status_code == 200
    found = answer.context["listed"]
    return sorted(row.address for row in found.page.rows), found.hidden, answer.content.decode()


def test_the_stock_is_listed_whole_and_shown_and_hidden_together_are_those_let(client: Client, street: Unit) -> None:
    client.force_login(team_leader(street))

    assert listed(client, "5.1")[:2] == (["Storgata 1", "Storgata 2", "Storgata 3"], 0)
    assert listed(client, "stock_let")[:2] == (["Storgata 1"], 1)
    assert listed(client, "time_vacant")[:2] == (["Storgata 3"], 0)
    assert "1 dwelling behind the figure is not shown to you." in listed(client, "stock_let")[2]


def test_a_reporter_has_references_and_no_addresses(client: Client, street: Unit) -> None:
    client.force_login(reporter(street))

    for code in ("5.1", "stock_let"):
        addresses, _hidden, page = listed(client, code)
        assert set(addresses) == {""}
        assert "Storgata" not in page


def test_a_share_of_two_populations_leads_to_households_and_to_dwellings(client: Client, street: Unit) -> None:
    client.force_login(team_leader(street))

    assert listed(client, "5.8", of="population")[:2] == (["Storgata 1", "Storgata 2", "Storgata 3"], 0)
    assert client.get(reverse("kpi:behind", args=["5.8"])).status_code == 200
    assert client.get(reverse("kpi:indicator", args=["5.8"])).status_code == 200


def test_a_unit_s_page_has_no_figures_of_dwellings(client: Client, street: Unit) -> None:
    client.force_login(team_leader(street))

    answer = client.get(reverse("kpi:indicators"), {"place": f"u{street.pk}"})

    codes = {row.indicator.code for _goal, rows in answer.context["goals"] for row in rows}
    assert {"2.1", "applied_new", "waiting"} <= codes
    assert not {"5.1", "5.8", "stock_let", "vacancy", "acquired"} & codes
