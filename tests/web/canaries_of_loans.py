"""Canaries in everything that is written of a household's loans and grants."""

from __future__ import annotations

from datetime import date, timedelta

from cases.models import ConditionAnswer, LoanKind, LoanStatus
from people.models import Employee, Household, Unit
from tests.factories.loans import LoanAssessmentFactory, LoanCaseFactory, LoanConditionFactory, LoanDebtFactory


def lent(household: Household, text: str, *, unit: Unit, by: Employee, today: date) -> None:
    """A loan they bid with and a grant that was paid, each with what was written of it."""
    since = today - timedelta(days=30)
    loan = LoanCaseFactory.create(
        household=household,
        unit=unit,
        status=LoanStatus.BIDDING,
        opened_on=since,
        decided_on=since,
        amount=1_900_000,
        expires_on=today + timedelta(days=5),
        bidding_on=today,
        startskudd_ref=text[:40],
        child_interest=text,
        note=text,
    )
    LoanConditionFactory.create(loan=loan, answer=ConditionAnswer.NOT_MET, because=text, judged_on=today, by=by)
    assessed = LoanAssessmentFactory.create(
        loan=loan, made_on=today, by=by, coming_income=1000, coming_because=text, note=text
    )
    LoanDebtFactory.create(assessment=assessed)
    LoanCaseFactory.create(
        household=household,
        unit=unit,
        kind=LoanKind.ESTABLISHMENT_GRANT,
        is_paid=True,
        opened_on=since,
        decided_on=since,
        amount=100_000,
        paid_on=today,
        note=text,
    )
