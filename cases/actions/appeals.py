"""An appeal comes in: registered, acknowledged, taken up, dismissed, withdrawn, or handed on to where it belongs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.appeal_letters import CannotWrite, keep_outcome, keep_received
from cases.actions.appeal_tasks import close_appeal_tasks, open_appeal_task
from cases.actions.decisions import locked_decision
from cases.actions.recipients import CannotAddress
from cases.appeal_time import acknowledge_by, forward_by, lodged_on
from cases.models import (
    GIVEN,
    Appeal,
    AppealGround,
    AppealStatus,
    Appellant,
    Channel,
    Decision,
    DecisionStatus,
    DismissalReason,
    Excuse,
    ReceivedPaper,
    Representative,
    TaskKind,
)
from cases.questions.appeals import appellants
from cases.questions.law import choices_of
from cases.questions.notices import decided_on, time_for
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotAppeal(Refusal):
    """There is nothing here to appeal, or the appeal does not say what it must."""


class CannotDeal(Refusal):
    """The appeal is not where this can be done to it."""


@dataclass(frozen=True, kw_only=True)
class NewAppeal:
    """What somebody appeals, and how it came. `appellant` is a key of `cases.questions.appeals.appellants`.

    `dismissal_id` is the earlier appeal whose dismissal it is against; `lodged_with_id` the unit it came to first.
    """

    appellant: str
    channel: str
    received_on: date
    against: str
    grounds: tuple[str, ...] = field(default_factory=tuple)
    posted_on: date | None = None
    appellant_name: str = ""
    is_signed: bool = True
    paper_id: int | None = None
    dismissal_id: int | None = None
    lodged_with_id: int | None = None


#: Why an appeal that is no longer at the unit can no more be dealt with there.
_GONE = {
    AppealStatus.CHANGED: _("The decision is changed on this appeal already."),
    AppealStatus.FORWARDED: _("The appeal is forwarded already."),
    AppealStatus.ANSWERED: _("The body of appeal has answered already."),
    AppealStatus.CLOSED: _("The appeal is closed."),
    AppealStatus.WITHDRAWN: _("The appeal is withdrawn."),
    AppealStatus.DISMISSED: _("The appeal is dismissed already."),
}


@act
def lodge_appeal(*, decision_id: int, new: NewAppeal, by: Employee, at: datetime, version: int | None = None) -> Appeal:
    """Register an appeal, also one that came by word of mouth and was written down with help.

    One after its time is registered too: it is then excused and taken up, or dismissed.

    :raises CannotAppeal: naming the field at fault
    """
    decision = locked_decision(decision_id, by=by, at=at, version=version)
    _refuse_decision(decision)
    dismissal = _dismissal(decision, new.dismissal_id)
    who = _appellant(decision.household, new, at=at)
    _refuse_days(decision, dismissal, new, at=at)
    if not new.against.strip():
        raise CannotAppeal(_("Say what is appealed."), field="against")
    choices = choices_of(decision.household.municipality_id)
    time = time_for(decision, who.get("person_id"), dismissal=dismissal)
    appeal: Appeal = Appeal(
        household=decision.household,
        case=decision.case,
        unit=decision.unit,
        lodged_with=_lodged_with(decision, new),
        decision=decision,
        dismissal=dismissal,
        channel=new.channel,
        posted_on=new.posted_on,
        received_on=new.received_on,
        against=new.against.strip(),
        is_signed=new.is_signed,
        paper=paper_of(decision.household, new.paper_id, field="paper"),
        last_day=time.last_day if time.until else None,
        absolute_day=time.absolute_until,
        registered_by=by,
        registered_at=at,
        acknowledge_by=acknowledge_by(new.received_on, choices=choices),
        due_on=forward_by(new.received_on, choices=choices),
        **who,
    )
    appeal.save()
    grounds = [text.strip() for text in new.grounds if text.strip()] or [appeal.against]
    for number, text in enumerate(grounds, start=1):
        AppealGround.objects.create(appeal=appeal, number=number, text=text)
    open_appeal_task(appeal, TaskKind.ANSWER_APPEAL, due_on=appeal.due_on, by=by, at=at)
    record(Act.APPEAL_RECEIVED, appeal, by=by, at=at, on=appeal.received_on, is_late=appeal.is_late)
    return appeal


@act
def acknowledge(*, appeal_id: int, by: Employee, at: datetime, version: int | None = None) -> Appeal:
    """Tell the appellant by letter that the appeal has come, and when it is answered.

    :raises CannotDeal: when they are told already, or the appeal is no longer at the unit
    :raises CannotAddress: when the letter cannot leave
    """
    appeal = locked_appeal(appeal_id, by=by, at=at, version=version)
    require_at_the_unit(appeal)
    if appeal.acknowledged_on is not None:
        raise CannotDeal(_("They have been told already."))
    document = keep_received(appeal, by=by, at=at)
    appeal.acknowledged_on = localdate(at)
    appeal.save(update_fields=["acknowledged_on"])
    record(Act.APPEAL_ACKNOWLEDGED, appeal, by=by, at=at, letter=document.sha256)
    return appeal


@act
def take_up(
    *,
    appeal_id: int,
    by: Employee,
    at: datetime,
    excuse: str = "",
    excuse_reason: str = "",
    version: int | None = None,
) -> Appeal:
    """Begin to look at the case anew. One after its time needs an excuse with its reason, and to be within the year.

    :raises CannotDeal: when it is not one to be tried
    """
    appeal = locked_appeal(appeal_id, by=by, at=at, version=version)
    if appeal.status == AppealStatus.RECONSIDERING:
        raise CannotDeal(_("The appeal is taken up already."))
    require_at_the_unit(appeal)
    if appeal.appellant == Appellant.OUTSIDER:
        raise CannotDeal(_("Whoever appeals is no party: dismiss the appeal, or say who it is for."))
    if appeal.is_barred:
        raise CannotDeal(_("More than a year has passed since the decision: the appeal is dismissed."))
    if appeal.is_late:
        _excuse(appeal, excuse, excuse_reason)
    appeal.reconsider(by=by)
    appeal.save(update_fields=["status", "assessed_by", "excuse", "excuse_reason"])
    record(Act.APPEAL_TAKEN_UP, appeal, by=by, at=at, reason=appeal.excuse_reason, excuse=appeal.excuse)
    return appeal


@act
def dismiss_appeal(
    *, appeal_id: int, because: str, reason: str, by: Employee, at: datetime, version: int | None = None
) -> Appeal:
    """Dismiss an appeal without trying it, by a letter that says how to appeal that.

    :raises CannotDeal: when the reason does not hold, is not told, or the appeal is no longer at the unit
    :raises CannotAddress: when the letter cannot leave
    """
    appeal = locked_appeal(appeal_id, by=by, at=at, version=version)
    require_at_the_unit(appeal)
    if because not in DismissalReason.values:
        raise CannotDeal(_("Choose why it is dismissed."), field="because")
    if because == DismissalReason.TOO_LATE and not (appeal.is_late or appeal.is_barred):
        raise CannotDeal(_("The appeal came in time: it cannot be dismissed as late."), field="because")
    if because == DismissalReason.NOT_A_PARTY and appeal.appellant == Appellant.PARTY:
        raise CannotDeal(_("Whoever appeals is a party."), field="because")
    if not reason.strip():
        raise CannotDeal(_("Say why the appeal is dismissed."), field="reason")
    appeal.dismiss(on=localdate(at), because=because, reason=reason.strip())
    if appeal.appellant != Appellant.OUTSIDER:
        keep_outcome(appeal, "dismissed", reason=appeal.dismissal_reason, by=by, at=at)
    told = ["status", "dismissed_on", "dismissed_because", "dismissal_reason", "outcome_letter"]
    appeal.save(update_fields=told)
    close_appeal_tasks(appeal, by=by, at=at)
    record(Act.APPEAL_DISMISSED, appeal, by=by, at=at, reason=appeal.dismissal_reason, because=because)
    return appeal


@act
def withdraw_appeal(
    *, appeal_id: int, on: date, because: str, by: Employee, at: datetime, version: int | None = None
) -> Appeal:
    """The appellant takes the appeal back. A body that has it already is told: a task asks for that.

    :raises CannotDeal: when it is answered or ended, or it is not said how it was withdrawn
    """
    appeal = locked_appeal(appeal_id, by=by, at=at, version=version)
    if appeal.status != AppealStatus.FORWARDED:
        require_at_the_unit(appeal)
    if not because.strip():
        raise CannotDeal(_("Say how it was withdrawn."), field="because")
    if on > localdate(at) or on < appeal.received_on:
        raise CannotDeal(_("It was withdrawn on a day from when it came until today."), field="on")
    was_forwarded = appeal.status == AppealStatus.FORWARDED
    appeal.withdraw(on=on, because=because.strip())
    with suppress(CannotAddress, CannotWrite):  # where nobody can be told, it is withdrawn all the same
        keep_outcome(appeal, "withdrawn", reason="", by=by, at=at)
    appeal.save(update_fields=["status", "withdrawn_on", "withdrawn_because", "outcome_letter"])
    close_appeal_tasks(appeal, by=by, at=at)
    if was_forwarded:
        open_appeal_task(appeal, TaskKind.TELL_BODY, due_on=localdate(at), by=by, at=at)
    record(Act.APPEAL_WITHDRAWN, appeal, by=by, at=at, on=on, reason=appeal.withdrawn_because)
    return appeal


def locked_appeal(appeal_id: int, *, by: Employee, at: datetime, version: int | None = None) -> Appeal:
    """The appeal with its household locked, read after the lock: how every act on one begins.

    :raises Http404: when there is none that the employee may see
    """
    household_id = Appeal.objects.filter(pk=appeal_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    rows = Appeal.objects.select_for_update(no_key=True, of=("self",)).select_related("unit__municipality", "decision")
    appeal: Appeal = rows.get(pk=appeal_id)
    appeal.household = appeal.decision.household = household
    return appeal


def require_at_the_unit(appeal: Appeal) -> None:
    """:raises CannotDeal: with why it is not"""
    if (gone := _GONE.get(AppealStatus(appeal.status))) is not None:
        raise CannotDeal(gone)


def record(
    what: Act,
    appeal: Appeal,
    *,
    by: Employee,
    at: datetime,
    on: date | None = None,
    reason: str = "",
    **more: Any,
) -> None:
    """A line in the journal on an appeal, with its decision and its body."""
    journal.record(
        what,
        household_id=appeal.household_id,
        subject=appeal,
        by=by,
        at=at,
        on=on,
        reason=journal.in_a_line(reason),
        details={"decision": appeal.decision_id, "body": appeal.body, **more},
    )


def _refuse_decision(decision: Decision) -> None:
    if decision.status == DecisionStatus.ANNULLED:
        raise CannotAppeal(_("The decision is annulled: there is nothing left to appeal."))
    if decision.status not in GIVEN:
        raise CannotAppeal(_("Nothing is decided yet: there is nothing to appeal."))


def _dismissal(decision: Decision, dismissal_id: int | None) -> Appeal | None:
    if dismissal_id is None:
        return None
    found: Appeal | None = Appeal.objects.filter(
        pk=dismissal_id, decision=decision, status=AppealStatus.DISMISSED
    ).first()
    if found is None:
        raise CannotAppeal(_("That appeal is not dismissed."), field="dismissal")
    return found


def _appellant(household: Household, new: NewAppeal, *, at: datetime) -> dict[str, Any]:
    """Who appeals, as the columns say it."""
    known = {one.key for one in appellants(household, on=localdate(at))}
    if new.appellant not in known:
        raise CannotAppeal(_("Say who appeals."), field="appellant")
    kind, _dash, number = new.appellant.partition("-")
    if kind == Appellant.OUTSIDER:
        if not new.appellant_name.strip():
            raise CannotAppeal(_("Write the name of whoever appeals."), field="appellant_name")
        return {"appellant": kind, "appellant_name": new.appellant_name.strip()}
    if kind in (Appellant.PARTY, Appellant.CHILD):
        return {"appellant": kind, "person_id": int(number)}
    representative = Representative.objects.get(pk=int(number), household=household)
    return {"appellant": kind, "person_id": representative.person_id, "representative": representative}


def _refuse_days(decision: Decision, dismissal: Appeal | None, new: NewAppeal, *, at: datetime) -> None:
    if new.channel not in Channel.values:
        raise CannotAppeal(_("Choose how it came."), field="channel")
    if new.received_on > localdate(at):
        raise CannotAppeal(_("The day is not here yet."), field="received_on")
    if new.posted_on is not None and new.posted_on > new.received_on:
        raise CannotAppeal(_("It cannot have been posted after it was received."), field="posted_on")
    made = dismissal.dismissed_on if dismissal and dismissal.dismissed_on else decided_on(decision)
    if lodged_on(received_on=new.received_on, posted_on=new.posted_on) < made:
        raise CannotAppeal(_("That is before the decision was made."), field="received_on")


def _lodged_with(decision: Decision, new: NewAppeal) -> Unit | None:
    if new.lodged_with_id is None or new.lodged_with_id == decision.unit_id:
        return None
    municipality = decision.household.municipality_id
    found = Unit.objects.filter(pk=new.lodged_with_id, municipality=municipality).first()
    if found is None:
        raise CannotAppeal(_("Choose a unit of the municipality."), field="lodged_with")
    return found


def paper_of(household: Household, paper_id: int | None, *, field: str) -> ReceivedPaper | None:
    if paper_id is None:
        return None
    found = ReceivedPaper.objects.without_content().filter(pk=paper_id, household=household).first()
    if found is None:
        raise CannotAppeal(_("The household has no such paper."), field=field)
    return found


def _excuse(appeal: Appeal, excuse: str, reason: str) -> None:
    if excuse not in (Excuse.NOT_TO_BLAME, Excuse.SPECIAL_REASONS):
        raise CannotDeal(
            _("The appeal came too late: say why it is taken all the same, or dismiss it."), field="excuse"
        )
    if not reason.strip():
        raise CannotDeal(_("Say why the delay is excused."), field="excuse_reason")
    appeal.excuse, appeal.excuse_reason = excuse, reason.strip()
