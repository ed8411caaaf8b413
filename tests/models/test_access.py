from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from people.access import (
    NotOpened,
    Stale,
    household_for,
    locked_household,
    may,
    permitted_as_opened,
    require,
    roles_of,
    visible_line,
)
from people.decision import Purpose
from people.models import (
    CONFIRMED_FOR,
    Employee,
    GrantKind,
    Household,
    Person,
    Protection,
    Relation,
    Role,
    Unit,
)
from people.roles import Permission
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    OSLO_NUMBER,
    AssignmentFactory,
    ClearanceFactory,
    CoResponsibilityFactory,
    DisqualificationFactory,
    EmployeeFactory,
    GrantFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    ResponsibilityFactory,
    RoleGrantFactory,
    UnitFactory,
    at,
    caseworker,
    employee_with,
    reporter,
    team_leader,
)

pytestmark = pytest.mark.django_db

VIEW, CHANGE = Permission.VIEW_HOUSEHOLD, Permission.CHANGE_HOUSEHOLD


def sees(employee: Employee, household: Household) -> bool:
    return Household.objects.visible_to(employee, at=AT).filter(pk=household.pk).exists()


def shielded_household() -> tuple[Household, Employee]:
    """A household with a confidential address, and a caseworker of its unit who is not on the case."""
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    MemberFactory.create(household=household, role="partner", person=PersonFactory.create(is_shielded=True))
    return household, caseworker(unit)


def test_a_caseworker_sees_the_households_of_the_own_unit() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)

    assert sees(caseworker(unit), household)


def test_for_a_caseworker_of_another_unit_the_household_does_not_exist() -> None:
    household = HouseholdFactory.create()
    stranger = caseworker(UnitFactory.create())

    with pytest.raises(Http404):
        household_for(stranger, VIEW, key=household.key, at=AT)
    with pytest.raises(Http404):
        locked_household(stranger, CHANGE, household_id=household.pk, at=AT)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.AUDITOR, Role.OPERATIONS, Role.UNIT_ADMINISTRATOR])
def test_for_roles_without_casework_no_household_exists(role: Role) -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)

    with pytest.raises(Http404):
        household_for(employee_with(role, unit), VIEW, key=household.key, at=AT)


def test_a_plan_coordinator_sees_the_household_but_may_not_change_it() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    coordinator = employee_with(Role.PLAN_COORDINATOR, unit)

    assert household_for(coordinator, Permission.MAKE_PLAN, key=household.key, at=AT) == household
    with pytest.raises(PermissionDenied):
        locked_household(coordinator, CHANGE, household_id=household.pk, at=AT)


def test_the_unit_that_answered_earlier_no_longer_sees_the_household() -> None:
    before, now = UnitFactory.create(), UnitFactory.create()
    household = HouseholdFactory.create(unit=before, responsibility__ends_on=DAY)
    ResponsibilityFactory.create(household=household, unit=now, starts_on=DAY)

    assert not sees(caseworker(before), household)
    assert sees(caseworker(now), household)


def test_a_role_is_held_from_its_first_day_until_its_last() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    tomorrow = DAY + timedelta(days=1)

    assert sees(employee_with(Role.CASEWORKER, unit, starts_on=DAY, ends_on=tomorrow), household)
    assert not sees(employee_with(Role.CASEWORKER, unit, starts_on=tomorrow), household)
    assert not sees(employee_with(Role.CASEWORKER, unit, starts_on=LONG_AGO, ends_on=DAY), household)


def test_the_day_of_access_is_the_municipality_s_day() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    leaving = employee_with(Role.CASEWORKER, unit, ends_on=DAY)
    late_last_night = at(DAY - timedelta(days=1), hour=23)

    assert Household.objects.visible_to(leaving, at=late_last_night).contains(household)
    assert not Household.objects.visible_to(leaving, at=at(DAY, hour=0)).contains(household)


def test_a_shielded_household_is_seen_by_those_assigned_only() -> None:
    household, colleague = shielded_household()
    [unit] = [r.unit for r in household.responsibilities.all()]
    assigned = caseworker(unit)
    AssignmentFactory.create(household=household, employee=assigned)

    assert sees(assigned, household)
    assert locked_household(assigned, CHANGE, household_id=household.pk, at=AT) == household
    assert not sees(colleague, household)
    assert not sees(team_leader(unit), household)


def test_a_shielded_household_is_counted_for_its_unit() -> None:
    household, colleague = shielded_household()

    assert list(Household.objects.hidden_from(colleague, at=AT)) == [household]


def test_no_reason_opens_a_shielded_household() -> None:
    household, colleague = shielded_household()
    GrantFactory.create(content_object=household, user=colleague)

    assert not sees(colleague, household)


