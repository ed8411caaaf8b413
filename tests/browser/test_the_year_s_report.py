"""The year's result report by keyboard: from what is said of an objective to sent, and the homeless on a day."""

from __future__ import annotations

from datetime import date

import pytest

from people.models import Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_caseworker, a_guesthouse, a_household_there, a_leader
from tests.factories.people import at

pytestmark = pytest.mark.walk

THURSDAY = date(2026, 3, 12)
HEADING = "Result report 2025, Kongsberg"
OBJECTIVE = "Nobody more than three months in temporary accommodation"
FAMILIES = "No families with children and no young people in temporary accommodation"
HOUSEHOLDS = "Households in temporary accommodation"


@pytest.fixture
def town(unit: Unit, clock: Clock) -> Unit:
    """Five households in 2025, one of them a family, and who of them is there still."""
    clock.now = at(THURSDAY)
    a_guesthouse("Elvebredden", rooms=8)
    by = a_caseworker(unit)
    for name in ("Ola Eik", "Jon Moe", "Mina Vang", "Per Hei"):
        a_household_there(unit, by, name, date(2025, 12, 1), date(2026, 4, 1))
    a_household_there(unit, by, "Siri Lund", date(2025, 12, 1), date(2026, 4, 1), children=2)
    return unit


def test_the_year_s_report_goes_from_draft_to_sent_and_the_homeless_are_counted(sit: Sit, town: Unit) -> None:
    keyboard = sit(a_leader(town))
    keyboard.follow("Figures")

    keyboard.follow("Result report")
    assert keyboard.heading() == HEADING
    say_how_it_went(keyboard)
    read_the_figures(keyboard)
    hand_over(keyboard)
    approve_lock_and_send(sit(a_leader(town, "Nils Dal")))
    count_the_homeless(keyboard)


def say_how_it_went(keyboard: Keyboard) -> None:
    keyboard.follow(f"Say how it went {OBJECTIVE}")
    keyboard.type("Deviation", "Too few rooms for families.")
    keyboard.press("Save the comment")
    keyboard.is_told("Say what is done about it.")
    keyboard.type("Measure", "Five dwellings are bought.")
    keyboard.choose("Who answers for the measure", "Liv Berg")
    keyboard.type("The measure is done by", "1.9.2026")
    keyboard.press("Save the comment")
    keyboard.sees("The comment is saved.", "Too few rooms for families.", "Five dwellings are bought.", "Liv Berg")


def read_the_figures(keyboard: Keyboard) -> None:
    row = keyboard.table(OBJECTIVE).get_by_role("row").filter(has_text="2.s2")
    assert row.get_by_role("cell").nth(4).inner_text().startswith("5")
    families = keyboard.table(FAMILIES).get_by_role("row")
    assert "held back" in families.filter(has_text="3.2").inner_text()
    assert keyboard.download("PDF").startswith(b"%PDF")
    assert keyboard.download("Excel file").startswith(b"PK")
    keyboard.follow(f"5 {HOUSEHOLDS}")
    keyboard.sees("5 households.")
    keyboard.back()


def hand_over(keyboard: Keyboard) -> None:
    keyboard.follow("Hand the report over")
    keyboard.press("Hand the report over")
    keyboard.sees("The report waits for somebody else to approve it.")
    keyboard.follow("Approve the report")
    keyboard.press("Approve the report")
    keyboard.is_told("You have worked on this report. Somebody else approves it.")
    keyboard.follow("Result report")


def approve_lock_and_send(keyboard: Keyboard) -> None:
    keyboard.follow("Figures")
    keyboard.follow("Result report")
    for button, told in (
        ("Approve the report", "Approved by Nils Dal."),
        ("Lock the report", "Version 1 was locked"),
        ("Note the report as sent", "The report is noted as sent."),
    ):
        keyboard.follow(button)
        keyboard.press(button)
        assert keyboard.heading() == HEADING
        keyboard.sees(told)
    assert keyboard.download("Locked PDF").startswith(b"%PDF")


def count_the_homeless(keyboard: Keyboard) -> None:
    keyboard.follow("The homeless on a day")
    keyboard.type("Day", "1.2.2026")
    keyboard.press("Show")
    keyboard.sees("1 February 2026")
    keyboard.follow("5: Temporary accommodation")
    assert keyboard.heading() == "Where they stay: Temporary accommodation"
    keyboard.sees("5 persons.", "Siri Lund")
    keyboard.back()
    assert keyboard.download("PDF").startswith(b"%PDF")
