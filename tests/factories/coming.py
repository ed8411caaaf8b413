# mypy: disable-error-code="no-untyped-call"
"""Valid minimal planned arrivals, and refugees to be settled. Traits name situations."""

from __future__ import annotations

from datetime import timedelta

from factory.declarations import SubFactory, Trait
from factory.django import DjangoModelFactory

from cases.models import RefugeeSettlement, Transition, TransitionKind
from tests.factories.people import DAY, EmployeeFactory, HouseholdFactory


class TransitionFactory(DjangoModelFactory[Transition]):
    """Release in three months, and no home waits."""

    class Meta:
        model = Transition

    household = SubFactory(HouseholdFactory)
    kind = TransitionKind.RELEASE
    known_on = DAY
    expected_on = DAY + timedelta(days=90)
    registered_by = SubFactory(EmployeeFactory)

    class Params:
        prepared = Trait(status="prepared", home="private")
        arrived = Trait(status="arrived", left_on=DAY)
        housed = Trait(status="housed", left_on=DAY, housed_on=DAY)
        fallen = Trait(status="fell_away", ended_on=DAY, ended_because="Moved to another municipality")


class RefugeeSettlementFactory(DjangoModelFactory[RefugeeSettlement]):
    """Decided on, and not answered."""

    class Meta:
        model = RefugeeSettlement

    household = SubFactory(HouseholdFactory)
    decided_on = DAY
