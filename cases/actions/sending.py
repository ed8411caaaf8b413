"""What the worker does about one letter: one step at a time, each with its own two transactions around the asking.

`claim` takes the letter, counts the attempt and moves its next moment ahead, and commits: whoever dies after that
leaves it due again. `ask` speaks with the receiver, in no transaction. `settle` writes what came of it, unless somebody
else has taken the letter meanwhile. The receiver's number is reserved and written down before the letter is handed
over, and after a first attempt the receiver is asked what it has before anything is handed over again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.actions.dispatching import ask_for_another_way, fall_back_to_post, on_delivered, record
from cases.models import Dispatch, DispatchState, Document, Fault, Way
from cases.outbox import schedule
from cases.outside.doors import Garbled, Outside, Parcel, PostDoor, Progress, Refused
from cases.recipients import Standing
from people.access import shielded_households
from people.journal import Act
from people.models import Employee, Household
from people.transactions import act

_CHANNEL = "digital"
_SAVED = ["state", "external_id", "attempts", "next_at", "fault", "sent_at", "delivered_at"]


class Kind(StrEnum):
    RESERVE = "reserve"
    HAND_OVER = "hand_over"
    LOOK = "look"


@dataclass(frozen=True)
class Step:
    """One thing to ask of the receiver. `attempt` is what tells this claim from a later one."""

    dispatch_id: int
    kind: Kind
    attempt: int
    key: str = ""
    number: str = ""
    was_tried: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of asking: a number, how far it is, or the fault."""

    number: str = ""
    progress: Progress | None = None
    fault: Fault = Fault.NONE
    is_final: bool = False


@act
def claim(*, dispatch_id: int, by: Employee, at: datetime) -> Step | None:
    """The next step of a letter whose time has come; None when there is none, or somebody else is at it."""
    found = _taken(dispatch_id, at=at)
    if found is None:
        return None
    if found.state == DispatchState.WAITING and (fault := _hindrance(found, at=at)):
        _end(found, fault, by=by, at=at)
        return None
    found.attempts += 1
    found.next_at = at + schedule(_CHANNEL).lease
    found.save(update_fields=["attempts", "next_at"])
    return Step(
        dispatch_id=found.pk,
        kind=_kind(found),
        attempt=found.attempts,
        key=str(found.key),
        number=found.external_id,
        was_tried=found.attempts > 1,
    )


def ask(step: Step, door: PostDoor | None) -> Outcome:
    """Carry the step out with the receiver. Whatever goes wrong outside is an outcome."""
    if door is None:
        return Outcome(fault=Fault.UNREACHABLE)
    try:
        return _asked(step, door)
    except Refused:
        return Outcome(fault=Fault.REFUSED, is_final=True)
    except Garbled:
        return Outcome(fault=Fault.GARBLED)
    except Outside:
        return Outcome(fault=Fault.UNREACHABLE)


@act
def settle(*, step: Step, outcome: Outcome, by: Employee, at: datetime) -> None:
    """Write down what came of a step. Nothing, when the letter was taken up by somebody else since."""
    found: Dispatch = (
        Dispatch.objects.select_for_update(of=["self"])
        .select_related("document__decision")
        .defer("document__content")
        .get(pk=step.dispatch_id)
    )
    if found.attempts != step.attempt or found.state not in (DispatchState.WAITING, DispatchState.SENT):
        return
    if outcome.is_final:
        _end(found, outcome.fault, by=by, at=at)
    elif outcome.fault:
        _later(found, outcome.fault, by=by, at=at)
    elif step.kind is Kind.RESERVE:
        _reserved(found, outcome.number, by=by, at=at)
    else:
        _moved_on(found, outcome.progress, by=by, at=at)


