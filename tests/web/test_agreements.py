"""The pages of agreements with landlords, and of a tenant who buys."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from housing.models import Agreement, ResidenceKind, Tenure
from people.models import Employee, Unit
from tests.factories.housing import AgreementFactory, DwellingFactory, ResidenceFactory
from tests.factories.leases import LandlordFactory
from tests.factories.people import LONG_AGO, OSLO_NUMBER, UnitFactory, caseworker, reporter
from tests.journeys import household_in, joined
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def employee(unit: Unit) -> Employee:
    return caseworker(unit)


@pytest.fixture
def worker(client: Client, employee: Employee) -> Client:
    client.cookies["django_language"] = "en"
    return sign_in(client, employee)


def test_an_agreement_gets_its_share_and_years_from_the_rules(worker: Client) -> None:
    told = {
        "name": "Storgata 4",
        "kind": "referral_agreement",
        "landlord": LandlordFactory.create().pk,
        "dwelling_total": "12",
        "starts_on": "1.2.2024",
    }
    page = followed(worker, send(worker, reverse("cases:add_agreement"), told))

    made = Agreement.objects.get()
    assert (made.share_percent, made.whole_under, made.ends_on) == (40, 5, date(2044, 2, 1))
    assert "0; 4 may be let" in text_of(page)
    allotment = {**told, "name": "Myntgata", "kind": "allotment_agreement", "starts_on": "1.2.2012"}
    send(worker, reverse("cases:add_agreement"), allotment)
    second = Agreement.objects.get(name="Myntgata")
    assert (second.share_percent, second.whole_under, second.ends_on) == (100, 0, date(2042, 2, 1))


def test_an_agreement_can_say_other_numbers_than_the_rules(worker: Client) -> None:
    one = AgreementFactory.create(name="Old")
    told = {
        "name": "Old",
        "kind": one.kind,
        "landlord": one.landlord.pk,
        "dwelling_total": "20",
        "starts_on": "1.2.2010",
        "ends_on": "1.2.2035",
        "share_percent": "50",
    }
    send(worker, reverse("cases:change_agreement", args=[one.pk]), told)

    one.refresh_from_db()
    assert (one.share_percent, one.ends_on, one.most_let) == (50, date(2035, 2, 1), 10)
    refused = send(worker, reverse("cases:add_agreement"), told)
    assert "There is already an agreement with that name." in text_of(refused)


def test_the_list_says_what_is_to_be_looked_at(worker: Client) -> None:
    over = AgreementFactory.create(name="Storgata 4", dwelling_total=5)
    for dwelling in DwellingFactory.create_batch(3, tenure=Tenure.REFERRAL_AGREEMENT, agreement=over):
        ResidenceFactory.create(
            dwelling=dwelling, kind=ResidenceKind.MUNICIPAL_RENTAL, lease="ordinary", starts_on=LONG_AGO
        )
    DwellingFactory.create(tenure=Tenure.REFERRAL_AGREEMENT)

    page = text_of(worker.get(reverse("cases:agreements")))

    assert "Storgata 4" in page and "More dwellings are let than the agreement gives" in page
    assert "1 dwelling is said to stand under an agreement, and names none." in page
    assert "More dwellings are let" in text_of(worker.get(reverse("cases:agreement", args=[over.pk])))


def test_agreements_are_their_municipality_s(client: Client, unit: Unit) -> None:
    one = AgreementFactory.create()
    sign_in(client, reporter(unit))
    assert client.get(reverse("cases:agreements")).status_code == 403
    sign_in(client, caseworker(UnitFactory.create(municipality_id=OSLO_NUMBER)))
    assert client.get(reverse("cases:agreement", args=[one.pk])).status_code == 404


def test_a_tenant_buys_from_the_household_s_page(worker: Client, unit: Unit, employee: Employee) -> None:
    dwelling = DwellingFactory.create(address="Myntgata 7")
    household = household_in(ResidenceKind.MUNICIPAL_RENTAL, unit=unit, dwelling=dwelling, lease="ordinary")
    joined(employee, household)
    page = reverse("cases:household", args=[household.key])
    assert "Buy the home they rent" in text_of(worker.get(page))

    send(worker, reverse("cases:buy_home", args=[household.key]), {"on": "today", "proceeds": "1500000"})

    dwelling.refresh_from_db()
    assert (dwelling.disposed_on, dwelling.proceeds) == (localdate(timezone.now()), 1_500_000)
    assert household.residences.filter(kind=ResidenceKind.OWNED).exists()
    assert "Buy the home they rent" not in text_of(worker.get(page))
    assert worker.get(reverse("cases:buy_home", args=[household.key])).status_code == 404
