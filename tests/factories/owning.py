# mypy: disable-error-code="no-untyped-call"
"""Valid minimal evictions to be averted, and agreements on the way to owning."""

from __future__ import annotations

from datetime import timedelta

from factory.declarations import SelfAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from cases.models import (
    ContactWay,
    EvictionBecause,
    EvictionCase,
    EvictionContact,
    EvictionMeasure,
    EvictionMeasureKind,
    EvictionNoticeFrom,
    OwningAgreement,
    OwningContact,
    OwningPayment,
    OwningPaymentKind,
    OwningPotential,
    OwningRescue,
    OwningWay,
    PotentialCriterion,
    PotentialPoint,
    PurchaseStep,
    PurchaseStepDone,
    RescueKind,
)
from housing.models import ResidenceKind
from tests.factories.housing import ResidenceFactory
from tests.factories.leases import TenancyFactory
from tests.factories.people import DAY, EmployeeFactory, HouseholdFactory


class EvictionCaseFactory(DjangoModelFactory[EvictionCase]):
    """Petitioned for and learnt of today from the enforcement officer, and open."""

    class Meta:
        model = EvictionCase

    household = SubFactory(HouseholdFactory)
    notice_from = EvictionNoticeFrom.ENFORCEMENT_OFFICER
    because = EvictionBecause.RENT_UNPAID
    learnt_on = DAY
    petitioned_on = SelfAttribute("learnt_on")


class EvictionContactFactory(DjangoModelFactory[EvictionContact]):
    class Meta:
        model = EvictionContact

    eviction = SubFactory(EvictionCaseFactory)
    on = DAY
    way = ContactWay.PHONE
    reached = True
    by = SubFactory(EmployeeFactory)


class EvictionMeasureFactory(DjangoModelFactory[EvictionMeasure]):
    class Meta:
        model = EvictionMeasure

    eviction = SubFactory(EvictionCaseFactory)
    kind = EvictionMeasureKind.PAYMENT_PLAN
    starts_on = DAY
    by = SubFactory(EmployeeFactory)


class OwningAgreementFactory(DjangoModelFactory[OwningAgreement]):
    """Rent to own over five years, agreed today, of a private tenancy; or bought today and lived in."""

    class Meta:
        model = OwningAgreement

    class Params:
        is_bought = Trait(
            status="purchased",
            purchased_on=DAY,
            home=SubFactory(
                ResidenceFactory,
                household=SelfAttribute("..household"),
                kind=ResidenceKind.OWNED,
                starts_on=DAY,
            ),
            tenancy__residence__ends_on=DAY,
        )

    tenancy = SubFactory(TenancyFactory)
    household = SelfAttribute("tenancy.residence.household")
    way = OwningWay.RENT_TO_OWN
    agreed_on = DAY
    option_price = 2_100_000
    option_until = DAY + timedelta(days=5 * 365)
    years = 5


class OwningPaymentFactory(DjangoModelFactory[OwningPayment]):
    class Meta:
        model = OwningPayment

    agreement = SubFactory(OwningAgreementFactory)
    kind = OwningPaymentKind.SAVED
    month = DAY.replace(day=1)
    amount = 1500
    by = SubFactory(EmployeeFactory)


class OwningPotentialFactory(DjangoModelFactory[OwningPotential]):
    class Meta:
        model = OwningPotential

    agreement = SubFactory(OwningAgreementFactory)
    made_on = DAY
    by = SubFactory(EmployeeFactory)


class PotentialPointFactory(DjangoModelFactory[PotentialPoint]):
    class Meta:
        model = PotentialPoint

    potential = SubFactory(OwningPotentialFactory)
    criterion = PotentialCriterion.RENT
    points = 2
    reason = "Paid every month"


class PurchaseStepDoneFactory(DjangoModelFactory[PurchaseStepDone]):
    class Meta:
        model = PurchaseStepDone

    agreement = SubFactory(OwningAgreementFactory)
    step = PurchaseStep.ECONOMY
    done_on = DAY
    by = SubFactory(EmployeeFactory)


class OwningRescueFactory(DjangoModelFactory[OwningRescue]):
    class Meta:
        model = OwningRescue

    agreement = SubFactory(OwningAgreementFactory)
    kind = RescueKind.INTEREST_ONLY
    starts_on = DAY
    by = SubFactory(EmployeeFactory)


class OwningContactFactory(DjangoModelFactory[OwningContact]):
    class Meta:
        model = OwningContact

    agreement = SubFactory(OwningAgreementFactory)
    on = DAY
    pays = True
    by = SubFactory(EmployeeFactory)
