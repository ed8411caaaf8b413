from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.journey import NoOpenCase
from cases.actions.members import CannotEndMember, add_member, end_member, record_birth
from cases.models import Case, ClosingReason
from housing.actions.spells import refresh
from housing.models import Spell
from people.access import Stale
from people.actions.persons import CannotBeMember, MemberElsewhere, NeedsConfirmation, NewMember
from people.duplicates import NotToBeToldHere
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Member, MemberRole, Person, Role, Unit
from tests.factories.cases import CaseFactory
from tests.factories.housing import ResidenceFactory
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    AssignmentFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    caseworker,
    employee_with,
    reporter,
)

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
CHILD = NewMember(role=MemberRole.CHILD, name="Lise", born_on=date(2019, 2, 1))
NEWBORN = NewMember(role=MemberRole.CHILD, name="Little one", born_on=YESTERDAY)

Change = Callable[..., Member]


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


@pytest.fixture
def household(unit: Unit) -> Household:
    """One applicant placed at a provider since a month, with an open case."""
    household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=household)
    ResidenceFactory.create(household=household, is_placed=True, starts_on=DAY - timedelta(days=30))
    refresh([household.pk])
    return household


@pytest.fixture
def add(household: Household, worker: Employee) -> Change:
    def run(member: NewMember = CHILD, **kwargs: Any) -> Member:
        told: dict[str, Any] = {"household_id": household.pk, "starts_on": YESTERDAY, "by": worker, "at": AT}
        return add_member(**told | {"member": member} | kwargs)

    return run


@pytest.fixture
def end(household: Household, worker: Employee) -> Change:
    def run(member: Member, **kwargs: Any) -> Member:
        told: dict[str, Any] = {"household_id": household.pk, "on": DAY, "reason": "Moved out", "by": worker, "at": AT}
        return end_member(**told | {"member_id": member.pk} | kwargs)

    return run


@pytest.fixture
def bear(household: Household, worker: Employee) -> Change:
    def run(child: NewMember = NEWBORN, **kwargs: Any) -> Member:
        told: dict[str, Any] = {"household_id": household.pk, "by": worker, "at": AT}
        return record_birth(**told | {"child": child} | kwargs)

    return run


def family_days(household: Household) -> list[tuple[date, date]]:
    return [(part.lower, part.upper) for part in Spell.objects.get(household=household).family_in]


def test_a_child_who_moves_in_makes_the_stay_a_family_s_from_that_day(add: Change, household: Household) -> None:
    member = add()

    assert (member.role, member.starts_on) == (MemberRole.CHILD, YESTERDAY)
    [(starts_on, _ends_on)] = family_days(household)
    assert starts_on == YESTERDAY
    assert JournalEntry.objects.get(act=Act.MEMBER_ADDED).on == YESTERDAY


def test_the_first_to_change_an_unassigned_household_takes_it(
    add: Change, household: Household, worker: Employee
) -> None:
    add()

    assert household.assignments.get().employee == worker


def test_the_case_is_first_brought_to_the_state_of_the_day(add: Change, household: Household) -> None:
    add()

    assert Case.objects.get(household=household).state == "temporary"
    assert JournalEntry.objects.get(act=Act.CASE_MOVED_ON).by.username == "calendar"


def test_nobody_moves_in_ahead_or_before_the_household_began(add: Change, household: Household) -> None:
    household.opened_on = YESTERDAY
    household.save(update_fields=["opened_on"])

    for day in (TOMORROW, YESTERDAY - timedelta(days=1)):
        with pytest.raises(CannotBeMember) as refused:
            add(starts_on=day)
        assert refused.value.field == "starts_on"


def test_nobody_moves_in_before_being_born(add: Change) -> None:
    with pytest.raises(CannotBeMember):
        add(NewMember(role=MemberRole.CHILD, born_on=DAY))


def test_a_second_applicant_is_refused(add: Change) -> None:
    with pytest.raises(CannotBeMember) as refused:
        add(NewMember(role=MemberRole.APPLICANT, name="Per", born_on=LONG_AGO))

    assert refused.value.field == "role"


def test_a_member_is_not_let_in_twice(add: Change) -> None:
    child = add()

    with pytest.raises(CannotBeMember):
        add(NewMember(role=MemberRole.OTHER, person_id=child.person_id))


def test_an_adult_of_another_household_is_refused_naming_it(add: Change, unit: Unit) -> None:
    other = HouseholdFactory.create(unit=unit)
    [elsewhere] = other.members.all()

    with pytest.raises(MemberElsewhere) as refused:
        add(NewMember(role=MemberRole.PARTNER, person_id=elsewhere.person_id))

    assert refused.value.household == other


def test_somebody_never_met_is_not_taken_by_id(add: Change) -> None:
    with pytest.raises(NotToBeToldHere):
        add(NewMember(role=MemberRole.PARTNER, person_id=PersonFactory.create().pk))


