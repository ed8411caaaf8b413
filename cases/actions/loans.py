"""A loan or grant before it is decided: considered, applied for, explained, its conditions judged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.tasks import unit_of
from cases.law.loans import CONDITIONS
from cases.models import (
    UNDECIDED_LOANS,
    ConditionAnswer,
    LoanCase,
    LoanCondition,
    LoanConditionMet,
    LoanKind,
    LoanPurpose,
    LoanStatus,
    LoanTheme,
)
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotLend(Refusal):
    """The loan or grant cannot be dealt with so."""


@dataclass(frozen=True, kw_only=True)
class NewLoan:
    """What is considered. `applied_on` when the application has come in already."""

    kind: LoanKind | str
    purpose: LoanPurpose | str
    startskudd_ref: str = ""
    applied_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """How one condition is judged: `exception` when it is waived, `because` unless it is met."""

    answer: ConditionAnswer | str
    exception: str = ""
    because: str = ""


@act
def consider_loan(
    *, household_id: int, new: NewLoan, by: Employee, at: datetime, version: int | None = None
) -> LoanCase:
    """Begin to consider a loan or grant, applied for or not yet.

    :raises CannotLend: without a kind or purpose, with a day ahead, or when such a one waits for its decision already
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    today = localdate(at)
    if new.kind not in LoanKind.values:
        raise CannotLend(_("Choose a loan or a grant."), field="kind")
    if new.purpose not in LoanPurpose.values:
        raise CannotLend(_("Choose what it is for."), field="purpose")
    if new.purpose == LoanPurpose.REFINANCING and new.kind != LoanKind.STARTLAN:
        raise CannotLend(_("Only a start loan can refinance."), field="purpose")
    _refuse_ahead(new.applied_on, today=today, field="applied_on")
    waiting = LoanCase.objects.filter(household=household, status__in=UNDECIDED_LOANS)
    if waiting.filter(kind=new.kind, purpose=new.purpose).exists():
        raise CannotLend(_("The household has such a loan or grant that is not decided yet."), field="kind")
    loan: LoanCase = LoanCase(
        household=household,
        unit=unit_of(household, on=today),
        kind=new.kind,
        purpose=new.purpose,
        opened_on=min(today, new.applied_on or today),
        startskudd_ref=new.startskudd_ref.strip(),
        note=new.note.strip(),
    )
    if new.applied_on is not None:
        loan.apply(on=new.applied_on)
    loan.save()
    record(Act.LOAN_OPENED, loan, by=by, at=at, on=loan.opened_on)
    return loan


@act
def register_application(
    *,
    loan_id: int,
    on: date,
    by: Employee,
    at: datetime,
    startskudd_ref: str = "",
    version: int | None = None,
) -> LoanCase:
    """The application has come in, in Startskudd.

    :raises CannotLend: when it came before, or the day is ahead
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    if loan.status != LoanStatus.CONSIDERING:
        raise CannotLend(_("It is applied for already."))
    _refuse_ahead(on, today=localdate(at), field="on")
    loan.apply(on=on)
    loan.opened_on = min(loan.opened_on, on)
    loan.startskudd_ref = startskudd_ref.strip() or loan.startskudd_ref
    loan.save(update_fields=["status", "applied_on", "opened_on", "startskudd_ref"])
    record(Act.LOAN_APPLIED, loan, by=by, at=at, on=on)
    return loan


@act
def explain_loan(
    *,
    loan_id: int,
    talk_on: date | None,
    themes: Collection[str],
    debt_register_on: date | None,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> LoanCase:
    """Record the talk by word of mouth, what was explained in it, and the look in the debt register.

    :raises CannotLend: when it is decided, a day is ahead, or something was explained on no day
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    require_undecided(loan)
    _refuse_ahead(talk_on, today=localdate(at), field="talk_on")
    _refuse_ahead(debt_register_on, today=localdate(at), field="debt_register_on")
    if themes and talk_on is None:
        raise CannotLend(_("Say on which day it was explained."), field="talk_on")
    if talk_on is not None and not themes:
        raise CannotLend(_("Say what was explained in the talk."), field="themes")
    if not set(themes) <= set(LoanTheme.values):
        raise CannotLend(_("Choose among what is to be explained."), field="themes")
    loan.talk_on, loan.debt_register_on = talk_on, debt_register_on
    loan.themes = [theme for theme in LoanTheme.values if theme in themes]
    loan.save(update_fields=["talk_on", "debt_register_on", "themes"])
    record(Act.LOAN_EXPLAINED, loan, by=by, at=at, on=talk_on or debt_register_on, themes=loan.themes)
    return loan


