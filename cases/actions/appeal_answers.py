"""The body of appeal answers, and the unit carries out what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.appeal_letters import keep_outcome
from cases.actions.appeal_tasks import close_appeal_tasks, open_appeal_task
from cases.actions.appeals import CannotDeal, locked_appeal, paper_of, record, require_at_the_unit
from cases.actions.effects import annul
from cases.actions.recipients import CannotAddress
from cases.appeal_time import consequence_by, forward_by
from cases.models import (
    FINAL,
    Appeal,
    AppealAnswer,
    AppealStatus,
    Consequence,
    Decision,
    DecisionStatus,
    Excuse,
    TaskKind,
)
from cases.questions.law import choices_of
from people.journal import Act
from people.models import Employee
from people.transactions import act


class CannotAnswer(CannotDeal):
    """The appeal waits for no answer, or the answer does not say what it must."""


class CannotCarryOut(CannotDeal):
    """There is nothing to carry out, or it is not done yet."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What the body decided. `consequence` is one of `possible_consequences`."""

    answer: str
    on: date
    consequence: str
    reason: str
    reference: str = ""
    paper_id: int | None = None


#: The letter's outcome for each answer.
_TOLD_AS = {
    AppealAnswer.UPHELD: "upheld",
    AppealAnswer.CHANGED: "overturned",
    AppealAnswer.ANNULLED: "returned",
    AppealAnswer.SENT_BACK: "returned",
    AppealAnswer.DISMISSED: "upheld",
}


def possible_consequences(appeal: Appeal, answer: str) -> list[Consequence]:
    """What an answer can lead to, the usual first."""
    if answer in (AppealAnswer.UPHELD, AppealAnswer.DISMISSED):
        return [Consequence.NONE]
    if appeal.dismissal_id is not None:
        return [Consequence.TRY_APPEAL]
    if answer == AppealAnswer.ANNULLED:
        return [Consequence.ANNUL, Consequence.NEW_DECISION]
    return [Consequence.NEW_DECISION]


@act
def register_answer(
    *, appeal_id: int, told: Answered, by: Employee, at: datetime, version: int | None = None
) -> Appeal:
    """Register what the body decided. What the unit must do gets its deadline and task; nothing to do closes it.

    :raises CannotAnswer: when the appeal is not forwarded, or the answer does not say what it must
    """
    appeal = locked_appeal(appeal_id, by=by, at=at, version=version)
    _refuse_answer(appeal, told, at=at)
    appeal.answer_by_body(answer=told.answer, on=told.on)
    appeal.answer_reason, appeal.answer_reference = told.reason.strip(), told.reference.strip()
    appeal.answer_paper = paper_of(appeal.household, told.paper_id, field="paper")
    appeal.consequence = told.consequence
    is_over = told.consequence == Consequence.NONE
    if is_over:
        appeal.close(on=localdate(at))
    else:
        choices = choices_of(appeal.household.municipality_id)
        appeal.consequence_due_on = consequence_by(told.on, choices=choices)
        open_appeal_task(appeal, TaskKind.CARRY_OUT_APPEAL, due_on=appeal.consequence_due_on, by=by, at=at)
    if told.answer != AppealAnswer.DISMISSED:
        _tell(appeal, by=by, at=at)
    appeal.save()
    record(Act.APPEAL_ANSWERED, appeal, by=by, at=at, on=told.on, answer=told.answer, consequence=told.consequence)
    return appeal


@act
def carry_out(
    *,
    appeal_id: int,
    by: Employee,
    at: datetime,
    decision_id: int | None = None,
    what: str = "",
    version: int | None = None,
) -> Appeal:
    """Mark what came of an appeal as carried out: the new decision is issued, or this annuls, or takes the appeal up.

    :param decision_id: the new decision, where one was required and was not begun by the appeal itself
    :raises CannotCarryOut: when there is nothing to carry out, or the new decision is not issued
    :raises CannotAnnul: when the decision is annulled already
    """
    appeal = locked_appeal(appeal_id, by=by, at=at, version=version)
    if appeal.status not in (AppealStatus.CHANGED, AppealStatus.ANSWERED):
        raise CannotCarryOut(_NOTHING.get(appeal.status, _("The appeal waits for its answer.")))
    match Consequence.NEW_DECISION if appeal.status == AppealStatus.CHANGED else appeal.consequence:
        case Consequence.ANNUL:
            _annul(appeal, by=by, at=at)
        case Consequence.TRY_APPEAL:
            _try(appeal, by=by, at=at)
        case _new_decision:
            _take_decision(appeal, decision_id)
    appeal.carried_out_on, appeal.carried_out = localdate(at), what.strip()
    appeal.close(on=localdate(at))
    appeal.save(update_fields=["status", "closed_on", "carried_out_on", "carried_out", "new_decision"])
    close_appeal_tasks(appeal, by=by, at=at)
    record(Act.APPEAL_CARRIED_OUT, appeal, by=by, at=at, new_decision=appeal.new_decision_id)
    return appeal


