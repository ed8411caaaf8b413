"""Every rule that the database guards in people, broken by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from people.constraints import broken_constraint, constraint_message
from people.models import Household, IdKind, household, log_control
from people.refusals import refusal_of
from tests.factories.people import (
    DAY,
    AssignmentFactory,
    EmployeeFactory,
    HouseholdFactory,
    IdentityFactory,
    MemberFactory,
    PersonFactory,
    ResponsibilityFactory,
    RoleGrantFactory,
    UnitFactory,
)
from tests.models.breaks_of_rights import OF_PEOPLE
from tests.models.broken_access import OF_ACCESS
from tests.models.broken_exports import OF_EXPORTS

pytestmark = pytest.mark.django_db

NUMBER = "15858510055"
REVERSED = {"starts_on": DAY, "ends_on": DAY}


def _twice(factory: Any, **same: Any) -> None:
    for _ in range(2):
        factory.create(**same)


def _same_number() -> None:
    _twice(PersonFactory, national_id=NUMBER, id_kind=IdKind.SYNTHETIC)


def _member_twice() -> None:
    _twice(MemberFactory, household=HouseholdFactory.create(), person=PersonFactory.create(), role="child_visit")


def _adult_in_two() -> None:
    _twice(MemberFactory, person=PersonFactory.create(), role="other")


def _child_and_adult() -> None:
    person = PersonFactory.create()
    MemberFactory.create(person=person, role="child")
    MemberFactory.create(person=person, role="other")


def _child_in_three() -> None:
    person = PersonFactory.create(is_child=True)
    for _ in range(3):
        MemberFactory.create(person=person, role="child", starts_on=DAY)


def _before_birth() -> None:
    MemberFactory.create(person=PersonFactory.create(born_on=DAY), starts_on=DAY - timedelta(days=1))


def _two_units() -> None:
    ResponsibilityFactory.create(household=HouseholdFactory.create(), starts_on=DAY)


def _two_owners() -> None:
    _twice(AssignmentFactory, household=HouseholdFactory.create())


def _same_role_twice() -> None:
    _twice(RoleGrantFactory, employee=EmployeeFactory.create(), unit=UnitFactory.create())


def _own_parent() -> None:
    household = HouseholdFactory.create()
    Household.objects.filter(pk=household.pk).update(split_from=household, split_on=DAY)


BREAKS: dict[str, Callable[[], object]] = {
    **OF_ACCESS,
    **OF_EXPORTS,
    **OF_PEOPLE,
    "identity_is_one_employee": lambda: _twice(IdentityFactory, subject="one"),
    "unit_kind_is_known": lambda: UnitFactory.create(kind="school"),
    "role_grant_ends_after_it_starts": lambda: RoleGrantFactory.create(**REVERSED),
    "role_grant_role_is_known": lambda: RoleGrantFactory.create(role="guest"),
    "role_grant_once": _same_role_twice,
    "person_one_for_a_national_id": _same_number,
    "person_has_a_number_when_its_kind_says_so": lambda: PersonFactory.create(id_kind=IdKind.DUF),
    "person_id_kind_is_known": lambda: PersonFactory.create(id_kind="guess", national_id="1"),
    "person_protection_is_known": lambda: PersonFactory.create(protection="some"),
    "person_letter_language_is_known": lambda: PersonFactory.create(letter_language="xx"),
    "person_died_after_being_born": lambda: PersonFactory.create(died_on=DAY - timedelta(days=1), born_on=DAY),
    "person_protection_ends_after_it_starts": lambda: PersonFactory.create(protection_from=DAY, protection_to=DAY),
    "household_split_has_both_parent_and_day": lambda: HouseholdFactory.create(split_on=DAY),
    "household_is_not_its_own_parent": _own_parent,
    "member_ends_after_it_starts": lambda: MemberFactory.create(**REVERSED),
    "member_role_is_known": lambda: MemberFactory.create(role="guest"),
    "member_once_in_a_household_a_day": _member_twice,
    "member_adult_in_one_household_a_day": _adult_in_two,
    "member_child_is_a_child_everywhere": _child_and_adult,
    "member_not_before_birth": _before_birth,
    "member_child_in_at_most_two_households": _child_in_three,
    "responsibility_ends_after_it_starts": lambda: ResponsibilityFactory.create(**REVERSED),
    "responsibility_one_unit_a_day": _two_units,
    "assignment_does_not_end_before_it_starts": lambda: AssignmentFactory.create(
        starts_on=DAY, ends_on=DAY - timedelta(days=1)
    ),
    "assignment_role_is_known": lambda: AssignmentFactory.create(role="friend"),
    "assignment_one_owner_a_day": _two_owners,
}

#: Implied by the primary key: there only for foreign keys to point at.
IMPLIED = {"household_with_municipality"}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_by_the_name_of_the_rule(name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKS[name]()

    assert broken_constraint(refused.value) == name
    assert constraint_message(refused.value)
    assert refusal_of(refused.value) is not None


def test_every_rule_of_people_is_broken_here() -> None:
    named = {
        constraint.name
        for model in apps.get_app_config("people").get_models()
        for constraint in model._meta.constraints
    }

    guarded = set(household.TRIGGER_MESSAGES) | set(log_control.TRIGGER_MESSAGES)

    assert named | guarded == set(BREAKS) | IMPLIED


def test_what_is_next_to_a_refused_period_is_taken() -> None:
    person, household = PersonFactory.create(), HouseholdFactory.create(applicant=None)
    MemberFactory.create(person=person, household=household, ends_on=DAY)

    MemberFactory.create(person=person, role="child", starts_on=DAY)
    MemberFactory.create(person=person, household=household, role="child", starts_on=DAY)

    assert person.memberships.count() == 3


def test_a_visiting_child_may_visit_anywhere() -> None:
    person = PersonFactory.create(is_child=True)
    for role in ("child", "child", "child_visit", "child_visit"):
        MemberFactory.create(person=person, role=role)

    assert person.memberships.count() == 4


def test_many_can_be_without_a_national_id() -> None:
    _twice(PersonFactory, national_id="")


def test_owners_follow_on_each_other_with_a_substitute_beside_them() -> None:
    household = HouseholdFactory.create()
    AssignmentFactory.create(household=household, ends_on=DAY)
    AssignmentFactory.create(household=household, starts_on=DAY, ends_on=DAY)
    AssignmentFactory.create(household=household, starts_on=DAY)

    AssignmentFactory.create(household=household, role="substitute")

    assert household.assignments.count() == 4
