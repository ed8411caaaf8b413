from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.assignments import (
    CannotAssign,
    CannotHandOver,
    assign,
    hand_over,
    name_substitute,
    take_if_unassigned,
)
from cases.actions.registration import register_household
from cases.actions.requests import NewRequest
from cases.actions.tasks import open_task
from cases.models import TaskKind
from housing.models import ResidenceKind, Spell
from people.access import Stale
from people.actions.persons import NewMember
from people.journal import Act
from people.models import AssignmentRole, Employee, Household, JournalEntry, MemberRole, Municipality, Role, Unit
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    OSLO_NUMBER,
    AssignmentFactory,
    EmployeeFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    employee_with,
    reporter,
    team_leader,
)

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
OWNER = AssignmentRole.OWNER


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    return HouseholdFactory.create(unit=unit)


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


def owner(household: Household) -> Employee | None:
    found = household.assignments.filter(role=OWNER, ends_on=None).first()
    return found.employee if found else None


def test_a_caseworker_takes_a_household_that_nobody_has(household: Household, worker: Employee) -> None:
    assign(household_id=household.pk, owner_id=worker.pk, by=worker, at=AT)

    assert owner(household) == worker
    assert JournalEntry.objects.get(act=Act.ASSIGNED).details["employee"] == worker.pk


def test_a_caseworker_cannot_take_a_colleague_s_household(household: Household, worker: Employee) -> None:
    AssignmentFactory.create(household=household)

    with pytest.raises(PermissionDenied):
        assign(household_id=household.pk, owner_id=worker.pk, by=worker, at=AT)


def test_a_caseworker_cannot_assign_a_colleague(household: Household, unit: Unit, worker: Employee) -> None:
    with pytest.raises(PermissionDenied):
        assign(household_id=household.pk, owner_id=caseworker(unit).pk, by=worker, at=AT)


def test_a_leader_gives_a_household_to_another(household: Household, unit: Unit, worker: Employee) -> None:
    before = AssignmentFactory.create(household=household)

    assign(household_id=household.pk, owner_id=worker.pk, reason="Long leave", by=team_leader(unit), at=AT)

    before.refresh_from_db()
    assert before.ends_on == DAY
    assert owner(household) == worker
    assert JournalEntry.objects.get(act=Act.ASSIGNED).reason == "Long leave"


def test_a_household_can_change_hands_twice_a_day(household: Household, unit: Unit, worker: Employee) -> None:
    leader = team_leader(unit)
    assign(household_id=household.pk, owner_id=worker.pk, by=leader, at=AT)

    assign(household_id=household.pk, owner_id=leader.pk, by=leader, at=AT)

    assert owner(household) == leader


def test_who_has_the_household_is_not_assigned_again(household: Household, worker: Employee) -> None:
    AssignmentFactory.create(household=household, employee=worker)

    with pytest.raises(CannotAssign) as refused:
        assign(household_id=household.pk, owner_id=worker.pk, by=worker, at=AT)

    assert refused.value.field == "owner"


def test_only_a_colleague_who_does_casework_can_be_assigned(household: Household, unit: Unit) -> None:
    leader = team_leader(unit)
    gone = caseworker(unit)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    system = EmployeeFactory.create(is_system=True)

    for somebody in (caseworker(UnitFactory.create()), reporter(unit), gone, system):
        with pytest.raises(CannotAssign):
            assign(household_id=household.pk, owner_id=somebody.pk, by=leader, at=AT)


def test_for_another_unit_there_is_nothing_to_assign_or_hand_over(household: Household, unit: Unit) -> None:
    stranger = team_leader(UnitFactory.create())

    with pytest.raises(Http404):
        assign(household_id=household.pk, owner_id=stranger.pk, by=stranger, at=AT)
    with pytest.raises(Http404):
        hand_over(household_id=household.pk, unit_id=unit.pk, on=DAY, reason="Mine", by=stranger, at=AT)
    with pytest.raises(Http404):
        name_substitute(household_id=household.pk, employee_id=stranger.pk, ends_on=TOMORROW, by=stranger, at=AT)


def test_a_plan_coordinator_may_not_assign(household: Household, unit: Unit, worker: Employee) -> None:
    with pytest.raises(PermissionDenied):
        assign(household_id=household.pk, owner_id=worker.pk, by=employee_with(Role.PLAN_COORDINATOR, unit), at=AT)


def test_a_stale_form_assigns_nobody(household: Household, worker: Employee) -> None:
    with pytest.raises(Stale):
        assign(household_id=household.pk, owner_id=worker.pk, by=worker, at=AT, version=7)

    assert owner(household) is None


def test_the_responsible_caseworker_names_a_substitute(household: Household, unit: Unit, worker: Employee) -> None:
    AssignmentFactory.create(household=household, employee=worker)
    colleague = caseworker(unit)

    named = name_substitute(household_id=household.pk, employee_id=colleague.pk, ends_on=TOMORROW, by=worker, at=AT)

    assert (named.role, named.starts_on, named.ends_on) == (AssignmentRole.SUBSTITUTE, DAY, TOMORROW)
    assert owner(household) == worker


