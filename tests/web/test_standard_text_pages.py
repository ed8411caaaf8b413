# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import StandardText
from people.models import Role, Unit
from tests.factories.people import UnitFactory, employee_with
from tests.letters.reading import read
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


LIST = "/letter-texts"


@pytest.fixture
def unit(client: Client) -> Unit:
    made: Unit = UnitFactory.create()
    sign_in(client, employee_with(Role.TEAM_LEADER, made))
    return made


def where(place: str = "closing", language: str = "nb") -> str:
    return reverse("cases:write_standard_text", args=[place, language])


def test_a_leader_writes_a_text_and_sees_it_in_the_list_and_in_a_letter(client: Client, unit: Unit) -> None:
    answer = send(client, where(), {"text": "Velkommen til {{ kontor }}.", "starts_on": "today"})

    assert answer.status_code == 302
    assert "Velkommen til {{ kontor }}." in text_of(client.get(reverse("cases:standard_texts")))
    letter = client.get(reverse("cases:sample_letter"), {"kind": "plan", "language": "nb"})
    assert f"Velkommen til {unit.name}." in read(letter.content)


def test_a_text_is_looked_at_before_it_is_saved(client: Client, unit: Unit) -> None:
    letter = send(client, where("signature", "en"), {"text": "Yours", "starts_on": "today", "preview": "1"})

    assert "Yours" in read(letter.content)
    assert not StandardText.objects.exists()


def test_a_text_with_an_unknown_field_comes_back_with_the_sentence(client: Client, unit: Unit) -> None:
    for more in ({}, {"preview": "1"}):
        page = send(client, where(), {"text": "Hei {{ navn }}", "starts_on": "today", **more})

        assert "There is no field {{ navn }}." in text_of(page)
        assert "Hei {{ navn }}" in text_of(page)
    assert not StandardText.objects.exists()


@pytest.mark.parametrize("address", [where("appeal"), where("logo"), where("closing", "se")])
def test_there_is_no_page_for_what_cannot_be_written(client: Client, unit: Unit, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_text_to_come_is_taken_back(client: Client, unit: Unit) -> None:
    send(client, where(), {"text": "Later", "starts_on": "+5"})
    text = StandardText.objects.get()

    send(client, reverse("cases:withdraw_standard_text", args=[text.pk]))

    assert not StandardText.objects.exists()


def test_a_logo_that_is_no_picture_is_refused(client: Client, unit: Unit) -> None:
    page = send(client, reverse("cases:standard_logo"), {"starts_on": "today"})

    assert page.status_code == 302
    assert StandardText.objects.get().picture == b""
