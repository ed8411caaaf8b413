"""Beginning a decision of any kind, and the ways a draft goes before it is issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import law
from cases.actions.calendar import case_to_act_on
from cases.actions.decisions import (
    CannotDraft,
    CannotIssue,
    DecisionParts,
    asks_for_two,
    children_of,
    fill,
    give_orally,
    issue,
    locked_decision,
    missing_parts,
    record,
    refuse_what_changes_nothing,
)
from cases.actions.tasks import close_tasks_about, open_task, unit_of
from cases.models import (
    GRANTING,
    Appeal,
    Decision,
    DecisionKind,
    DecisionMove,
    DecisionResult,
    DecisionStatus,
    Request,
    TaskKind,
)
from cases.questions.law import choices_of
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act
from people.working_days import next_working_day

#: Who may approve: somebody on the case, or its leader.
MAY_APPROVE = (Permission.CHANGE_HOUSEHOLD, Permission.APPROVE_DECISIONS)


class CannotApprove(Refusal):
    """The decision does not wait for this employee's approval."""


@dataclass(frozen=True)
class NewDecision:
    """What is decided: the matter, the result and the half-open period. `basis` left out is the
    municipality's own; a refusal is about the day that it is begun."""

    kind: str
    result: str
    move: str = DecisionMove.NEW
    basis: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    changes_id: int | None = None
    request_id: int | None = None


