from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from housing.models import Provider, QualityAgreement, Residence, ResidenceKind, Room
from people.models import Member, Protection, Unit
from tests.factories.housing import ProviderFactory, RoomFactory
from tests.factories.people import HouseholdFactory, PersonFactory, UnitFactory, caseworker
from tests.web.pages import text_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def unit(db: None) -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(client: Client, unit: Unit) -> Client:
    client.force_login(caseworker(unit), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


def today() -> date:
    return localdate(timezone.now())


def occupy(room: Room, unit: Unit, *, protection: Protection = Protection.NONE) -> Residence:
    household = HouseholdFactory.create(unit=unit)
    person = PersonFactory.create(protection=protection)
    Member.objects.create(household=household, person=person, role="other", starts_on=date(2020, 1, 1))
    return Residence.objects.create(
        household=household,
        municipality=household.municipality,
        kind=ResidenceKind.TEMPORARY,
        provider=room.provider,
        room=room,
        starts_on=today() - timedelta(days=3),
    )


def test_the_list_counts_the_free_rooms_and_not_who_has_the_others(worker: Client, unit: Unit) -> None:
    rooms = RoomFactory.create_batch(3, provider=ProviderFactory.create(name="Fjordgløtt"))
    occupy(rooms[0], unit)
    occupy(rooms[1], unit, protection=Protection.CONFIDENTIAL)
    page = text_of(worker.get(reverse("housing:providers")))
    assert "Fjordgløtt" in page
    assert "1 of 3" in page
    assert "None valid today" in page


def test_a_shielded_household_s_room_reads_as_not_available(worker: Client, unit: Unit) -> None:
    provider = ProviderFactory.create()
    seen, shielded, _free = RoomFactory.create_batch(3, provider=provider)
    mine = occupy(seen, unit)
    hidden = occupy(shielded, unit, protection=Protection.CONFIDENTIAL)
    page = worker.get(reverse("housing:provider", args=[provider.pk])).content.decode()
    assert str(mine.household.key) in page
    assert str(hidden.household.key) not in page
    assert page.count("Not available") == 1
    assert "Free" in page


def test_the_list_asks_as_often_however_many_providers(
    worker: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for provider in ProviderFactory.create_batch(12):
        RoomFactory.create_batch(2, provider=provider)
    with django_assert_max_num_queries(12):
        worker.get(reverse("housing:providers"))


def test_providers_of_another_municipality_are_not_there(worker: Client) -> None:
    other = ProviderFactory.create(municipality_id="0301")
    assert worker.get(reverse("housing:provider", args=[other.pk])).status_code == 404
    assert worker.get(reverse("housing:change_provider", args=[other.pk])).status_code == 404


def sent(**facts: object) -> dict[str, object]:
    return {"form_key": str(uuid4()), **facts}


def test_a_provider_a_room_and_an_agreement_are_registered(worker: Client) -> None:
    facts = {"name": "Elvebredden", "kind": "temporary", "type": "hotel", "owner": "private", "drug_rule": "drug_free"}
    answer = worker.post(reverse("housing:add_provider"), sent(**facts))
    provider = Provider.objects.get(name="Elvebredden")
    assert answer["Location"] == reverse("housing:provider", args=[provider.pk])
    worker.post(
        reverse("housing:add_room", args=[provider.pk]),
        sent(name="12", capacity=3, price_a_night=950, opened_on="1.3.26"),
    )
    assert Room.objects.get(provider=provider).opened_on == date(2026, 3, 1)
    worker.post(reverse("housing:agreement", args=[provider.pk]), sent(starts_on="1.1.26", ends_on="1.1.27"))
    assert QualityAgreement.objects.get(provider=provider).ends_on == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"starts_on": "1.3.26", "ends_on": "1.3.26"}, "The end must come after the start."),
        ({"starts_on": "31.2.26"}, "There is no such day in the calendar. Check day and month."),
        ({}, "From must be filled in."),
    ],
)
def test_a_wrong_agreement_is_refused_with_a_sentence(worker: Client, facts: dict[str, str], sentence: str) -> None:
    provider = ProviderFactory.create()
    answer = worker.post(reverse("housing:agreement", args=[provider.pk]), sent(**facts))
    assert sentence in text_of(answer)
    assert not QualityAgreement.objects.exists()


def test_overlapping_agreements_are_refused_by_the_database_with_a_sentence(worker: Client) -> None:
    provider = ProviderFactory.create()
    QualityAgreement.objects.create(provider=provider, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
    url = reverse("housing:agreement", args=[provider.pk])
    answer = worker.post(url, sent(starts_on="1.6.26", ends_on="1.6.27"))
    assert re.search("already has a quality agreement in that period", text_of(answer))
    assert QualityAgreement.objects.count() == 1


def test_a_room_somebody_has_cannot_go_out_of_use(worker: Client, unit: Unit) -> None:
    room = RoomFactory.create()
    occupy(room, unit)
    url = reverse("housing:change_room", args=[room.provider_id, room.pk])
    answer = worker.post(url, sent(name=room.name, capacity=1, price_a_night=0, closed_on="today"))
    assert "A household has this room on that day or later" in text_of(answer)
    room.refresh_from_db()
    assert room.closed_on is None
