"""The jobs that the worker does: each reads the clock and calls one act.

A job is a message that may come twice or after its work is done. What is to be done, and whether it has been, stands in
our own rows; the act looks there first.
"""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from people.queue import PRIORITY, Queue


@app.periodic(cron="* * * * *")
@app.task(name="tidy", queue=Queue.OUTBOX, queueing_lock="tidy", priority=2 * PRIORITY[Queue.OUTBOX])
async def tidy(timestamp: int) -> None:
    """Each minute: forget the jobs that a dead worker held. Their work stands in our rows, where it is taken up."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.finish_job(job=job, status=Status.FAILED, delete_job=True)
