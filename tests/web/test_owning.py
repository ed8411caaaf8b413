# mypy: disable-error-code="no-untyped-call"
"""The way from renting to owning as one works with it, and the unit's list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import OwningAgreement, PotentialCriterion
from housing.models import Lease, ResidenceKind
from people.models import Household
from tests.factories.housing import DwellingFactory
from tests.factories.owning import OwningAgreementFactory, OwningContactFactory, OwningPotentialFactory
from tests.factories.people import DAY, LONG_AGO
from tests.journeys import household_in, unit_of, worker_for
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

POINTS = {f"points_{criterion.value}": "2" for criterion in PotentialCriterion}
REASONS = {f"reason_{criterion.value}": "In place" for criterion in PotentialCriterion}


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def household(client: Client) -> Household:
    """Rents one of the municipality's dwellings; the client is on the case."""
    dwelling = DwellingFactory.create(acquired_on=LONG_AGO)
    made = household_in(
        ResidenceKind.MUNICIPAL_RENTAL,
        localdate() - timedelta(days=400),
        lease=Lease.ORDINARY,
        dwelling=dwelling,
    )
    sign_in(client, worker_for(made))
    return made


def url(name: str, household: Household, *args: int) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def agreement_of(household: Household, **told: Any) -> OwningAgreement:
    today = localdate()
    facts = {"agreed_on": today - timedelta(days=30), "option_until": today + timedelta(days=900), **told}
    return OwningAgreementFactory.create(tenancy__residence=household.residences.get(), **facts)


def test_the_way_from_lease_to_owned_home(client: Client, household: Household) -> None:
    rented = household.residences.get()
    assert url("owning", household) in client.get(url("household", household)).content.decode()
    send(
        client,
        url("agree_to_own", household),
        {
            "way": "rent_to_own",
            "agreed_on": "-30",
            "residence": rented.pk,
            "option_price": "2100000",
            "option_until": "+900",
            "years": "5",
            "saves_in_all": "120000",
        },
    )
    agreement = OwningAgreement.objects.get()
    send(client, url("owning_payment", household, agreement.pk), {"kind": "saved", "month": "today", "amount": "2000"})
    send(client, url("owning_potential", household, agreement.pk), {**POINTS, **REASONS, "summary": "Soon"})
    send(client, url("purchase_step", household, agreement.pk), {"step": "loan_granted", "on": "today"})
    send(client, url("owning_ready", household, agreement.pk), {})
    page = text_of(client.get(url("owning", household)))
    assert "Ready to buy" in page and "14 of 14 points" in page and "118 000 kr left" in page

    answer = send(
        client,
        url("owning_purchase", household, agreement.pk),
        {"on": "today", "which": "home", "price": "2100000", "leaves_tenancy": "on"},
    )

    assert "They own their home" in text_of(followed(client, answer))
    agreement.refresh_from_db()
    assert agreement.status == "purchased"
    assert [one.kind for one in household.residences.order_by("starts_on")] == ["municipal_rental", "owned"]
    send(client, url("owning_talk", household, agreement.pk), {"on": "today", "pays": "unknown"})
    send(
        client,
        url("owning_rescue", household, agreement.pk),
        {"kind": "interest_only", "starts_on": "today", "note": "Lost work"},
    )
    page = text_of(client.get(url("owning", household)))
    assert "not known" in page and "Interest only for a while" in page


@pytest.mark.parametrize(
    ("told", "said", "words"),
    [
        ({"option_until": localdate() - timedelta(days=1)}, {"leaves_tenancy": "on"}, "The option ran out on"),
        ({}, {}, "say that they leave the tenancy the same day"),
    ],
)
def test_a_purchase_that_cannot_be_says_so_and_changes_nothing(
    client: Client, household: Household, told: dict[str, Any], said: dict[str, str], words: str
) -> None:
    agreement = agreement_of(household, status="ready", **told)

    answer = send(client, url("owning_purchase", household, agreement.pk), {"on": "today", "which": "home", **said})

    assert answer.status_code == 200 and words in text_of(answer)
    agreement.refresh_from_db()
    assert agreement.status == "ready"
    assert [one.kind for one in household.residences.all()] == ["municipal_rental"]


def test_every_point_needs_its_reason(client: Client, household: Household) -> None:
    agreement = agreement_of(household)

    answer = send(client, url("owning_potential", household, agreement.pk), {**POINTS, **REASONS, "reason_debt": ""})

    assert answer.status_code == 200
    assert not agreement.potentials.exists()


def test_nobody_is_ready_unseen(client: Client, household: Household) -> None:
    agreement = agreement_of(household)

    answer = send(client, url("owning_ready", household, agreement.pk), {})

    assert "Look at their potential first" in text_of(answer)


def test_an_agreement_ends_with_a_reason(client: Client, household: Household) -> None:
    agreement = agreement_of(household, status="ready")
    send(client, url("owning_saving", household, agreement.pk), {})

    send(
        client,
        url("end_owning", household, agreement.pk),
        {"on": "today", "because": "no_financing", "note": "Work ended"},
    )

    page = text_of(client.get(url("owning", household)))
    assert "Could not get the loan" in page and "Work ended" in page
    assert url("agree_to_own", household) in client.get(url("owning", household)).content.decode()


def test_another_household_s_agreement_is_not_found_here(client: Client, household: Household) -> None:
    other = OwningAgreementFactory.create()

    assert client.get(url("owning_payment", household, other.pk)).status_code == 404


def test_the_unit_sees_who_is_on_the_way_who_has_bought_and_what_ended(client: Client, household: Household) -> None:
    agreement = agreement_of(household, agreed_on=localdate() - timedelta(days=500), saves_in_all=1)
    OwningPotentialFactory.create(agreement=agreement, made_on=localdate() - timedelta(days=400))
    other = household_in(
        ResidenceKind.PRIVATE_RENTAL, LONG_AGO, unit=unit_of(household), lease=Lease.ORDINARY, ends_on=DAY
    )
    bought = OwningAgreementFactory.create(tenancy__residence=other.residences.get(), is_bought=True)
    OwningContactFactory.create(agreement=bought, on=localdate(), pays=False)
    where = reverse("cases:unit_owning")

    on_the_way = client.get(where).content.decode()
    assert str(household.key) in on_the_way and "late" in on_the_way and str(other.key) not in on_the_way
    owners = client.get(where, {"show": "bought"}).content.decode()
    assert str(other.key) in owners and str(household.key) not in owners
    assert "No" in text_of(client.get(where, {"show": "ended"}))