def test_a_leader_names_a_substitute_and_a_colleague_does_not(household: Household, unit: Unit) -> None:
    AssignmentFactory.create(household=household)
    stand_in = caseworker(unit)

    with pytest.raises(PermissionDenied):
        name_substitute(
            household_id=household.pk, employee_id=stand_in.pk, ends_on=TOMORROW, by=caseworker(unit), at=AT
        )
    name_substitute(household_id=household.pk, employee_id=stand_in.pk, ends_on=TOMORROW, by=team_leader(unit), at=AT)

    assert household.assignments.filter(employee=stand_in).exists()


def test_a_substitute_must_be_somebody_new_and_for_a_time(household: Household, unit: Unit) -> None:
    leader, colleague = team_leader(unit), caseworker(unit)
    AssignmentFactory.create(household=household, employee=leader)

    refusals = []
    for employee, ends_on in ((colleague, DAY), (leader, TOMORROW), (reporter(unit), TOMORROW)):
        with pytest.raises(CannotAssign) as refused:
            name_substitute(household_id=household.pk, employee_id=employee.pk, ends_on=ends_on, by=leader, at=AT)
        refusals.append(refused.value.field)

    assert refusals == ["ends_on", "employee", "employee"]


def test_whoever_acts_first_on_an_unassigned_household_takes_it(household: Household, worker: Employee) -> None:
    taken = take_if_unassigned(household, by=worker, at=AT)

    assert taken is not None
    assert owner(household) == worker
    assert take_if_unassigned(household, by=worker, at=AT) is None


def test_neither_the_system_nor_a_plan_coordinator_takes_a_household(household: Household, unit: Unit) -> None:
    for somebody in (EmployeeFactory.create(is_system=True), employee_with(Role.PLAN_COORDINATOR, unit)):
        assert take_if_unassigned(household, by=somebody, at=AT) is None


def test_another_unit_takes_over_with_what_is_open(unit: Unit, worker: Employee) -> None:
    household = register_household(
        unit_id=unit.pk,
        members=[NewMember(role=MemberRole.APPLICANT, name="Kari", born_on=LONG_AGO.replace(year=1985))],
        opened_on=YESTERDAY,
        situation=ResidenceKind.ROUGH,
        request=NewRequest(),
        by=worker,
        at=AT,
    )
    task = open_task(household=household, kind=TaskKind.OTHER, due_on=TOMORROW, by=worker, at=AT)
    other = UnitFactory.create()

    hand_over(household_id=household.pk, unit_id=other.pk, on=DAY, reason="Moved district", by=worker, at=AT)

    assert list(household.responsibilities.order_by("starts_on").values_list("unit", "starts_on", "ends_on")) == [
        (unit.pk, YESTERDAY, DAY),
        (other.pk, DAY, None),
    ]
    assert owner(household) is None
    task.refresh_from_db()
    assert (task.unit, task.employee) == (other, None)
    assert household.requests.get().unit == other
    assert Spell.objects.get(household=household).unit == other
    entry = JournalEntry.objects.get(act=Act.HANDED_OVER)
    assert (entry.reason, entry.details) == ("Moved district", {"unit": other.ref, "from_unit": unit.ref})


def test_on_the_first_day_the_unit_is_put_right(worker: Employee, unit: Unit) -> None:
    household = HouseholdFactory.create(unit=unit, responsibility__starts_on=DAY)
    other = UnitFactory.create()

    hand_over(household_id=household.pk, unit_id=other.pk, on=DAY, reason="Wrong unit", by=worker, at=AT)

    assert household.responsibilities.get().unit == other
    assert JournalEntry.objects.get(act=Act.HANDED_OVER).details["from_unit"] == unit.ref


def test_a_household_that_no_unit_answers_for_is_given_one(household: Household, unit: Unit) -> None:
    household.responsibilities.all().delete()

    hand_over(
        household_id=household.pk,
        unit_id=unit.pk,
        on=DAY,
        reason="Nobody had it",
        by=EmployeeFactory.create(is_system=True),
        at=AT,
    )

    assert household.responsibilities.get().unit == unit


def test_a_household_goes_to_another_unit_of_its_municipality_only(household: Household, worker: Employee) -> None:
    [now] = household.responsibilities.all()
    far = UnitFactory.create(municipality=Municipality.objects.get(number=OSLO_NUMBER))

    for unit_id in (far.pk, now.unit_id, 0):
        with pytest.raises(CannotHandOver) as refused:
            hand_over(household_id=household.pk, unit_id=unit_id, on=DAY, reason="?", by=worker, at=AT)
        assert refused.value.field == "unit"


def test_a_household_is_not_handed_over_ahead_or_before_the_unit_got_it(household: Household, worker: Employee) -> None:
    other = UnitFactory.create()

    for day in (TOMORROW, LONG_AGO - timedelta(days=1)):
        with pytest.raises(CannotHandOver) as refused:
            hand_over(household_id=household.pk, unit_id=other.pk, on=day, reason="?", by=worker, at=AT)
        assert refused.value.field == "on"
