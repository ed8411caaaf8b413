# mypy: disable-error-code="no-untyped-call"
"""Valid minimal places and residences. Traits name situations."""

from __future__ import annotations

from datetime import date

from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from housing.models import (
    Agreement,
    AgreementKind,
    Building,
    Dwelling,
    DwellingFunding,
    DwellingLogEntry,
    DwellingRent,
    FundingKind,
    HomeSource,
    LogKind,
    NeighbourDialogue,
    PlannedHome,
    Provider,
    ProviderKind,
    Residence,
    ResidenceKind,
    Room,
    Tenure,
)
from people.models import Municipality
from tests.factories.people import DAY, KONGSBERG, LONG_AGO, EmployeeFactory, HouseholdFactory


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


class BuildingFactory(DjangoModelFactory[Building]):
    class Meta:
        model = Building

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    name = Sequence(lambda n: f"Block {n}")


class AgreementFactory(DjangoModelFactory[Agreement]):
    """A referral agreement for ten dwellings, four of which may be let."""

    class Meta:
        model = Agreement

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    kind = AgreementKind.REFERRAL
    name = Sequence(lambda n: f"Agreement {n}")
    landlord = SubFactory("tests.factories.leases.LandlordFactory")
    dwelling_total = 10
    share_percent = 40
    whole_under = 5
    starts_on = LONG_AGO
    ends_on = date(LONG_AGO.year + 20, LONG_AGO.month, LONG_AGO.day)


class DwellingFactory(DjangoModelFactory[Dwelling]):
    """Owned since long ago."""

    class Meta:
        model = Dwelling

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    tenure = Tenure.OWNED
    address = Sequence(lambda n: f"Testveien {n}")
    acquired_on = LONG_AGO


class DwellingRentFactory(DjangoModelFactory[DwellingRent]):
    class Meta:
        model = DwellingRent

    dwelling = SubFactory(DwellingFactory)
    starts_on = LONG_AGO
    rent_a_month = 8000


class DwellingFundingFactory(DjangoModelFactory[DwellingFunding]):
    class Meta:
        model = DwellingFunding

    dwelling = SubFactory(DwellingFactory)
    kind = FundingKind.RENTAL_GRANT
    amount = 400_000
    granted_on = LONG_AGO
    committed_years = 20


class DwellingLogEntryFactory(DjangoModelFactory[DwellingLogEntry]):
    class Meta:
        model = DwellingLogEntry

    dwelling = SubFactory(DwellingFactory)
    kind = LogKind.DAMAGE
    happened_on = DAY
    text = "A window is broken"
    by = SubFactory(EmployeeFactory)


class PlannedHomeFactory(DjangoModelFactory[PlannedHome]):
    class Meta:
        model = PlannedHome

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    name = Sequence(lambda n: f"Plot {n}")
    source = HomeSource.BUILT
    expected_on = DAY


class NeighbourDialogueFactory(DjangoModelFactory[NeighbourDialogue]):
    class Meta:
        model = NeighbourDialogue

    planned_home = SubFactory(PlannedHomeFactory)
    on = DAY
    text = "They are told of the plans"
    by = SubFactory(EmployeeFactory)