@pytest.mark.parametrize(
    ("protection", "is_shielded"),
    [
        (Protection.NONE, False),
        (Protection.CLIENT_ADDRESS, False),
        (Protection.CONFIDENTIAL, True),
        (Protection.STRICTLY_CONFIDENTIAL, True),
        (Protection.STRICTLY_CONFIDENTIAL_ABROAD, True),
    ],
)
def test_confidential_grades_shield_and_milder_ones_do_not(protection: Protection, is_shielded: bool) -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit, applicant__person__protection=protection)

    assert sees(caseworker(unit), household) is not is_shielded


def test_protection_shields_from_its_first_day_until_a_person_decides_on_unmasking() -> None:
    unit = UnitFactory.create()
    coming = HouseholdFactory.create(
        unit=unit, applicant__person__is_shielded=True, applicant__person__protection_from=DAY + timedelta(days=1)
    )
    begun = HouseholdFactory.create(
        unit=unit, applicant__person__is_shielded=True, applicant__person__protection_from=DAY
    )
    over = HouseholdFactory.create(unit=unit, applicant__person__is_shielded=True, applicant__person__protection_to=DAY)
    worker = caseworker(unit)

    assert sees(worker, coming)
    assert not sees(worker, begun)
    assert not sees(worker, over)

    decided = {"unmasked_at": AT, "unmasked_by": team_leader(unit), "unmasked_because": "The register says it is over"}
    Person.objects.filter(memberships__household=over).update(**decided)

    assert sees(worker, over)


def test_a_protected_former_member_shields_the_household_no_more() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    MemberFactory.create(
        household=household, role="partner", person=PersonFactory.create(is_shielded=True), ends_on=DAY
    )

    assert sees(caseworker(unit), household)


def test_a_household_that_nobody_is_left_in_is_as_hidden_as_those_who_left() -> None:
    unit = UnitFactory.create()
    of_protected = HouseholdFactory.create(unit=unit, applicant__person__is_shielded=True, applicant__ends_on=DAY)
    of_others = HouseholdFactory.create(unit=unit, applicant__ends_on=DAY)
    worker = caseworker(unit)

    assert not sees(worker, of_protected)
    assert sees(worker, of_others)


def test_an_assignment_reaches_across_units() -> None:
    household = HouseholdFactory.create()
    elsewhere = caseworker(UnitFactory.create())
    AssignmentFactory.create(household=household, employee=elsewhere)

    assert may(elsewhere, CHANGE, household, at=AT)


def test_an_assignment_gives_nothing_to_somebody_without_the_permission_anywhere() -> None:
    household = HouseholdFactory.create()
    somebody = reporter(UnitFactory.create())
    AssignmentFactory.create(household=household, employee=somebody)

    assert not sees(somebody, household)
    with pytest.raises(Http404):
        locked_household(somebody, CHANGE, household_id=household.pk, at=AT)


def owned_household(unit: Unit) -> Household:
    """One that a colleague of the unit is responsible for."""
    household = HouseholdFactory.create(unit=unit)
    AssignmentFactory.create(household=household, employee=caseworker(unit))
    return household


def test_a_colleague_s_case_shows_its_header_until_one_says_why() -> None:
    unit = UnitFactory.create()
    household, worker = owned_household(unit), caseworker(unit)

    assert household_for(worker, Permission.VIEW_SUMMARY, key=household.key, at=AT) == household
    with pytest.raises(NotOpened):
        household_for(worker, VIEW, key=household.key, at=AT)

    GrantFactory.create(content_object=household, user=worker)

    assert household_for(worker, VIEW, key=household.key, at=AT).sight.special
    assert locked_household(worker, CHANGE, household_id=household.pk, at=AT) == household


def test_a_reason_opens_until_it_expires() -> None:
    unit = UnitFactory.create()
    household, worker = owned_household(unit), caseworker(unit)
    GrantFactory.create(content_object=household, user=worker, expires_at=AT + timedelta(seconds=1))

    assert may(worker, VIEW, household, at=AT)
    assert not may(worker, VIEW, household, at=AT + timedelta(seconds=1))


def test_a_coded_reason_opens_nothing_of_another_unit() -> None:
    household = owned_household(UnitFactory.create())
    stranger = caseworker(UnitFactory.create())
    GrantFactory.create(content_object=household, user=stranger)

    with pytest.raises(Http404):
        household_for(stranger, VIEW, key=household.key, at=AT)


