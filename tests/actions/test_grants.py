"""Opening what is not one's own: a coded reason in the unit, the emergency door to another's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from people import readings
from people.access import may, sight_of
from people.actions.grants import (
    CannotOpen,
    NotThroughHere,
    give,
    midnight_after,
    open_in_emergency,
    open_with_reason,
    take_back,
)
from people.decision import Level, Purpose
from people.emergencies import Emergency, in_words
from people.journal import Act
from people.models import (
    Alert,
    AlertKind,
    Employee,
    Grant,
    GrantKind,
    Household,
    JournalEntry,
    Municipality,
    Relation,
    Role,
    Unit,
    UnitKind,
)
from people.roles import Permission
from tests.factories.people import (
    AT,
    OSLO,
    OSLO_NUMBER,
    AssignmentFactory,
    ClearanceFactory,
    CoResponsibilityFactory,
    DisqualificationFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)

pytestmark = pytest.mark.django_db

WHY = "She stands in the doorway with two children and no coat"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    """A colleague's."""
    household = HouseholdFactory.create(unit=unit)
    AssignmentFactory.create(household=household)
    return household


def shown(employee: Employee, household: Household, at: datetime = AT) -> tuple[Level, Purpose]:
    sight = sight_of(employee, household, at=at)
    return sight.level, sight.purpose


def opened(household: Household, by: Employee, kind: GrantKind = GrantKind.PHONE, at: datetime = AT) -> Household:
    return open_with_reason(key=household.key, kind=kind, by=by, at=at)


def through_the_door(number: str, by: Employee, at: datetime = AT, **told: Any) -> Household:
    asked = {"emergency": Emergency.STANDS_HERE, "reason": WHY, **told}
    return open_in_emergency(number=number, by=by, at=at, **asked)


# ── with a coded reason ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [GrantKind.ON_DUTY, GrantKind.SUBSTITUTE, GrantKind.PHONE, GrantKind.MEETING])
def test_a_colleague_opens_a_case_until_midnight(household: Household, unit: Unit, kind: GrantKind) -> None:
    by = caseworker(unit)

    assert opened(household, by, kind).sight.writes

    midnight = datetime(2026, 3, 11, tzinfo=OSLO)
    assert shown(by, household, midnight - timedelta(seconds=1)) == (Level.FULL, Purpose.REASON)
    assert shown(by, household, midnight) == (Level.SUMMARY, Purpose.UNIT)
    entry = JournalEntry.objects.get(act=Act.OPENED_WITH_REASON)
    assert entry.by == by
    assert entry.details["kind"] == kind


def test_midnight_is_the_municipality_s_on_the_days_the_clock_is_changed() -> None:
    for day, hours in ((datetime(2026, 3, 29, tzinfo=OSLO), 23), (datetime(2026, 10, 25, tzinfo=OSLO), 25)):
        assert (midnight_after(day).timestamp() - day.timestamp()) / 3600 == hours


def test_what_is_open_is_not_opened_again(household: Household, unit: Unit) -> None:
    by = caseworker(unit)
    opened(household, by)

    opened(household, by, GrantKind.MEETING, AT + timedelta(hours=1))

    assert Grant.objects.count() == JournalEntry.objects.count() == 1


def test_nobody_s_form_grows_stale_because_a_colleague_looked(household: Household, unit: Unit) -> None:
    before = household.version

    opened(household, caseworker(unit))

    household.refresh_from_db()
    assert household.version == before


def test_one_s_own_case_needs_no_reason(unit: Unit) -> None:
    household = HouseholdFactory.create(unit=unit)

    assert opened(household, caseworker(unit)).sight.purpose is Purpose.OWN_CASE

    assert not Grant.objects.exists()


def test_a_leader_writes_and_reads_special_notes_with_a_reason(household: Household, unit: Unit) -> None:
    leader = team_leader(unit)
    before = sight_of(leader, household, at=AT)

    after = opened(household, leader).sight

    assert (before.writes, before.special) == (False, False)
    assert (after.writes, after.special) == (True, True)


def test_a_unit_that_shares_the_case_opens_it_as_its_own(household: Household) -> None:
    sharing = CoResponsibilityFactory.create(household=household).unit

    assert opened(household, caseworker(sharing)).sight.writes


def test_another_unit_s_case_is_not_opened_by_a_reason(household: Household) -> None:
    with pytest.raises(Http404):
        opened(household, caseworker(UnitFactory.create()))


def test_only_a_coded_reason_opens(household: Household, unit: Unit) -> None:
    for kind in (GrantKind.EMERGENCY, GrantKind.SAMPLE, GrantKind.AGENDA):
        with pytest.raises(CannotOpen) as refused:
            opened(household, caseworker(unit), kind)
        assert refused.value.field == "kind"


def test_a_reason_does_not_let_a_cleared_leader_write_in_a_shielded_case(unit: Unit) -> None:
    household = HouseholdFactory.create(unit=unit, applicant__person__protection="confidential")
    AssignmentFactory.create(household=household)
    leader = team_leader(unit)
    ClearanceFactory.create(employee=leader, unit=unit)

    with pytest.raises(CannotOpen):
        opened(household, leader)

    assert not Grant.objects.exists()


# ── through the emergency door ────────────────────────────────────────────────────────────────────────────────────


def test_the_door_opens_nothing_of_another_municipality(household: Household) -> None:
    elsewhere = caseworker(UnitFactory.create(municipality=Municipality.objects.get(number=OSLO_NUMBER)))

    with pytest.raises(NotThroughHere):
        through_the_door(household.ref, elsewhere)


