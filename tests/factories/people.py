# mypy: disable-error-code="no-untyped-call"
"""Valid minimal people, households and employees. Traits name situations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from factory.declarations import LazyAttribute, LazyFunction, RelatedFactory, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from people.models import (
    Assignment,
    AssignmentRole,
    Clearance,
    CoResponsibility,
    Disqualification,
    Employee,
    Grant,
    GrantKind,
    Household,
    Identity,
    Member,
    MemberRole,
    Municipality,
    Person,
    Protection,
    Relation,
    Responsibility,
    Role,
    RoleGrant,
    SharingBasis,
    SharingPractice,
    Unit,
)
from people.models.grant import permission_of

OSLO = ZoneInfo("Europe/Oslo")
#: The day and the moment that tests act on unless they say otherwise: a Tuesday morning.
DAY = date(2026, 3, 10)
AT = datetime(2026, 3, 10, 9, 0, tzinfo=OSLO)
#: Long before anything a test tells of.
LONG_AGO = date(2020, 1, 1)

KONGSBERG, OSLO_NUMBER = "3303", "0301"


def at(day: date, hour: int = 9) -> datetime:
    """A moment of that day in the municipality."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    name = Sequence(lambda n: f"NAV {n}")


class EmployeeFactory(DjangoModelFactory[Employee]):
    class Meta:
        model = Employee

    username = Sequence(lambda n: f"employee{n}")
    name = Sequence(lambda n: f"Employee {n}")


class IdentityFactory(DjangoModelFactory[Identity]):
    class Meta:
        model = Identity

    employee = SubFactory(EmployeeFactory)
    issuer = "https://provider.example"
    subject = Sequence(lambda n: f"subject-{n}")


class RoleGrantFactory(DjangoModelFactory[RoleGrant]):
    class Meta:
        model = RoleGrant

    employee = SubFactory(EmployeeFactory)
    role = Role.CASEWORKER
    unit = SubFactory(UnitFactory)
    starts_on = LONG_AGO
    granted_by = SubFactory(EmployeeFactory)
    reason = "Works here"
    #: whatever day a test tells of
    confirmed_on = date(2100, 1, 1)
    confirmed_by = SelfAttribute("granted_by")


def employee_with(role: Role, unit: Unit, **kwargs: Any) -> Employee:
    """Somebody who holds the role at the unit."""
    return RoleGrantFactory.create(role=role, unit=unit, **kwargs).employee


def caseworker(unit: Unit) -> Employee:
    return employee_with(Role.CASEWORKER, unit)


def team_leader(unit: Unit) -> Employee:
    return employee_with(Role.TEAM_LEADER, unit)


def reporter(unit: Unit) -> Employee:
    return employee_with(Role.REPORTER, unit)


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    class Params:
        is_child = Trait(born_on=date(2018, 6, 1))
        is_young = Trait(born_on=date(2004, 6, 1))
        is_shielded = Trait(protection=Protection.CONFIDENTIAL)

    name = Sequence(lambda n: f"Person {n}")
    born_on = date(1985, 5, 1)


class MemberFactory(DjangoModelFactory[Member]):
    class Meta:
        model = Member

    class Params:
        is_child = Trait(role=MemberRole.CHILD, person=SubFactory(PersonFactory, is_child=True))

    household = SubFactory("tests.factories.people.HouseholdFactory")
    person = SubFactory(PersonFactory)
    role = MemberRole.APPLICANT
    starts_on = LONG_AGO


class ResponsibilityFactory(DjangoModelFactory[Responsibility]):
    class Meta:
        model = Responsibility

    household = SubFactory("tests.factories.people.HouseholdFactory", responsibility=None)
    unit = SubFactory(UnitFactory)
    starts_on = LONG_AGO


class HouseholdFactory(DjangoModelFactory[Household]):
    """One applicant, one unit since long ago. `unit=`, `applicant=None` (nobody in it), `applicant__person=`."""

    class Meta:
        model = Household
        skip_postgeneration_save = True

    class Params:
        unit = SubFactory(UnitFactory)

    municipality = SelfAttribute("unit.municipality")
    responsibility = RelatedFactory(
        ResponsibilityFactory, factory_related_name="household", unit=SelfAttribute("..unit")
    )
    applicant = RelatedFactory(MemberFactory, factory_related_name="household")


class AssignmentFactory(DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    employee = SubFactory(EmployeeFactory)
    household = SubFactory(HouseholdFactory)
    role = AssignmentRole.OWNER
    starts_on = LONG_AGO


class CoResponsibilityFactory(DjangoModelFactory[CoResponsibility]):
    class Meta:
        model = CoResponsibility

    household = SubFactory(HouseholdFactory)
    unit = SubFactory(UnitFactory)
    basis = SharingBasis.NECESSARY
    reason = "Both offices follow the household"
    starts_on = LONG_AGO


class SharingPracticeFactory(DjangoModelFactory[SharingPractice]):
    class Meta:
        model = SharingPractice

    unit = SubFactory(UnitFactory)
    with_unit = SubFactory(UnitFactory)
    basis = SharingBasis.NECESSARY
    reason = "The offices work side by side"
    starts_on = LONG_AGO


class GrantFactory(DjangoModelFactory[Grant]):
    """Leave to see for the hour after `AT`. `kind=` names which."""

    class Meta:
        model = Grant

    class Params:
        kind = GrantKind.ON_DUTY

    user = SubFactory(EmployeeFactory)
    content_object = SubFactory(HouseholdFactory)
    permission = LazyAttribute(lambda one: permission_of(one.kind))
    reason = "Called at the counter"
    granted_by = SelfAttribute("user")
    granted_at = AT
    expires_at = AT + timedelta(hours=1)


class ClearanceFactory(DjangoModelFactory[Clearance]):
    class Meta:
        model = Clearance

    employee = SubFactory(EmployeeFactory)
    unit = SubFactory(UnitFactory)
    starts_on = LONG_AGO
    granted_by = SubFactory(EmployeeFactory)
    reason = "Follows shielded households"


class DisqualificationFactory(DjangoModelFactory[Disqualification]):
    class Meta:
        model = Disqualification

    employee = SubFactory(EmployeeFactory)
    person = SubFactory(PersonFactory)
    relation = Relation.RELATIVE
    starts_on = LONG_AGO
    declared_by = SelfAttribute("employee")
