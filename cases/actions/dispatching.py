"""Letters on their way to people: written in the act that issues them, and what people do about one by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import outside
from cases.actions.arrivals import letter_arrived, letter_came_back
from cases.actions.tasks import NoResponsibleUnit, close_tasks_about, open_task
from cases.models import Dispatch, DispatchState, Document, Fault, NoticeWay, TaskKind, Way
from cases.models.dispatch import ENDED
from cases.questions.recipients import addressed_on
from cases.recipients import Recipient, Standing
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household, IdKind, Person
from people.queue import Queue, defer
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Ways in which somebody of the office meets the recipient.
IN_PERSON = (Way.BY_HAND, Way.READ_ALOUD)
_NOTICE_WAYS = {
    Way.DIGITAL: NoticeWay.DIGITAL,
    Way.POST: NoticeWay.POST,
    Way.BY_HAND: NoticeWay.HANDED_OVER,
    Way.READ_ALOUD: NoticeWay.READ_ALOUD,
}
_NUMBERS_WITH_A_MAILBOX = (IdKind.FODSELSNUMMER, IdKind.D_NUMBER, IdKind.SYNTHETIC)


class CannotSend(Refusal):
    """The letter may not go this way, or is on its way or has arrived already."""


def dispatch(
    document: Document,
    recipients: Sequence[Recipient],
    *,
    by: Employee,
    at: datetime,
    confirmed: Collection[str] = (),
) -> list[Dispatch]:
    """Put a kept letter on its way to each recipient, inside the transaction of the act that issues it.

    Whom it is on its way to already gets no second one. What goes digitally is carried out by the worker.

    :param confirmed: the keys of representatives of somebody shielded whom somebody has said may have it; the others'
        waits to be handed over
    """
    live = document.dispatches.live()
    known = set(live.values_list("person_id", "standing", "representative_id"))
    return [
        _put(document, one, _first_way(one, confirmed), by=by, at=at)
        for one in recipients
        if (one.person_id, one.standing.value, one.representative_id) not in known
    ]


def dispatch_to_everybody(document: Document, *, by: Employee, at: datetime) -> list[Dispatch]:
    """As `dispatch`, to all who are to get a letter about the household or the decision that day.

    A decision's letter in several languages goes to each in their own.
    """
    decision = document.decision
    kind, language = (decision.kind, decision.language) if decision else ("", "")
    found = addressed_on(document.household, on=localdate(at), kind=kind, language=language)
    alike = Document.objects.filter(household=document.household_id, decision=decision, kind=document.kind)
    others = set(alike.exclude(pk=document.pk).values_list("language", flat=True)) if decision else set()
    mine = [one for one in found.recipients if one.language == document.language or one.language not in others]
    return dispatch(document, mine, by=by, at=at)


def ways_for(recipient: Recipient) -> list[Way]:
    """How a letter may go to somebody, the usual way first. Whoever is shielded gets it by hand, or read aloud.

    Their representative may be sent it by post when somebody sends it so, which is what confirms it.
    """
    if recipient.is_by_hand:
        return [*IN_PERSON]
    if recipient.needs_confirmation:
        return [*IN_PERSON, Way.POST]
    return [*([Way.DIGITAL] if _has_mailbox(recipient) else []), Way.POST, *IN_PERSON]


@act
def hand_over(*, dispatch_id: int, way: Way, by: Employee, at: datetime, version: int | None = None) -> Dispatch:
    """Say that a letter that waits was handed over, or read aloud, now.

    :raises CannotSend: when it does not wait any more, or a mailbox may have it already
    """
    found = _locked(dispatch_id, by=by, at=at, version=version)
    if way not in IN_PERSON:
        raise CannotSend(_("Choose whether it was handed over or read aloud."), field="way")
    _refuse_unless_it_waits(found)
    found.way, found.next_at = way, None
    found.deliver(at=at)
    found.save(update_fields=["way", "state", "sent_at", "delivered_at", "next_at", "fault"])
    on_delivered(found, by=by, at=at)
    return found


@act
def stop_letter(*, dispatch_id: int, by: Employee, at: datetime, version: int | None = None) -> Dispatch:
    """Take back a letter that has not left yet, to send it otherwise.

    :raises CannotSend: when it has left, or may have
    """
    found = _locked(dispatch_id, by=by, at=at, version=version)
    _refuse_unless_it_waits(found)
    found.fail(fault=Fault.STOPPED)
    found.save(update_fields=["state", "fault", "next_at"])
    record(Act.LETTER_STOPPED, found, by=by, at=at)
    return found


@act
def returned(*, dispatch_id: int, by: Employee, at: datetime, version: int | None = None) -> Dispatch:
    """Say that a letter sent by post came back: it has told nobody, and the day it was presumed to arrive is struck.

    :raises CannotSend: when it was not sent by post
    """
    found = _locked(dispatch_id, by=by, at=at, version=version)
    if found.way != Way.POST or found.state != DispatchState.SENT:
        raise CannotSend(_("Only a letter that was sent by post can come back."))
    found.fail(fault=Fault.RETURNED)
    found.save(update_fields=["state", "fault", "next_at"])
    record(Act.LETTER_FAILED, found, by=by, at=at)
    letter_came_back(found.document, (found.person_id, found.standing, found.representative_id), by=by, at=at)
    ask_for_another_way(found, by=by, at=at)
    return found


@act
def send_again(*, dispatch_id: int, way: Way, by: Employee, at: datetime, version: int | None = None) -> Dispatch:
    """Send a letter anew that did not arrive, in a way that is lawful today, to somebody who is a recipient today.

    :raises CannotSend: when it arrived, was sent anew already, or may not go to them or not this way
    """
    found = _locked(dispatch_id, by=by, at=at, version=version)
    if found.state not in ENDED or hasattr(found, "replaced_by"):
        raise CannotSend(_("The letter is on its way, has arrived, or was sent anew already."))
    recipient = recipient_of(found, at=at)
    if recipient is None:
        raise CannotSend(_("They are no longer to get letters about this household."))
    if way not in ways_for(recipient):
        raise CannotSend(_("The letter may not go to them this way."), field="way")
    close_tasks_about(found, TaskKind.LETTER_NOT_SENT, by=by, at=at)
    return _put(found.document, recipient, way, replaces=found, by=by, at=at)


def recipient_of(found: Dispatch, *, at: datetime) -> Recipient | None:
    """The recipient as things stand now; None when they are not one any more."""
    kind = found.document.decision.kind if found.document.decision else ""
    known = addressed_on(found.household, on=localdate(at), kind=kind).recipients
    return next((one for one in known if _is_to(found, one)), None)


@act
def mark_posted(*, dispatch_ids: Iterable[int], by: Employee, at: datetime) -> int:
    """Say that letters on the print list were put in the post. → how many; those posted meanwhile are left alone.

    One to somebody who died, or whose address is protected, since it was made does not leave: a task asks for another
    way.
    """
    waiting = Dispatch.objects.to_print().filter(pk__in=list(dispatch_ids)).order_by("household_id", "pk")
    households = sorted(set(waiting.values_list("household_id", flat=True)))
    for household_id in households:
        locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at)
    posted = 0
    locked = waiting.select_for_update(of=["self"]).defer("document__content")
    for one in locked.select_related("household", "person", "document__decision"):
        if (fault := _hindrance(one, at=at)) is not None:
            _keep_back(one, fault, by=by, at=at)
            continue
        one.send(at=at, look_at=None)
        one.save(update_fields=["state", "sent_at", "next_at", "attempts", "fault"])
        record(Act.LETTER_SENT, one, by=by, at=at)
        _tell(one, sent_on=localdate(at), by=by, at=at)
        posted += 1
    return posted


def on_delivered(found: Dispatch, *, by: Employee, at: datetime) -> None:
    """What follows when a letter has reached its recipient, however it went: the one place where that is said."""
    record(Act.LETTER_DELIVERED, found, by=by, at=at)
    _tell(found, sent_on=localdate(found.sent_at or at), reached_on=localdate(at), by=by, at=at)


def fall_back_to_post(found: Dispatch, *, by: Employee, at: datetime) -> Dispatch | None:
    """Put a letter that no mailbox takes on the print list instead; None where paper may not go to them either."""
    recipient = recipient_of(found, at=at)
    if recipient is None or Way.POST not in ways_for(recipient) or recipient.needs_confirmation:
        return None
    return _put(found.document, recipient, Way.POST, replaces=found, by=by, at=at)


def ask_for_another_way(found: Dispatch, *, by: Employee, at: datetime) -> None:
    """Have somebody at the unit see to it that a letter which did not arrive reaches its recipient."""
    kind, day = TaskKind.LETTER_NOT_SENT, localdate(at)
    with suppress(NoResponsibleUnit):
        open_task(household=found.household, kind=kind, due_on=day, subject=found, by=by, at=at)


def record(what: Act, found: Dispatch, *, by: Employee, at: datetime) -> None:
    details = {"document": found.document_id, "way": found.way, "fault": found.fault}
    journal.record(what, household_id=found.household_id, subject=found, by=by, at=at, details=details)


def _put(
    document: Document, to: Recipient, way: Way, *, by: Employee, at: datetime, replaces: Dispatch | None = None
) -> Dispatch:
    made: Dispatch = Dispatch.objects.create(
        household=document.household,
        document=document,
        person_id=to.person_id,
        representative_id=to.representative_id,
        standing=to.standing.value,
        way=way,
        next_at=at if way == Way.DIGITAL else None,
        made_at=at,
        made_by=by,
        replaces=replaces,
    )
    if replaces is not None:
        record(Act.LETTER_SENT_ANEW, made, by=by, at=at)
    if way == Way.DIGITAL:
        defer("send", queue=Queue.OUTBOX, once=f"send-{made.pk}", dispatch=made.pk)
    return made


def _hindrance(found: Dispatch, *, at: datetime) -> Fault | None:
    """What has happened since a letter was made, so that paper may not go to its recipient."""
    died_on = found.person.died_on
    if died_on is not None and died_on <= localdate(at):
        return Fault.DEAD
    recipient = recipient_of(found, at=at)
    return Fault.PROTECTED if recipient is not None and Way.POST not in ways_for(recipient) else None


def _keep_back(found: Dispatch, fault: Fault, *, by: Employee, at: datetime) -> None:
    found.fail(fault=fault)
    found.save(update_fields=["state", "fault", "next_at"])
    record(Act.LETTER_FAILED, found, by=by, at=at)
    ask_for_another_way(found, by=by, at=at)


def _tell(found: Dispatch, *, sent_on: date, by: Employee, at: datetime, reached_on: date | None = None) -> None:
    """Register the notice, where the letter is one; of a letter in the post the day is presumed."""
    letter_arrived(
        found.document,
        (found.person_id, found.standing, found.representative_id),
        way=_NOTICE_WAYS[Way(found.way)],
        sent_on=sent_on,
        reached_on=reached_on,
        by=by,
        at=at,
    )


def _first_way(one: Recipient, confirmed: Collection[str]) -> Way:
    ways = ways_for(one)
    return Way.POST if one.needs_confirmation and one.key in confirmed else ways[0]


def _has_mailbox(recipient: Recipient) -> bool:
    """A party with a national id has one, where somebody takes letters to it."""
    if recipient.standing is not Standing.PARTY or outside.post() is None:
        return False
    return Person.objects.filter(pk=recipient.person_id, id_kind__in=_NUMBERS_WITH_A_MAILBOX).exists()


def _is_to(found: Dispatch, one: Recipient) -> bool:
    mine = (found.person_id, found.standing, found.representative_id)
    return mine == (one.person_id, one.standing.value, one.representative_id)


def _locked(dispatch_id: int, *, by: Employee, at: datetime, version: int | None) -> Dispatch:
    household_id = Dispatch.objects.filter(pk=dispatch_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household: Household = locked_household(
        by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version
    )
    found: Dispatch = (
        Dispatch.objects.select_for_update(of=["self"])
        .select_related("document__decision")
        .defer("document__content")
        .get(pk=dispatch_id, household=household)
    )
    return found


def _refuse_unless_it_waits(found: Dispatch) -> None:
    if found.state != DispatchState.WAITING:
        raise CannotSend(_("The letter does not wait any more."))
    if found.external_id:
        raise CannotSend(_("The letter may have reached the mailbox already: wait for its receipt."))
