"""The door to the job queue: what is to be done later is deferred in the transaction of the act that asks for it.

A job carries row numbers and nothing else (docs/adr/0014): whoever reads the queue learns of nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued


class Queue(StrEnum):
    """What kind of work waits. One worker takes both, what goes out first."""

    OUTBOX = "outbox"
    LETTERS = "letters"


#: the higher is taken first
PRIORITY = {Queue.OUTBOX: 10, Queue.LETTERS: 0}


def defer(task: str, *, queue: Queue, once: str = "", not_before: datetime | None = None, **ids: int) -> bool:
    """Have a job done after this transaction commits; rolled back, there is no job. → whether it was added.

    :param task: the function's name in `cases.jobs`
    :param once: while a job with this name waits, no other is added
    :param ids: what the job is about: row numbers only
    """
    strangers = {name for name, number in ids.items() if type(number) is not int}
    if strangers:
        raise TypeError(f"A job carries row numbers only, not {', '.join(sorted(strangers))}.")
    deferrer = app.configure_task(
        task, queue=queue, priority=PRIORITY[queue], queueing_lock=once or None, schedule_at=not_before
    )
    try:
        # a refusal by the queue must not spoil the act's own transaction
        with transaction.atomic():
            deferrer.defer(**ids)
    except AlreadyEnqueued:
        return False
    return True


def overdue(*, at: datetime, by: timedelta) -> int:
    """How many jobs have waited longer than this for their turn: more than none says that no worker runs."""
    waiting = ProcrastinateJob.objects.filter(status="todo")
    began = waiting.filter(scheduled_at__lt=at - by).count()
    unscheduled = waiting.filter(
        scheduled_at=None, procrastinateevent__type="deferred", procrastinateevent__at__lt=at - by
    )
    return began + unscheduled.distinct().count()
