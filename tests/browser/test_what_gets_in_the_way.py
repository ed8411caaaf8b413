"""Somebody else saves first, a button is pressed twice, there is no script, the language is another."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from cases.actions.needs import record_need
from cases.models import CaseState, NeedKind, NeedReason
from housing.models import Absence, Residence, ResidenceKind
from people.models import Employee, Household, Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.steps import give_reasons, register
from tests.browser.town import a_caseworker, a_guesthouse, a_household_there
from tests.factories.people import at
from tests.journeys import joined

TODAY = date(2026, 3, 12)
WHERE = "Kongsberg hospital, ward 3"
MENU = ("Households", "Tasks", "Three months", "Overview", "The unit", "Figures")


@pytest.fixture
def kari(unit: Unit, clock: Clock) -> Employee:
    clock.now = at(TODAY)
    a_guesthouse("Elvebredden")
    return a_caseworker(unit)


@pytest.fixture
def household(unit: Unit, kari: Employee) -> Household:
    return a_household_there(unit, kari, "Jon Moe", date(2026, 3, 1), date(2026, 3, 20))


def page_of(name: str, household: Household) -> str:
    return reverse(f"cases:{name}", args=[household.key])


def test_a_form_that_somebody_was_faster_than_keeps_what_was_typed_and_can_be_sent_again(
    sit: Sit, unit: Unit, kari: Employee, household: Household
) -> None:
    keyboard = sit(kari)
    keyboard.open(page_of("record_absence", household))
    keyboard.type("Where", WHERE)
    record_need(
        household_id=household.pk,
        kind=NeedKind.UNSUITABLE,
        need_reason=NeedReason.TOO_SMALL,
        starts_on=TODAY,
        by=joined(a_caseworker(unit, "Per Lid"), household),
        at=at(TODAY),
    )
    keyboard.press("Save the absence")
    keyboard.is_told("Somebody else has changed this household since you opened the page.")
    assert keyboard.value("Where") == WHERE
    assert not Absence.objects.exists()

    keyboard.press("Save the absence")
    keyboard.sees("The absence is saved.")
    assert Absence.objects.get().where == WHERE


def test_what_is_wrong_is_said_on_top_with_the_focus_and_leads_to_its_field(
    sit: Sit, kari: Employee, household: Household
) -> None:
    keyboard = sit(kari)
    keyboard.open(page_of("record_absence", household))
    keyboard.type("Where", WHERE)
    keyboard.type("From", "31.2.26")
    keyboard.press("Save the absence")
    keyboard.is_told("There is no such day in the calendar.")
    complaint = keyboard.page.get_by_role("alert").get_by_role("link")
    assert complaint.inner_text() in keyboard.main.locator("[data-field=validation]").inner_text()
    keyboard.to(complaint)
    keyboard.page.keyboard.press("Enter")
    expect(keyboard.page.get_by_role("textbox", name="From")).to_be_focused()
    assert (keyboard.value("Where"), keyboard.value("From")) == (WHERE, "31.2.26")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_button_pressed_twice_has_one_effect(sit: Sit, kari: Employee, household: Household, script: bool) -> None:
    keyboard = sit(kari, script=script)
    keyboard.open(page_of("record_absence", household))
    keyboard.type("Where", WHERE)
    keyboard.to(keyboard.page.get_by_role("button", name="Save the absence"))
    keyboard.page.keyboard.press("Enter")
    keyboard.page.keyboard.press("Enter")
    keyboard.page.wait_for_url(re.compile(r"/lived$"))
    keyboard.arrive()
    keyboard.sees(WHERE)
    assert Absence.objects.count() == 1


def test_a_family_is_registered_and_placed_without_script(sit: Sit, kari: Employee) -> None:
    keyboard = sit(kari, script=False)
    register(keyboard)
    keyboard.follow("Elvebredden, Room 1")
    give_reasons(keyboard, "+14")
    keyboard.press("Place the household")
    keyboard.sees("The household is placed.")
    household = Household.objects.get()
    assert household.cases.get().state == CaseState.TEMPORARY
    tonight = Residence.objects.on(TODAY).get()
    assert (tonight.kind, tonight.planned_end) == (ResidenceKind.TEMPORARY, date(2026, 3, 26))


@pytest.mark.parametrize(("code", "button"), [("nb", "Norsk (bokmål)"), ("nn", "Norsk (nynorsk)")])
def test_the_menu_speaks_the_language_chosen(sit: Sit, kari: Employee, code: str, button: str) -> None:
    keyboard = sit(kari)
    menu = keyboard.page.get_by_role("navigation").first
    expect(menu).to_contain_text("Households")
    keyboard.press(button)
    expect(keyboard.page.locator("html")).to_have_attribute("lang", code)
    with override(code):
        words = [gettext(word) for word in MENU]
    assert not set(words) & set(MENU)
    for word in words:
        expect(menu).to_contain_text(word)
    keyboard.press("English")
    expect(menu).to_contain_text("Households")
