"""`seal_log --every`: it goes on until it is told to stop, also while the database is away."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from io import StringIO
from threading import Thread
from time import sleep

import pytest
from django.core.management import call_command
from django.db import connection, connections

from tests.evidence.planting import a_unit, rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def handlers_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def run_until(reached: Callable[[], bool], **options: StringIO) -> None:
    """The command with a pause of an hour, told to stop when a thread sees that something is reached."""

    def watch() -> None:
        while not reached():
            sleep(0.02)
        connection.close()
        os.kill(os.getpid(), signal.SIGTERM)

    watcher = Thread(target=watch)
    watcher.start()
    call_command("seal_log", every=3600, **options)
    watcher.join()


def test_it_seals_at_once_and_ends_when_told_to() -> None:
    a_unit()

    run_until(lambda: rows("SELECT count(*) FROM audit.inbox") == [(0,)])

    assert rows("SELECT count(*) > 0 FROM audit.ledger") == [(True,)]


def test_a_database_that_is_away_does_not_end_it() -> None:
    said = StringIO()
    here, nowhere = connections["default"], connection.copy()
    nowhere.settings_dict.update(HOST="/nowhere")
    connections["default"] = nowhere
    try:
        run_until(lambda: "not chained" in said.getvalue(), stderr=said)
    finally:
        connections["default"] = here

    assert said.getvalue().startswith("not chained: ")
