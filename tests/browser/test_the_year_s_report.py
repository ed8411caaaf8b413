"""The year's result report: what is said of an objective, the files, and the homeless on a day. By keyboard."""

from __future__ import annotations

from datetime import date

import pytest

from people.models import Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_caseworker, a_guesthouse, a_household_there, a_leader
from tests.factories.people import at

THURSDAY = date(2026, 3, 12)
OBJECTIVE = "Nobody more than three months in temporary accommodation"
HOUSEHOLDS = "How many households were in temporary accommodation?"


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


def test_a_leader_writes_the_year_s_report_and_counts_the_homeless(sit: Sit, town: Unit) -> None:
    keyboard = sit(a_leader(town))
    keyboard.follow("Indicators")

    keyboard.follow("Result report")
    assert keyboard.heading() == "Result report 2025, Kongsberg"
    say_how_it_went(keyboard)
    read_the_figures(keyboard)
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
    row = keyboard.table(OBJECTIVE).get_by_role("row").filter(has_text=HOUSEHOLDS)
    assert row.get_by_role("cell").nth(4).inner_text().startswith("5")
    families = keyboard.table("Families with children and young people").get_by_role("row")
    assert "held back" in families.filter(has_text="How many families were").inner_text()
    assert keyboard.download("PDF").startswith(b"%PDF")
    assert keyboard.download("Excel file").startswith(b"PK")
    keyboard.follow(f"5 {HOUSEHOLDS}")
    keyboard.sees("5 households.")
    keyboard.back()


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
