# mypy: disable-error-code="no-untyped-call"
"""Making the rules, reading the waiting list, and what a whole meeting could do. By keyboard."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest

from cases.models import AllotmentRules, Criterion
from housing.actions.spells import refresh
from housing.models import ResidenceKind
from people.models import Household, Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_leader
from tests.factories.applied import HousingApplicationFactory
from tests.factories.cases import CaseFactory
from tests.factories.housing import DwellingFactory, DwellingRentFactory, ProviderFactory, ResidenceFactory
from tests.factories.people import HouseholdFactory, at

pytestmark = pytest.mark.walk

TUESDAY = date(2026, 3, 10)


@pytest.fixture
def street(unit: Unit, clock: Clock) -> Unit:
    """Two dwellings stand empty; three wait, one of them over three months in temporary accommodation."""
    clock.now = at(TUESDAY)
    home = DwellingFactory.create(municipality=unit.municipality, address="Elvegata 3", number="H0101", rooms=3)
    DwellingRentFactory.create(dwelling=home, rent_a_month=7300)
    DwellingFactory.create(municipality=unit.municipality, address="Storgata 9", rooms=1, allows_pets=False)
    for name, days, nights, needs in (
        ("Per First", 300, 0, {"rooms_least": 2, "rent_most": 7000, "wished_place": "Elvegata"}),
        ("Eva Over", 40, 110, {"rooms_least": 2}),
        ("Ola Dog", 90, 20, {"has_pets": True, "needs_accessible": True}),
    ):
        household: Household = HouseholdFactory.create(unit=unit, applicant__person__name=name)
        CaseFactory.create(household=household)
        if nights:
            ResidenceFactory.create(
                household=household,
                kind=ResidenceKind.TEMPORARY,
                provider=ProviderFactory.create(),
                starts_on=TUESDAY - timedelta(days=nights),
            )
        refresh([household.pk])
        since = TUESDAY - timedelta(days=days)
        HousingApplicationFactory.create(household=household, unit=unit, received_on=since, is_waiting=True, **needs)
    return unit


@pytest.mark.django_db(transaction=True)
def test_a_leader_makes_the_rules_reads_the_list_and_asks_what_if(sit: Sit, clock: Clock, street: Unit) -> None:
    keyboard = sit(a_leader(street))
    keyboard.open("/waiting-list")
    keyboard.sees("No rules are made")

    make_the_rules(keyboard)
    read_the_list(keyboard)
    ask_what_if(keyboard)
    read_one_application(keyboard)


def make_the_rules(keyboard: Keyboard) -> None:
    keyboard.follow("See the rules")
    keyboard.follow("Make rules by points")
    for code, points in ((Criterion.OVER_LIMIT, "8"), (Criterion.WAITED, "1")):
        keyboard.to(keyboard.page.get_by_role("spinbutton", name=str(code.label)))
        keyboard.page.keyboard.type(points)
    keyboard.press("Make the rules")
    keyboard.is_told("Who decided it, and where it stands must be filled in.")
    keyboard.type("Who decided it, and where it stands", "The council, case 12")
    keyboard.press("Make the rules")
    keyboard.sees("What counts today")
    _picture(keyboard, "rules")
    assert AllotmentRules.objects.get().starts_on == TUESDAY


def read_the_list(keyboard: Keyboard) -> None:
    keyboard.open("/waiting-list")
    rows = keyboard.table("Waiting").get_by_role("row").all_inner_texts()
    assert [row.split("\t")[1].strip() for row in rows[1:]] == ["Per First", "Eva Over", "Ola Dog"]
    assert "9 points" in rows[1] and "passed" in rows[2]
    _picture(keyboard, "waiting")


def ask_what_if(keyboard: Keyboard) -> None:
    keyboard.follow("Make a proposal for the meeting")
    keyboard.sees("Ends the stay with no more nights over three months", "In the order they came")
    _picture(keyboard, "proposal")
    keyboard.follow("Elvegata 3 H0101")
    keyboard.sees("Whom it suits, in order", "Is where they wish to live.")
    _picture(keyboard, "candidates")
    keyboard.follow("If they get it Per First")
    keyboard.sees("Per First gets Elvegata 3 H0101, and the rest follows.")
    _picture(keyboard, "what-if")


def read_one_application(keyboard: Keyboard) -> None:
    keyboard.follow("Per First", within=keyboard.table("Proposed"))
    keyboard.sees("Number 1 of 3", "9 months waited")
    _picture(keyboard, "application")
    keyboard.follow("See which dwellings suit")
    _picture(keyboard, "homes")
    keyboard.follow("Why not that dwelling?")
    keyboard.choose("Dwelling", "Storgata 9")
    keyboard.type("Day", "today")
    keyboard.press("Show why")
    keyboard.sees("A need of 1 rooms, or a dwelling with 2.")
    _picture(keyboard, "why")


def _picture(keyboard: Keyboard, name: str) -> None:
    folder = os.environ.get("VARIG_PICTURES")
    if folder:
        keyboard.page.screenshot(path=f"{folder}/{name}.png", full_page=True)
        keyboard.page.set_viewport_size({"width": 320, "height": 800})
        keyboard.page.screenshot(path=f"{folder}/{name}-320.png", full_page=True)
        keyboard.page.set_viewport_size({"width": 1280, "height": 900})