def test_the_emergency_door_opens_for_reading_and_not_for_changing() -> None:
    household = owned_household(UnitFactory.create())
    reader = caseworker(UnitFactory.create())
    GrantFactory.create(content_object=household, user=reader, kind=GrantKind.EMERGENCY)

    opened = household_for(reader, VIEW, key=household.key, at=AT)
    assert (opened.sight.purpose, opened.sight.special) == (Purpose.GRANT, False)
    with pytest.raises(PermissionDenied):
        locked_household(reader, CHANGE, household_id=household.pk, at=AT)


def test_a_leader_reads_the_unit_s_cases_and_writes_with_a_reason() -> None:
    unit = UnitFactory.create()
    household, leader = owned_household(unit), team_leader(unit)

    assert household_for(leader, VIEW, key=household.key, at=AT) == household
    assert may(leader, Permission.ASSIGN_OTHERS, household, at=AT)
    assert not may(leader, CHANGE, household, at=AT)
    assert not may(leader, Permission.VIEW_SPECIAL, household, at=AT)

    GrantFactory.create(content_object=household, user=leader)

    assert may(leader, CHANGE, household, at=AT)
    assert may(leader, Permission.VIEW_SPECIAL, household, at=AT)


def test_a_unit_that_shares_the_household_sees_it_as_its_own_while_it_does() -> None:
    other = UnitFactory.create()
    household = owned_household(UnitFactory.create())
    CoResponsibilityFactory.create(household=household, unit=other, ends_on=DAY + timedelta(days=1))
    worker = caseworker(other)

    assert sees(worker, household)
    assert not Household.objects.visible_to(worker, at=at(DAY + timedelta(days=1))).contains(household)


def test_a_confidential_household_shows_its_whereabouts_to_those_cleared() -> None:
    household, _colleague = shielded_household()
    [unit] = [r.unit for r in household.responsibilities.all()]
    assigned = caseworker(unit)
    AssignmentFactory.create(household=household, employee=assigned)

    assert not may(assigned, Permission.VIEW_WHEREABOUTS, household, at=AT)

    ClearanceFactory.create(employee=assigned, unit=unit)

    assert may(assigned, Permission.VIEW_WHEREABOUTS, household, at=AT)


def test_an_own_employee_s_household_is_confidential() -> None:
    unit = UnitFactory.create()
    household = owned_household(unit)
    [member] = household.members.all()
    DisqualificationFactory.create(person=member.person, relation="self")

    assert not sees(caseworker(unit), household)
    assert sees(household.assignments.get().employee, household)


def test_a_strictly_confidential_household_is_the_special_unit_s_alone_and_in_no_list() -> None:
    unit = UnitFactory.create()
    special = UnitFactory.create(kind="special")
    household = HouseholdFactory.create(unit=unit, applicant__person__protection=Protection.STRICTLY_CONFIDENTIAL)
    assigned, of_special = caseworker(unit), caseworker(special)
    AssignmentFactory.create(household=household, employee=assigned)

    with pytest.raises(Http404):
        household_for(assigned, VIEW, key=household.key, at=AT)
    opened = household_for(of_special, VIEW, key=household.key, at=AT)
    assert (opened.sight.whereabouts, opened.sight.ages) == (False, False)
    for employee in (assigned, of_special, team_leader(unit)):
        assert not sees(employee, household)
        assert not Household.objects.hidden_from(employee, at=AT).contains(household)


def test_the_special_unit_of_another_municipality_does_not_know_of_it() -> None:
    household = HouseholdFactory.create(applicant__person__protection=Protection.STRICTLY_CONFIDENTIAL)
    elsewhere = UnitFactory.create(kind="special", municipality_id=OSLO_NUMBER)

    with pytest.raises(Http404):
        household_for(caseworker(elsewhere), VIEW, key=household.key, at=AT)


@pytest.mark.parametrize("relation", Relation.values)
def test_nobody_opens_a_household_they_have_a_part_in(relation: str) -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit, applicant__ends_on=DAY)
    worker = caseworker(unit)
    AssignmentFactory.create(household=household, employee=worker)
    DisqualificationFactory.create(employee=worker, person=household.members.get().person, relation=relation)

    assert not sees(worker, household)
    with pytest.raises(Http404):
        household_for(worker, VIEW, key=household.key, at=AT)
    assert list(Household.objects.hidden_from(worker, at=AT)) == [household]


def test_an_agenda_shows_a_participant_the_minimum_and_lists_nothing() -> None:
    household = HouseholdFactory.create()
    participant = employee_with(Role.MEETING_PARTICIPANT, UnitFactory.create())
    GrantFactory.create(content_object=household, user=participant, kind=GrantKind.AGENDA)

    assert household_for(participant, Permission.VIEW_MINIMUM, key=household.key, at=AT) == household
    assert not sees(participant, household)
    with pytest.raises(PermissionDenied):
        household_for(participant, Permission.VIEW_SUMMARY, key=household.key, at=AT)


