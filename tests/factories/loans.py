# mypy: disable-error-code="no-untyped-call"
"""Valid minimal loans and grants, and what is judged and assessed about them."""

from __future__ import annotations

from decimal import Decimal

from factory.declarations import SubFactory, Trait
from factory.django import DjangoModelFactory

from cases.models import (
    ConditionAnswer,
    DebtKind,
    LoanAssessment,
    LoanCase,
    LoanCondition,
    LoanConditionMet,
    LoanDebt,
    LoanKind,
    LoanPurpose,
    LoanStatus,
)
from tests.factories.people import DAY, LONG_AGO, EmployeeFactory, HouseholdFactory


class LoanCaseFactory(DjangoModelFactory[LoanCase]):
    """A start loan to buy a home with, being considered. Traits for how far it has come."""

    class Meta:
        model = LoanCase

    class Params:
        is_applied = Trait(status=LoanStatus.APPLIED, applied_on=LONG_AGO)
        is_committed = Trait(status=LoanStatus.PRELIMINARY, applied_on=LONG_AGO, decided_on=LONG_AGO, amount=2_000_000)
        is_paid = Trait(status=LoanStatus.PAID_OUT, decided_on=LONG_AGO, amount=2_000_000, paid_on=DAY)

    household = SubFactory(HouseholdFactory)
    kind = LoanKind.STARTLAN
    purpose = LoanPurpose.PURCHASE
    status = LoanStatus.CONSIDERING
    opened_on = LONG_AGO


class LoanConditionFactory(DjangoModelFactory[LoanConditionMet]):
    class Meta:
        model = LoanConditionMet

    loan = SubFactory(LoanCaseFactory)
    condition = LoanCondition.NO_BANK_LOAN
    answer = ConditionAnswer.MET
    judged_on = DAY
    by = SubFactory(EmployeeFactory)


class LoanAssessmentFactory(DjangoModelFactory[LoanAssessment]):
    """One adult with 30,000 kroner a month, 15,500 of them left: the first example of docs/ability.md."""

    class Meta:
        model = LoanAssessment

    loan = SubFactory(LoanCaseFactory)
    made_on = DAY
    by = SubFactory(EmployeeFactory)
    adults = 1
    benefits = 30_000
    living_costs = 9_000
    living_floor = 7_850
    other_costs = 1_500
    home_costs = 4_000
    rent_now = 12_000
    cost = 2_000_000
    policy_rate = Decimal("4.00")
    stress_rate = Decimal("6.50")
    offered_rate = Decimal("5.00")
    years = 30
    left = 15_500
    carried = 2_452_267
    need = 2_000_000
    ceiling = 2_000_000


class LoanDebtFactory(DjangoModelFactory[LoanDebt]):
    class Meta:
        model = LoanDebt

    assessment = SubFactory(LoanAssessmentFactory)
    kind = DebtKind.CONSUMER
    balance = 50_000
    payment = 1_500
