"""A worker killed in the middle: between the issue and the letter, and while the letter is on its way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from time import sleep

import pytest
from django.db import connection
from django.utils.timezone import localdate, now
from procrastinate.contrib.django.models import ProcrastinateJob as Job

from cases.actions.archiving import to_archive
from cases.actions.batches import Said, start_batch
from cases.actions.dispatching import dispatch_to_everybody
from cases.models import ArchiveEntry, ArchiveState, BatchKind, Dispatch, DispatchState, Document, DocumentKind
from cases.questions.batches import Progress, candidates, progress_of
from people.queue import Queue, defer
from tests.factories.cases import CaseFactory, DocumentFactory, RequestFactory
from tests.factories.people import HouseholdFactory, UnitFactory, caseworker
from tests.jobs.worker import finish, worker
from tests.journeys import joined
from tests.outside.receiver import Receiver, receiver
from tests.outside.test_sending import NUMBER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def outside(settings: object) -> Iterator[Receiver]:
    with receiver() as server:
        settings.VARIG_OUTSIDE = server.outside()  # type: ignore[attr-defined]
        yield server


def issued() -> tuple[Dispatch, ArchiveEntry]:
    """A letter that was kept and put on its way."""
    document = DocumentFactory.create()
    person = document.household.members.get().person
    person.national_id, person.id_kind = NUMBER, "synthetic"
    person.save()
    [sent] = dispatch_to_everybody(document, by=document.made_by, at=now())
    return sent, to_archive(document, at=now())


def kill_a_worker(outside: Receiver, kind: str) -> None:
    """Start one, wait until the receiver has taken what it handed over, and kill it before it hears so."""
    outside.told[kind] = ["hang"]
    with worker(VARIG_OUTSIDE={door: {**told, "timeout": 30} for door, told in outside.outside().items()}) as process:
        assert outside.hanging.wait(60), "The worker never came so far."
        process.kill()
        process.wait()
    outside.let_go.set()


def let_time_pass() -> None:
    """What the dead worker had to itself is due again, and its jobs are gone, as after the next minute's tidying."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    for model in (Dispatch, ArchiveEntry):
        model.objects.filter(next_at__isnull=False).update(next_at=now() - timedelta(minutes=1))
    defer("look", queue=Queue.OUTBOX, timestamp=0)


@pytest.mark.faults
@pytest.mark.parametrize("kind", ["reserve", "send", "status", "deposit", "receipt"])
def test_killed_at_any_step_nothing_is_lost_and_nothing_comes_twice(outside: Receiver, kind: str) -> None:
    sent, entry = issued()
    if kind in ("status", "receipt"):
        finish(VARIG_OUTSIDE=outside.outside())
        let_time_pass()
    kill_a_worker(outside, kind)

    for _ in range(3):
        let_time_pass()
        finish(VARIG_OUTSIDE=outside.outside())

    sent.refresh_from_db()
    entry.refresh_from_db()
    assert (sent.state, entry.state) == (DispatchState.DELIVERED, ArchiveState.RECEIVED)
    assert [number for number, *_ in outside.letters] == [sent.external_id]
    assert [key for key, *_ in outside.copies] == [str(entry.key)]


@pytest.mark.faults
def test_killed_among_many_letters_each_is_made_once() -> None:
    unit = UnitFactory.create()
    by, asked_at = caseworker(unit), now() - timedelta(days=21)
    for _ in range(4):
        household = HouseholdFactory.create(unit=unit)
        CaseFactory.create(household=household)
        joined(by, household)
        RequestFactory.create(
            household=household, unit=unit, kind="dwelling", lacks_place_tonight=False, asked_at=asked_at
        )
    to = candidates(BatchKind.PRELIMINARY, unit, by, at=now())
    said = Said(reason="Many have asked.", due_on=localdate(now()) + timedelta(days=30))
    batch = start_batch(kind=BatchKind.PRELIMINARY, unit=unit, said=said, to=to, by=by, at=now())
    with worker() as process:
        while progress_of(batch).done == 0:
            sleep(0.02)
        process.kill()
        process.wait()

    let_time_pass()
    finish()

    assert progress_of(batch) == Progress(waiting=0, done=4, refused=0)
    letters = Document.objects.filter(kind=DocumentKind.PRELIMINARY)
    assert sorted(letters.values_list("household", flat=True)) == sorted(one.household_id for one in to)


def test_killed_between_the_issue_and_the_letter_the_next_worker_sends_it_once(outside: Receiver) -> None:
    sent, entry = issued()
    assert set(Job.objects.values_list("task_name", flat=True)) == {"send", "archive"}
    let_time_pass()

    finish(VARIG_OUTSIDE=outside.outside())
    let_time_pass()
    finish(VARIG_OUTSIDE=outside.outside())

    sent.refresh_from_db()
    entry.refresh_from_db()
    assert (sent.state, entry.state) == (DispatchState.DELIVERED, ArchiveState.RECEIVED)
    assert (len(outside.letters), len(outside.copies)) == (1, 1)
