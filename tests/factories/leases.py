# mypy: disable-error-code="no-untyped-call"
"""Valid minimal landlords, tenancies and what stands good for them."""

from __future__ import annotations

from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cases.models import PrivateHelp, PrivateHelpKind, Security, SecurityKind
from housing.models import Landlord, Lease, ResidenceKind, Tenancy, TenancyRent
from people.models import Municipality
from tests.factories.housing import ResidenceFactory
from tests.factories.people import DAY, KONGSBERG, LONG_AGO, EmployeeFactory, HouseholdFactory


class LandlordFactory(DjangoModelFactory[Landlord]):
    class Meta:
        model = Landlord

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    name = Sequence(lambda n: f"Landlord {n}")
    contact_name = "Kari Kontakt"
    phone = "22 22 22 22"


class TenancyFactory(DjangoModelFactory[Tenancy]):
    """A private tenancy without end since long ago. For another, give `residence__kind` and what it needs."""

    class Meta:
        model = Tenancy

    residence = SubFactory(ResidenceFactory, kind=ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)
    signed_on = LONG_AGO


class TenancyRentFactory(DjangoModelFactory[TenancyRent]):
    class Meta:
        model = TenancyRent

    tenancy = SubFactory(TenancyFactory)
    starts_on = SelfAttribute("tenancy.residence.starts_on")
    rent_a_month = 9000


class SecurityFactory(DjangoModelFactory[Security]):
    """A guarantee by the municipality that still stands."""

    class Meta:
        model = Security

    tenancy = SubFactory(TenancyFactory)
    household = SelfAttribute("tenancy.residence.household")
    kind = SecurityKind.GUARANTEE
    amount = 27000
    given_on = LONG_AGO


class PrivateHelpFactory(DjangoModelFactory[PrivateHelp]):
    class Meta:
        model = PrivateHelp

    household = SubFactory(HouseholdFactory)
    kind = PrivateHelpKind.VIEWING_FOUND
    on = DAY
    by = SubFactory(EmployeeFactory)
