# mypy: disable-error-code="no-untyped-call"
"""Reading the plan of dwellings, taking one out of letting, and making it ready. By keyboard."""

from __future__ import annotations

import os
from datetime import date

import pytest

from housing.models import Building, Dwelling, DwellingVoid, Lease, ResidenceKind, VoidReason
from people.models import Household, Protection, Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_caseworker
from tests.factories.housing import DwellingFactory, DwellingRentFactory, PlannedHomeFactory, ResidenceFactory
from tests.factories.people import HouseholdFactory, at
from tests.factories.voids import DwellingVoidFactory

pytestmark = pytest.mark.walk

TUESDAY = date(2026, 3, 10)


@pytest.fixture
def street(unit: Unit, clock: Clock) -> Unit:
    """A building with four dwellings: let, let to somebody shielded, empty since January, under repair."""
    clock.now = at(TUESDAY)
    building = Building.objects.create(municipality=unit.municipality, name="Elvegata 3")
    homes = [
        DwellingFactory.create(
            building=building, address="Elvegata 3", number=f"H010{number}", rooms=2, area_m2=48 + number
        )
        for number in range(1, 5)
    ]
    for home in homes:
        DwellingRentFactory.create(dwelling=home, rent_a_month=7300)
    _let(homes[0], unit, lease_ends_on=date(2026, 6, 14))
    hidden = _let(homes[1], unit)
    person = hidden.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])
    _let(homes[2], unit, ends_on=date(2026, 1, 20))
    DwellingVoidFactory.create(
        dwelling=homes[3],
        reason=VoidReason.REPAIR,
        starts_on=date(2026, 2, 1),
        expected_on=date(2026, 4, 15),
        note="New bathroom",
    )
    DwellingFactory.create(address="Storgata 9")
    PlannedHomeFactory.create(name="Small houses by the wood", expected_on=date(2026, 9, 1), count=4)
    return unit


def _let(dwelling: Dwelling, unit: Unit, **more: object) -> Household:
    household: Household = HouseholdFactory.create(unit=unit)
    ResidenceFactory.create(
        household=household,
        kind=ResidenceKind.MUNICIPAL_RENTAL,
        lease=Lease.ORDINARY,
        dwelling=dwelling,
        starts_on=date(2024, 1, 1),
        **more,
    )
    return household


@pytest.mark.django_db(transaction=True)
def test_a_caseworker_reads_the_plan_takes_a_dwelling_out_of_letting_and_makes_it_ready(
    sit: Sit, clock: Clock, street: Unit
) -> None:
    keyboard = sit(a_caseworker(street))
    keyboard.open("/homes/plan")

    read_the_plan(keyboard)
    take_out_of_letting(keyboard)
    make_ready(keyboard)
    read_what_is_empty_and_what_comes(keyboard)


def read_the_plan(keyboard: Keyboard) -> None:
    rows = keyboard.table("Elvegata 3").get_by_role("row").all_inner_texts()
    assert len(rows) == 5
    for row, words in zip(rows[1:], ("Let", "Not available", "Vacant", "Repair"), strict=True):
        assert words in row
    assert "lease ends 14 Jun 2026" in rows[1]
    _picture(keyboard, "plan")
    assert "since 20 Jan 2026" in rows[3]
    keyboard.choose("Building", "Elvegata 3")
    keyboard.press("Show")
    keyboard.follow("Six months later")
    keyboard.follow("Six months earlier")
    assert "Storgata 9" not in keyboard.main.inner_text()


def take_out_of_letting(keyboard: Keyboard) -> None:
    keyboard.follow("Elvegata 3 H0103")
    _picture(keyboard, "dwelling")
    keyboard.follow("Take out of letting")
    keyboard.press("Save")
    keyboard.is_told("From must be filled in.")
    keyboard.pick("Reason", VoidReason.CLEANING.label)
    keyboard.type("From", "1.1.26")
    keyboard.press("Save")
    keyboard.is_told("The dwelling is not free in that period")
    keyboard.type("From", "today")
    keyboard.type("Expected ready", "+7")
    keyboard.press("Save")
    keyboard.sees("expected ready 17 Mar 2026")
    void = DwellingVoid.objects.get(reason=VoidReason.CLEANING)
    assert (void.starts_on, void.expected_on) == (TUESDAY, date(2026, 3, 17))


def make_ready(keyboard: Keyboard) -> None:
    keyboard.follow("Ready")
    keyboard.type("Ready from", "12.3.26")
    keyboard.type("Cost, kroner", "1500")
    keyboard.press("Save")
    void = DwellingVoid.objects.get(reason=VoidReason.CLEANING)
    assert (void.ends_on, void.cost) == (date(2026, 3, 12), 1500)
    keyboard.follow("Plan and vacancies")


def read_what_is_empty_and_what_comes(keyboard: Keyboard) -> None:
    keyboard.follow("Empty today")
    rows = keyboard.table("Empty on 10 March 2026").get_by_role("row").all_inner_texts()
    assert [row.split("\t")[0].split("\n")[0] for row in rows[1:]] == [
        "Elvegata 3 H0104",
        "Storgata 9",
        "Elvegata 3 H0103",
    ]
    _picture(keyboard, "empty")
    keyboard.follow("Forecast")
    keyboard.sees("Small houses by the wood", "Lease ends", "Ready again")
    _picture(keyboard, "forecast")
    months = keyboard.table("Homes that may become free").get_by_role("row").all_inner_texts()
    assert len(months) == 13


def _picture(keyboard: Keyboard, name: str) -> None:
    folder = os.environ.get("V_PICTURES")
    if folder:
        keyboard.page.screenshot(path=f"{folder}/{name}.png", full_page=True)
        keyboard.page.set_viewport_size({"width": 320, "height": 800})
        keyboard.page.screenshot(path=f"{folder}/{name}-320.png", full_page=True)
        keyboard.page.set_viewport_size({"width": 1280, "height": 900})
