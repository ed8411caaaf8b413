"""Breaks of the rules about loans, grants and their assessments, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from cases.models import LoanStatus
from tests.factories.loans import LoanAssessmentFactory, LoanCaseFactory, LoanConditionFactory, LoanDebtFactory
from tests.factories.people import DAY, LONG_AGO, HouseholdFactory

EARLIER = LONG_AGO - timedelta(days=1)


def _twice(**told: Any) -> None:
    household = HouseholdFactory.create()
    for _ in range(2):
        LoanCaseFactory.create(household=household, **told)


def _one_condition_twice() -> None:
    first = LoanConditionFactory.create()
    LoanConditionFactory.create(loan=first.loan)


OF_LOANS: dict[str, Callable[[], object]] = {
    "loan_kind_is_known": lambda: LoanCaseFactory.create(kind="pawn"),
    "loan_purpose_is_known": lambda: LoanCaseFactory.create(purpose="boat"),
    "loan_status_is_known": lambda: LoanCaseFactory.create(status="lost"),
    "loan_themes_are_known": lambda: LoanCaseFactory.create(talk_on=DAY, themes=["weather"]),
    "loan_explained_on_a_day": lambda: LoanCaseFactory.create(themes=["interest"]),
    "loan_applied_has_its_day": lambda: LoanCaseFactory.create(status=LoanStatus.APPLIED),
    "loan_decided_has_its_day": lambda: LoanCaseFactory.create(is_committed=True, decided_on=None),
    "loan_is_money": lambda: LoanCaseFactory.create(is_committed=True, amount=0),
    "loan_expires_after_it_is_decided": lambda: LoanCaseFactory.create(is_committed=True, expires_on=EARLIER),
    "loan_home_bought_has_day_and_price": lambda: LoanCaseFactory.create(
        is_committed=True, status=LoanStatus.BOUGHT, bought_on=DAY
    ),
    "loan_paid_out_has_its_day": lambda: LoanCaseFactory.create(is_paid=True, paid_on=None),
    "loan_paid_out_after_it_is_decided": lambda: LoanCaseFactory.create(is_paid=True, paid_on=EARLIER),
    "loan_lapsed_says_when_and_why": lambda: LoanCaseFactory.create(status=LoanStatus.LAPSED, ended_on=DAY),
    "loan_one_considered_of_a_kind": _twice,
    "loan_one_granted_a_day": lambda: _twice(is_paid=True),
    "loan_condition_is_known": lambda: LoanConditionFactory.create(condition="beauty"),
    "loan_condition_waived_as_the_law_allows": lambda: LoanConditionFactory.create(
        answer="waived", exception="local_work", because="x"
    ),
    "loan_condition_not_met_says_why": lambda: LoanConditionFactory.create(answer="not_met"),
    "loan_condition_once_a_loan": _one_condition_twice,
    "loan_assessment_repaid_over_years": lambda: LoanAssessmentFactory.create(years=8, interest_only_years=8),
    "loan_assessment_of_an_adult_or_more": lambda: LoanAssessmentFactory.create(adults=0),
    "loan_assessment_rates_are_not_negative": lambda: LoanAssessmentFactory.create(stress_rate=Decimal("3.99")),
    "loan_assessment_coming_income_is_explained": lambda: LoanAssessmentFactory.create(coming_income=1),
    "loan_assessment_longer_time_is_known": lambda: LoanAssessmentFactory.create(long_waiver="boredom"),
    "loan_assessment_ceiling_is_within": lambda: LoanAssessmentFactory.create(ceiling=2_000_001),
    "loan_debt_kind_is_known": lambda: LoanDebtFactory.create(kind="bet"),
    "loan_debt_is_money": lambda: LoanDebtFactory.create(balance=0),
}
