from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cases.questions.night_costs import Costs, costs_of
from housing.actions.spells import refresh
from housing.models import Residence, ResidenceKind
from people.models import Unit
from tests.factories.applied import HousingApplicationFactory
from tests.factories.housing import ResidenceFactory, RoomFactory
from tests.factories.people import DAY, KONGSBERG, HouseholdFactory, UnitFactory, caseworker
from tests.factories.providers import InvoiceLineFactory, ProviderInvoiceFactory
from tests.web.pages import text_of
from tests.web.test_providers import BACKEND

pytestmark = pytest.mark.django_db

YEAR = 2025
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


def stayed(unit: Unit, starts_on: date, ends_on: date | None, **facts: object) -> Residence:
    room = RoomFactory.create(price_a_night=500)
    told = {"room": room, "provider": room.provider, "price_a_night": 700, **facts}
    residence = ResidenceFactory.create(
        household=HouseholdFactory.create(unit=unit),
        kind=ResidenceKind.TEMPORARY,
        starts_on=starts_on,
        ends_on=ends_on,
        **told,
    )
    refresh([residence.household_id])
    return residence


def test_nights_are_counted_by_month_at_the_placement_s_price_else_the_room_s(unit: Unit) -> None:
    stayed(unit, date(2025, 1, 30), date(2025, 2, 3))
    stayed(unit, date(2025, 2, 1), date(2025, 2, 3), price_a_night=None)
    nowhere = RoomFactory.create()
    stayed(unit, date(2025, 2, 1), date(2025, 2, 2), room=nowhere, provider=nowhere.provider, price_a_night=None)

    january, february = (month.costs for month in costs_of(KONGSBERG, YEAR, today=DAY).months[:2])

    assert (january.nights, january.cost, january.a_night) == (2, 1400, 700)
    assert (february.nights, february.cost, february.unpriced) == (5, 2400, 1)


def test_nights_from_the_limit_on_are_what_three_months_too_many_cost(unit: Unit) -> None:
    stayed(unit, date(2025, 1, 31), date(2025, 5, 3))

    months = costs_of(KONGSBERG, YEAR, today=DAY).months

    # the limit is 30 April, and its night the first too many
    assert [month.costs.late_nights for month in months[:6]] == [0, 0, 0, 1, 2, 0]
    assert months[4].costs.late_cost == 1400


def test_nights_with_a_dwelling_granted_and_none_found_are_what_waiting_costs(unit: Unit) -> None:
    lived = stayed(unit, date(2025, 1, 1), date(2025, 2, 1))
    HousingApplicationFactory.create(household=lived.household, is_waiting=True, received_on=date(2025, 1, 22))

    [january, *_rest] = costs_of(KONGSBERG, YEAR, today=DAY).months

    assert (january.costs.waiting_nights, january.costs.waiting_cost) == (10, 7000)


def test_a_year_goes_until_last_night_and_next_year_has_none_yet(unit: Unit) -> None:
    stayed(unit, NEW_YEAR, None)

    found = costs_of(KONGSBERG, NEW_YEAR.year, today=NEW_YEAR + timedelta(days=3))

    assert [month.costs.nights for month in found.months] == [3]
    assert costs_of(KONGSBERG, NEW_YEAR.year + 1, today=NEW_YEAR).total == Costs()


def test_what_is_accepted_of_invoices_stands_beside(unit: Unit) -> None:
    invoice = ProviderInvoiceFactory.create(starts_on=date(2025, 3, 1), ends_on=date(2025, 4, 1))
    line = InvoiceLineFactory.create(invoice=invoice)
    InvoiceLineFactory.create(invoice=invoice, verdict="accepted", judged_by=invoice.by, judged_at=invoice.at)

    found = costs_of(KONGSBERG, YEAR, today=DAY)

    assert found.accepted == found.months[2].accepted == line.amount == Decimal(31 * 750)


def test_the_page_shows_the_year_asked_for(
    client: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stayed(unit, date(2025, 1, 1), date(2025, 1, 11))
    client.force_login(caseworker(unit), backend=BACKEND)
    client.cookies["django_language"] = "en"
    with django_assert_max_num_queries(15):
        page = text_of(client.get(reverse("cases:night_costs"), {"year": YEAR}))
    assert "What nights cost in Kongsberg, 2025" in page
    assert "January 10 7" in page
    assert "Enter a whole number." in text_of(client.get(reverse("cases:night_costs"), {"year": "soon"}))