@act
def begin_decision(
    *, household_id: int, new: NewDecision, by: Employee, at: datetime, version: int | None = None
) -> Decision:
    """Begin a decision of any kind as a draft, to be written, perhaps approved, and issued.

    :raises NoOpenCase: when the case is closed
    :raises CannotDraft: when the law knows no such decision on that day, or what it changes or answers is not there
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case = case_to_act_on(household, by=by, at=at)
    on = localdate(at)
    basis = _basis(new, household, on=on)
    changed = _changed(new, household)
    _refuse_period(new)
    starts_on = new.starts_on or on
    decision: Decision = Decision(
        household=household,
        case=case,
        unit=unit_of(household, on=on),
        kind=new.kind,
        move=new.move,
        result=new.result,
        basis=basis.code,
        changes=changed,
        request=_request(new, household),
        provider=changed.provider if changed and new.result in GRANTING else None,
        room=changed.room if changed and new.result in GRANTING else None,
        price_a_night=changed.price_a_night if changed else 0,
        starts_on=starts_on,
        ends_on=new.ends_on,
        has_children=bool(children_of(household, on=starts_on)),
        needs_approval=law.needs_two_persons(
            kind=new.kind, result=new.result, on=on, choices=choices_of(household.municipality_id)
        ),
        drafted_by=by,
    )
    decision.save()
    record(Act.DECISION_DRAFTED, decision, by=by, at=at)
    return decision


@act
def discard_draft(*, decision_id: int, by: Employee, at: datetime, version: int | None = None) -> Decision:
    """Take away a draft that is not to become a decision. What was written stands in its history.

    :raises CannotDraft: when it is no draft, or an appeal led to it
    """
    decision = locked_decision(decision_id, by=by, at=at, version=version)
    if decision.status != DecisionStatus.DRAFT:
        raise CannotDraft(_("Only a draft can be discarded."))
    if Appeal.objects.filter(new_decision=decision).exists():
        raise CannotDraft(_("An appeal led to this draft: write it, and issue it."))
    record(Act.DECISION_DISCARDED, decision, by=by, at=at)
    decision.delete()
    return decision


@act
def tell_decision(*, decision_id: int, by: Employee, at: datetime, version: int | None = None) -> Decision:
    """Give a draft by word of mouth because it cannot wait; a task opens to write it down.

    :raises CannotDraft: when it is no draft, or two persons must stand behind it
    :raises CannotIssue: when what it changes does not run any more
    """
    decision = locked_decision(decision_id, by=by, at=at, version=version)
    if decision.status != DecisionStatus.DRAFT:
        raise CannotDraft(_("Only a draft can be given by word of mouth."))
    if decision.needs_approval or asks_for_two(decision, on=localdate(at)):
        raise CannotDraft(_("Two persons stand behind this decision: it cannot be given by word of mouth."))
    refuse_what_changes_nothing(decision)
    give_orally(decision, by=by, at=at)
    return decision


@act
def submit_decision(
    *, decision_id: int, parts: DecisionParts, by: Employee, at: datetime, version: int | None = None
) -> Decision:
    """Send a whole draft to somebody else for approval.

    :raises CannotIssue: when a part is missing, or it is no draft
    """
    decision = locked_decision(decision_id, by=by, at=at, version=version)
    if decision.status != DecisionStatus.DRAFT:
        raise CannotIssue(_("Only a draft can be sent for approval."))
    fill(decision, parts)
    if missing := missing_parts(decision, on=localdate(at)):
        raise CannotIssue(_("Write the parts that are missing first."), field=missing[0])
    decision.needs_approval = True
    decision.submit(by=by, at=at)
    decision.save(update_fields=["status", "needs_approval", "submitted_by", "submitted_at"])
    open_task(
        household=decision.household,
        kind=TaskKind.APPROVE_DECISION,
        due_on=next_working_day(localdate(at)),
        subject=decision,
        for_leader=True,
        by=by,
        at=at,
    )
    record(Act.DECISION_SUBMITTED, decision, by=by, at=at)
    return decision


@act
def approve_decision(*, decision_id: int, by: Employee, at: datetime, version: int | None = None) -> Decision:
    """Stand behind a colleague's decision: it is issued as it was sent, with its letters.

    :raises CannotApprove: when it does not wait, or whoever wrote or sent it approves
    :raises CannotIssue: when the facts changed meanwhile
    """
    decision = locked_decision(decision_id, MAY_APPROVE, by=by, at=at, version=version)
    _refuse_to_approve(decision, by=by)
    issue(decision, by=by, at=at)
    return decision


@act
def send_back_decision(
    *, decision_id: int, because: str, by: Employee, at: datetime, version: int | None = None
) -> Decision:
    """Send a decision back to whoever wrote it, saying what is to be better; whoever sent it may take it back.

    :raises CannotApprove: when it does not wait, or no reason is given
    """
    decision = locked_decision(decision_id, MAY_APPROVE, by=by, at=at, version=version)
    if decision.status != DecisionStatus.SUBMITTED:
        raise CannotApprove(_("The decision does not wait for approval."))
    if not because.strip():
        raise CannotApprove(_("Say what is to be written better."), field="because")
    decision.send_back(because=because.strip())
    decision.save(update_fields=["status", "submitted_by", "submitted_at", "sent_back_because"])
    close_tasks_about(decision, TaskKind.APPROVE_DECISION, by=by, at=at)
    record(Act.DECISION_SENT_BACK, decision, by=by, at=at)
    return decision


def _refuse_to_approve(decision: Decision, *, by: Employee) -> None:
    if decision.status == DecisionStatus.ISSUED:
        raise CannotApprove(_("A colleague has approved the decision already."))
    if decision.status != DecisionStatus.SUBMITTED:
        raise CannotApprove(_("The decision does not wait for approval."))
    if by.pk in (decision.submitted_by_id, decision.drafted_by_id):
        raise CannotApprove(_("You wrote or sent this decision yourself: somebody else must approve it."))


def _basis(new: NewDecision, household: Household, *, on: date) -> law.Basis:
    if new.kind not in DecisionKind.values:
        raise CannotDraft(_("Choose what is decided."), field="kind")
    possible = law.bases(new.kind, on=on, choices=choices_of(household.municipality_id))
    found = next((one for one in possible if new.basis in ("", one.code)), None)
    if found is None:
        raise CannotDraft(_("Such a decision cannot be founded on this."), field="basis")
    return found


def _changed(new: NewDecision, household: Household) -> Decision | None:
    """The decision that this one changes or ends, given and of the same kind."""
    if new.move == DecisionMove.NEW:
        return None
    given = Decision.objects.given().filter(household=household, kind=new.kind)
    found: Decision | None = given.filter(pk=new.changes_id).first()
    if found is None or not found.is_running:
        raise CannotDraft(_("Say which decision it changes or ends."), field="changes")
    if new.starts_on and new.starts_on < found.starts_on:
        raise CannotDraft(_("It cannot change a decision from before that began."), field="starts_on")
    return found


def _request(new: NewDecision, household: Household) -> Request | None:
    if new.request_id is None:
        return None
    found = Request.objects.filter(pk=new.request_id, household=household).first()
    if found is None:
        raise CannotDraft(_("The household has no such request."), field="request")
    return found


def _refuse_period(new: NewDecision) -> None:
    """:raises CannotDraft: naming the field that lacks its day or has one too many"""
    refuses = new.result in (DecisionResult.REFUSED, DecisionResult.DISMISSED)
    if (new.move == DecisionMove.END) != (new.result == DecisionResult.ENDED):
        raise CannotDraft(_("An end of a decision has no other result."), field="result")
    if not refuses and new.starts_on is None:
        raise CannotDraft(_("Say from which day it is given."), field="starts_on")
    if new.kind == DecisionKind.TEMPORARY and new.result in GRANTING and new.ends_on is None:
        raise CannotDraft(_("Say until when the place is given."), field="ends_on")
    if new.starts_on and new.ends_on and new.ends_on <= new.starts_on:
        raise CannotDraft(_("The end must come after the start."), field="ends_on")
    if refuses and (new.starts_on or new.ends_on):
        raise CannotDraft(_("A refusal has no period."), field="starts_on")
