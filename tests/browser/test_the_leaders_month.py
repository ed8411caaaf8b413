"""The leader's month, by keyboard: what changed, why, and who."""

from __future__ import annotations

from datetime import date

import pytest

from people.models import Protection, Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.town import a_caseworker, a_guesthouse, a_household_there, a_leader
from tests.factories.people import at

pytestmark = pytest.mark.walk

THURSDAY = date(2026, 3, 12)
SHIELDED = "Anne Skjold"
IN_TEMPORARY = "2.s2"


@pytest.fixture
def town(unit: Unit, clock: Clock) -> Unit:
    """One from before, one who came this month, and one whose address is hidden."""
    clock.now = at(THURSDAY)
    a_guesthouse("Elvebredden", rooms=4)
    by = a_caseworker(unit)
    a_household_there(unit, by, "Ola Eik", date(2026, 2, 20), date(2026, 4, 15))
    a_household_there(unit, by, "Per Hei", date(2026, 3, 3), date(2026, 3, 20), children=1)
    a_household_there(unit, by, SHIELDED, date(2026, 2, 10), date(2026, 4, 1), protection=Protection.CONFIDENTIAL)
    return unit


def test_a_leader_sees_what_changed_this_month_and_who_it_was(sit: Sit, clock: Clock, town: Unit) -> None:
    keyboard = sit(a_leader(town))
    keyboard.follow("Figures")
    keyboard.follow("The month")
    keyboard.sees("What changed in March 2026")
    keyboard.follow(f"Why it changed {IN_TEMPORARY}")
    keyboard.sees("The parts of the change", "+1")
    keyboard.follow("1: Real change")
    keyboard.sees("Per Hei")
    assert "Ola Eik" not in keyboard.main.inner_text()
    keyboard.back()
    keyboard.back()
    keyboard.follow("Homeless by name")
    keyboard.sees(
        "Homeless on 12 March 2026: 3", "Ola Eik", "Per Hei", "1 household behind the figure is not shown to you."
    )
    assert SHIELDED not in keyboard.main.inner_text()
