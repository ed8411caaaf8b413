# mypy: disable-error-code="no-untyped-call"
"""Leases as one works with them: told of, signed, followed, ended; landlords; the unit's list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Document, DocumentKind, PrivateHelp, Security
from housing.models import Landlord, Lease, Residence, ResidenceKind, Tenancy
from people.models import Household, JournalEntry, Protection
from tests.factories.housing import DwellingFactory
from tests.factories.leases import LandlordFactory, SecurityFactory, TenancyFactory, TenancyRentFactory
from tests.factories.people import UnitFactory, caseworker
from tests.journeys import household_in, worker_for
from tests.letters.reading import read
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def to_be_housed(client: Client, **residence: Any) -> Household:
    household = household_in(ResidenceKind.ROUGH, localdate() - timedelta(days=30), **residence)
    sign_in(client, worker_for(household))
    return household


def living(client: Client, **terms: Any) -> Tenancy:
    household = household_in(
        ResidenceKind.PRIVATE_RENTAL, localdate() - timedelta(days=400), **{"lease": Lease.ORDINARY, **terms}
    )
    sign_in(client, worker_for(household))
    tenancy = TenancyFactory.create(residence=household.residences.get(), address="Storgata 1")
    TenancyRentFactory.create(tenancy=tenancy)
    return tenancy


def url(name: str, household: Household, *args: int) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def of(tenancy: Tenancy, name: str) -> str:
    return url(name, tenancy.residence.household, tenancy.residence_id)


MUNICIPAL = "?kind=municipal_rental"
SIGNED = {"moves_in_on": "today", "signed_on": "today", "lease": "ordinary", "rent_a_month": "9000"}


def test_the_kind_of_home_is_asked_first(client: Client) -> None:
    household = to_be_housed(client)

    page = text_of(client.get(url("sign_lease", household)))

    assert "Private rental" in page and "Municipal rental" in page and "Rent a month" not in page


def test_a_lease_is_signed_once_however_often_the_form_is_sent(client: Client) -> None:
    household = to_be_housed(client)
    dwelling = DwellingFactory.create(municipality=household.municipality)
    where = url("sign_lease", household) + MUNICIPAL

    answer = send(client, where, {**SIGNED, "dwelling": dwelling.pk})

    assert "The lease is signed" in text_of(followed(client, answer))
    assert Tenancy.objects.get().residence.dwelling == dwelling


def test_a_short_lease_without_a_reason_says_so_at_its_field_and_keeps_what_was_typed(client: Client) -> None:
    household = to_be_housed(client)
    dwelling = DwellingFactory.create(municipality=household.municipality)
    told = {**SIGNED, "dwelling": dwelling.pk, "ends_on": "+400", "rent_a_month": "7777"}

    page = send(client, url("sign_lease", household) + MUNICIPAL, told)

    assert "shorter than the law allows" in text_of(page)
    assert 'value="7777"' in page.content.decode()
    assert not Tenancy.objects.exists()


def test_what_was_told_in_writing_fills_the_form_that_is_signed(client: Client) -> None:
    household = to_be_housed(client)
    dwelling = DwellingFactory.create(municipality=household.municipality, address="Fjordgata 3")
    told = {
        "dwelling": dwelling.pk,
        "moves_in_on": "+3",
        "lease": "section_11_1",
        "rent_a_month": "8123",
        "language": "en",
    }

    draft = send(client, url("tell_lease", household) + MUNICIPAL, {**told, "preview": "1"})
    assert "Fjordgata 3" in read(draft.content) and not Document.objects.exists()

    assert send(client, url("tell_lease", household) + MUNICIPAL, told).status_code == 302
    page = client.get(url("sign_lease", household) + MUNICIPAL).content.decode()
    document = Document.objects.get(kind=DocumentKind.LEASE)
    assert document.tells_place and 'value="8123"' in page
    assert "8,123 kroner" in read(bytes(document.content))
    assert JournalEntry.objects.filter(act="lease.told").exists()


def test_a_deposit_beyond_six_months_rent_is_not_told(client: Client) -> None:
    household = to_be_housed(client)
    dwelling = DwellingFactory.create(municipality=household.municipality)
    told = {"dwelling": dwelling.pk, "moves_in_on": "+3", "lease": "ordinary", "rent_a_month": "1000"}

    page = send(client, url("tell_lease", household) + MUNICIPAL, {**told, "deposit": "3000", "guarantee": "3001"})

    assert "at most 6 months' rent" in text_of(page)


def test_the_page_says_whether_it_is_a_permanent_home_and_why(client: Client) -> None:
    tenancy = living(client, lease_ends_on=localdate() + timedelta(days=200))

    page = text_of(client.get(url("leases", tenancy.residence.household)))

    assert "No permanent home: the lease would have to last until" in page
    assert "Storgata 1" in page and "0 kr of at most 54" in page


def test_a_short_lease_after_section_11_1_without_a_reason_is_to_be_put_right(client: Client) -> None:
    ends_on = localdate() + timedelta(days=200)
    tenancy = living(client, lease=Lease.SECTION_11_1, lease_ends_on=ends_on)

    page = text_of(client.get(url("leases", tenancy.residence.household)))
    listed = text_of(client.get(reverse("cases:unit_leases"), {"show": "right"}))

    assert "By law without an end" in page
    assert "Storgata 1" in listed


def test_a_lease_known_by_its_dates_only_is_shown(client: Client) -> None:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)
    sign_in(client, worker_for(household))

    assert "Only the dates of this lease are known" in text_of(client.get(url("leases", household)))


def test_notice_rent_security_and_help_are_noted_from_their_pages(client: Client) -> None:
    tenancy = living(client)
    household = tenancy.residence.household
    notice = {"given_by": "landlord", "because": "works", "given_on": "today"}
    rent = {"because": "index", "starts_on": "today", "index_before": "130.0", "index_after": "136.5"}
    security = {"kind": "guarantee", "given_by": "municipality", "amount": "40000", "given_on": "today"}

    for page, told in (
        (of(tenancy, "give_notice"), notice),
        (of(tenancy, "set_rent"), rent),
        (of(tenancy, "give_security"), security),
        (url("note_help", household), {"kind": "housing_school", "on": "today"}),
    ):
        assert send(client, page, told).status_code == 302, page

    tenancy.refresh_from_db()
    assert tenancy.notice_ends_on is not None
    assert sorted(tenancy.rents.values_list("rent_a_month", flat=True)) == [9000, 9450]
    assert (Security.objects.get().amount, PrivateHelp.objects.get().kind) == (40000, "housing_school")

    assert send(client, of(tenancy, "take_back_notice")).status_code == 302
    settled = {"drawn": "0", "released_on": "today"}
    assert send(client, url("settle_security", household, Security.objects.get().pk), settled).status_code == 302
    assert Security.objects.get().released_on == localdate()


def test_too_much_security_says_what_the_most_is(client: Client) -> None:
    tenancy = living(client)
    told = {"kind": "deposit", "given_by": "tenant", "amount": "54001", "given_on": "today"}

    assert "54000 kroner" in text_of(send(client, of(tenancy, "give_security"), told))


def test_a_lease_is_renewed_and_ended_from_its_pages(client: Client) -> None:
    tenancy = living(client, lease_ends_on=localdate() + timedelta(days=20))
    told = {"lease": "ordinary", "rent_a_month": "9500", "signed_on": "today", "starts_on": "+20"}
    page = send(client, of(tenancy, "renew_lease"), {**told, "assessment": "They thrive."})
    assert page.status_code == 302
    new = Tenancy.objects.get(renews=tenancy)

    ended = {"on": "+25", "because": "agreed", "to": "with_family"}
    assert send(client, of(new, "end_lease"), ended).status_code == 302
    assert Residence.objects.latest("starts_on").kind == ResidenceKind.WITH_FAMILY


def test_another_household_s_lease_is_not_found(client: Client) -> None:
    tenancy = TenancyFactory.create()
    household = to_be_housed(client)

    assert client.get(url("end_lease", household, tenancy.residence_id)).status_code == 404
    security = SecurityFactory.create()
    assert client.get(url("settle_security", household, security.pk)).status_code == 404


def test_the_unit_s_list_shows_what_ends_and_what_stands_for_homes_that_are_left(client: Client) -> None:
    tenancy = living(client, lease_ends_on=localdate() + timedelta(days=60))
    unit = tenancy.residence.household.responsibilities.get().unit
    left = household_in(
        ResidenceKind.PRIVATE_RENTAL,
        localdate() - timedelta(days=400),
        unit=unit,
        lease=Lease.ORDINARY,
        ends_on=localdate() - timedelta(days=1),
    )
    SecurityFactory.create(tenancy=TenancyFactory.create(residence=left.residences.get()))

    page = text_of(client.get(reverse("cases:unit_leases")))

    assert "Storgata 1" in page and "Deposits and guarantees for homes that are left" in page
    assert "Storgata 1" not in text_of(client.get(reverse("cases:unit_leases"), {"show": "notice"}))


def test_the_list_asks_as_many_questions_for_many_leases(client: Client, django_assert_max_num_queries: Any) -> None:
    tenancy = living(client)
    unit = tenancy.residence.household.responsibilities.get().unit
    for number in range(5):
        household = household_in(ResidenceKind.PRIVATE_RENTAL, unit=unit, lease=Lease.ORDINARY)
        TenancyFactory.create(residence=household.residences.get(), address=f"Gata {number}")

    with django_assert_max_num_queries(24):
        page = client.get(reverse("cases:unit_leases"), {"show": "all"})
    assert "Gata 4" in text_of(page)


def test_a_shielded_household_s_home_stands_in_no_list(client: Client) -> None:
    landlord = LandlordFactory.create()
    tenancy = TenancyFactory.create(address="Hemmeliggata 1", landlord=landlord)
    household = tenancy.residence.household
    person = household.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])
    unit = household.responsibilities.get().unit
    sign_in(client, caseworker(unit))

    for page in (reverse("cases:unit_leases") + "?show=all", reverse("housing:landlord", args=[landlord.pk])):
        assert "Hemmeliggata" not in text_of(client.get(page))


NEW = {"name": "Utleie AS", "kind": "company", "contact_name": "Per", "phone": "22 22 22 22"}


def test_a_landlord_is_kept_with_the_person_to_talk_to(client: Client) -> None:
    unit = UnitFactory.create()
    sign_in(client, caseworker(unit))

    page = followed(client, send(client, reverse("housing:add_landlord"), {**NEW, "organization_number": "974760673"}))
    assert "Per" in text_of(page)

    one = Landlord.objects.get()
    change = reverse("housing:change_landlord", args=[one.pk])
    assert send(client, change, {**NEW, "contact_name": "Kari"}).status_code == 302
    assert "Kari" in text_of(client.get(reverse("housing:landlords")))


@pytest.mark.parametrize("number", ["974760674", "12345678", "97476067a"])
def test_what_is_no_organization_number_is_refused_at_its_field(client: Client, number: str) -> None:
    sign_in(client, caseworker(UnitFactory.create()))

    page = send(client, reverse("housing:add_landlord"), {**NEW, "organization_number": number})

    assert "no organization number" in text_of(page)
    assert not Landlord.objects.exists()


def test_two_landlords_have_not_one_number(client: Client) -> None:
    unit = UnitFactory.create()
    sign_in(client, caseworker(unit))
    LandlordFactory.create(municipality=unit.municipality, organization_number="974760673")

    page = send(client, reverse("housing:add_landlord"), {**NEW, "organization_number": "974760673"})

    assert "There is a landlord with that organization number already" in text_of(page)


def test_tenancies_with_a_landlord_are_followed_on_its_page(client: Client) -> None:
    tenancy = living(client)
    landlord = LandlordFactory.create(municipality=tenancy.residence.municipality)
    Tenancy.objects.filter(pk=tenancy.pk).update(landlord=landlord)

    assert "Storgata 1" in text_of(client.get(reverse("housing:landlord", args=[landlord.pk])))


def test_the_landlord_is_written_to_with_the_tenant_s_consent_and_no_more_than_a_name(client: Client) -> None:
    tenancy = living(client)
    landlord = LandlordFactory.create(municipality=tenancy.residence.municipality, contact_name="Per Utleier")
    Tenancy.objects.filter(pk=tenancy.pk).update(landlord=landlord)
    SecurityFactory.create(tenancy=tenancy, amount=20_000)
    told = {"consented_on": "today", "language": "en"}

    draft = send(client, of(tenancy, "write_to_landlord"), {**told, "preview": "1"})
    assert "20,000 kroner" in read(draft.content) and not Document.objects.exists()

    assert send(client, of(tenancy, "write_to_landlord"), told).status_code == 302
    document = Document.objects.get(kind=DocumentKind.COOPERATION)
    assert "Per Utleier" in read(bytes(document.content)) and document.tells_place
    assert PrivateHelp.objects.get().kind == "letter"


@pytest.mark.parametrize(
    ("consented", "sentence"), [("+1", "That day has not come"), ("today", "Register the landlord")]
)
def test_no_letter_goes_without_consent_or_landlord(client: Client, consented: str, sentence: str) -> None:
    tenancy = living(client)

    page = send(client, of(tenancy, "write_to_landlord"), {"consented_on": consented, "language": "nb"})

    assert sentence in text_of(page)
    assert not Document.objects.exists()
