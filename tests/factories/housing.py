# mypy: disable-error-code="no-untyped-call"
"""Valid minimal places and residences. Traits name situations."""

from __future__ import annotations

from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from housing.models import Provider, ProviderKind, Residence, ResidenceKind, Room
from people.models import Municipality
from tests.factories.people import KONGSBERG, LONG_AGO, HouseholdFactory


class ProviderFactory(DjangoModelFactory[Provider]):
    class Meta:
        model = Provider

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    name = Sequence(lambda n: f"Guesthouse {n}")
    kind = ProviderKind.TEMPORARY


class RoomFactory(DjangoModelFactory[Room]):
    class Meta:
        model = Room

    provider = SubFactory(ProviderFactory)
    name = Sequence(lambda n: f"{n}")


class ResidenceFactory(DjangoModelFactory[Residence]):
    """Without a roof since long ago. `is_placed`: at a provider. Spells are the test's to refresh."""

    class Meta:
        model = Residence

    class Params:
        is_placed = Trait(kind=ResidenceKind.TEMPORARY, provider=SubFactory(ProviderFactory))

    household = SubFactory(HouseholdFactory)
    municipality = SelfAttribute("household.municipality")
    kind = ResidenceKind.ROUGH
    starts_on = LONG_AGO
