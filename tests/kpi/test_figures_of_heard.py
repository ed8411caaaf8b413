# mypy: disable-error-code="no-untyped-call"
"""The figures of what was mapped and of what households say, by hand and by plain Python, and who is behind them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from housing.actions.spells import refresh
from housing.models import Lease, ResidenceKind
from kpi.catalogue import BY_CODE
from kpi.heard import OF_HEARD
from kpi.measurement import Figure, Period, Question, measure
from kpi.questions.households import all_households_behind
from people.models import Household, Role
from tests.factories.heard import NeedsMappingFactory, SurveyFactory
from tests.factories.housing import ResidenceFactory
from tests.factories.people import KONGSBERG, AssignmentFactory, HouseholdFactory, UnitFactory, at, employee_with

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
HERE = Question(municipality=KONGSBERG)
KINDS: dict[str, dict[str, Any]] = {
    "home": {"kind": ResidenceKind.PRIVATE_RENTAL, "lease": Lease.ORDINARY},
    "rough": {"kind": ResidenceKind.ROUGH},
    "prison": {"kind": ResidenceKind.PRISON},
}


def lives(where: str, since: date = date(2025, 3, 1), **more: Any) -> Household:
    household = HouseholdFactory.create(**more)
    ResidenceFactory.create(household=household, starts_on=since, **KINDS[where])
    refresh([household.pk])
    return household


def mapped(household: Household, finished_on: date | None = date(2025, 6, 1), **told: Any) -> Household:
    said = {"light": "green", "drug_problem": "drugs", "income_source": "social_assistance", **told}
    NeedsMappingFactory.create(
        household=household, started_on=finished_on or date(2025, 6, 1), finished_on=finished_on, **said
    )
    return household


def figures(question: Question = HERE, period: Period = YEAR) -> dict[str, Figure]:
    return {figure.indicator.code: figure for figure in measure(question, [period], OF_HEARD)}


def test_the_figures_by_hand() -> None:
    mapped(lives("home"))
    mapped(lives("home"), light="yellow", drug_problem="drugs_and_mental", income_source="work")
    mapped(lives("rough"), light="red")
    # on a cell: neither at home nor homeless
    mapped(lives("prison"))
    # nothing known, or known of nobody
    mapped(lives("home"), drug_problem="none", income_source="")
    mapped(lives("home"), drug_problem="", income_source="work")
    # one under way says nothing yet, and one finished after the year nothing of it
    mapped(lives("rough"), finished_on=None)
    mapped(lives("rough"), finished_on=date(2026, 1, 1))

    found = figures()

    assert (found["1.1"].numerator, found["1.1"].denominator, found["1.1"].value) == (1, 4, Decimal(25))
    assert found["1.4"].value == 1


def test_the_last_finished_mapping_counts() -> None:
    household = mapped(lives("rough"), finished_on=date(2025, 4, 1), light="red")
    mapped(household, finished_on=date(2025, 9, 1), drug_problem="none", income_source="work")

    found = figures()

    assert (found["1.1"].denominator, found["1.4"].value) == (0, Decimal(0))
    spring = figures(period=Period(date(2025, 1, 1), date(2025, 7, 1)))
    assert (spring["1.1"].denominator, spring["1.4"].value) == (1, Decimal(1))


def test_surveys_by_hand() -> None:
    asked = {"moved_in_on": date(2025, 1, 1), "asked_on": date(2025, 2, 1)}
    twice = SurveyFactory.create(**asked).household
    SurveyFactory.create(household=twice, **asked, kind="after_a_year")
    SurveyFactory.create(**asked, outcome="declined", way="")
    SurveyFactory.create(moved_in_on=date(2025, 1, 1), asked_on=date(2026, 1, 1))

    found = figures()

    assert found["13.1"].value == 1
    assert (found["surveys_answered"].numerator, found["surveys_answered"].denominator) == (2, 3)


def test_any_mappings_count_as_plain_python_counts_them() -> None:
    rng = Random(13)
    counted = {"known": 0, "well": 0, "assistance": 0}
    for _each in range(25):
        where = rng.choice(sorted(KINDS))
        household = lives(where)
        told: list[tuple[date, int, str, str, str]] = []
        for _mapping in range(rng.randint(0, 3)):
            finished_on = date(2025, 4, 1) + timedelta(days=rng.randint(0, 400))
            light, problem = rng.choice(["green", "yellow"]), rng.choice(["none", "drugs", ""])
            income = rng.choice(["work", "social_assistance"])
            mapped(household, finished_on, light=light, drug_problem=problem, income_source=income)
            told.append((finished_on, len(told), light, problem, income))
        known = [one for one in told if one[0] < YEAR.ends_on]
        if not known:
            continue
        _day, _number, light, problem, income = max(known)
        counted["known"] += problem == "drugs"
        counted["well"] += problem == "drugs" and light == "green" and where == "home"
        counted["assistance"] += income == "social_assistance" and where == "rough"

    found = figures()

    assert (found["1.1"].numerator, found["1.1"].denominator) == (counted["well"], counted["known"])
    assert found["1.4"].value == counted["assistance"]
    assert counted["known"] and counted["assistance"]


def test_a_unit_s_figure_counts_its_own_and_history_is_asked() -> None:
    unit = UnitFactory.create()
    mapped(lives("rough", unit=unit))
    mapped(lives("rough"))

    assert figures(Question(municipality=KONGSBERG, unit=unit.pk))["1.4"].value == 1
    before = Question(municipality=KONGSBERG, known_at=at(date(2020, 1, 1)))
    assert figures(before)["1.4"].value == 0


def test_who_has_a_known_problem_is_only_for_those_on_the_case() -> None:
    unit = UnitFactory.create()
    mine, theirs = mapped(lives("home", unit=unit)), mapped(lives("home", unit=unit))
    by, now = employee_with(Role.CASEWORKER, unit), at(date(2026, 2, 1))
    AssignmentFactory.create(household=mine, employee=by)
    AssignmentFactory.create(household=theirs)

    def listed(who: Any, code: str) -> set[int]:
        return set(all_households_behind(BY_CODE[code], HERE, YEAR, who, is_population=True, at=now))

    assert listed(by, "1.1") == {mine.pk}
    assert listed(employee_with(Role.TEAM_LEADER, unit), "1.1") == set()
    assert listed(employee_with(Role.REPORTER, unit), "1.1") == set()
