"""The jobs that the worker does: each reads the clock and calls acts.

A job is a message that may come twice or after its work is done. What is to be done, and whether it has been, stands in
our own rows; the act looks there first.
"""

from __future__ import annotations

from time import monotonic

from django.conf import settings
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from cases import outside
from cases.actions import archiving, batches, night_lists, sending
from cases.models import ArchiveEntry, Dispatch, LetterBatch
from people.actors import OUTBOX
from people.models import Employee
from people.queue import PRIORITY, Queue, defer

#: How many rows a minute's look takes up; the next minute takes the next.
_AT_A_LOOK = 500
#: How long letters to many are made before others have their turn, in seconds.
_AT_A_STRETCH = 15


@app.periodic(cron="* * * * *")
@app.task(name="tidy", queue=Queue.OUTBOX, queueing_lock="tidy", priority=2 * PRIORITY[Queue.OUTBOX])
async def tidy(timestamp: int) -> None:
    """Each minute: forget the jobs that a dead worker held. Their work stands in our rows, where it is taken up."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.finish_job(job=job, status=Status.FAILED, delete_job=True)


@app.periodic(cron="* * * * *")
@app.task(name="look", queue=Queue.OUTBOX, queueing_lock="look", priority=2 * PRIORITY[Queue.OUTBOX])
def look(timestamp: int) -> None:
    """Each minute: whatever is due, also what somebody left in the middle, gets its job."""
    for pk in Dispatch.objects.due(now()).order_by("next_at").values_list("pk", flat=True)[:_AT_A_LOOK]:
        defer("send", queue=Queue.OUTBOX, once=f"send-{pk}", dispatch=pk)
    for pk in LetterBatch.objects.filter(finished_at__isnull=True).values_list("pk", flat=True):
        defer("render", queue=Queue.LETTERS, once=f"render-{pk}", batch=pk)
    if outside.archive() is not None:
        for pk in ArchiveEntry.objects.due(now()).order_by("next_at").values_list("pk", flat=True)[:_AT_A_LOOK]:
            defer("archive", queue=Queue.OUTBOX, once=f"archive-{pk}", entry=pk)


@app.periodic(cron="*/5 * * * *")
@app.task(name="lay_ready", queue=Queue.LETTERS, queueing_lock="lay_ready", priority=2 * PRIORITY[Queue.OUTBOX])
def lay_ready(timestamp: int) -> None:
    """Each five minutes: the lists of who sleeps where whose hour has come are written, where there is a folder."""
    if settings.NIGHT_LISTS is not None:
        night_lists.lay_ready(settings.NIGHT_LISTS, by=_actor(), at=now())


@app.task(name="render", queue=Queue.LETTERS)
def render(batch: int) -> None:
    """Make letters of a batch for a while; the rest comes after what goes out in the meantime."""
    by, until = _actor(), monotonic() + _AT_A_STRETCH
    while batches.make_next(batch_id=batch, by=by, at=now()):
        if monotonic() > until:
            defer("render", queue=Queue.LETTERS, once=f"render-{batch}", batch=batch)
            return


@app.task(name="send", queue=Queue.OUTBOX)
def send(dispatch: int) -> None:
    """Take a letter as far as it comes now."""
    by, door = _actor(), outside.post()
    while (step := sending.claim(dispatch_id=dispatch, by=by, at=now())) is not None:
        sending.settle(step=step, outcome=sending.ask(step, door), by=by, at=now())


@app.task(name="archive", queue=Queue.OUTBOX)
def archive(entry: int) -> None:
    """Take a copy as far as it comes now."""
    by, door = _actor(), outside.archive()
    while (step := archiving.claim(entry_id=entry, by=by, at=now())) is not None:
        archiving.settle(step=step, outcome=archiving.ask(step, door), by=by, at=now())


def _actor() -> Employee:
    return Employee.objects.get(username=OUTBOX)