def test_the_emergency_door_opens_an_hour_to_read_and_tells_the_leaders_at_once(
    household: Household, unit: Unit
) -> None:
    by = caseworker(UnitFactory.create())

    assert through_the_door(f" {household.ref} ", by) == household

    assert shown(by, household, AT + timedelta(minutes=59)) == (Level.FULL, Purpose.GRANT)
    sight = sight_of(by, household, at=AT)
    assert (sight.writes, sight.special) == (False, False)
    assert not sight_of(by, household, at=AT + timedelta(hours=1))
    alert = Alert.objects.get()
    assert (alert.kind, alert.unit, alert.household, alert.by) == (AlertKind.EMERGENCY_DOOR, unit, household, by)
    assert in_words(alert.reason) == f"{Emergency.STANDS_HERE.label}: {WHY}"
    entry = JournalEntry.objects.get(act=Act.OPENED_IN_EMERGENCY)
    assert (entry.reason, entry.details["emergency"]) == (WHY, "stands_here")


def test_a_leader_of_another_unit_only_reads_what_the_door_opens(household: Household) -> None:
    by = team_leader(UnitFactory.create())
    through_the_door(household.ref, by)

    given = {permission for permission in Permission if may(by, permission, household, at=AT)}

    assert given == {
        Permission.VIEW_MINIMUM,
        Permission.VIEW_SUMMARY,
        Permission.VIEW_HOUSEHOLD,
        Permission.VIEW_WHEREABOUTS,
    }


def test_the_door_knows_somebody_by_their_national_id_as_it_is_typed() -> None:
    household = HouseholdFactory.create(
        applicant__person__national_id="15858510055", applicant__person__id_kind="synthetic"
    )

    assert through_the_door("158585 10055", caseworker(UnitFactory.create())) == household


@pytest.mark.parametrize("reason", ["", "Needs it", "   nineteen  letters  ", "x" * 19])
def test_the_reason_says_something(household: Household, reason: str) -> None:
    with pytest.raises(CannotOpen) as refused:
        through_the_door(household.ref, caseworker(UnitFactory.create()), reason=reason)

    assert refused.value.field == "reason"
    assert not Alert.objects.exists()


def test_an_hour_is_prolonged_through_the_door_with_a_new_reason(household: Household) -> None:
    by = caseworker(UnitFactory.create())
    through_the_door(household.ref, by)

    half_past = AT + timedelta(minutes=30)
    through_the_door(household.ref, by, half_past, reason="The ambulance has not come yet")

    assert sight_of(by, household, at=AT + timedelta(minutes=89))
    assert Alert.objects.count() == 2
    assert list(Grant.objects.order_by("pk").values_list("expires_at", flat=True)) == [
        half_past,
        half_past + timedelta(hours=1),
    ]


def test_a_case_of_one_s_own_unit_opens_as_before_and_nobody_is_told(household: Household, unit: Unit) -> None:
    by = caseworker(unit)

    assert through_the_door(household.ref, by) == household

    assert shown(by, household) == (Level.SUMMARY, Purpose.UNIT)
    assert not Alert.objects.exists()
    assert not Grant.objects.exists()


@pytest.mark.parametrize("protection", ["confidential", "strictly_confidential", "strictly_confidential_abroad"])
def test_the_door_opens_no_shielded_household(protection: str) -> None:
    household = HouseholdFactory.create(applicant__person__protection=protection)

    refused_like_a_number_of_nobody(household, caseworker(UnitFactory.create()))


@pytest.mark.parametrize("relation", list(Relation))
def test_the_door_opens_nothing_to_one_who_must_not_deal_with_it(household: Household, relation: Relation) -> None:
    by = caseworker(UnitFactory.create())
    DisqualificationFactory.create(employee=by, person=household.members.get().person, relation=relation)

    refused_like_a_number_of_nobody(household, by)


def test_the_door_opens_no_own_employee_s_household(household: Household) -> None:
    DisqualificationFactory.create(person=household.members.get().person, relation=Relation.SELF)

    refused_like_a_number_of_nobody(household, caseworker(UnitFactory.create()))


def test_the_door_opens_nothing_that_no_unit_would_be_told_of(household: Household) -> None:
    household.responsibilities.all().delete()

    refused_like_a_number_of_nobody(household, caseworker(UnitFactory.create()))


def refused_like_a_number_of_nobody(household: Household, by: Employee) -> None:
    with readings.gathering() as noted:
        with pytest.raises(NotThroughHere) as refused:
            through_the_door(household.ref, by)
        with pytest.raises(NotThroughHere) as unknown:
            through_the_door("no such case", by)

    assert str(refused.value) == str(unknown.value)
    assert (noted.refused, noted.nobody, noted.opened) == ({household.pk}, True, {})
    assert not Grant.objects.exists()
    assert not Alert.objects.exists()
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("role", [Role.PLAN_COORDINATOR, Role.REPORTER, Role.AUDITOR, Role.OPERATIONS])
def test_only_those_who_do_casework_have_a_door(household: Household, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        through_the_door(household.ref, employee_with(role, UnitFactory.create()))


def test_leave_that_was_given_is_taken_back(household: Household) -> None:
    told: dict[str, Any] = {
        "household_id": household.pk,
        "user": caseworker(UnitFactory.create()),
        "kind": GrantKind.PLAN,
    }
    given = give(**told, reason="In the plan", until=AT + timedelta(days=7), by=told["user"], at=AT)

    take_back(**told, at=AT)
    take_back(**told, at=AT + timedelta(days=1))

    given.refresh_from_db()
    assert given.expires_at - AT == timedelta(microseconds=1)


def test_a_strictly_confidential_household_is_open_to_the_special_unit_without_the_door() -> None:
    household = HouseholdFactory.create(applicant__person__protection="strictly_confidential")
    by = caseworker(UnitFactory.create(kind=UnitKind.SPECIAL))

    assert through_the_door(household.ref, by) == household

    assert not Alert.objects.exists()
