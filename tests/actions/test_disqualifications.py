"""Nobody deals with their own case, a relative's, a colleague's or one they are party to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.disqualifications import CannotDisqualify, declare_own, disqualify, end_disqualification
from cases.models import Task, TaskKind
from people.access import sight_of
from people.decision import Purpose
from people.identification import NotIdentified
from people.journal import Act
from people.models import (
    Assignment,
    AssignmentRole,
    Disqualification,
    Employee,
    Household,
    JournalEntry,
    Person,
    Relation,
    Role,
    Unit,
)
from tests.factories.cases import CaseFactory
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    DisqualificationFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    at,
    caseworker,
    employee_with,
    team_leader,
)

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)
NUMBER = "15858510055"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=household)
    return household


def person_of(household: Household) -> Person:
    return household.members.get().person


def declared(household: Household, by: Employee, **told: Any) -> Disqualification:
    asked = {"person_id": person_of(household).pk, "relation": Relation.RELATIVE, "reason": "My cousin", **told}
    return declare_own(key=household.key, by=by, at=AT, **asked)


def kept(employee: Employee, by: Employee, **told: Any) -> Disqualification:
    asked = {"national_id": NUMBER, "relation": Relation.RELATIVE, "reason": "Told at the staff meeting", **told}
    return disqualify(employee_id=employee.pk, by=by, at=AT, **asked)


def test_who_says_they_must_not_deal_with_a_case_sees_it_no_more(household: Household, unit: Unit) -> None:
    AssignmentFactory.create(household=household, employee=caseworker(unit))
    by = caseworker(unit)

    declared(household, by)

    assert not sight_of(by, household, at=AT)
    assert not Household.objects.visible_to(by, at=AT).exists()
    entry = JournalEntry.objects.get(act=Act.DISQUALIFIED)
    assert (entry.reason, entry.details) == ("", {"employee": by.pk})
    assert not Task.objects.exists()


def test_the_leader_is_told_to_assign_anew_when_it_was_their_case(household: Household, unit: Unit) -> None:
    caseworker(unit)
    owner = caseworker(unit)
    AssignmentFactory.create(household=household, employee=owner)
    own_task = Task.objects.create(household=household, unit=unit, employee=owner, kind=TaskKind.OTHER, due_on=DAY)

    declared(household, owner)

    assert Assignment.objects.get(employee=owner).ends_on == DAY
    own_task.refresh_from_db()
    assert own_task.employee is None
    task = Task.objects.get(for_leader=True)
    assert (task.kind, task.due_on) == (TaskKind.LEADER_ASSIGN_ANEW, DAY)


def test_a_substitute_leaves_the_case_and_the_leader_need_not_act(household: Household, unit: Unit) -> None:
    substitute = caseworker(unit)
    AssignmentFactory.create(household=household, employee=caseworker(unit))
    AssignmentFactory.create(household=household, employee=substitute, role=AssignmentRole.SUBSTITUTE)

    declared(household, substitute)

    assert Assignment.objects.get(employee=substitute).ends_on == DAY
    assert not Task.objects.exists()


def test_the_leader_is_told_when_nobody_of_the_unit_is_left(household: Household, unit: Unit) -> None:
    only = caseworker(unit)
    AssignmentFactory.create(household=household, employee=only)

    declared(household, only)

    assert Task.objects.get().kind == TaskKind.LEADER_NOBODY_IS_ABLE


def test_a_household_that_no_unit_answers_for_is_nobody_s_to_hand_over(household: Household, unit: Unit) -> None:
    by = caseworker(unit)
    AssignmentFactory.create(household=household, employee=by, role=AssignmentRole.SUBSTITUTE)
    household.responsibilities.all().delete()

    declared(household, by)

    assert not Task.objects.exists()


def test_one_declares_it_of_somebody_in_a_household_one_sees(household: Household, unit: Unit) -> None:
    with pytest.raises(Http404):
        declared(household, caseworker(UnitFactory.create()))
    with pytest.raises(Http404):
        declared(household, caseworker(unit), person_id=PersonFactory.create().pk)


def test_an_own_employee_s_household_is_shielded_from_everybody(household: Household, unit: Unit) -> None:
    declared(household, caseworker(unit), relation=Relation.SELF, reason="")

    assert not sight_of(team_leader(unit), household, at=AT)


@pytest.mark.parametrize("role", [Role.TEAM_LEADER, Role.UNIT_ADMINISTRATOR])
def test_leader_and_unit_administrator_keep_an_employee_from_somebody_by_number(unit: Unit, role: Role) -> None:
    person = PersonFactory.create(national_id=NUMBER, id_kind="synthetic")
    household = HouseholdFactory.create(unit=unit, applicant__person=person)
    employee, by = caseworker(unit), employee_with(role, unit)

    found = kept(employee, by, national_id="158585 10055")

    assert (found.person, found.declared_by) == (person, by)
    assert not sight_of(employee, household, at=AT)


def test_somebody_not_known_yet_is_kept_away_from_the_day_they_come(unit: Unit) -> None:
    employee = caseworker(unit)

    own = kept(employee, team_leader(unit), relation=Relation.SELF)

    assert (own.person.name, own.person.id_kind) == (employee.name, "synthetic")
    household = HouseholdFactory.create(unit=unit, applicant__person=own.person)
    assert not sight_of(employee, household, at=AT)


def test_a_household_somebody_has_left_is_kept_from_the_employee_too(household: Household, unit: Unit) -> None:
    left = MemberFactory.create(
        household=household, role="partner", ends_on=DAY, person__national_id=NUMBER, person__id_kind="synthetic"
    )
    employee = caseworker(unit)
    AssignmentFactory.create(household=household, employee=employee)

    kept(employee, team_leader(unit))

    assert left.person.disqualifies.get().employee == employee
    assert Task.objects.get().kind in (TaskKind.LEADER_ASSIGN_ANEW, TaskKind.LEADER_NOBODY_IS_ABLE)


def test_only_those_who_lead_or_administer_the_employee_s_unit_do_so(unit: Unit) -> None:
    employee = caseworker(unit)

    for stranger in (caseworker(unit), team_leader(UnitFactory.create())):
        with pytest.raises(PermissionDenied):
            kept(employee, stranger)
    with pytest.raises(PermissionDenied):
        disqualify(employee_id=0, national_id=NUMBER, relation=Relation.PARTY, reason="?", by=team_leader(unit), at=AT)


def test_it_takes_a_reason_and_a_number_that_tells_who_it_is(unit: Unit) -> None:
    employee, leader = caseworker(unit), team_leader(unit)

    with pytest.raises(CannotDisqualify) as no_reason:
        kept(employee, leader, reason=" ")
    with pytest.raises(NotIdentified):
        kept(employee, leader, national_id="123")
    with pytest.raises(CannotDisqualify) as no_birth_date:
        kept(employee, leader, national_id="201012345610")

    assert (no_reason.value.field, no_birth_date.value.field) == ("reason", "national_id")


def test_the_leader_lets_the_employee_deal_with_it_again(household: Household, unit: Unit) -> None:
    employee, leader = caseworker(unit), team_leader(unit)
    found = DisqualificationFactory.create(employee=employee, person=person_of(household))

    end_disqualification(disqualification_id=found.pk, on=TOMORROW, by=leader, at=AT)

    assert not sight_of(employee, household, at=AT)
    assert sight_of(employee, household, at=at(TOMORROW)).purpose is Purpose.OWN_CASE
    assert JournalEntry.objects.get().act == Act.QUALIFIED_AGAIN
    with pytest.raises(CannotDisqualify):
        end_disqualification(disqualification_id=found.pk, on=TOMORROW, by=leader, at=AT)


def test_a_slip_is_taken_back_on_its_first_day_and_nothing_ends_before_it_began(unit: Unit) -> None:
    employee, leader = caseworker(unit), team_leader(unit)
    found = DisqualificationFactory.create(employee=employee, starts_on=DAY)

    with pytest.raises(CannotDisqualify) as refused:
        end_disqualification(disqualification_id=found.pk, on=DAY - timedelta(days=1), by=leader, at=AT)
    assert refused.value.field == "on"
    end_disqualification(disqualification_id=found.pk, on=DAY, by=leader, at=AT)

    assert not Disqualification.objects.exists()


def test_nobody_ends_their_own_or_a_stranger_s(unit: Unit) -> None:
    leader = team_leader(unit)
    own = DisqualificationFactory.create(employee=leader)

    for by in (leader, team_leader(UnitFactory.create())):
        with pytest.raises(PermissionDenied):
            end_disqualification(disqualification_id=own.pk, on=TOMORROW, by=by, at=AT)
    with pytest.raises(Http404):
        end_disqualification(disqualification_id=0, on=TOMORROW, by=leader, at=AT)
