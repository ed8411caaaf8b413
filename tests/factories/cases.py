# mypy: disable-error-code="no-untyped-call"
"""Valid minimal cases and what belongs to them. Traits name situations."""

from __future__ import annotations

from factory.declarations import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from cases.models import Case, Request
from tests.factories.people import AT, LONG_AGO, EmployeeFactory, HouseholdFactory, UnitFactory


class CaseFactory(DjangoModelFactory[Case]):
    """An open case in its first state, whatever the household's residences say."""

    class Meta:
        model = Case

    household = SubFactory(HouseholdFactory)
    municipality = SelfAttribute("household.municipality")
    opened_on = LONG_AGO


class RequestFactory(DjangoModelFactory[Request]):
    """Somebody asks at the counter at `AT`, and has no answer yet."""

    class Meta:
        model = Request

    household = SubFactory(HouseholdFactory)
    unit = SubFactory(UnitFactory)
    asked_at = AT
    received_by = SubFactory(EmployeeFactory)