def test_an_auditor_reads_the_sample() -> None:
    unit = UnitFactory.create()
    household, other = owned_household(unit), owned_household(unit)
    auditor = employee_with(Role.AUDITOR, unit)
    GrantFactory.create(content_object=household, user=auditor, kind=GrantKind.SAMPLE)

    assert household_for(auditor, Permission.VIEW_SUMMARY, key=household.key, at=AT).sight.purpose is Purpose.AUDIT
    assert not may(auditor, Permission.VIEW_SPECIAL, household, at=AT)
    with pytest.raises(Http404):
        household_for(auditor, Permission.VIEW_SUMMARY, key=other.key, at=AT)


def test_a_role_nobody_confirmed_for_a_year_lapses() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    confirmed = employee_with(Role.CASEWORKER, unit, confirmed_on=DAY - CONFIRMED_FOR + timedelta(days=1))
    forgotten = employee_with(Role.CASEWORKER, unit, confirmed_on=DAY - CONFIRMED_FOR)

    assert sees(confirmed, household)
    assert not sees(forgotten, household)


def test_a_disabled_employee_sees_nothing() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)

    assert not sees(employee_with(Role.CASEWORKER, unit, employee__is_active=False), household)


def test_visible_and_hidden_are_all_of_a_municipality_but_the_strictly_confidential() -> None:
    unit = UnitFactory.create()
    owned_household(unit)
    HouseholdFactory.create()
    HouseholdFactory.create(unit=unit, applicant__person__is_shielded=True)
    strict = HouseholdFactory.create(unit=unit, applicant__person__protection=Protection.STRICTLY_CONFIDENTIAL)

    for employee in (caseworker(unit), team_leader(unit), reporter(unit), caseworker(UnitFactory.create())):
        of_municipality = Household.objects.filter(municipality=unit.municipality)
        visible = set(of_municipality.visible_to(employee, at=AT))
        hidden = set(of_municipality.hidden_from(employee, at=AT))
        assert not visible & hidden
        assert visible | hidden == set(of_municipality) - {strict}


def test_an_actor_of_the_system_sees_and_may_do_all() -> None:
    household, _colleague = shielded_household()
    system = EmployeeFactory.create(is_system=True)

    assert sees(system, household)
    assert not Household.objects.hidden_from(system, at=AT).exists()
    assert visible_line(system, at=AT)[0] == "TRUE"
    assert may(system, CHANGE, household, at=AT)
    require(system, CHANGE, at=AT)


def test_what_a_page_offers_rests_on_what_the_door_read_for_that_employee_at_that_moment_alone() -> None:
    unit = UnitFactory.create()
    household, worker = HouseholdFactory.create(unit=unit), caseworker(unit)
    opened = household_for(worker, Permission.VIEW_HOUSEHOLD, key=household.key, at=AT)
    assert permitted_as_opened(worker, [CHANGE], opened, at=AT) == {CHANGE}
    assert permitted_as_opened(caseworker(UnitFactory.create()), [CHANGE], opened, at=AT) == frozenset()

    DisqualificationFactory.create(employee=worker, person=household.members.get().person)
    assert permitted_as_opened(worker, [CHANGE], opened, at=AT + timedelta(seconds=1)) == frozenset()
    assert not may(worker, CHANGE, opened, at=AT)


def test_a_household_that_is_not_there_is_not_found() -> None:
    with pytest.raises(Http404):
        locked_household(caseworker(UnitFactory.create()), CHANGE, household_id=0, at=AT)


def test_each_act_counts_the_household_up_one_version() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    worker = caseworker(unit)

    locked_household(worker, CHANGE, household_id=household.pk, at=AT, version=0)
    again = locked_household(worker, CHANGE, household_id=household.pk, at=AT, version=1)

    assert again.version == 2


def test_a_form_built_on_an_older_sight_of_the_household_is_stale() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    worker = caseworker(unit)
    locked_household(worker, CHANGE, household_id=household.pk, at=AT, version=0)

    with pytest.raises(Stale):
        locked_household(worker, CHANGE, household_id=household.pk, at=AT, version=0)


def test_a_permission_is_required_at_some_unit() -> None:
    require(caseworker(UnitFactory.create()), CHANGE, at=AT)
    with pytest.raises(PermissionDenied):
        require(reporter(UnitFactory.create()), CHANGE, at=AT)


def test_somebody_can_hold_several_roles() -> None:
    unit = UnitFactory.create()
    somebody = caseworker(unit)
    RoleGrantFactory.create(employee=somebody, role=Role.REPORTER, unit=unit)

    assert roles_of(somebody, at=AT) == {Role.CASEWORKER, Role.REPORTER}
