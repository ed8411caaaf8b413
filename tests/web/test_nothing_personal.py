"""Addresses, titles, headers and file names tell of nobody: not of those one may see either.

They stand in the browser's history, in a proxy's log and on a screen that somebody passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Household, Role
from tests.factories.people import AssignmentFactory, UnitFactory, employee_with
from tests.web.pages import send
from tests.web.test_who_sees_what import _CHOICES, CANARY, NUMBER, ROUTES, Town, _signed_in, town

__all__ = ["town"]  # the fixture

_ATTRIBUTE = re.compile(r"""\s(?:href|action|formaction|src|hx-[a-z]+|data-[a-z-]*url)=("[^"]*"|'[^']*')""")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_GET_FORM = re.compile(r"<form\b[^>]*method=\"get\"[^>]*>(.*?)</form>", re.DOTALL | re.IGNORECASE)
_TYPED = re.compile(
    r"<textarea\b[^>]*>|<input\b(?![^>]*type=\"(?:hidden|checkbox|radio|submit|number)\")[^>]*>", re.IGNORECASE
)
#: A day may be typed into an address.
_DAY = re.compile(r'name="(?:day|night|on|\w+_(?:on|day)|from|to|(?:then_)?known_at)"')

#: as typed and as an address writes it
SECRETS = (CANARY.lower(), NUMBER, f"{NUMBER[:6]} {NUMBER[6:]}", f"{NUMBER[:6]}%20{NUMBER[6:]}")

pytestmark = pytest.mark.django_db


def addresses(town: Town) -> Iterator[tuple[str, str]]:
    """Every page about the household and every list; not those of other things, such as inspections."""
    for name, names in ROUTES:
        if set(names) <= set(town.ids) or name in _CHOICES:
            for values in _CHOICES.get(name) or [[town.ids[one] for one in names]]:
                yield name, reverse(name, args=values)


def personal(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in unescape(text).lower()]


def seen_in_passing(response: Any) -> Iterator[str]:
    """The response's headers, cookies, and, of a page, its title and every address in it."""
    yield from (f"{name}: {value}" for name, value in response.headers.items())
    yield response.cookies.output()
    if response.headers.get("Content-Type", "").startswith("text/html"):
        page = response.content.decode()
        yield from _TITLE.findall(page)
        yield from _ATTRIBUTE.findall(page)


def typed_into_the_address(response: Any) -> list[str]:
    """The fields, other than days, whose text a form of the page would put into an address."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    fields = [field for form in _GET_FORM.findall(response.content.decode()) for field in _TYPED.findall(form)]
    return [field for field in fields if not _DAY.search(field)]


@pytest.fixture
def open_town(town: Town) -> Town:
    """The canary's household, with nothing hidden: every page of it opens."""
    person = town.hidden.members.get().person
    person.protection = "none"
    person.save(update_fields=["protection"])
    return Town(town.unit, town.hidden, town.hidden, town.hidden_ids, town.hidden_ids)


@pytest.mark.crawl
@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.TEAM_LEADER])
def test_no_address_title_header_or_file_name_tells_of_anybody(client: Client, open_town: Town, role: Role) -> None:
    employee = employee_with(role, open_town.unit)
    AssignmentFactory.create(household=open_town.hidden, employee=employee)
    _signed_in(client, employee)
    opened = 0
    for name, url in addresses(open_town):
        answer = client.get(url)
        opened += answer.status_code == 200
        assert personal(url) == [], name
        for text in seen_in_passing(answer):
            assert personal(text) == [], (name, text)
        assert typed_into_the_address(answer) == [], name
    assert opened > 40


def test_the_canary_is_on_the_pages_that_were_looked_through(client: Client, open_town: Town) -> None:
    worker = employee_with(Role.CASEWORKER, open_town.unit)
    AssignmentFactory.create(household=open_town.hidden, employee=worker)
    _signed_in(client, worker)
    page = client.get(reverse("cases:household", args=[open_town.hidden.key])).content.decode()

    assert CANARY in page
    assert len(_ATTRIBUTE.findall(page)) > 10
    assert len(_TITLE.findall(page)) >= 1


def test_what_is_searched_for_is_posted_and_answered_in_place(client: Client, open_town: Town) -> None:
    _signed_in(client, employee_with(Role.CASEWORKER, open_town.unit))
    for text in (CANARY, NUMBER):
        found = client.post(reverse("cases:search"), {"text": text})
        assert str(open_town.hidden.key) in found.content.decode()
        assert not [told for told in seen_in_passing(found) if personal(told)]
        asked_by_address = client.get(reverse("cases:search"), {"text": text})
        assert str(open_town.hidden.key) not in asked_by_address.content.decode()


def test_registering_somebody_leads_through_addresses_that_tell_nothing(client: Client) -> None:
    _signed_in(client, employee_with(Role.CASEWORKER, UnitFactory.create()))
    typed = {"who-name": CANARY, "who-national_id": NUMBER, "who-role": "applicant", "who-born_on": "1.1.1985"}
    answer = send(client, reverse("cases:register"), typed)

    assert answer.status_code == 302
    while answer.status_code == 302:
        assert not [told for told in seen_in_passing(answer) if personal(told)]
        answer = client.get(answer.headers["Location"])
    assert not [told for told in seen_in_passing(answer) if personal(told)]


def test_people_and_households_are_addressed_by_random_keys() -> None:
    """A running number comes only below a household's key, and is looked for in that household."""
    numbered = {"household_id", "person_id"}
    of_a_household = {"member_id", "decision_id", "document_id", "request_id", "residence_id", "absence_id", "need_id"}
    exposed = [
        name for name, names in ROUTES if numbered & set(names) or (of_a_household & set(names) and "key" not in names)
    ]

    assert exposed == []
    assert Household().key.version == 4
