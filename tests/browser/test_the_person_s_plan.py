"""A person's plan from offer to revision: by keyboard only."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest

from cases.models import ConsentPart, ConsentWay, GoalsReached, IndividualPlan, PlanRight, PlanState
from people.models import Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_caseworker, a_guesthouse, a_household_there
from tests.factories.people import at

pytestmark = pytest.mark.walk

OFFERED = date(2026, 3, 10)
REVISED = OFFERED + timedelta(days=170)
WORDS = {
    "What the person wants": "A home near the school",
    "What the person can and has": "Cooks well, and has a sister close by",
    "What the person needs help with": "Somebody to ring",
    "What the person does": "Goes to the viewings",
    "How it is carried out": "We meet each month",
    "Working together with others": "With the school",
}


def test_a_plan_goes_from_offer_to_revision(sit: Sit, clock: Clock, unit: Unit) -> None:
    clock.now = at(OFFERED)
    a_guesthouse("Elvebredden")
    kari = a_caseworker(unit)
    household = a_household_there(unit, kari, "Nora Vik", OFFERED, OFFERED + timedelta(days=200))
    keyboard = sit(kari)
    keyboard.open(f"/households/{household.key}/")
    keyboard.follow("Individual plan and other plans of a person")
    keyboard.follow("Offer a plan")
    keyboard.pick("What kind of plan?", "Individual plan")
    keyboard.pick("Why is it offered?", PlanRight.COORDINATED.label)
    keyboard.press("Register the offer")
    keyboard.follow("Individual plan")

    consent_and_write(keyboard)
    add_who_takes_part(keyboard)
    keyboard.sees("What the plan must have: 9 of 9")
    _picture(keyboard, "person-plan")

    clock.now = at(REVISED)
    keyboard = sit(kari)
    keyboard.open(f"/households/{household.key}/")
    keyboard.sees("What runs", "Individual plan, Nora Vik")
    keyboard.follow("Individual plan, Nora Vik")
    evaluate_and_revise(keyboard)
    plan = IndividualPlan.objects.get()
    assert (plan.state, plan.revision) == (PlanState.ACTIVE, 2)


def consent_and_write(keyboard: Keyboard) -> None:
    keyboard.follow("The person wants it")
    keyboard.pick("How did they consent?", ConsentWay.WRITTEN.label)
    keyboard.tick(str(ConsentPart.COORDINATION.label))
    keyboard.tick(str(ConsentPart.GROUP.label))
    keyboard.press("Register the consent")
    keyboard.follow("Write the plan")
    for label, text in WORDS.items():
        keyboard.type(label, text)
    keyboard.choose("Who coordinates the plan?", "Kari Sol")
    keyboard.press("Save the plan")
    keyboard.follow("Begin the plan")
    keyboard.press("Begin the plan")
    keyboard.sees("The plan runs.", "version 1")


def add_who_takes_part(keyboard: Keyboard) -> None:
    keyboard.follow("Add somebody")
    keyboard.pick("Who takes part?", "A service")
    keyboard.type("Or a name", "Liv Lund")
    keyboard.type("Service", "The school")
    keyboard.type("What they contribute", "Rings each week")
    keyboard.pick("How did they consent?", ConsentWay.ORAL.label)
    keyboard.press("Add to the plan")
    keyboard.is_told("Nobody takes part before the person has said yes to it. Write the day they did.")
    keyboard.type("The person said yes to sharing with them on", "today")
    keyboard.press("Add to the plan")
    keyboard.follow("Add a measure")
    keyboard.type("What", "Viewings")
    keyboard.choose("Who answers for it?", "Liv Lund, The school")
    keyboard.type("How much or how often", "Weekly")
    keyboard.type("Done by", "+14")
    keyboard.press("Add the measure")
    keyboard.sees("The measure is added.")


def evaluate_and_revise(keyboard: Keyboard) -> None:
    keyboard.follow("Evaluate")
    keyboard.pick("The goals", GoalsReached.UNDER_WAY.label)
    keyboard.type("What the person says", "It goes better")
    keyboard.press("Save the evaluation")
    keyboard.follow("Revise")
    keyboard.type("What was changed, and why", "One goal more")
    keyboard.press("Keep the new version")
    keyboard.sees("The plan is revised.", "version 2")
    keyboard.follow("Version 1")
    keyboard.sees("A home near the school")


def _picture(keyboard: Keyboard, name: str) -> None:
    folder = os.environ.get("VARIG_PICTURES")
    if folder:
        keyboard.page.screenshot(path=f"{folder}/{name}.png", full_page=True)
        keyboard.page.set_viewport_size({"width": 320, "height": 800})
        keyboard.page.screenshot(path=f"{folder}/{name}-320.png", full_page=True)
        keyboard.page.set_viewport_size({"width": 1280, "height": 900})
