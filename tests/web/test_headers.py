"""What every answer tells the browser, whatever it answers: run nothing else, embed it nowhere, store it nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from people.models import Role
from tests.factories.people import DAY, UnitFactory, employee_with
from tests.web.sign_ins import sign_in
from tests.web.test_every_route import OPEN, address, routes
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

EVERY = sorted((name, tuple(kinds)) for name, kinds in routes())
#: What the policy allows besides nothing: our own files, and pictures in a stylesheet.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NEVER = ("camera", "geolocation", "microphone", "payment", "usb")


def policy_of(answer: Any) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: value for name, _space, value in parts if name}


def require_headers(answer: Any, name: str) -> None:
    assert policy_of(answer) == POLICY, name
    assert {header: answer.headers.get(header) for header in HEADERS} == HEADERS, name
    assert "no-store" in answer.headers["Cache-Control"], name
    assert all(f"{never}=()" in answer.headers["Permissions-Policy"] for never in NEVER), name


def answers(client: Client, url: str) -> Iterator[Any]:
    yield client.get(url)
    yield client.post(url)


@pytest.mark.parametrize(("name", "kinds"), EVERY)
def test_whoever_has_not_signed_in_is_answered_with_every_header(
    client: Client, name: str, kinds: tuple[str, ...]
) -> None:
    for answer in answers(client, address(name, kinds)):
        require_headers(answer, name)


@pytest.mark.crawl
@pytest.mark.parametrize("role", [Role.TEAM_LEADER, pytest.param(Role.AUDITOR, marks=pytest.mark.long)])
def test_whoever_has_signed_in_is_answered_with_every_header_found_or_refused(client: Client, role: Role) -> None:
    unit = UnitFactory.create()
    household = stay(unit, DAY)
    statuses = set()
    for name, kinds in EVERY:
        if name in OPEN and name != "health":
            continue  # they would sign out, and have been asked already
        sign_in(client, employee_with(role, unit))
        for answer in answers(client, address(name, kinds, household)):
            require_headers(answer, name)
            statuses.add(answer.status_code)

    assert {200, 403, 404, 405} <= statuses <= {200, 302, 403, 404, 405}


@pytest.mark.parametrize(
    ("url", "host", "status"), [("/no-such-page", "localhost", 404), ("/health", "another.example", 400)]
)
def test_an_error_is_answered_with_every_header(client: Client, url: str, host: str, status: int) -> None:
    answer = client.get(url, headers={"host": host})

    assert answer.status_code == status
    require_headers(answer, url)


def test_a_page_that_fails_is_answered_with_every_header(client: Client, settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.web.faulty_urls"
    client.raise_request_exception = False
    answer = client.get("/fails")

    assert answer.status_code == 500
    require_headers(answer, "/fails")


def test_a_form_sent_from_elsewhere_is_refused_with_every_header() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in", {"username": "kari"})

    assert answer.status_code == 403
    require_headers(answer, "/sign-in")


def test_over_an_encrypted_line_the_browser_is_told_to_stay_on_it(settings: LazySettings) -> None:
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60

    assert Client().get("/health", secure=True).headers["Strict-Transport-Security"] == "max-age=31536000"


def test_cookies_go_to_no_other_site_and_no_script_reads_them(client: Client) -> None:
    unit = UnitFactory.create()
    sign_in(client, employee_with(Role.CASEWORKER, unit))
    client.get("/register")

    for name in ("varig_session", "varig_csrf"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] in ("Lax", "Strict"), name
