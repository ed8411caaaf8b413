"""Bringing a loan or grant to the state that decisions give it. Inside an act."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.loans import CannotLend, record
from cases.actions.tasks import close_tasks_about
from cases.models import (
    UNDECIDED_LOANS,
    Decision,
    DecisionKind,
    DecisionMove,
    LapsedBecause,
    LoanCase,
    LoanKind,
    LoanStatus,
)
from cases.questions.loans import commitment_until, lacking_before_decision, latest_assessment
from people.journal import Act
from people.models import Employee

#: The kinds of loans and grants that a decision of each kind can be about.
DECIDED_BY: dict[str, tuple[LoanKind, ...]] = {
    DecisionKind.START_LOAN: (LoanKind.STARTLAN,),
    DecisionKind.GRANT: (LoanKind.ESTABLISHMENT_GRANT, LoanKind.ADAPTATION_GRANT),
}
_NOT_USED = (LoanStatus.PRELIMINARY, LoanStatus.BIDDING)


def follow_decision(decision: Decision, *, by: Employee, at: datetime) -> None:
    """Commit, refuse or end the loan or grant that a decision is about; nothing where none is registered.

    :raises CannotLend: when something must be done before the decision, or it is above what the household can carry
    """
    loan = _answered(decision)
    if loan is None:
        return
    on = localdate(at)
    if decision.move == DecisionMove.END:
        if loan.status in _NOT_USED:
            _end(loan, on=max(on, decision.starts_on), by=by, at=at)
    elif decision.refuses:
        _refuse(loan, decision, on=on, by=by, at=at)
    else:
        _commit(loan, decision, on=on, by=by, at=at)


def follow_annulment(decision: Decision, *, by: Employee, at: datetime) -> None:
    """What an annulled decision committed or refused, and is not used yet, is to be decided anew."""
    undone = (*_NOT_USED, LoanStatus.REFUSED)
    for loan in LoanCase.objects.filter(decision=decision, status__in=undone).order_by("pk"):
        waiting = LoanCase.objects.filter(household=loan.household_id, status__in=UNDECIDED_LOANS)
        if waiting.filter(kind=loan.kind, purpose=loan.purpose).exists():
            continue
        loan.lose_decision(applied_on=loan.opened_on)
        fields = ["status", "applied_on", "decision", "decided_on", "amount", "expires_on", "bidding_on"]
        loan.save(update_fields=fields)
        close_tasks_about(loan, by=by, at=at)
        record(Act.LOAN_UNDECIDED, loan, by=by, at=at)


def _answered(decision: Decision) -> LoanCase | None:
    """The loan of the decision that this one changes; else one not decided yet, one applied for first; else, for a
    decision that turns a refusal round, the last refused."""
    kinds = DECIDED_BY.get(decision.kind)
    if kinds is None:
        return None
    rows = LoanCase.objects.select_for_update(no_key=True).filter(household=decision.household_id, kind__in=kinds)
    if decision.changes_id is not None:
        changed: LoanCase | None = rows.filter(decision=decision.changes_id).order_by("-pk").first()
        return changed
    found: LoanCase | None = (
        rows.filter(status=LoanStatus.APPLIED).order_by("applied_on", "pk").first()
        or rows.filter(status=LoanStatus.CONSIDERING).order_by("pk").first()
    )
    if found is None and not decision.refuses:
        found = rows.filter(status=LoanStatus.REFUSED).order_by("-decided_on", "-pk").first()
    return found


def _commit(loan: LoanCase, decision: Decision, *, on: date, by: Employee, at: datetime) -> None:
    if loan.status == LoanStatus.CONSIDERING:
        loan.apply(on=on)
        loan.save(update_fields=["status", "applied_on"])
    if loan.status not in (LoanStatus.APPLIED, LoanStatus.REFUSED, *_NOT_USED):
        raise CannotLend(_("The home is bought, or the money is paid out: the commitment cannot be changed any more."))
    _refuse_unready(loan, grants=True, on=on)
    _refuse_above_ceiling(loan, decision)
    until = decision.ends_on - timedelta(days=1) if decision.ends_on else commitment_until(loan.household, on)
    if until < on:
        raise CannotLend(_("The time of the commitment has run out already."), field="ends_on")
    if loan.status in _NOT_USED:
        loan.decision, loan.amount, loan.expires_on = decision, decision.amount, until
        loan.save(update_fields=["decision", "amount", "expires_on"])
    else:
        loan.commit(decision, on=on, until=until)
        loan.save(update_fields=["status", "decision", "decided_on", "amount", "expires_on"])
    record(Act.LOAN_COMMITTED, loan, by=by, at=at, on=on, amount=loan.amount, until=until.isoformat())


def _refuse(loan: LoanCase, decision: Decision, *, on: date, by: Employee, at: datetime) -> None:
    if loan.status not in (*UNDECIDED_LOANS, *_NOT_USED):
        return
    _refuse_unready(loan, grants=False, on=on)
    loan.refuse(decision, on=on)
    loan.save(update_fields=["status", "decision", "decided_on", "amount", "expires_on"])
    close_tasks_about(loan, by=by, at=at)
    record(Act.LOAN_REFUSED, loan, by=by, at=at, on=on)


def _end(loan: LoanCase, *, on: date, by: Employee, at: datetime) -> None:
    loan.lapse(on=on, because=LapsedBecause.OTHER)
    loan.save(update_fields=["status", "ended_on", "lapsed_because"])
    close_tasks_about(loan, by=by, at=at)
    record(Act.LOAN_LAPSED, loan, by=by, at=at, on=on)


def _refuse_unready(loan: LoanCase, *, grants: bool, on: date) -> None:
    if lacking := lacking_before_decision(loan, grants=grants, on=on):
        raise CannotLend(lacking)


def _refuse_above_ceiling(loan: LoanCase, decision: Decision) -> None:
    assessed = latest_assessment(loan)
    if not loan.is_loan or assessed is None or decision.amount is None:
        return
    if decision.amount > assessed.ceiling:
        raise CannotLend(
            _("By the assessment at most %(ceiling)s kroner can be lent. Lower the amount, or assess again.")
            % {"ceiling": assessed.ceiling},
            field="amount",
        )