def _light(found: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    """Without the letters' bytes."""
    return found.defer("document__content")


def _reserved(found: Dispatch, number: str, *, by: Employee, at: datetime) -> None:
    """Keep the number, unless they gave it to another letter before."""
    if Dispatch.objects.filter(external_id=number).exists():
        _later(found, Fault.GARBLED, by=by, at=at)
        return
    found.external_id, found.attempts, found.next_at = number, 0, at
    found.save(update_fields=["external_id", "attempts", "next_at"])


def _taken(dispatch_id: int, *, at: datetime) -> Dispatch | None:
    due = Dispatch.objects.due(at).filter(pk=dispatch_id, way=Way.DIGITAL)
    locked = due.select_for_update(of=["self"], skip_locked=True)
    taken: Dispatch | None = _light(locked.select_related("person", "document__decision")).first()
    return taken


def _kind(found: Dispatch) -> Kind:
    if found.state == DispatchState.SENT:
        return Kind.LOOK
    return Kind.HAND_OVER if found.external_id else Kind.RESERVE


def _hindrance(found: Dispatch, *, at: datetime) -> Fault | None:
    """What has changed since the letter was put on its way, so that it may not leave by itself."""
    day, person = localdate(at), found.person
    if person.died_on is not None and person.died_on <= day:
        return Fault.DEAD
    if shielded_households(Household.objects.filter(pk=found.household_id), on=day).exists():
        return Fault.PROTECTED
    if found.standing != Standing.PARTY or not person.national_id:
        return Fault.NO_MAILBOX
    return None


def _asked(step: Step, door: PostDoor) -> Outcome:
    if step.kind is Kind.RESERVE:
        return Outcome(number=door.reserve())
    if step.kind is Kind.LOOK:
        return Outcome(progress=door.progress(step.number))
    if step.was_tried and (known := door.progress(step.number)) is not Progress.UNKNOWN:
        return Outcome(progress=known)
    door.send(step.number, _parcel(step))
    return Outcome(progress=Progress.ON_ITS_WAY)


def _parcel(step: Step) -> Parcel:
    found = Dispatch.objects.select_related("person", "document__unit__municipality").get(pk=step.dispatch_id)
    document: Document = found.document
    with override(document.language):
        title = _("Letter from %(municipality)s") % {"municipality": document.unit.municipality.name}
    return Parcel(
        key=step.key,
        title=title,
        name=found.person.name,
        national_id=found.person.national_id,
        file_name=f"{document.kind}-{document.pk}.pdf",
        content=bytes(document.content),
    )


def _moved_on(found: Dispatch, progress: Progress | None, *, by: Employee, at: datetime) -> None:
    if progress is Progress.REFUSED:
        _end(found, Fault.REFUSED, by=by, at=at)
        return
    if progress is Progress.UNKNOWN:  # they took it once, and know nothing of it now
        _later(found, Fault.GARBLED, by=by, at=at)
        return
    if found.state == DispatchState.WAITING:
        found.send(at=at, look_at=schedule(_CHANNEL).look(sent_at=at, at=at))
        record(Act.LETTER_SENT, found, by=by, at=at)
    elif progress is Progress.ON_ITS_WAY:
        _look_later(found, Fault.NO_RECEIPT, by=by, at=at)
        return
    if progress is Progress.DELIVERED:
        found.deliver(at=at)
        on_delivered(found, by=by, at=at)
    found.save(update_fields=_SAVED)


def _later(found: Dispatch, fault: Fault, *, by: Employee, at: datetime) -> None:
    """Another attempt when its time comes; after the last one, nobody knows whether it arrived."""
    if found.state == DispatchState.SENT:
        _look_later(found, fault, by=by, at=at)
        return
    found.fault, found.next_at = fault, schedule(_CHANNEL).again(found.attempts, at=at)
    if found.next_at is None:
        _end(found, fault, is_certain=False, by=by, at=at)
    else:
        found.save(update_fields=["fault", "next_at"])


def _look_later(found: Dispatch, fault: Fault, *, by: Employee, at: datetime) -> None:
    assert found.sent_at is not None
    found.next_at = schedule(_CHANNEL).look(sent_at=found.sent_at, at=at)
    if found.next_at is None:
        _end(found, Fault.NO_RECEIPT, is_certain=False, by=by, at=at)
        return
    found.fault = Fault.NONE if fault is Fault.NO_RECEIPT else fault
    found.save(update_fields=["fault", "next_at"])


def _end(found: Dispatch, fault: Fault, *, by: Employee, at: datetime, is_certain: bool = True) -> None:
    """It does not arrive by itself any more. When it certainly did not, paper goes instead if it may."""
    if is_certain:
        found.fail(fault=fault)
    else:
        found.give_up(fault=fault)
    found.save(update_fields=_SAVED)
    record(Act.LETTER_FAILED, found, by=by, at=at)
    no_mailbox = is_certain and fault in (Fault.REFUSED, Fault.NO_MAILBOX)
    if no_mailbox and fall_back_to_post(found, by=by, at=at) is not None:
        return
    ask_for_another_way(found, by=by, at=at)
