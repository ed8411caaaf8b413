"""What is held back of figures that say the same thing in different words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from housing.actions.spells import refresh
from housing.models import ResidenceKind
from kpi.catalogue import BY_CODE
from kpi.measurement import Period, Question
from kpi.publishing import Published, published
from people.models import Person, Unit
from tests.factories.coming import RefugeeSettlementFactory
from tests.factories.people import HouseholdFactory, UnitFactory
from tests.web.unit_life import stay, then

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
LATER = date(2028, 1, 1)
LONG, SHORT = date(2025, 2, 1), date(2025, 11, 1)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


def told(unit: Unit, *codes: str) -> dict[str, Published]:
    question = Question(municipality=unit.municipality_id)
    found = published(question, [YEAR], [BY_CODE[code] for code in codes], today=LATER)
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


def test_families_and_young_together_do_not_tell_of_the_one_who_is_both(unit: Unit) -> None:
    """Five families and four young, eight of either: one is both."""
    families = [stay(unit, SHORT, has_child=True) for _ in range(5)]
    young = [stay(unit, SHORT) for _ in range(3)]
    for _ in range(6):
        stay(unit, SHORT)
    for household in (families[0], *young):
        applicants = Person.objects.filter(memberships__household=household, memberships__role="applicant")
        applicants.update(born_on=date(2005, 6, 1))
    refresh([one.pk for one in (families[0], *young)])

    found = told(unit, "2.s2", "3.2", "3.s5", "families_and_young")

    assert [found[code].figure.value for code in found] == [14, 5, 4, 8]
    assert {code for code, one in found.items() if one.is_held_back} & {"3.2", "3.s5", "families_and_young"}
    assert not found["2.s2"].is_held_back


def test_those_settled_who_are_no_children_are_held_back_when_they_are_few(unit: Unit) -> None:
    """Six came alone, of whom four are from 15 to 18: the two others would be the difference."""
    for age in (16, 16, 17, 17, 14, 14):
        settled(unit, age)
    found = told(unit, "4.2", "4.s2")

    assert [found[code].figure.value for code in ("4.2", "4.s2")] == [4, 6]
    assert {code for code, one in found.items() if one.is_held_back}


def settled(unit: Unit, age: int) -> None:
    household = HouseholdFactory.create(unit=unit)
    RefugeeSettlementFactory.create(household=household, decided_on=SHORT, settled_on=SHORT, unaccompanied_minor=True)
    Person.objects.filter(memberships__household=household).update(born_on=date(2025 - age, 1, 1))


@pytest.mark.parametrize(
    ("today", "told_of"),
    [
        (date(2026, 6, 30), set()),
        (date(2026, 7, 1), {"returns_6"}),
        (date(2027, 1, 1), {"returns_6", "returns_12"}),
        (date(2027, 12, 31), {"returns_6", "returns_12"}),
        (date(2028, 1, 1), {"returns_6", "returns_12", "returns_24"}),
    ],
)
def test_who_is_homeless_again_is_told_when_the_months_after_the_year_are_over(
    today: date, told_of: set[str], unit: Unit
) -> None:
    for _ in range(5):
        then(stay(unit, LONG, SHORT), ResidenceKind.OWNED, SHORT)
    question, asked = Question(municipality=unit.municipality_id), [BY_CODE[f"returns_{n}"] for n in (6, 12, 24)]

    found = published(question, [YEAR], asked, today=today)

    assert {one.indicator.code for one in found if not one.is_held_back} == told_of
    assert {one.indicator.code for one in found if not one.is_unfinished} == told_of
    assert not any(one.is_whole_held_back for one in found)


def test_the_few_homeless_who_are_no_families_are_held_back_with_the_families(unit: Unit) -> None:
    """Five families of seven homeless: all, and the families, are what two shares are of."""
    for _ in range(5):
        stay(unit, SHORT, has_child=True)
    for _ in range(2):
        stay(unit, SHORT)

    found = told(unit, "3.s1", "long_term")

    assert [found[code].figure.denominator for code in found] == [5, 7]
    assert any(one.is_whole_held_back for one in found.values())


def test_enough_homeless_on_both_sides_are_told(unit: Unit) -> None:
    for _ in range(4):
        stay(unit, SHORT, has_child=True)
        stay(unit, SHORT)

    found = told(unit, "3.s1", "long_term")

    assert [found[code].figure.denominator for code in found] == [4, 8]
    assert not any(one.is_held_back for one in found.values())