@act
def judge_loan(
    *,
    loan_id: int,
    judged: dict[str, Judgement],
    child_interest: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> LoanCase:
    """Judge the conditions for a start loan, each met, waived by an exception that the law names, or not met; and weigh
    each child's best interest.

    :raises CannotLend: when it is decided, a grant, or an answer lacks its exception or its reason
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    require_undecided(loan)
    if not loan.is_loan:
        raise CannotLend(_("The conditions are those of a start loan."))
    for code, told in judged.items():
        _refuse_judgement(code, told)
    for code, told in judged.items():
        is_waived = told.answer == ConditionAnswer.WAIVED
        LoanConditionMet.objects.update_or_create(
            loan=loan,
            condition=code,
            defaults={
                "answer": told.answer,
                "exception": told.exception if is_waived else "",
                "because": told.because.strip(),
                "judged_on": localdate(at),
                "by": by,
            },
        )
    loan.child_interest = child_interest.strip()
    loan.save(update_fields=["child_interest"])
    answers = {code: str(told.answer) for code, told in judged.items()}
    record(Act.LOAN_JUDGED, loan, by=by, at=at, answers=answers)
    return loan


def locked_loan(loan_id: int, *, by: Employee, at: datetime, version: int | None = None) -> LoanCase:
    """The loan with its household locked, read after the lock: how every act on a loan begins.

    :raises Http404: when there is none that the employee may see
    """
    household_id = LoanCase.objects.filter(pk=loan_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    loan: LoanCase = LoanCase.objects.select_for_update(no_key=True).get(pk=loan_id)
    loan.household = household
    return loan


def require_undecided(loan: LoanCase) -> None:
    """:raises CannotLend: once it is decided or has lapsed"""
    if not loan.is_undecided:
        raise CannotLend(_("It is decided, and stands as it was assessed then."))


def record(
    what: Act, loan: LoanCase, *, by: Employee, at: datetime, on: date | None = None, reason: str = "", **more: Any
) -> None:
    """A line in the journal on a loan or grant."""
    journal.record(
        what,
        household_id=loan.household_id,
        subject=loan,
        by=by,
        at=at,
        on=on or localdate(at),
        reason=reason,
        details={"kind": loan.kind, "purpose": loan.purpose, **more},
    )


def _refuse_judgement(code: str, told: Judgement) -> None:
    if code not in CONDITIONS or told.answer not in ConditionAnswer.values:
        raise CannotLend(_("Choose how the condition is judged."), field=f"{code}_answer")
    if told.answer == ConditionAnswer.WAIVED:
        if not CONDITIONS[code].exceptions:
            raise CannotLend(_("This condition can never be waived."), field=f"{code}_answer")
        if told.exception not in CONDITIONS[code].exceptions:
            raise CannotLend(_("Choose an exception that waives this condition."), field=f"{code}_exception")
    if told.answer != ConditionAnswer.MET and not told.because.strip():
        label = LoanCondition(code).label
        raise CannotLend(_("Say why: %(condition)s.") % {"condition": label}, field=f"{code}_because")


def _refuse_ahead(day: date | None, *, today: date, field: str) -> None:
    if day is not None and day > today:
        raise CannotLend(_("That day has not come."), field=field)
