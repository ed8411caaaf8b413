# mypy: disable-error-code="no-untyped-call"
"""Figures x.1 to x.3: counted by hand, the lists behind, and against plain Python over the same rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.models import HousingPlan, IndividualPlan, PlanEnd, PlanKind, PlanState, ResponsibilityGroup
from housing.models import Residence, ResidenceKind
from kpi.measurement import ALL, Period, Question, behind, measure
from kpi.planned import PLANNED
from people.models import Household
from tests.factories.cases import HousingPlanFactory
from tests.factories.housing import ResidenceFactory
from tests.factories.people import KONGSBERG, HouseholdFactory
from tests.factories.planned import IndividualPlanFactory, ResponsibilityGroupFactory

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
HERE = Question(municipality=KONGSBERG)
_SPRING, _SUMMER = date(2025, 3, 1), date(2025, 7, 1)


def homeless(kind: ResidenceKind = ResidenceKind.FRIENDS, until: date | None = None) -> Household:
    household: Household = HouseholdFactory.create()
    ResidenceFactory.create(household=household, kind=kind, starts_on=_SPRING, ends_on=until)
    return household


def plan(household: Household, **more: Any) -> IndividualPlan:
    days = {"offered_on": _SPRING, "consented_on": _SPRING, "starts_on": _SPRING, "next_revision_on": _SUMMER}
    made: IndividualPlan = IndividualPlanFactory.create(household=household, is_active=True, **{**days, **more})
    return made


def counted() -> dict[str, tuple[int | None, int | None]]:
    found = measure(HERE, [YEAR], PLANNED)
    return {one.indicator.code: (one.numerator, one.denominator) for one in found}


def plainly(period: Period) -> dict[str, tuple[int, int]]:
    """The same in plain Python, row by row."""
    last = period.ends_on - timedelta(days=1)

    def holds(starts_on: date | None, ends_on: date | None) -> bool:
        return starts_on is not None and starts_on <= last and (ends_on is None or ends_on > last)

    kinds = {"rough", "temporary", "night_shelter", "friends", "crisis_centre"}
    homeless_now = {
        one.household_id for one in Residence.objects.all() if one.kind in kinds and holds(one.starts_on, one.ends_on)
    }
    plans = list(IndividualPlan.objects.all())
    individual = {
        one.household_id for one in plans if one.kind == "individual" and holds(one.consented_on, one.ended_on)
    }
    groups = {
        group.plan.household_id
        for group in ResponsibilityGroup.objects.select_related("plan")
        if group.plan.kind != "safety" and holds(group.formed_on, group.ended_on)
    }
    others = {one.household_id for one in plans if one.kind == "action" and holds(one.starts_on, one.ended_on)}
    others |= {one.household_id for one in HousingPlan.objects.all() if holds(one.made_on, one.ended_on)}
    having = {"x.1": individual, "x.2": groups, "x.3": others}
    return {code: (len(ids & homeless_now), len(homeless_now)) for code, ids in having.items()}


def test_the_figures_of_plans_are_as_counted_by_hand() -> None:
    """Five homeless on new year's eve, of which two have an individual plan, one a group, and two another plan."""
    first = plan(homeless())
    plan(homeless(ResidenceKind.ROUGH))
    ResponsibilityGroupFactory.create(plan=first, formed_on=_SUMMER)
    plan(homeless(), kind=PlanKind.ACTION)
    HousingPlanFactory.create(household=homeless(), made_on=_SPRING)
    safety = plan(homeless(), kind=PlanKind.SAFETY)
    ResponsibilityGroupFactory.create(plan=safety, formed_on=_SUMMER)
    # had a plan that ended, and a home before the year ended
    ended = {"state": PlanState.ENDED, "ended_on": _SUMMER, "ended_because": PlanEnd.REACHED}
    plan(homeless(until=_SUMMER), **ended)

    assert counted() == {"x.1": (2, 5), "x.2": (1, 5), "x.3": (2, 5)} == plainly(YEAR)
    assert behind(HERE, YEAR, PLANNED)["x.2", ALL].households == [first.household.ref]


def test_a_plan_counts_on_the_days_that_it_holds() -> None:
    household = homeless()
    ended = {"state": PlanState.ENDED, "ended_because": PlanEnd.REACHED}
    plan(household, **ended, ended_on=date(2025, 12, 31))
    assert counted()["x.1"] == (0, 1) == plainly(YEAR)["x.1"]
    plan(household, offered_on=date(2025, 12, 31), consented_on=date(2025, 12, 31), starts_on=date(2025, 12, 31))
    assert counted()["x.1"] == (1, 1) == plainly(YEAR)["x.1"]


def test_what_was_only_offered_is_no_plan() -> None:
    IndividualPlanFactory.create(household=homeless(), offered_on=_SPRING)
    assert counted()["x.1"] == (0, 1) == plainly(YEAR)["x.1"]
