"""Work that is put off: it waits if the act is kept, is gone if the act is not, and tells of nobody."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob as Job

from people.checks import somebody_works
from people.queue import Queue, defer, overdue
from tests.jobs.worker import finish

EVER = timedelta(0)


def jobs() -> list[tuple[str, str, dict[str, Any], str]]:
    return list(Job.objects.order_by("id").values_list("task_name", "queue_name", "args", "status"))


@pytest.mark.django_db
def test_a_job_waits_with_row_numbers_alone() -> None:
    assert defer("send", queue=Queue.OUTBOX, dispatch=7)

    assert jobs() == [("send", "outbox", {"dispatch": 7}, "todo")]


@pytest.mark.django_db
@pytest.mark.parametrize("stranger", ["Kari Nordmann", "13857612345", True, None])
def test_a_job_takes_nothing_but_row_numbers(stranger: Any) -> None:
    with pytest.raises(TypeError, match="row numbers only, not name"):
        defer("send", queue=Queue.OUTBOX, name=stranger)

    assert jobs() == []


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_job() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        defer("send", queue=Queue.OUTBOX, dispatch=7)
        _ = 1 / 0

    assert jobs() == []


@pytest.mark.django_db
def test_a_job_that_waits_already_is_not_added_again_and_the_act_goes_on() -> None:
    assert defer("send", queue=Queue.OUTBOX, once="send-7", dispatch=7)
    assert not defer("send", queue=Queue.OUTBOX, once="send-7", dispatch=7)

    assert len(jobs()) == 1


@pytest.mark.django_db
def test_what_goes_out_is_taken_before_what_is_rendered() -> None:
    defer("render", queue=Queue.LETTERS, batch=1)
    defer("send", queue=Queue.OUTBOX, dispatch=7)

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        [(worker,)] = cursor.fetchall()
        cursor.execute("SELECT task_name FROM procrastinate_fetch_job_v2(ARRAY['outbox', 'letters'], %s)", [worker])
        assert cursor.fetchall() == [("send",)]


@pytest.mark.django_db
def test_a_job_for_later_is_not_overdue_and_one_that_was_for_earlier_is() -> None:
    now = timezone.now()
    defer("send", queue=Queue.OUTBOX, dispatch=1, not_before=now + timedelta(hours=1))
    assert overdue(at=now, by=EVER) == 0

    defer("send", queue=Queue.OUTBOX, dispatch=2, not_before=now - timedelta(hours=1))
    defer("send", queue=Queue.OUTBOX, dispatch=3)

    assert overdue(at=now + timedelta(seconds=5), by=EVER) == 2
    assert overdue(at=now, by=timedelta(minutes=30)) == 1


@pytest.mark.django_db
def test_the_check_of_the_database_says_when_no_worker_takes_the_jobs() -> None:
    assert somebody_works(databases=["default"]) == []
    assert somebody_works() == []

    defer("send", queue=Queue.OUTBOX, dispatch=2, not_before=timezone.now() - timedelta(hours=1))

    [worry] = somebody_works(databases=["default"])
    assert worry.id == "people.W004" and "1 jobs" in worry.msg


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_the_app_and_forgets_what_a_dead_one_held() -> None:
    defer("send", queue=Queue.OUTBOX, dispatch=7)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
        cursor.execute("SELECT * FROM procrastinate_fetch_job_v2(NULL, (SELECT max(id) FROM procrastinate_workers))")
    assert [status for *_, status in jobs()] == ["doing"]
    defer("tidy", queue=Queue.OUTBOX, timestamp=0)

    finish()

    assert jobs() == []


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_queue_too() -> None:
    defer("send", queue=Queue.OUTBOX, dispatch=7)

    call_command("flush", interactive=False, stdout=StringIO())

    assert jobs() == []
