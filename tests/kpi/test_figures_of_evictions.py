# mypy: disable-error-code="no-untyped-call"
"""Petitions, evictions and those averted, counted by hand and by plain Python, and the lists behind them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from cases.models import EvictionCase
from kpi.evictions import EVICTIONS
from kpi.measurement import Figure, Period, Question, behind, measure
from people.models import Household, Unit
from tests.factories.owning import EvictionCaseFactory
from tests.factories.people import KONGSBERG, HouseholdFactory, UnitFactory

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
HERE = Question(municipality=KONGSBERG)
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


def figures(question: Question = HERE) -> dict[str, Figure]:
    return {figure.indicator.code: figure for figure in measure(question, [YEAR], EVICTIONS)}


def eviction(petitioned_on: date | None, status: str = "open", ended_on: date | None = None, **more: Any) -> Household:
    learnt_on = petitioned_on or ended_on or FIRST
    told = {"learnt_on": learnt_on, "petitioned_on": petitioned_on, "status": status, "ended_on": ended_on, **more}
    made: EvictionCase = EvictionCaseFactory.create(**told)
    return made.household


@pytest.fixture
def year() -> dict[str, Household]:
    """Four petitions of the year by three households; one averted in it of two, one withdrawn, one the year before."""
    twice = eviction(FIRST, "averted", date(2025, 3, 1))
    eviction(date(2025, 6, 1), "carried_out", date(2025, 8, 1), household=twice)
    open_still = eviction(LAST)
    withdrawn = eviction(date(2025, 5, 1), "withdrawn", LAST)
    before = eviction(FIRST - timedelta(days=1), "averted", FIRST)
    eviction(date(2024, 5, 1), "carried_out", FIRST - timedelta(days=1))
    eviction(date(2026, 1, 1))
    early = eviction(None, "averted", date(2025, 9, 1))
    return {"twice": twice, "open": open_still, "withdrawn": withdrawn, "before": before, "early": early}


def test_the_year_by_hand(year: dict[str, Household]) -> None:
    told = figures()

    assert told["10.s1"].numerator == told["p.1"].numerator == 4
    assert told["10.s2"].numerator == told["p.2"].numerator == 1
    averted = told["evictions_averted"]
    assert (averted.numerator, averted.denominator) == (3, 4)
    assert averted.value is not None and float(averted.value) == 75.0


def test_the_households_behind_them(year: dict[str, Household]) -> None:
    lists = behind(HERE, YEAR, EVICTIONS)

    def refs(*names: str) -> list[str]:
        return sorted(year[name].ref for name in names)

    assert lists["10.s1", KONGSBERG].households == refs("twice", "open", "withdrawn")
    assert lists["10.s2", KONGSBERG].households == refs("twice")
    assert lists["evictions_averted", KONGSBERG].households == refs("twice", "before", "early")


def test_a_share_of_none_is_not_known() -> None:
    assert figures()["evictions_averted"].value is None
    assert figures()["10.s1"].numerator == 0


def test_a_unit_s_are_those_of_the_households_it_answered_for() -> None:
    unit: Unit = UnitFactory.create()
    eviction(FIRST, household=HouseholdFactory.create(unit=unit))
    eviction(FIRST)

    asked = Question(municipality=unit.municipality_id, unit=unit.pk)

    assert figures(asked)["10.s1"].numerator == 1


def test_every_mix_equals_counting_in_plain_python() -> None:
    days = [FIRST - timedelta(days=1), FIRST, date(2025, 7, 1), LAST, LAST + timedelta(days=1)]
    made: list[EvictionCase] = []
    for start, (length, status) in product(days, product((0, 40), ("averted", "carried_out", "withdrawn", "open"))):
        ended_on = None if status == "open" else start + timedelta(days=length)
        told = {"learnt_on": start, "petitioned_on": start, "status": status, "ended_on": ended_on}
        made.append(EvictionCaseFactory.create(**told))

    def ended(*statuses: str) -> int:
        return len([e for e in made if e.status in statuses and e.ended_on and FIRST <= e.ended_on <= LAST])

    found = figures()
    assert found["10.s1"].numerator == len([e for e in made if e.petitioned_on and FIRST <= e.petitioned_on <= LAST])
    assert found["10.s2"].numerator == ended("carried_out")
    assert found["evictions_averted"].numerator == ended("averted")
    assert found["evictions_averted"].denominator == ended("averted", "carried_out")
