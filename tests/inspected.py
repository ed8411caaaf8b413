"""A unit with something to inspect, its leader, and those who inspect it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cases.actions.inspections import Scope, open_inspection
from cases.models import Inspection, Theme
from people.models import Employee, Household, Role, Unit
from tests.factories.cases import RequestFactory
from tests.factories.people import AT, DAY, HouseholdFactory, employee_with, team_leader
from tests.web.unit_life import stay

#: The period inspected, unless a test says otherwise.
FROM, TO = DAY - timedelta(days=90), DAY + timedelta(days=1)
SEED = "2f6b0c1de4a7"


def auditor(unit: Unit) -> Employee:
    return employee_with(Role.AUDITOR, unit)


def asked(unit: Unit, **traits: Any) -> Household:
    """A household that asked the unit at `AT` and got no answer; `traits` are the household's."""
    household = HouseholdFactory.create(unit=unit, **traits)
    RequestFactory.create(household=household, unit=unit)
    return household


def placed(unit: Unit, **traits: Any) -> Household:
    """A household that has lived with a provider for a month."""
    return stay(unit, DAY - timedelta(days=30), **traits)


def scope(*inspectors: Employee, **told: Any) -> Scope:
    asked_for = {
        "case_reference": "2026/1881",
        "themes": list(Theme),
        "starts_on": FROM,
        "ends_on": TO,
        "includes_special": False,
        "sample_size": 5,
        "inspector_ids": [one.pk for one in inspectors],
        "last_day": DAY + timedelta(days=13),
    }
    return Scope(**{**asked_for, **told})


def inspected(unit: Unit, *inspectors: Employee, by: Employee | None = None, at: Any = AT, **told: Any) -> Inspection:
    """An open inspection of the unit."""
    seed = told.pop("seed", SEED)
    leader = by or team_leader(unit)
    return open_inspection(unit_id=unit.pk, scope=scope(*inspectors, **told), seed=seed, by=leader, at=at)
