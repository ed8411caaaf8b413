"""A worker's days, without the clock: whatever is due is done at its moment, until nothing is due any more."""

from __future__ import annotations

from datetime import datetime

from cases import outside
from cases.actions import archiving, sending
from cases.models import ArchiveEntry, Dispatch
from cases.outside.doors import ArchiveDoor, PostDoor
from people.actors import OUTBOX
from people.models import Employee

#: more steps than any letter may take
_ENDLESS = 200


def outbox() -> Employee:
    return Employee.objects.get(username=OUTBOX)


def carried_out(found: Dispatch, door: PostDoor | None = None) -> Dispatch:
    """The letter when the worker has nothing left to do about it."""
    door, by = door or outside.post(), outbox()
    for _ in range(_ENDLESS):
        found.refresh_from_db()
        at: datetime | None = found.next_at
        if at is None:
            return found
        if (step := sending.claim(dispatch_id=found.pk, by=by, at=at)) is not None:
            sending.settle(step=step, outcome=sending.ask(step, door), by=by, at=at)
    raise AssertionError("It never ends.")


def archived(found: ArchiveEntry, door: ArchiveDoor | None = None) -> ArchiveEntry:
    """The copy when the worker has nothing left to do about it."""
    door, by = door or outside.archive(), outbox()
    for _ in range(_ENDLESS):
        found.refresh_from_db()
        at: datetime | None = found.next_at
        if at is None:
            return found
        if (step := archiving.claim(entry_id=found.pk, by=by, at=at)) is not None:
            archiving.settle(step=step, outcome=archiving.ask(step, door), by=by, at=at)
    raise AssertionError("It never ends.")
