from __future__ import annotations

from datetime import time
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from cases.models import NightListHour
from people.models import Protection, Unit
from tests.factories.housing import ProviderFactory, RoomFactory
from tests.factories.people import UnitFactory, caseworker, team_leader
from tests.web.pages import text_of
from tests.web.test_providers import BACKEND, occupy


@pytest.fixture
def unit(db: None) -> Unit:
    return UnitFactory.create()


def signed_in(client: Client, employee: object) -> Client:
    client.force_login(employee, backend=BACKEND)  # type: ignore[arg-type]
    client.cookies["django_language"] = "en"
    return client


def test_who_sleeps_where_is_told_and_a_shielded_household_s_room_is_not_available(client: Client, unit: Unit) -> None:
    provider = ProviderFactory.create(name="Fjordgløtt", phone="32 00 00 00")
    rooms = [RoomFactory.create(provider=provider, name=f"{n}") for n in (1, 2, 3)]
    mine = occupy(rooms[0], unit)
    hidden = occupy(rooms[1], unit, protection=Protection.CONFIDENTIAL)
    page = signed_in(client, caseworker(unit)).get(reverse("cases:tonight"))
    assert str(mine.household.key) in page.content.decode()
    assert str(hidden.household.key) not in page.content.decode()
    assert "Fjordgløtt" in text_of(page)
    assert text_of(page).count("Not available") == 2  # once as what it means
    assert "1 room free" in text_of(page)


def test_the_page_asks_as_often_however_many_sleep(
    client: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for provider in ProviderFactory.create_batch(4):
        for room in RoomFactory.create_batch(3, provider=provider):
            occupy(room, unit)
    signed_in(client, caseworker(unit))
    with django_assert_max_num_queries(22):
        client.get(reverse("cases:tonight"))


def test_the_paper_is_handed_out_as_a_file_and_registered_as_printed(client: Client, unit: Unit) -> None:
    from people.models.reading import Reading

    mine = occupy(RoomFactory.create(), unit)
    answer = signed_in(client, caseworker(unit)).get(reverse("cases:tonight_paper"))
    assert answer.content.startswith(b"%PDF")
    assert f"tonight-{localdate(timezone.now())}.pdf" in answer["Content-Disposition"]
    assert Reading.objects.filter(household_id=mine.household_id, what="print").exists()


def test_the_leader_sets_when_it_is_laid_ready(client: Client, unit: Unit) -> None:
    signed_in(client, team_leader(unit))
    url = reverse("cases:night_list_hour")
    assert "Not laid ready now." in text_of(client.get(url))
    client.post(url, {"form_key": str(uuid4()), "made_at": "20.30"})
    assert NightListHour.objects.get().made_at == time(20, 30)
    assert "Laid ready each day at 20:30." in text_of(client.get(url))
    assert "Laid ready each day" in text_of(client.get(reverse("cases:tonight")))


def test_a_time_that_is_none_is_refused_at_its_field(client: Client, unit: Unit) -> None:
    signed_in(client, team_leader(unit))
    answer = client.post(reverse("cases:night_list_hour"), {"form_key": str(uuid4()), "made_at": "late"})
    assert "Enter a valid time." in text_of(answer)
    assert not NightListHour.objects.exists()


def test_the_hour_is_the_leader_s(client: Client, unit: Unit) -> None:
    signed_in(client, caseworker(unit))
    assert client.get(reverse("cases:night_list_hour")).status_code == 403
    assert "Laid ready each day" not in text_of(client.get(reverse("cases:tonight")))
