"""Somebody is away: a colleague stands in on every case in one act."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.actions.assignments import CannotAssign, assign
from cases.actions.standing_in import CannotBeAway, end_standing_in, stand_in_for
from people.access import sight_of
from people.decision import Purpose
from people.models import Assignment, AssignmentRole, Employee, Household, JournalEntry, Unit
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    DisqualificationFactory,
    HouseholdFactory,
    UnitFactory,
    at,
    caseworker,
    team_leader,
)
from tests.factories.rights import SealFactory

pytestmark = pytest.mark.django_db

BACK = DAY + timedelta(days=14)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def away(unit: Unit) -> Employee:
    return caseworker(unit)


def cases_of(employee: Employee, unit: Unit, count: int) -> list[Household]:
    households = [HouseholdFactory.create(unit=unit) for _ in range(count)]
    for household in households:
        AssignmentFactory.create(household=household, employee=employee)
    return households


def test_a_colleague_stands_in_on_every_case_until_the_first_day_back(unit: Unit, away: Employee) -> None:
    households, colleague = cases_of(away, unit, 3), caseworker(unit)

    came_of = stand_in_for(substitute_id=colleague.pk, starts_on=DAY, ends_on=BACK, by=away, at=AT)

    assert (came_of.given, came_of.left) == (3, [])
    for household in households:
        assert sight_of(colleague, household, at=at(BACK - timedelta(days=1))).purpose is Purpose.OWN_CASE
        assert sight_of(colleague, household, at=at(BACK)).purpose is Purpose.UNIT
        assert sight_of(away, household, at=AT).purpose is Purpose.OWN_CASE
    assert JournalEntry.objects.count() == 3


def test_an_absence_ahead_gives_nothing_before_it_begins(unit: Unit, away: Employee) -> None:
    [household], colleague, first = cases_of(away, unit, 1), caseworker(unit), DAY + timedelta(days=3)

    stand_in_for(substitute_id=colleague.pk, starts_on=first, ends_on=BACK, by=away, at=AT)

    assert sight_of(colleague, household, at=AT).purpose is Purpose.UNIT
    assert sight_of(colleague, household, at=at(first)).purpose is Purpose.OWN_CASE


def test_a_case_that_the_colleague_cannot_have_is_told_of(unit: Unit, away: Employee) -> None:
    kept, elsewhere, given = (
        *cases_of(away, unit, 1),
        *cases_of(away, UnitFactory.create(), 1),
        *cases_of(away, unit, 1),
    )
    colleague = caseworker(unit)
    DisqualificationFactory.create(employee=colleague, person=kept.members.get().person)

    came_of = stand_in_for(substitute_id=colleague.pk, starts_on=DAY, ends_on=BACK, by=away, at=AT)

    assert (came_of.given, came_of.left) == (1, [kept, elsewhere])
    assert Assignment.objects.get(employee=colleague).household == given


def test_a_case_that_is_sealed_is_left_as_it_is(unit: Unit, away: Employee) -> None:
    open_case, sealed = cases_of(away, unit, 2)
    SealFactory.create(household=sealed)
    substitute = caseworker(unit)

    stood_in = stand_in_for(substitute_id=substitute.pk, starts_on=DAY, ends_on=DAY + timedelta(days=3), by=away, at=AT)

    assert (stood_in.given, stood_in.left) == (1, [])
    assert Assignment.objects.get(employee=substitute).household == open_case


def test_a_colleague_who_is_on_a_case_already_stays_as_before(unit: Unit, away: Employee) -> None:
    first, _second = cases_of(away, unit, 2)
    colleague = caseworker(unit)
    AssignmentFactory.create(household=first, employee=colleague, role=AssignmentRole.PLAN_COORDINATOR)

    assert stand_in_for(substitute_id=colleague.pk, starts_on=DAY, ends_on=BACK, by=away, at=AT).given == 1


def test_an_absence_has_days_ahead_a_colleague_and_cases(unit: Unit, away: Employee) -> None:
    colleague = caseworker(unit)
    fields = []
    for substitute, starts_on, ends_on in (
        (colleague, DAY - timedelta(days=1), BACK),
        (colleague, DAY, DAY),
        (away, DAY, BACK),
        (colleague, DAY, BACK),
    ):
        with pytest.raises(CannotBeAway) as refused:
            stand_in_for(substitute_id=substitute.pk, starts_on=starts_on, ends_on=ends_on, by=away, at=AT)
        fields.append(refused.value.field)

    assert fields == ["starts_on", "ends_on", "employee", "employee"]


def test_back_early_the_substitute_of_that_absence_leaves(unit: Unit, away: Employee) -> None:
    [household], colleague, other = cases_of(away, unit, 1), caseworker(unit), caseworker(unit)
    stand_in_for(substitute_id=colleague.pk, starts_on=DAY, ends_on=BACK, by=away, at=AT)
    stays = AssignmentFactory.create(
        household=household, employee=other, role=AssignmentRole.SUBSTITUTE, ends_on=BACK + timedelta(days=1)
    )

    assert end_standing_in(substitute_id=colleague.pk, ends_on=BACK, by=away, at=at(DAY + timedelta(days=2))) == 1

    assert sight_of(colleague, household, at=at(DAY + timedelta(days=2))).purpose is Purpose.UNIT
    stays.refresh_from_db()
    assert stays.ends_on == BACK + timedelta(days=1)


def test_nobody_is_put_on_a_case_they_must_not_deal_with(unit: Unit) -> None:
    household, colleague = HouseholdFactory.create(unit=unit), caseworker(unit)
    DisqualificationFactory.create(employee=colleague, person=household.members.get().person)

    with pytest.raises(CannotAssign) as refused:
        assign(household_id=household.pk, owner_id=colleague.pk, by=team_leader(unit), at=AT)

    assert refused.value.field == "owner"
