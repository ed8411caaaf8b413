# mypy: disable-error-code="no-untyped-call"
"""Valid minimal follow-up services, evaluations, warnings and allowances."""

from __future__ import annotations

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from cases.models import (
    AllowanceCheck,
    AllowanceFinding,
    ContactKind,
    ContactOutcome,
    EarlyWarning,
    FidelityPoint,
    FidelityScore,
    FollowUpContact,
    FollowUpEvaluation,
    FollowUpKind,
    FollowUpService,
    HousingAllowance,
    HowItGoes,
    WarningSign,
)
from tests.factories.people import DAY, LONG_AGO, EmployeeFactory, HouseholdFactory


class FollowUpServiceFactory(DjangoModelFactory[FollowUpService]):
    """Offered long ago and not answered. One that is given has `starts_on` and `intensity` too."""

    class Meta:
        model = FollowUpService

    household = SubFactory(HouseholdFactory)
    kind = FollowUpKind.HOUSING_SUPPORT
    offered_on = LONG_AGO


class FollowUpContactFactory(DjangoModelFactory[FollowUpContact]):
    class Meta:
        model = FollowUpContact

    service = SubFactory(FollowUpServiceFactory, starts_on=LONG_AGO, intensity="weekly")
    on = DAY
    kind = ContactKind.HOME_VISIT
    outcome = ContactOutcome.MET
    by = SubFactory(EmployeeFactory)


class FollowUpEvaluationFactory(DjangoModelFactory[FollowUpEvaluation]):
    class Meta:
        model = FollowUpEvaluation

    household = SubFactory(HouseholdFactory)
    moved_in_on = LONG_AGO
    months = 3
    held_on = DAY
    how = HowItGoes.WELL
    by = SubFactory(EmployeeFactory)


class FidelityScoreFactory(DjangoModelFactory[FidelityScore]):
    class Meta:
        model = FidelityScore

    evaluation = SubFactory(FollowUpEvaluationFactory)
    point = FidelityPoint.CHOICE
    score = 4


class EarlyWarningFactory(DjangoModelFactory[EarlyWarning]):
    class Meta:
        model = EarlyWarning

    household = SubFactory(HouseholdFactory)
    sign = WarningSign.RENT_LATE
    seen_on = DAY
    by = SubFactory(EmployeeFactory)


class HousingAllowanceFactory(DjangoModelFactory[HousingAllowance]):
    """Applied for and not answered."""

    class Meta:
        model = HousingAllowance

    household = SubFactory(HouseholdFactory)
    applied_on = DAY


class AllowanceCheckFactory(DjangoModelFactory[AllowanceCheck]):
    class Meta:
        model = AllowanceCheck

    household = SubFactory(HouseholdFactory)
    on = DAY
    finding = AllowanceFinding.MAY_BE_ENTITLED
    by = SubFactory(EmployeeFactory)
