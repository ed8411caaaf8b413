"""How long a sign-in lasts, and when one is asked again who one is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from config.urls import urlpatterns as of_the_instance
from people.models import Employee, RoleGrant
from people.sessions import fresh_sign_in, require_fresh
from tests.factories.people import AT, DAY, UnitFactory, caseworker
from tests.web.pages import text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

PASSWORD = "long-enough-for-anyone"


@fresh_sign_in
def grave(request: HttpRequest) -> HttpResponse:
    return HttpResponse("The gravest act")


def grave_when_many(request: HttpRequest) -> HttpResponse:
    if "many" in request.GET:
        require_fresh(request, at=timezone.now())
    return HttpResponse("Exported")


urlpatterns = [*of_the_instance, path("grave", grave), path("export", grave_when_many)]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class Clock:
    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(timezone, "now", stopped)
    return stopped


@pytest.fixture
def employee() -> Employee:
    employee = caseworker(UnitFactory.create())
    employee.username = "kari"
    employee.set_password(PASSWORD)
    employee.save(update_fields=["username", "password"])
    return employee


@pytest.fixture
def signed_in(client: Client, employee: Employee, clock: Clock) -> Client:
    return sign_in(client, employee)


def is_signed_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def proves(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("people:sign_in_again"), {"password": password, **more}, HTTP_ACCEPT_LANGUAGE="en")


# How long it lasts


def test_half_an_hour_without_a_request_ends_the_session(signed_in: Client, clock: Clock) -> None:
    clock.passes(minutes=29)
    assert is_signed_in(signed_in)
    clock.passes(minutes=29)
    assert is_signed_in(signed_in)
    clock.passes(minutes=31)
    assert not is_signed_in(signed_in)


def test_ten_hours_end_the_session_of_somebody_who_never_rests(signed_in: Client, clock: Clock) -> None:
    for _each in range(23):
        clock.passes(minutes=25)
        assert is_signed_in(signed_in)
    clock.passes(minutes=25)
    assert not is_signed_in(signed_in)


def test_proving_again_who_one_is_does_not_lengthen_the_ten_hours(signed_in: Client, clock: Clock) -> None:
    for _each in range(23):
        clock.passes(minutes=25)
        proves(signed_in)
    clock.passes(minutes=26)
    assert not is_signed_in(signed_in)


def test_a_session_that_does_not_say_when_it_began_counts_from_when_it_is_seen(
    client: Client, employee: Employee, clock: Clock
) -> None:
    client.force_login(employee, backend="django.contrib.auth.backends.ModelBackend")
    for _each in range(24):
        assert is_signed_in(client)
        clock.passes(minutes=25)
    assert not is_signed_in(client)


def test_signing_in_gives_the_session_a_new_id(client: Client, employee: Employee) -> None:
    session = client.session
    session["before"] = "signing in"
    session.save()
    planted = session.session_key or ""
    client.cookies["varig_session"] = planted

    client.post(reverse("people:sign_in"), {"username": "kari", "password": PASSWORD})

    assert is_signed_in(client)
    assert client.session.session_key != planted


# When one is out


def test_a_disabled_employee_is_out_at_the_next_request(signed_in: Client, employee: Employee) -> None:
    assert is_signed_in(signed_in)
    Employee.objects.filter(pk=employee.pk).update(is_active=False)
    assert not is_signed_in(signed_in)


def test_somebody_whose_last_role_has_ended_sees_no_household(signed_in: Client, employee: Employee) -> None:
    [grant] = RoleGrant.objects.filter(employee=employee)
    household = stay(grant.unit, DAY, name="Kanari Fuglesang")
    page = reverse("cases:household", args=[household.key])
    assert signed_in.get(page).status_code == 200

    grant.ends_on = DAY
    grant.save(update_fields=["ends_on"])

    assert signed_in.get(page).status_code == 404
    assert "Fuglesang" not in text_of(signed_in.get("/"))


# A fresh proof


def test_whoever_has_just_signed_in_is_not_asked_again(signed_in: Client, clock: Clock) -> None:
    clock.passes(minutes=9, seconds=59)
    assert text_of(signed_in.get("/grave")) == "The gravest act"


def test_ten_minutes_on_the_page_asks_again_and_leads_on_to_where_one_was_going(
    signed_in: Client, clock: Clock
) -> None:
    clock.passes(minutes=10)
    asked = signed_in.get("/grave?unit=3")
    assert asked["Location"] == "/sign-in/again?next=%2Fgrave%3Funit%3D3"
    page = signed_in.get(asked["Location"], HTTP_ACCEPT_LANGUAGE="en")
    assert "Show that it is you" in text_of(page)
    assert 'name="next" value="/grave?unit=3"' in page.content.decode()

    shown = proves(signed_in, next="/grave?unit=3")

    assert shown["Location"] == "/grave?unit=3"
    assert text_of(signed_in.get(shown["Location"])) == "The gravest act"


def test_a_wrong_password_is_no_proof(signed_in: Client, clock: Clock) -> None:
    clock.passes(minutes=10)
    assert "The password is wrong. Try again." in text_of(proves(signed_in, "wrong", next="/grave"))
    assert "Write your password." in text_of(proves(signed_in, "", next="/grave"))
    assert signed_in.get("/grave").status_code == 302


def test_somebody_elses_password_is_no_proof(signed_in: Client, clock: Clock) -> None:
    Employee.objects.create_user(username="ola", name="Ola Prøve", password="another-long-password")
    clock.passes(minutes=10)
    proves(signed_in, "another-long-password", username="ola")
    assert signed_in.get("/grave").status_code == 302


def test_five_wrong_proofs_lock_the_name(client: Client, employee: Employee) -> None:
    sign_in(client, employee)
    assert [proves(client, "wrong").status_code for _each in range(5)][-1] == 429
    assert proves(client).status_code == 429


def test_a_proof_leads_to_no_other_site(signed_in: Client) -> None:
    assert proves(signed_in, next="https://example.org/")["Location"] == "/"


def test_a_proof_gives_the_session_a_new_id(signed_in: Client) -> None:
    before = signed_in.session.session_key
    proves(signed_in)
    assert signed_in.session.session_key != before


def test_a_post_comes_back_to_the_page_it_was_sent_from(signed_in: Client, clock: Clock) -> None:
    clock.passes(minutes=10)
    asked = signed_in.post("/grave", {"role": "auditor"}, HTTP_REFERER="http://testserver/roles?unit=3")
    assert asked["Location"] == "/sign-in/again?next=%2Froles%3Funit%3D3"
    assert signed_in.post("/grave", HTTP_REFERER="https://example.org/roles")["Location"].endswith("?next=%2F")
    assert signed_in.post("/grave")["Location"].endswith("?next=%2F")


def test_a_fragment_takes_the_whole_page_to_the_question(signed_in: Client, clock: Clock) -> None:
    clock.passes(minutes=10)
    asked = signed_in.get("/grave", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/roles")
    assert (asked.status_code, asked["HX-Redirect"]) == (200, "/sign-in/again?next=%2Froles")


def test_a_view_may_ask_for_it_only_when_much_is_asked_for(signed_in: Client, clock: Clock) -> None:
    clock.passes(minutes=10)
    assert text_of(signed_in.get("/export")) == "Exported"
    assert signed_in.get("/export?many=1")["Location"].startswith("/sign-in/again?")


def test_a_sign_in_that_cannot_be_dated_is_not_fresh(client: Client, employee: Employee) -> None:
    client.force_login(employee, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/grave").status_code == 302
