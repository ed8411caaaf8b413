from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Employee, Role
from tests.factories.people import UnitFactory, employee_with
from tests.web.pages import text_of

PASSWORD = "long-enough-for-anyone"


@pytest.fixture
def employee(db: None) -> Employee:
    return Employee.objects.create_user(username="kari", name="Kari Prøve", password=PASSWORD)


def try_to_sign_in(client: Client, password: str, **more: str) -> int:
    response = client.post(reverse("people:sign_in"), {"username": "kari", "password": password, **more})
    return response.status_code


def test_the_right_password_leads_to_where_one_was_going(client: Client, employee: Employee) -> None:
    response = client.post(reverse("people:sign_in"), {"username": "kari", "password": PASSWORD, "next": "/providers"})
    assert (response.status_code, response["Location"]) == (302, "/providers")


def test_no_other_site_is_led_to(client: Client, employee: Employee) -> None:
    response = client.post(
        reverse("people:sign_in"), {"username": "kari", "password": PASSWORD, "next": "https://example.org/"}
    )
    assert response["Location"] == "/"


def test_a_wrong_password_says_the_same_as_a_wrong_name(client: Client, employee: Employee) -> None:
    wrong = client.post(reverse("people:sign_in"), {"username": "kari", "password": "no"}, HTTP_ACCEPT_LANGUAGE="en")
    nobody = client.post(reverse("people:sign_in"), {"username": "ola", "password": "no"}, HTTP_ACCEPT_LANGUAGE="en")
    sentence = "The user name or the password is wrong. Check both and try again."
    assert sentence in text_of(wrong)
    assert sentence in text_of(nobody)


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(client: Client, employee: Employee) -> None:
    assert [try_to_sign_in(client, "no") for _ in range(5)][-1] == 429
    assert try_to_sign_in(client, PASSWORD) == 429


def test_a_disabled_employee_is_out_at_the_next_request(client: Client, employee: Employee) -> None:
    client.force_login(employee, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("people:sign_in")).status_code == 302
    employee.is_active = False
    employee.save(update_fields=["is_active"])
    response = client.get("/providers")
    assert response["Location"].startswith(reverse("people:sign_in"))


def test_an_actor_of_the_system_cannot_sign_in(client: Client, db: None) -> None:
    response = client.post(reverse("people:sign_in"), {"username": "import", "password": "!"})
    assert response.status_code == 200


def test_signing_out_says_so_and_ends_the_session(client: Client, employee: Employee) -> None:
    client.force_login(employee, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(reverse("people:sign_out"), HTTP_ACCEPT_LANGUAGE="en")
    assert "You are signed out" in text_of(response)
    assert client.get("/providers").status_code == 302


def test_pages_are_served_under_a_strict_policy(client: Client, db: None) -> None:
    policy = client.get(reverse("people:sign_in"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("role", "offered", "not_offered"),
    [("reporter", "/figures", "/three-months"), ("caseworker", "/three-months", None), ("operations", "/", "/figures")],
)
def test_the_navigation_offers_only_what_one_may_open(
    client: Client, db: None, role: str, offered: str, not_offered: str | None
) -> None:
    client.force_login(
        employee_with(Role(role), UnitFactory.create()), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get("/").content.decode()
    assert f'href="{offered}"' in page
    assert f'href="{not_offered}"' not in page
