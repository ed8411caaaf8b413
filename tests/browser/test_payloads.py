"""What people write is text and nothing else, on every page that shows it and in every form that hands it back."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route
from pytest_django.live_server_helper import LiveServer

from cases.actions.requests import NewRequest, open_request
from housing.models import Provider
from people.fields import TypedDateField
from people.models import Employee, Household, Unit
from tests.browser.conftest import Clock
from tests.browser.town import PASSWORD, a_caseworker, a_guesthouse, a_household_there
from tests.factories.people import at
from tests.web.pages import _HIDDEN
from tests.web.payloads import MARKUP, dose
from tests.web.sign_ins import sign_in
from tests.web.test_every_route import OPEN, routes

TODAY = date(2026, 3, 12)
#: Acts after which the household would be another's, another or gone.
LEFT_OUT = {
    f"cases:{name}"
    for name in ("close", "declare", "hand_over", "join", "leave", "protect", "seal", "settle", "split", "undo")
}
#: So that the test does not pass by sending nothing.
FEWEST_FORMS, FEWEST_SAVED = 8, 4
#: What no page of ours has, so that any of it came from somebody's text.
INJECTED = (
    "script:not([src]), iframe, object, embed, math, style, [onerror], [onload], [onfocus], a[href^='javascript:']"
)

_nth = count()


class Ears:
    """Hears a page run what it should only show."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[str] = []
        page.on("dialog", self._answer)
        page.on("console", lambda message: self._note(message.text))
        page.on("pageerror", lambda error: self.heard.append(str(error)))

    def _answer(self, dialog: Any) -> None:
        self.heard.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _note(self, text: str) -> None:
        if "Content Security Policy" in text or "Refused to" in text:
            self.heard.append(text)

    def nothing_runs(self, where: str) -> None:
        assert self.heard == [], (where, self.heard)
        assert self.page.evaluate("window.hit") is None, where
        assert self.page.locator(INJECTED).count() == 0, where


@pytest.fixture
def kari(unit: Unit, clock: Clock) -> Employee:
    clock.now = at(TODAY)
    a_guesthouse(dose(2, 100))
    kari = a_caseworker(unit)
    kari.name = dose(3, 100)
    kari.save(update_fields=["name"])
    return kari


@pytest.fixture
def household(unit: Unit, kari: Employee) -> Household:
    household = a_household_there(unit, kari, dose(0, 100), date(2026, 3, 1), date(2026, 3, 20), children=1)
    asked = NewRequest(asked_by=dose(4, 90), about=dose(5, 900))
    open_request(household_id=household.pk, request=asked, by=kari, at=at(TODAY))
    return household


def _value(name: str, field: Any) -> Any:
    """Something that the field takes: as hostile as it has room for where one writes."""
    if isinstance(field, TypedDateField):
        return "+3" if name in {"ends_on", "until", "planned_end"} else "today"
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        chosen = [value for value, _label in choices if value not in ("", None)]
        return chosen[0] if chosen else ""
    if isinstance(field, (forms.IntegerField, forms.BooleanField, forms.FileField, forms.TimeField)):
        return "1" if isinstance(field, forms.IntegerField) else ""
    if isinstance(field, forms.EmailField):
        return "post@example.org"
    return dose(next(_nth), getattr(field, "max_length", None) or 2000)


def _filled_in(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    told = {form.add_prefix(name): _value(name, field) for name, field in form.fields.items()}
    hidden = dict(_HIDDEN.findall(page.content.decode()))
    hidden.pop("csrfmiddlewaretoken", None)
    return {**{name: value for name, value in told.items() if value not in (None, "")}, **hidden}


def _addresses(household: Household) -> list[tuple[str, str]]:
    """Every page without an argument, and every one of the household, of its provider and of its request."""
    request, provider = household.requests.get(), Provider.objects.get()
    ids = {"request_id": request.pk, "provider_id": provider.pk, "room_id": provider.rooms.order_by("pk")[0].pk}
    found = []
    for name, kinds in routes():
        if name in OPEN or name in LEFT_OUT:
            continue
        if not kinds:
            found.append((name, reverse(name)))
        elif kinds == ["uuid"]:
            found.append((name, reverse(name, args=[household.key])))
    places: dict[str, list[Any]] = {
        "cases:answer_request": [household.key, ids["request_id"]],
        "housing:provider": [ids["provider_id"]],
    }
    found += [(name, reverse(name, args=args)) for name, args in places.items()]
    found += [("housing:change_provider", reverse("housing:change_provider", args=[ids["provider_id"]]))]
    return found


def _forms_sent(client: Client, addresses: list[tuple[str, str]]) -> tuple[list[tuple[str, Any]], int]:
    """Every form that the pages hold, sent: those handed back, and how many were saved."""
    handed_back, saved = [], 0
    for name, url in addresses:
        page = client.get(url)
        form = page.context and page.context.get("form")
        if page.status_code != 200 or form is None or "form_key" not in getattr(form, "fields", {}):
            continue
        answer = client.post(url, _filled_in(page))
        assert answer.status_code < 500, name
        saved += answer.status_code == 302
        if answer.status_code == 200:
            handed_back.append((name, answer))
    return handed_back, saved


def _is_read_in_the_browser(answer: Any) -> bool:
    """Not what only takes a form, and not a file to keep."""
    return answer.status_code != 405 and not answer.get("Content-Disposition", "").startswith("attachment")


@pytest.mark.crawl
def test_nothing_that_is_written_runs_on_any_page_or_in_any_form_handed_back(
    browser: Browser, live_server: LiveServer, kari: Employee, household: Household
) -> None:
    client = sign_in(Client(), kari)
    addresses = [(name, url) for name, url in _addresses(household) if _is_read_in_the_browser(client.get(url))]
    handed_back, saved = _forms_sent(client, addresses)
    assert len(handed_back) + saved >= FEWEST_FORMS and saved >= FEWEST_SAVED

    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    ears = Ears(page)
    page.goto(f"{live_server.url}/sign-in")
    page.get_by_label("Username").fill(kari.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    seen = 0
    for name, url in addresses:
        page.goto(live_server.url + url)
        ears.nothing_runs(name)
        seen += any(payload in page.inner_text("body") for payload in MARKUP[:3])
    assert seen > 9, "the payloads are on the pages that were looked at"

    answers = dict(enumerate(handed_back))

    def hand_back(route: Route) -> None:
        _name, answer = answers[int(route.request.url.rpartition("/")[2])]
        headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
        route.fulfill(status=200, headers=headers, body=answer.content.decode())

    page.route("**/handed-back/*", hand_back)
    for number, (name, _answer) in answers.items():
        page.goto(f"{live_server.url}/handed-back/{number}")
        ears.nothing_runs(f"{name} handed back")
    context.close()


def test_the_ears_would_hear_it(browser: Browser) -> None:
    page = browser.new_page()
    ears = Ears(page)
    page.set_content("".join(MARKUP))
    page.wait_for_timeout(300)

    assert ears.heard
    with pytest.raises(AssertionError):
        ears.nothing_runs("a page that escapes nothing")
    page.close()
