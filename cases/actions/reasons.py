"""A party asks for the reasons of a decision, and gets them; whether a decision waits while it is appealed."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.appeal_tasks import close_appeal_tasks, open_appeal_task
from cases.actions.arrivals import follow_time
from cases.actions.decisions import locked_decision
from cases.appeal_time import reasons_due_on
from cases.models import GIVEN, Channel, Decision, ReasonsRequest, Suspension, TaskKind
from cases.questions.law import choices_of
from cases.questions.notices import decided_on
from cases.questions.recipients import parties_of
from people import journal
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.transactions import act


class CannotAsk(Refusal):
    """There are no reasons to ask for, or it is not said who asks and when."""


class CannotGive(Refusal):
    """The reasons are given already, or not whole."""


class CannotSuspend(Refusal):
    """There is nothing to let wait, or it is not said why."""


@act
def ask_for_reasons(
    *,
    decision_id: int,
    person_id: int,
    channel: str,
    asked_on: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> ReasonsRequest:
    """Register that a party asks for the reasons. In time, it interrupts the time to appeal.

    :raises CannotAsk: when the decision is not given, or who asks is no party
    """
    decision = locked_decision(decision_id, by=by, at=at, version=version)
    if decision.status not in GIVEN:
        raise CannotAsk(_("The decision is not given, or is annulled."))
    if person_id not in {one.person_id for one in parties_of(decision.household, on=localdate(at))}:
        raise CannotAsk(_("Choose a party."), field="person")
    if channel not in Channel.values:
        raise CannotAsk(_("Choose how it came."), field="channel")
    if not decided_on(decision) <= asked_on <= localdate(at):
        raise CannotAsk(_("It was asked on a day from the decision until today."), field="asked_on")
    asked = ReasonsRequest.objects.create(
        household_id=decision.household_id,
        decision=decision,
        person_id=person_id,
        channel=channel,
        asked_on=asked_on,
        due_on=reasons_due_on(asked_on, choices=choices_of(decision.household.municipality_id)),
        registered_by=by,
        registered_at=at,
    )
    asked.household = decision.household
    open_appeal_task(asked, TaskKind.GIVE_REASONS, due_on=asked.due_on, by=by, at=at)
    follow_time(decision)
    _record(Act.REASONS_ASKED, asked, by=by, at=at, on=asked_on)
    return asked


@act
def give_reasons(
    *,
    reasons_id: int,
    reasons: str,
    answered_on: date,
    reached_on: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> ReasonsRequest:
    """Register the reasons given, and the day they reached the party: the time to appeal runs anew from it.

    :raises CannotGive: when they are given already, or a day cannot be
    """
    found = ReasonsRequest.objects.filter(pk=reasons_id).first()
    if found is None:
        raise Http404
    decision = locked_decision(found.decision_id, by=by, at=at, version=version)
    asked = ReasonsRequest.objects.get(pk=reasons_id)
    if asked.answered_on is not None:
        raise CannotGive(_("The reasons are given already."))
    if not reasons.strip():
        raise CannotGive(_("Write the reasons."), field="reasons")
    if not asked.asked_on <= answered_on <= localdate(at):
        raise CannotGive(_("They are given on a day from when they were asked for until today."), field="answered_on")
    if not answered_on <= reached_on <= localdate(at):
        raise CannotGive(
            _("They reached the party on a day from when they were given until today."), field="reached_on"
        )
    asked.reasons, asked.answered_on, asked.reached_on, asked.answered_by = reasons.strip(), answered_on, reached_on, by
    asked.save(update_fields=["reasons", "answered_on", "reached_on", "answered_by"])
    asked.household = decision.household
    close_appeal_tasks(asked, by=by, at=at)
    follow_time(decision)
    _record(Act.REASONS_GIVEN, asked, by=by, at=at, on=reached_on)
    return asked


@act
def ask_to_suspend(
    *, decision_id: int, asked_on: date, because: str, by: Employee, at: datetime, version: int | None = None
) -> Suspension:
    """Register that somebody asks that the decision waits until an appeal is decided, or that the unit considers it.

    :raises CannotSuspend: when the decision is not given, or the day cannot be
    """
    decision = locked_decision(decision_id, by=by, at=at, version=version)
    if decision.status not in GIVEN:
        raise CannotSuspend(_("The decision is not given, or is annulled."))
    if not decided_on(decision) <= asked_on <= localdate(at):
        raise CannotSuspend(_("It was asked on a day from the decision until today."), field="asked_on")
    made = Suspension.objects.create(
        household_id=decision.household_id,
        decision=decision,
        asked_on=asked_on,
        asked_because=because.strip(),
        registered_by=by,
        registered_at=at,
    )
    _record(Act.SUSPENSION_ASKED, made, by=by, at=at, on=asked_on)
    return made


@act
def decide_suspension(
    *,
    suspension_id: int,
    is_granted: bool,
    reason: str,
    by: Employee,
    at: datetime,
    until: date | None = None,
    version: int | None = None,
) -> Suspension:
    """Decide whether the decision waits, with the reason; without a last day until the appeal is decided.

    :raises CannotSuspend: when it is decided already, no reason is given, or the last day cannot be
    """
    found = Suspension.objects.filter(pk=suspension_id).first()
    if found is None:
        raise Http404
    locked_decision(found.decision_id, by=by, at=at, version=version)
    suspension = Suspension.objects.get(pk=suspension_id)
    if suspension.decided_on is not None:
        raise CannotSuspend(_("It is decided already."))
    if not reason.strip():
        raise CannotSuspend(_("Say why."), field="reason")
    if until is not None and (not is_granted or until <= localdate(at)):
        raise CannotSuspend(_("The last day must come after today, and goes with a yes."), field="until")
    suspension.is_granted, suspension.reason, suspension.until = is_granted, reason.strip(), until
    suspension.decided_on, suspension.decided_by = localdate(at), by
    suspension.save(update_fields=["is_granted", "reason", "until", "decided_on", "decided_by"])
    _record(Act.SUSPENSION_DECIDED, suspension, by=by, at=at, reason=suspension.reason, is_granted=is_granted)
    return suspension


def _record(
    what: Act,
    subject: ReasonsRequest | Suspension,
    *,
    by: Employee,
    at: datetime,
    on: date | None = None,
    reason: str = "",
    **more: bool,
) -> None:
    decision: Decision = subject.decision
    journal.record(
        what,
        household_id=subject.household_id,
        subject=subject,
        by=by,
        at=at,
        on=on,
        reason=journal.in_a_line(reason),
        details={"decision": decision.pk, **more},
    )
