"""KOSTRA's form 13 from the draft to the locked year, by two people. By keyboard."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.models import Report, ReportState
from people.models import Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_caseworker, a_guesthouse, a_household_there, a_leader, a_reporter
from tests.factories.people import at

pytestmark = pytest.mark.walk

THURSDAY = date(2026, 3, 12)
CELL = "Households in temporary accommodation"


@pytest.fixture
def town(unit: Unit, clock: Clock) -> Unit:
    """Two households in 2025, and one who came in 2024 and moved out in March."""
    clock.now = at(THURSDAY)
    a_guesthouse("Elvebredden", rooms=4)
    by = a_caseworker(unit)
    a_household_there(unit, by, "Ola Eik", date(2025, 12, 1), date(2026, 4, 1))
    a_household_there(unit, by, "Per Hei", date(2025, 11, 20), date(2026, 4, 1), children=1)
    return unit


def test_a_year_is_reported_checked_explained_approved_and_locked(sit: Sit, town: Unit) -> None:
    reporter = sit(a_reporter(town))
    draft(reporter)
    explain(reporter)
    reporter.sees("It waits for somebody else to approve it: you have worked on it.")

    leader = sit(a_leader(town))
    open_the_form(leader)
    leader.follow(f"2: {CELL}")
    leader.sees("2 households.", "Ola Eik", "Per Hei")
    leader.back()
    leader.press("Approve")
    leader.sees("Approved by Liv Berg.")
    leader.press("Lock")
    leader.sees("Locked 12 March 2026.", "Make a new version")
    assert leader.download("Excel").startswith(b"PK")
    assert leader.download("PDF").startswith(b"%PDF")
    assert Report.objects.get().state == ReportState.LOCKED


def open_the_form(keyboard: Keyboard) -> None:
    keyboard.follow("Figures")
    keyboard.follow("KOSTRA form 13")
    assert keyboard.heading() == "KOSTRA form 13, 2025, Kongsberg"


def draft(keyboard: Keyboard) -> None:
    open_the_form(keyboard)
    keyboard.press("Begin the report")
    keyboard.sees("Draft", "Version 1.")
    keyboard.follow("Figures sent for 2024")
    keyboard.to(keyboard.page.get_by_role("spinbutton", name=f"{CELL} (optional)"))
    keyboard.page.keyboard.type("9")
    keyboard.press("Save")
    keyboard.sees("Saved.", "To be explained")
    keyboard.follow("What is not counted here")
    keyboard.to(keyboard.page.get_by_role("spinbutton", name="Inhabitants on 31 December (optional)"))
    keyboard.page.keyboard.type("28000")
    keyboard.press("Save")
    keyboard.sees("Saved.")


def explain(keyboard: Keyboard) -> None:
    keyboard.press("The checks are gone through")
    keyboard.press("The changes are explained")
    keyboard.is_told("There are figures that changed much since last year. Explain each of them first.")
    keyboard.follow(f"Explain {CELL}")
    keyboard.type("Why", "Two places were closed in May.")
    keyboard.press("Save")
    keyboard.press("The changes are explained")
    keyboard.sees("Two places were closed in May.", "Explained")
