from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from housing.models import InvoiceLine, ProviderInvoice, Residence, ResidenceKind, Room
from people.models import Protection, Unit
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import OSLO_NUMBER, HouseholdFactory, MemberFactory, PersonFactory, UnitFactory, caseworker
from tests.factories.providers import InvoiceLineFactory, ProviderInvoiceFactory
from tests.web.pages import text_of
from tests.web.test_providers import BACKEND


@pytest.fixture
def unit(db: None) -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(client: Client, unit: Unit) -> Client:
    client.force_login(caseworker(unit), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def room() -> Room:
    return RoomFactory.create(name="4")


def today() -> date:
    return localdate(timezone.now())


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def lives(room: Room, unit: Unit, *, protection: Protection = Protection.NONE) -> Residence:
    household = HouseholdFactory.create(unit=unit)
    MemberFactory.create(household=household, person=PersonFactory.create(protection=protection))
    told = {"starts_on": ago(20), "ends_on": ago(10), "price_a_night": 750}
    return ResidenceFactory.create(
        household=household, kind=ResidenceKind.TEMPORARY, provider=room.provider, room=room, **told
    )


def sheet(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("march.csv", "\n".join(("room;from;to;price;guest", *lines)).encode())


def taken(worker: Client, room: Room, *lines: str, **facts: object) -> str:
    """What the page says after the invoice was sent; followed when it was taken in."""
    told = {"form_key": str(uuid4()), "number": "F1", "issued_on": "today", "file": sheet(*lines), **facts}
    return text_of(worker.post(reverse("housing:take_invoice", args=[room.provider_id]), told, follow=True))


def line_of(room: str, first: int = 20, last: int = 10, price: int = 750) -> str:
    return f"{room};{ago(first)};{ago(last)};{price};Kari Nordmann"


def test_an_invoice_is_taken_in_and_what_is_in_order_accepted(worker: Client, unit: Unit, room: Room) -> None:
    lived = lives(room, unit)
    page = taken(worker, room, line_of("4"), line_of("99"))
    assert "Left out of what was taken in: guest." in page
    assert "In order" in page
    assert "The provider has no such room here" in page
    assert lived.household.ref[:8] in page
    invoice = ProviderInvoice.objects.get()
    url = reverse("housing:accept_invoice", args=[invoice.pk])
    page = text_of(worker.post(url, {"form_key": str(uuid4())}, follow=True))
    assert "1 line accepted." in page
    assert "1 line to look at" in text_of(worker.get(reverse("housing:invoices")))


def test_a_faulty_file_is_refused_line_by_line_and_nothing_is_kept(worker: Client, room: Room) -> None:
    page = taken(worker, room, line_of("4", last=20), "4;soon;x;1;y")
    assert "Line 2, to: must come after the first night" in page
    assert "Line 3, from: is not a day" in page
    assert not ProviderInvoice.objects.exists()


def test_the_same_invoice_twice_is_refused_at_its_number(worker: Client, room: Room) -> None:
    taken(worker, room, line_of("4"))
    assert "This provider's invoice with that number is here already." in taken(worker, room, line_of("4"))
    assert ProviderInvoice.objects.count() == 1


def test_a_line_for_a_room_nobody_had_is_refused_at_the_field_and_then_disputed(worker: Client, room: Room) -> None:
    taken(worker, room, line_of("4"))
    line = InvoiceLine.objects.get()
    url = reverse("housing:invoice_line", args=[line.invoice_id, line.pk])
    accepted = worker.post(url, {"form_key": str(uuid4()), "verdict": "accepted", "because": ""})
    assert "Nobody had room 4 on these nights." in text_of(accepted)
    line.refresh_from_db()
    assert line.verdict == ""
    worker.post(url, {"form_key": str(uuid4()), "verdict": "disputed", "because": "Nobody was there"})
    page = text_of(worker.get(reverse("housing:invoice", args=[line.invoice_id])))
    assert "Every line is accepted or disputed." in page
    assert "Nobody was there" in page


def test_nights_nobody_charged_stand_below(worker: Client, unit: Unit, room: Room) -> None:
    lived = lives(RoomFactory.create(provider=room.provider, name="5"), unit)
    page = taken(worker, room, line_of("4"))
    assert "Lived there, not charged" in page
    assert lived.household.ref[:8] in page


def test_of_a_shielded_household_s_room_no_more_is_said_than_not_available(
    worker: Client, unit: Unit, room: Room
) -> None:
    lived = lives(room, unit, protection=Protection.CONFIDENTIAL)
    page = taken(worker, room, line_of("4", first=25))
    assert "Not available to you" in page
    assert lived.household.ref[:8] not in page
    assert "Nobody had the room" not in page


def test_an_invoice_taken_in_by_mistake_is_taken_out(worker: Client, room: Room) -> None:
    taken(worker, room, line_of("4"))
    url = reverse("housing:remove_invoice", args=[ProviderInvoice.objects.get().pk])
    assert "Its lines go with it." in text_of(worker.get(url))
    worker.post(url, {"form_key": str(uuid4())})
    assert not ProviderInvoice.objects.exists()


def test_invoices_of_another_municipality_are_not_there(worker: Client) -> None:
    invoice = ProviderInvoiceFactory.create(provider=ProviderFactory.create(municipality_id=OSLO_NUMBER))
    line = InvoiceLineFactory.create(invoice=invoice)
    for name, args in (("invoice", [invoice.pk]), ("invoice_line", [invoice.pk, line.pk])):
        assert worker.get(reverse(f"housing:{name}", args=args)).status_code == 404
    assert invoice.number not in text_of(worker.get(reverse("housing:invoices")))


def test_a_long_invoice_takes_no_more_statements_than_a_short_one(
    worker: Client, unit: Unit, room: Room, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rooms = [room, *RoomFactory.create_batch(10, provider=room.provider)]
    for one in rooms:
        lives(one, unit)
    invoice = ProviderInvoiceFactory.create(provider=room.provider, starts_on=ago(20), ends_on=ago(10))
    for one in rooms:
        InvoiceLineFactory.create(invoice=invoice, room=one)
    with django_assert_max_num_queries(20):
        worker.get(reverse("housing:invoice", args=[invoice.pk]))
