"""The line that lists draw in SQL is the one that `decide` draws, whatever the facts."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from people.access import grounds, hidden_households, household_for, sight_of, visible_households, visible_line
from people.decision import Level, decide
from people.facts import HouseholdFacts
from people.models import AssignmentRole, Employee, GrantKind, Household, Protection, Role, Unit, UnitKind
from people.roles import Permission
from people.statements import rows
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    ClearanceFactory,
    CoResponsibilityFactory,
    DisqualificationFactory,
    EmployeeFactory,
    GrantFactory,
    HouseholdFactory,
    MemberFactory,
    RoleGrantFactory,
    UnitFactory,
    caseworker,
)
from tests.factories.rights import SealFactory

pytestmark = pytest.mark.django_db

WORLDS = 240
GRADES = (Protection.NONE, Protection.NONE, Protection.CONFIDENTIAL, Protection.STRICTLY_CONFIDENTIAL)


def some_employee(rng: Random, units: list[Unit]) -> Employee:
    """With up to two roles at any units, one perhaps ended or not confirmed."""
    employee = EmployeeFactory.create(is_active=rng.random() > 0.05)
    roles = [*Role, Role.CASEWORKER, Role.CASEWORKER, Role.TEAM_LEADER]
    held = {(rng.choice(roles), rng.choice(units)) for _ in range(rng.randint(0, 3))}
    for role, unit in held:
        lapsed = {"ends_on": DAY} if rng.random() < 0.1 else {}
        RoleGrantFactory.create(employee=employee, role=role, unit=unit, **lapsed)
    if rng.random() < 0.3:
        ClearanceFactory.create(employee=employee, unit=rng.choice(units))
    return employee


def some_household(rng: Random, units: list[Unit], employee: Employee) -> Household:
    unit = rng.choice(units)
    household = HouseholdFactory.create(unit=unit, applicant__person__protection=rng.choice(GRADES))
    person = household.members.get().person
    if rng.random() < 0.2:
        MemberFactory.create(household=household, role="partner", person__protection=rng.choice(GRADES))
    if rng.random() < 0.75:
        owner = employee if rng.random() < 0.3 else caseworker(unit)
        AssignmentFactory.create(household=household, employee=owner)
    if rng.random() < 0.15:
        AssignmentFactory.create(household=household, employee=employee, role=AssignmentRole.SUBSTITUTE)
    if rng.random() < 0.2:
        CoResponsibilityFactory.create(household=household, unit=rng.choice(units))
    for kind in rng.sample(list(GrantKind), rng.choice((0, 0, 1, 3))):
        over = {"granted_at": AT - timedelta(hours=2), "expires_at": AT} if rng.random() < 0.2 else {}
        GrantFactory.create(content_object=household, user=employee, kind=kind, **over)
    if rng.random() < 0.12:
        DisqualificationFactory.create(employee=employee, person=person)
    if rng.random() < 0.08:
        DisqualificationFactory.create(person=person, relation="self")
    return household


@pytest.mark.parametrize("seed", range(4))
def test_lists_hold_exactly_what_the_decision_lists_on_the_ground_it_gives(seed: int) -> None:
    rng = Random(seed)
    units = [UnitFactory.create(kind=kind) for kind in (UnitKind.NAV, UnitKind.HOUSING_OFFICE, UnitKind.SPECIAL)]
    for _ in range(WORLDS // 4):
        employee = some_employee(rng, units)
        household = some_household(rng, units, employee)
        if rng.random() < 0.05:
            SealFactory.create(household=household)
        one = Household.objects.filter(pk=household.pk)
        sight = sight_of(employee, household, at=AT)

        listed = visible_households(one, employee, at=AT).annotate(ground=grounds(employee, at=AT)).first()
        hidden = hidden_households(one, employee, at=AT).exists()
        line, told = visible_line(employee, at=AT)
        by_line = rows(f"SELECT FROM people_household household WHERE id = {household.pk} AND {line}", told)
        [known] = HouseholdFacts(employee, at=AT).read([household.pk]).values()
        read = known.facts

        assert decide(read) == sight
        assert (listed is not None) == bool(by_line) == sight.listed, read
        assert listed is None or listed.ground == sight.purpose, read
        assert hidden == (not sight.listed and read.grade < 2)
        if sight.level is Level.FULL:
            assert household_for(employee, Permission.VIEW_SUMMARY, key=household.key, at=AT).sight == sight


def test_a_colleague_s_case_is_listed_on_the_unit_s_ground() -> None:
    household = HouseholdFactory.create()
    unit = household.responsibilities.get().unit
    AssignmentFactory.create(household=household, employee=caseworker(unit))
    worker = caseworker(unit)

    [listed] = Household.objects.visible_to(worker, at=AT).annotate(ground=grounds(worker, at=AT))

    assert sight_of(worker, household, at=AT).level is Level.SUMMARY
    assert listed.ground == "unit"
