# mypy: disable-error-code="no-untyped-call"
"""Whatever somebody opens, nothing sings that they may not hear; and whatever shows a household, the read log says so.

A household of each class with a canary in everything, and everybody who could come near: they follow every link from
their own pages, open every route, search, and take out every file. Pages, headers, PDF, spreadsheets, JSON, log and
mail are listened to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.manifest import MANIFEST
from people.models import AssignmentRole, Employee, GrantKind, Protection, Reading, Relation, Role, Unit, UnitKind
from tests.factories.inspections import InspectionFactory, InspectorFactory, SampledCaseFactory
from tests.factories.people import (
    AssignmentFactory,
    ClearanceFactory,
    DisqualificationFactory,
    EmployeeFactory,
    GrantFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.web.canaries import Planted, free_texts, planted
from tests.web.listening import FILLED, asked, crawl, routes, shown_together, sung, told
from tests.web.sign_ins import sign_in
from tests.web.test_every_route import OPEN

pytestmark = pytest.mark.django_db

ROUTES = [route for route in routes() if route.name not in OPEN]
GENERAL = [route for route in ROUTES if not route.is_of_household]


@dataclass(frozen=True)
class Town:
    """A household of each class: of the unit, of another, with confidential address, strictly so, an own employee's."""

    unit: Unit
    open_case: Planted
    elsewhere: Planted
    confidential: Planted
    strict: Planted
    employees_own: Planted
    own_employee: Employee

    @property
    def households(self) -> list[Planted]:
        return [self.open_case, self.elsewhere, self.confidential, self.strict, self.employees_own]

    @property
    def hidden(self) -> list[str]:
        """Of everybody who is neither on the case, cleared nor of the special unit, of this unit."""
        return [one for household in self.households[1:] for one in household.everything]


@pytest.fixture
def town() -> Town:
    unit = UnitFactory.create()
    open_case, elsewhere = planted("gjokfugl", unit), planted("haukfugl", UnitFactory.create())
    confidential, strict, employees_own = (
        planted("lerkefugl", unit),
        planted("rypefugl", unit),
        planted("storkfugl", unit),
    )
    _protect(confidential, Protection.CONFIDENTIAL)
    _protect(strict, Protection.STRICTLY_CONFIDENTIAL)
    own_employee = caseworker(unit)
    person = employees_own.household.members.order_by("pk")[0].person
    DisqualificationFactory.create(employee=own_employee, person=person, relation=Relation.SELF)
    return Town(unit, open_case, elsewhere, confidential, strict, employees_own, own_employee)


def _protect(household: Planted, grade: Protection) -> None:
    person = household.household.members.order_by("pk")[0].person
    person.protection = grade
    person.save(update_fields=["protection"])


#: Who they are, what they may not hear, and of which households they may not learn where they are.
Somebody = tuple[Employee, list[str], list[Planted]]


def _with(role: Role) -> Callable[[Town], Somebody]:
    def somebody(town: Town) -> Somebody:
        case = town.open_case
        who = employee_with(role, town.unit)
        if role is Role.TEAM_LEADER:
            return who, [*town.hidden, *case.special], []
        if role in (Role.CASEWORKER, Role.PLAN_COORDINATOR):
            return who, [*town.hidden, *case.special, *case.text], []
        if role is Role.REPORTER:
            # case numbers behind a figure of the municipality, where nobody is shielded
            shielded = (town.confidential, town.strict, town.employees_own)
            hidden = [one for household in shielded for one in household.everything]
            return who, [*hidden, *town.elsewhere.all_but_the_number, *case.all_but_the_number], []
        return who, [*town.hidden, *case.all_but_the_number], []

    return somebody


def _cleared_colleague(town: Town) -> Somebody:
    who = caseworker(town.unit)
    ClearanceFactory.create(employee=who, unit=town.unit)
    return who, town.hidden, []


def _cleared_leader(town: Town) -> Somebody:
    who = team_leader(town.unit)
    ClearanceFactory.create(employee=who, unit=town.unit)
    special = [*town.confidential.special, *town.employees_own.special]
    return who, [*town.elsewhere.everything, *town.strict.everything, *special], []


def _in_the_special_unit(town: Town) -> Somebody:
    special = UnitFactory.create(kind=UnitKind.SPECIAL)
    who = caseworker(special)
    others = [one for household in town.households if household is not town.strict for one in household.everything]
    return who, [*others, *town.strict.place], [town.strict]


def _on_the_cases_without_clearance(town: Town) -> Somebody:
    who = caseworker(town.unit)
    for household in (town.confidential, town.strict, town.employees_own):
        AssignmentFactory.create(household=household.household, employee=who, role=AssignmentRole.SUBSTITUTE)
    masked = [*town.confidential.place, *town.employees_own.place]
    masks = [town.confidential, town.employees_own]
    return who, [*town.elsewhere.everything, *town.strict.everything, *masked], masks


def _the_employee_whose_case_it_is(town: Town) -> Somebody:
    AssignmentFactory.create(
        household=town.employees_own.household, employee=town.own_employee, role=AssignmentRole.SUBSTITUTE
    )
    return town.own_employee, town.hidden, []


def _party_to_a_case_they_are_on(town: Town) -> Somebody:
    who = caseworker(town.unit)
    AssignmentFactory.create(household=town.open_case.household, employee=who, role=AssignmentRole.SUBSTITUTE)
    person = town.open_case.household.members.order_by("pk")[0].person
    DisqualificationFactory.create(employee=who, person=person, relation=Relation.PARTY)
    return who, [*town.hidden, *town.open_case.everything], []


