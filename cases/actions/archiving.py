"""A kept letter's way into the archive: written when it is kept, carried out by the worker as a letter is sent.

The steps are those of `cases.actions.sending`: claim, ask, settle. The archive takes each copy under our own key, so
that a second attempt is the same copy; after a first one it is asked what it has before anything is sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from cases.actions.tasks import owner_of
from cases.models import ArchiveEntry, ArchiveState, Document, Fault
from cases.outbox import schedule
from cases.outside.arkivmelding import Filed, NotAnArkivmelding, arkivmelding
from cases.outside.doors import Archived, ArchiveDoor, Deposit, Garbled, Outside, Progress, Refused
from cases.questions.recipients import addressed_on
from people.access import require, shielded_households
from people.models import Employee, Household
from people.queue import Queue, defer
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

_CHANNEL = "archive"


class CannotArchive(Refusal):
    """It is on its way, or in the archive."""


@dataclass(frozen=True)
class Step:
    """One thing to ask of the archive. `attempt` is what tells this claim from a later one."""

    entry_id: int
    key: str
    attempt: int
    is_sent: bool


@dataclass(frozen=True)
class Outcome:
    """What the archive has, or the fault."""

    archived: Archived | None = None
    fault: Fault = Fault.NONE


def to_archive(document: Document, *, at: datetime) -> ArchiveEntry:
    """Have a kept letter archived, inside the transaction of the act that keeps it."""
    made: ArchiveEntry = ArchiveEntry.objects.create(
        household_id=document.household_id, document=document, made_at=at, next_at=at
    )
    if settings.VARIG_OUTSIDE.get("archive"):
        defer("archive", queue=Queue.OUTBOX, once=f"archive-{made.pk}", entry=made.pk)
    return made


@act
def try_again(*, entry_ids: list[int], by: Employee, at: datetime) -> int:
    """Have what does not get into the archive by itself sent anew, under the same key. → how many

    :raises CannotArchive: when none of them is stuck
    """
    require(by, Permission.KEEP_ARCHIVE, at=at)
    stuck: QuerySet[ArchiveEntry] = ArchiveEntry.objects.stuck().filter(pk__in=entry_ids).order_by("pk")
    found = list(stuck.select_for_update(of=["self"]))
    if not found:
        raise CannotArchive(_("None of these is stuck: they are on their way, or in the archive."))
    for entry in found:
        if entry.fault == Fault.INVALID:  # made anew from the facts as they are now
            entry.xml = entry.xml_sha256 = ""
        entry.wait_again(at=at)
        entry.save(update_fields=["state", "next_at", "attempts", "sent_at", "xml", "xml_sha256"])
        defer("archive", queue=Queue.OUTBOX, once=f"archive-{entry.pk}", entry=entry.pk)
    return len(found)


@act
def claim(*, entry_id: int, by: Employee, at: datetime) -> Step | None:
    """The next step of a copy whose time has come; None when there is none, or somebody else is at it."""
    due = ArchiveEntry.objects.due(at).filter(pk=entry_id).select_for_update(of=["self"], skip_locked=True)
    found: ArchiveEntry | None = due.select_related("document__case").defer("document__content").first()
    if found is None or not _has_message(found, at=at):
        return None
    found.attempts += 1
    found.next_at = at + schedule(_CHANNEL).lease
    found.save(update_fields=["attempts", "next_at"])
    return Step(found.pk, str(found.key), found.attempts, found.state == ArchiveState.SENT)


def ask(step: Step, door: ArchiveDoor | None) -> Outcome:
    """Carry the step out with the archive. Whatever goes wrong outside is an outcome."""
    if door is None:
        return Outcome(fault=Fault.UNREACHABLE)
    try:
        return Outcome(_asked(step, door))
    except Refused:
        return Outcome(Archived(progress=Progress.REFUSED))
    except Garbled:
        return Outcome(fault=Fault.GARBLED)
    except Outside:
        return Outcome(fault=Fault.UNREACHABLE)


@act
def settle(*, step: Step, outcome: Outcome, by: Employee, at: datetime) -> None:
    """Write down what came of a step. Nothing, when the copy was taken up by somebody else since."""
    found: ArchiveEntry = ArchiveEntry.objects.select_for_update().get(pk=step.entry_id)
    if found.attempts != step.attempt or found.state not in (ArchiveState.WAITING, ArchiveState.SENT):
        return
    if outcome.archived is None:
        _later(found, outcome.fault, at=at)
    else:
        _moved_on(found, outcome.archived, at=at)
    found.save()


def _has_message(found: ArchiveEntry, *, at: datetime) -> bool:
    """Make the arkivmelding at the first attempt; one that breaks the structure never leaves.

    Of somebody protected it is made anew: what was written before may tell who and where.
    """
    if found.xml and (found.state == ArchiveState.SENT or not _is_protected(found, at=at)):
        return True
    try:
        message = arkivmelding(_filed(found, at=at))
    except NotAnArkivmelding:
        found.reject(fault=Fault.INVALID)
        found.save(update_fields=["state", "fault", "next_at"])
        return False
    found.xml, found.xml_sha256 = message.decode(), sha256(message).hexdigest()
    found.save(update_fields=["xml", "xml_sha256"])
    return True


def _filed(found: ArchiveEntry, *, at: datetime) -> Filed:
    document, day = found.document, localdate(at)
    household = Household.objects.get(pk=found.household_id)
    sent_to = document.dispatches.select_related("person", "representative").order_by("pk")
    names = [one.representative.name if one.representative else str(one.person) for one in sent_to]
    if not names:
        names = [one.name for one in addressed_on(household, on=day).recipients]
    owner = owner_of(household, on=day) or document.made_by
    content = Document.objects.values_list("content", flat=True).get(pk=document.pk)
    return Filed(
        key=str(found.key),
        made_at=localtime(document.made_at),
        case_number=f"{document.case_id or household.ref}",
        case_key=str(household.key),
        kind=document.kind,
        unit=document.unit.name,
        responsible=owner.name,
        made_by=document.made_by.name,
        recipients=list(dict.fromkeys(names)),
        is_protected=_is_protected(found, at=at),
        number=document.number,
        file_name=_file_name(document),
        sha256=document.sha256,
        size=len(bytes(content)),
    )


def _is_protected(found: ArchiveEntry, *, at: datetime) -> bool:
    return shielded_households(Household.objects.filter(pk=found.household_id), on=localdate(at)).exists()


def _asked(step: Step, door: ArchiveDoor) -> Archived:
    if step.is_sent or step.attempt > 1:
        known = door.receipt(step.key)
        if step.is_sent or known.progress is not Progress.UNKNOWN:
            return known
    found = ArchiveEntry.objects.select_related("document").get(pk=step.entry_id)
    content = bytes(found.document.content)
    name = _file_name(found.document)
    door.deposit(Deposit(key=step.key, xml=found.xml.encode(), file_name=name, content=content))
    return Archived(progress=Progress.ON_ITS_WAY)


def _file_name(document: Document) -> str:
    return f"{document.kind}-{document.pk}.pdf"


def _moved_on(found: ArchiveEntry, archived: Archived, *, at: datetime) -> None:
    if archived.progress is Progress.REFUSED:
        found.reject(fault=Fault.REFUSED)
    elif archived.progress is Progress.DELIVERED:
        found.receive(at=at, case=archived.case_id, record=archived.record_id)
    elif archived.progress is Progress.UNKNOWN:
        _lost(found, at=at)
    elif found.state == ArchiveState.WAITING:
        found.send(at=at, look_at=schedule(_CHANNEL).look(sent_at=at, at=at))
    else:
        _look_later(found, Fault.NONE, at=at)


def _lost(found: ArchiveEntry, *, at: datetime) -> None:
    """Taken once and lost since: the same copy goes again, until no receipt is to be expected any more."""
    assert found.sent_at is not None
    again_at = schedule(_CHANNEL).look(sent_at=found.sent_at, at=at)
    if again_at is None:
        found.fail(fault=Fault.NO_RECEIPT)
    else:
        found.lose(again_at=again_at)


def _later(found: ArchiveEntry, fault: Fault, *, at: datetime) -> None:
    if found.state == ArchiveState.SENT:
        _look_later(found, fault, at=at)
        return
    found.fault, found.next_at = fault, schedule(_CHANNEL).again(found.attempts, at=at)
    if found.next_at is None:
        found.fail(fault=fault)


def _look_later(found: ArchiveEntry, fault: Fault, *, at: datetime) -> None:
    assert found.sent_at is not None
    found.fault, found.next_at = fault, schedule(_CHANNEL).look(sent_at=found.sent_at, at=at)
    if found.next_at is None:
        found.fail(fault=Fault.NO_RECEIPT)
