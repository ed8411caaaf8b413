# mypy: disable-error-code="no-untyped-call"
"""Where requests went, disputes, and when units are open."""

from __future__ import annotations

from datetime import time

from factory.declarations import LazyAttribute, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from cases.models import Forwarding, ResponsibilityDispute, UnitDay, UnitHours
from tests.factories.cases import RequestFactory
from tests.factories.people import AT, DAY, LONG_AGO, EmployeeFactory, HouseholdFactory, UnitFactory


class ForwardingFactory(DjangoModelFactory[Forwarding]):
    """A request goes to somebody outside the municipality at `AT`."""

    class Meta:
        model = Forwarding

    request = SubFactory(RequestFactory)
    household = SelfAttribute("request.household")
    from_unit = SelfAttribute("request.unit")
    to_body = "Drammen kommune"
    reason = "Lives there"
    at = AT
    by = SubFactory(EmployeeFactory)


class DisputeFactory(DjangoModelFactory[ResponsibilityDispute]):
    """Undecided since `DAY`, with another municipality."""

    class Meta:
        model = ResponsibilityDispute

    household = SubFactory(HouseholdFactory)
    unit = LazyAttribute(lambda made: made.household.responsibilities.get().unit)
    with_body = "Drammen kommune"
    about = "Where they lived last"
    help_meanwhile = "A room at the guesthouse"
    since = DAY
    leader = SubFactory(EmployeeFactory)
    registered_at = AT
    registered_by = SubFactory(EmployeeFactory)


class UnitHoursFactory(DjangoModelFactory[UnitHours]):
    """Open from nine to three on Mondays since long ago."""

    class Meta:
        model = UnitHours

    unit = SubFactory(UnitFactory)
    weekday = 0
    opens, closes = time(9), time(15)
    starts_on = LONG_AGO


class UnitDayFactory(DjangoModelFactory[UnitDay]):
    """Closed on `DAY`."""

    class Meta:
        model = UnitDay

    unit = SubFactory(UnitFactory)
    day = DAY
    why = "Planning day"