_NOTHING: dict[str, Promise] = {
    AppealStatus.CLOSED: _("It is carried out already."),
    AppealStatus.WITHDRAWN: _("The appeal is withdrawn."),
    AppealStatus.DISMISSED: _("The appeal is dismissed."),
    AppealStatus.RECEIVED: _("The appeal is not decided yet."),
    AppealStatus.RECONSIDERING: _("The appeal is not decided yet."),
}


def _refuse_answer(appeal: Appeal, told: Answered, *, at: datetime) -> None:
    if appeal.status in (AppealStatus.RECEIVED, AppealStatus.RECONSIDERING):
        raise CannotAnswer(_("The appeal is not forwarded yet: there is nothing to answer."))
    if appeal.status != AppealStatus.FORWARDED:
        require_at_the_unit(appeal)
    if told.answer not in AppealAnswer.values:
        raise CannotAnswer(_("Choose what they decided."), field="answer")
    if told.on > localdate(at):
        raise CannotAnswer(_("The day is not here yet."), field="on")
    if appeal.forwarded_on is not None and told.on < appeal.forwarded_on:
        raise CannotAnswer(_("That is before the appeal was forwarded."), field="on")
    if not told.reason.strip():
        raise CannotAnswer(_("Write their reasons in short."), field="reason")
    if told.consequence not in possible_consequences(appeal, told.answer):
        raise CannotAnswer(_("That does not follow from what they decided."), field="consequence")


def _tell(appeal: Appeal, *, by: Employee, at: datetime) -> None:
    """Tell the appellant what the body decided; where nobody can be told, the answer is registered all the same."""
    try:
        keep_outcome(appeal, _TOLD_AS[AppealAnswer(appeal.answer)], reason=appeal.answer_reason, by=by, at=at)
    except CannotAddress:
        return


def _annul(appeal: Appeal, *, by: Employee, at: datetime) -> None:
    decision: Decision = Decision.objects.select_for_update(no_key=True).get(pk=appeal.decision_id)
    if decision.status != DecisionStatus.ANNULLED:
        annul(decision, because=gettext("Annulled by the body of appeal."), by=by, at=at)


def _try(appeal: Appeal, *, by: Employee, at: datetime) -> None:
    """Take the dismissed appeal up again, as the body decided."""
    first: Appeal = Appeal.objects.select_for_update(no_key=True).get(pk=appeal.dismissal_id)
    if first.status != AppealStatus.DISMISSED:
        raise CannotCarryOut(_("That appeal is taken up already."))
    choices = choices_of(appeal.household.municipality_id)
    first.household = appeal.household
    first.take_up_again(by=by)
    first.due_on = forward_by(localdate(at), choices=choices)
    if first.is_late:
        first.excuse, first.excuse_reason = Excuse.BODY_DECIDED, appeal.answer_reason
    first.save(update_fields=["status", "assessed_by", "due_on", "excuse", "excuse_reason"])
    open_appeal_task(first, TaskKind.ANSWER_APPEAL, due_on=first.due_on, by=by, at=at)
    record(Act.APPEAL_TAKEN_UP, first, by=by, at=at, excuse=first.excuse)


def _take_decision(appeal: Appeal, decision_id: int | None) -> None:
    """The new decision stands: issued since, and on the same matter."""
    if decision_id is not None:
        found = Decision.objects.filter(pk=decision_id, household=appeal.household_id, kind=appeal.decision.kind)
        appeal.new_decision = found.exclude(pk=appeal.decision_id).first()
    decision = appeal.new_decision
    if decision is None:
        raise CannotCarryOut(_("Say which new decision carries it out."), field="decision")
    since = appeal.answered_on or appeal.changed_on
    is_issued = decision.status in FINAL and decision.status != DecisionStatus.ANNULLED
    if not is_issued or decision.issued_at is None or since is None or localdate(decision.issued_at) < since:
        raise CannotCarryOut(_("The new decision is not issued yet."), field="decision")