def test_the_parent_of_an_older_child_is_asked_about(add: Change) -> None:
    add()
    young = NewMember(role=MemberRole.PARTNER, name="Per", born_on=date(2019, 2, 1))

    with pytest.raises(NeedsConfirmation) as asked:
        add(young)

    assert len(asked.value.warnings) == 1
    assert add(young, accepted_warnings=True).role == MemberRole.PARTNER


def test_a_closed_case_takes_no_new_members(add: Change, bear: Change, household: Household) -> None:
    case = Case.objects.get(household=household)
    case.close(on=DAY, reason=ClosingReason.OTHER)
    case.save(update_fields=["state", "closed_on", "closing_reason"])

    for change in (add, bear):
        with pytest.raises(NoOpenCase):
            change()


def test_a_newborn_is_a_member_from_its_birth(bear: Change, household: Household) -> None:
    member = bear()

    assert (member.role, member.starts_on, member.person.born_on) == (MemberRole.CHILD, YESTERDAY, YESTERDAY)
    assert JournalEntry.objects.get(act=Act.CHILD_BORN).household_id == household.pk


@pytest.mark.parametrize("born_on", [None, TOMORROW, LONG_AGO - timedelta(days=1)])
def test_a_birth_has_a_day_in_the_household_s_life(bear: Change, household: Household, born_on: date | None) -> None:
    household.opened_on = LONG_AGO
    household.save(update_fields=["opened_on"])

    with pytest.raises(CannotBeMember) as refused:
        bear(NewMember(role=MemberRole.CHILD, name="Little one", born_on=born_on))

    assert refused.value.field == "born_on"
    assert Person.objects.count() == 1


def test_a_child_who_moves_out_ends_the_family_s_nights(add: Change, end: Change, household: Household) -> None:
    child = add()

    end(child)

    assert family_days(household) == [(YESTERDAY, DAY)]
    assert JournalEntry.objects.get(act=Act.MEMBER_ENDED).reason == "Moved out"


def test_when_the_applicant_leaves_the_partner_is_the_applicant(end: Change, household: Household) -> None:
    [applicant] = household.members.all()
    MemberFactory.create(household=household, role=MemberRole.OTHER, person__born_on=date(1950, 1, 1))
    partner = MemberFactory.create(household=household, role=MemberRole.PARTNER)

    end(applicant)

    assert household.members.on(DAY).get(role=MemberRole.APPLICANT).person == partner.person
    assert household.members.on(YESTERDAY).get(person=partner.person).role == MemberRole.PARTNER


def test_without_a_partner_the_eldest_adult_is_the_applicant(end: Change, household: Household) -> None:
    [applicant] = household.members.all()
    MemberFactory.create(household=household, role=MemberRole.OTHER)
    eldest = MemberFactory.create(
        household=household, role=MemberRole.OTHER, person__born_on=date(1950, 1, 1), starts_on=DAY
    )

    end(applicant)

    assert household.members.get(role=MemberRole.APPLICANT, starts_on=DAY) == eldest


def test_the_last_adult_stays_while_the_case_is_open(end: Change, household: Household) -> None:
    [applicant] = household.members.all()
    MemberFactory.create(household=household, is_child=True)

    with pytest.raises(CannotEndMember):
        end(applicant)

    Case.objects.filter(household=household).delete()
    assert end(applicant).ends_on == DAY


def test_a_membership_ends_after_its_start_today_or_earlier_and_once(end: Change, household: Household) -> None:
    child = MemberFactory.create(household=household, is_child=True, starts_on=YESTERDAY)

    for day in (TOMORROW, YESTERDAY):
        with pytest.raises(CannotEndMember) as refused:
            end(child, on=day)
        assert refused.value.field == "on"
    end(child)
    with pytest.raises(CannotEndMember):
        end(child)


def test_a_member_of_another_household_is_not_found(end: Change) -> None:
    with pytest.raises(Http404):
        end(MemberFactory.create())


def test_for_others_the_household_does_not_exist_or_may_not_be_changed(
    add: Change, bear: Change, end: Change, household: Household, unit: Unit
) -> None:
    [applicant] = household.members.all()
    for somebody, answer in (
        (caseworker(UnitFactory.create()), Http404),
        (reporter(unit), Http404),
        (employee_with(Role.PLAN_COORDINATOR, unit), PermissionDenied),
    ):
        with pytest.raises(answer):
            add(by=somebody)
        with pytest.raises(answer):
            bear(by=somebody)
        with pytest.raises(answer):
            end(applicant, by=somebody)


def test_in_a_protected_household_only_those_assigned_change_members(
    add: Change, household: Household, worker: Employee
) -> None:
    MemberFactory.create(household=household, role="partner", person=PersonFactory.create(is_shielded=True))
    with pytest.raises(Http404):
        add()

    AssignmentFactory.create(household=household, employee=worker)

    assert add().pk


def test_a_stale_form_changes_nothing(add: Change, bear: Change, end: Change, household: Household) -> None:
    child = add(version=0)

    with pytest.raises(Stale):
        bear(version=0)
    with pytest.raises(Stale):
        end(child, version=0)
    assert household.members.count() == 2
