"""Valid minimal people, households and employees. Traits name situations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from people.models import (
    Assignment,
    AssignmentRole,
    Employee,
    Grant,
    GrantKind,
    Household,
    Member,
    MemberRole,
    Municipality,
    Person,
    Protection,
    Responsibility,
    Role,
    RoleGrant,
    Unit,
)

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

    municipality = factory.LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    name = factory.Sequence(lambda n: f"NAV {n}")


class EmployeeFactory(DjangoModelFactory[Employee]):
    class Meta:
        model = Employee

    username = factory.Sequence(lambda n: f"employee{n}")
    name = factory.Sequence(lambda n: f"Employee {n}")


class RoleGrantFactory(DjangoModelFactory[RoleGrant]):
    class Meta:
        model = RoleGrant

    employee = factory.SubFactory(EmployeeFactory)
    role = Role.CASEWORKER
    unit = factory.SubFactory(UnitFactory)
    starts_on = LONG_AGO
    granted_by = factory.SubFactory(EmployeeFactory)
    reason = "Works here"


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
        is_child = factory.Trait(born_on=date(2018, 6, 1))
        is_young = factory.Trait(born_on=date(2004, 6, 1))
        is_shielded = factory.Trait(protection=Protection.STRICTLY_CONFIDENTIAL)

    name = factory.Sequence(lambda n: f"Person {n}")
    born_on = date(1985, 5, 1)


class MemberFactory(DjangoModelFactory[Member]):
    class Meta:
        model = Member

    class Params:
        is_child = factory.Trait(role=MemberRole.CHILD, person=factory.SubFactory(PersonFactory, is_child=True))

    household = factory.SubFactory("tests.factories.people.HouseholdFactory")
    person = factory.SubFactory(PersonFactory)
    role = MemberRole.APPLICANT
    starts_on = LONG_AGO


class ResponsibilityFactory(DjangoModelFactory[Responsibility]):
    class Meta:
        model = Responsibility

    household = factory.SubFactory("tests.factories.people.HouseholdFactory", responsibility=None)
    unit = factory.SubFactory(UnitFactory)
    starts_on = LONG_AGO


class HouseholdFactory(DjangoModelFactory[Household]):
    """One applicant, known to one unit since long ago. `unit=`, `applicant=None` (nobody in it), `applicant__person=`."""

    class Meta:
        model = Household
        skip_postgeneration_save = True

    class Params:
        unit = factory.SubFactory(UnitFactory)

    municipality = factory.SelfAttribute("unit.municipality")
    responsibility = factory.RelatedFactory(
        ResponsibilityFactory, factory_related_name="household", unit=factory.SelfAttribute("..unit")
    )
    applicant = factory.RelatedFactory(MemberFactory, factory_related_name="household")


class AssignmentFactory(DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    employee = factory.SubFactory(EmployeeFactory)
    household = factory.SubFactory(HouseholdFactory)
    role = AssignmentRole.OWNER
    starts_on = LONG_AGO


class GrantFactory(DjangoModelFactory[Grant]):
    """Leave to read for the hour after `AT`."""

    class Meta:
        model = Grant

    employee = factory.SubFactory(EmployeeFactory)
    household = factory.SubFactory(HouseholdFactory)
    kind = GrantKind.ON_DUTY
    reason = "Called at the counter"
    granted_by = factory.SelfAttribute("employee")
    granted_at = AT
    expires_at = AT + timedelta(hours=1)