def _inspector_of_all(town: Town) -> Somebody:
    """One of each class is in the sample by name; without clearance the confidential ones are not read for all that."""
    who, now = employee_with(Role.AUDITOR, town.unit), timezone.now()
    inspection = InspectionFactory.create(unit=town.unit, expires_at=now + timedelta(days=14))
    InspectorFactory.create(inspection=inspection, employee=who)
    for one in (town.open_case, town.confidential, town.strict, town.employees_own):
        SampledCaseFactory.create(inspection=inspection, household=one.household)
        for kind in (GrantKind.SAMPLE, GrantKind.NAMED):
            GrantFactory.create(
                user=who,
                content_object=one.household,
                kind=kind,
                granted_at=now - timedelta(minutes=1),
                expires_at=now + timedelta(days=14),
            )
    unread = [*town.elsewhere.everything, *town.confidential.name[:1], *town.confidential.text]
    masked = [*town.confidential.place, *town.strict.place, *town.employees_own.place]
    special = [one for household in town.households for one in household.special]
    return who, [*unread, *masked, *special], [town.strict]


_OTHERS: list[Callable[[Town], Somebody]] = [
    _cleared_colleague,
    _cleared_leader,
    _in_the_special_unit,
    _on_the_cases_without_clearance,
    _the_employee_whose_case_it_is,
    _party_to_a_case_they_are_on,
    _inspector_of_all,
]
#: In the long run alone, for the time they take: whoever changes access runs them with `make crawl-all`.
_IN_THE_LONG_RUN = {
    "plan_coordinator",
    "meeting_participant",
    "operations",
    "unit_administrator",
    "cleared_colleague",
    "on_the_cases_without_clearance",
    "party_to_a_case_they_are_on",
}


def _somebody(who: Callable[[Town], Somebody], name: str) -> Any:
    return pytest.param(who, id=name, marks=pytest.mark.long if name in _IN_THE_LONG_RUN else ())


EVERYBODY = [_somebody(_with(role), role.value) for role in Role] + [
    _somebody(who, who.__name__.strip("_")) for who in _OTHERS
]


@pytest.mark.crawl
@pytest.mark.parametrize("somebody", EVERYBODY)
def test_no_link_leads_to_what_one_may_not_see_and_all_that_is_shown_is_logged(
    client: Client, town: Town, somebody: Callable[[Town], Somebody], caplog: pytest.LogCaptureFixture
) -> None:
    who, forbidden, masked = somebody(town)
    sign_in(client, who)
    starts = [route.url(town.open_case.ids) for route in GENERAL]
    with caplog.at_level("DEBUG"):
        for url, answer in crawl(client, *starts):
            assert sung(answer, forbidden, but=url) == [], url
            assert not [one.word for one in masked if shown_together(answer, one.name, one.host)], url
            assert not [one.word for one in masked if str(one.household.key) in url and one.host in told(answer)], url
            assert _unlogged(answer, town, who) == [], url
    words = [one.word for one in town.households]
    assert not [word for word in words if word in caplog.text.lower()]
    assert mail.outbox == []


@pytest.mark.crawl
@pytest.mark.parametrize("somebody", EVERYBODY)
def test_no_form_search_or_file_tells_what_one_may_not_see(
    client: Client, town: Town, somebody: Callable[[Town], Somebody]
) -> None:
    who, forbidden, masked = somebody(town)
    sign_in(client, who)
    for url, data in _sent(town):
        with asked(client, "post", url, {**FILLED, "form_key": uuid4(), **data}) as answer:
            mine = str(data.get("text") or data.get("number") or "")
            assert sung(answer, [one for one in forbidden if one not in mine.lower()], but=url) == [], (url, data)
            assert not [one.word for one in masked if shown_together(answer, one.name, one.host)], (url, data)
            assert _unlogged(answer, town, who, but=mine) == [], (url, data)


def _sent(town: Town) -> Iterator[tuple[str, dict[str, Any]]]:
    for route in GENERAL:
        for one in (town.open_case, town.confidential):
            yield route.url(one.ids), {}
    for household in town.households:
        for text in (f"{household.word}navn", household.household.ref):
            yield reverse("cases:search"), {"text": text}
        number = household.household.ref
        yield reverse("cases:emergency"), {"number": number, "emergency": "other"}


def _unlogged(answer: Any, town: Town, who: Employee, *, but: str = "") -> list[str]:
    """The households that the answer names without a line of the read log for this request."""
    text = told(answer).replace(but.lower(), "") if but else told(answer)
    named = [one for one in town.households if one.name[0] in text or one.household.ref.lower() in text]
    if not named:
        return []
    lines = Reading.objects.filter(request=answer.headers["X-Request-ID"], employee=who)
    logged = set(lines.values_list("household_id", flat=True))
    return [one.word for one in named if one.household.pk not in logged]


def test_everything_that_is_kept_of_a_household_has_its_canary() -> None:
    """A model or a text that is new to the manifest is planted too, or this says which is not."""
    household = planted("gjokfugl", UnitFactory.create())
    AssignmentFactory.create(household=household.household, employee=EmployeeFactory.create(), role="substitute")
    silent = [text for entry in MANIFEST if entry.household for text in free_texts(entry, household)]
    assert silent == []
