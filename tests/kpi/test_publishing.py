"""What is held back of figures that say the same thing in different words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kpi.catalogue import BY_CODE
from kpi.measurement import Period, Question
from kpi.publishing import Published, published
from people.models import Unit
from tests.factories.people import UnitFactory
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
LONG, SHORT = date(2025, 2, 1), date(2025, 11, 1)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


def told(unit: Unit, *codes: str) -> dict[str, Published]:
    question = Question(municipality=unit.municipality_id)
    found = published(question, [YEAR], [BY_CODE[code] for code in codes])
    return {one.indicator.code: one for one in found}


def test_two_over_three_months_take_the_share_with_them_and_leave_the_total(unit: Unit) -> None:
    for _ in range(2):
        stay(unit, LONG)
    for _ in range(10):
        stay(unit, SHORT)
    found = told(unit, "2.1", "2.2", "2.s2")
    assert found["2.s2"].figure.value == 12
    assert {code for code, one in found.items() if one.is_held_back} == {"2.1", "2.2"}


def test_two_that_are_no_families_are_held_back_with_the_families(unit: Unit) -> None:
    for _ in range(2):
        stay(unit, SHORT)
    for _ in range(6):
        stay(unit, SHORT, has_child=True)
    found = told(unit, "2.s2", "3.2")
    assert {code for code, one in found.items() if one.is_held_back} == {"3.2"}


def test_nobody_is_no_secret(unit: Unit) -> None:
    for _ in range(6):
        stay(unit, SHORT)
    found = told(unit, "2.1", "2.2", "2.s2", "3.2")
    assert not any(one.is_held_back for one in found.values())
    assert (found["2.2"].figure.value, found["2.1"].figure.value) == (Decimal(0), Decimal(100))


def test_the_nights_of_three_households_are_held_back(unit: Unit) -> None:
    for _ in range(3):
        stay(unit, SHORT)
    assert told(unit, "nights")["nights"].is_held_back


def test_many_stays_of_three_households_are_few(unit: Unit) -> None:
    for _ in range(3):
        stay(unit, SHORT, date(2025, 12, 1))
    assert told(unit, "exits_permanent")["exits_permanent"].is_held_back


def test_a_median_of_few_is_held_back(unit: Unit) -> None:
    assert not told(unit, "time_home")["time_home"].is_held_back
