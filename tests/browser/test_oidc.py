"""Signing in at a real provider of identity, in a real browser, and out again."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from shot import violations

from people.identity_providers import IdentityProvider, MappedRole
from people.models import Employee, RoleGrant, Unit
from tests.factories.people import IdentityFactory
from tests.source import ROOT

SCRIPT = Path(__file__).parent / "provider.mjs"
KARI, NINA, OLA = "3f0c-kari", "77aa-nina", "90b1-ola"
PEOPLE = {KARI: {"name": "Kari Sol"}, NINA: {"name": "Nina Ny", "groups": ["case"]}, OLA: {"name": "Ola Hei"}}


@pytest.fixture
def provider(live_server: LiveServer, unit: Unit, settings: LazySettings) -> Iterator[IdentityProvider]:
    """oidc-provider, told of this server as its client; this server told of it."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    provider = IdentityProvider(
        id="entra",
        name="Entra ID",
        issuer=f"http://127.0.0.1:{port}",
        client_id="varig",
        client_secret="between the two of them",
        second_factor=("amr", frozenset({"mfa"})),
        roles=(MappedRole("case", "caseworker", unit.ref),),
    )
    settings.VARIG_PROVIDERS = {"entra": provider}
    client = {
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "token_endpoint_auth_method": "client_secret_post",
        "redirect_uris": [f"{live_server.url}/sign-in/by/entra/answer"],
        "post_logout_redirect_uris": [f"{live_server.url}/signed-out"],
    }
    told = json.dumps({"port": port, "client": client, "people": PEOPLE})
    node = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
    quiet = {**os.environ, "NODE_NO_WARNINGS": "1"}
    with subprocess.Popen([node, str(SCRIPT), told], stdout=subprocess.PIPE, text=True, env=quiet) as process:
        assert process.stdout
        for line in process.stdout:
            if line.strip() == "ready":
                break
        yield provider
        process.terminate()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, provider: IdentityProvider) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", base_url=live_server.url)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def kari(provider: IdentityProvider) -> Employee:
    kari = Employee.objects.create(username="kari", name="Kari Sol")
    IdentityFactory.create(employee=kari, issuer=provider.issuer, subject=KARI)
    return kari


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def at_provider(page: Page, subject: str, *, code: str = "123456") -> None:
    """Fill in the provider's page."""
    expect(page.get_by_role("heading", name="Provider")).to_be_visible()
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("Code").fill(code)
    press(page, "Continue")


def path(page: Page) -> str:
    return urlsplit(page.url).path


def test_an_employee_signs_in_is_asked_anew_and_signs_out(page: Page, kari: Employee, live_server: LiveServer) -> None:
    page.goto("/sign-in")
    assert violations(page) == []
    press(page, "Sign in with Entra ID")
    at_provider(page, KARI)
    expect(page.get_by_role("banner")).to_contain_text("Kari Sol")
    assert path(page) == "/"

    page.goto("/sign-in/again?next=/%3Ffrom%3Dthere")
    assert violations(page) == []
    press(page, "Sign in again with Entra ID")
    at_provider(page, KARI)
    expect(page.get_by_role("banner")).to_contain_text("Kari Sol")
    assert page.url == f"{live_server.url}/?from=there"

    page.get_by_role("banner").get_by_role("button", name="Sign out").first.click()
    page.get_by_role("button", name="Yes, sign me out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert path(page) == "/signed-out"
    page.goto("/")
    assert path(page) == "/sign-in"


def test_somebody_new_comes_in_with_the_role_that_their_group_gives(page: Page, unit: Unit) -> None:
    page.goto("/sign-in")
    press(page, "Sign in with Entra ID")
    at_provider(page, NINA)
    expect(page.get_by_role("banner")).to_contain_text("Nina Ny")
    [grant] = RoleGrant.objects.filter(employee__name="Nina Ny")
    assert (grant.role, grant.unit, grant.reason) == ("caseworker", unit, "group entra/case")


def test_one_factor_is_not_enough(page: Page, kari: Employee) -> None:
    page.goto("/sign-in")
    press(page, "Sign in with Entra ID")
    at_provider(page, KARI, code="")
    expect(page.get_by_role("main")).to_contain_text("Varig asks for two factors")
    assert violations(page) == []
    page.goto("/")
    assert path(page) == "/sign-in"


def test_somebody_unknown_is_told_whom_to_ask_and_what_to_say(page: Page) -> None:
    page.goto("/sign-in")
    press(page, "Sign in with Entra ID")
    at_provider(page, OLA)
    expect(page.get_by_role("main")).to_contain_text("you have no access to Varig")
    expect(page.get_by_role("main")).to_contain_text(OLA)
    assert violations(page) == []


def test_somebody_elses_proof_changes_nobody(page: Page, kari: Employee, provider: IdentityProvider) -> None:
    ola = Employee.objects.create(username="ola", name="Ola Hei")
    IdentityFactory.create(employee=ola, issuer=provider.issuer, subject=OLA)
    page.goto("/sign-in")
    press(page, "Sign in with Entra ID")
    at_provider(page, KARI)
    expect(page.get_by_role("banner")).to_contain_text("Kari Sol")
    page.goto("/sign-in/again")
    press(page, "Sign in again with Entra ID")
    at_provider(page, OLA)
    expect(page.get_by_role("main")).to_contain_text("Somebody else signed in at Entra ID")
    page.goto("/")
    expect(page.get_by_role("banner")).to_contain_text("Kari Sol")


def test_whoever_cancels_comes_back_to_start_again(page: Page) -> None:
    page.goto("/sign-in")
    press(page, "Sign in with Entra ID")
    press(page, "Cancel")
    expect(page.get_by_role("main")).to_contain_text("You cancelled at Entra ID")
    press_again = page.get_by_role("main").get_by_role("link", name="Try again")
    press_again.click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_page_says_where_one_is_taken_until_the_provider_answers(page: Page, provider: IdentityProvider) -> None:
    # an answer without content leaves the browser where it is
    page.route(f"{provider.issuer}/**", lambda route: route.fulfill(status=204))
    page.goto("/sign-in")
    press(page, "Sign in with Entra ID")
    expect(page.get_by_role("main")).to_contain_text("You are being taken to Entra ID.")
    assert violations(page) == []
