"""`manage.py seal_log`: chain what was written since the last time; with --every it goes on until it is stopped."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from signal import SIGINT, SIGTERM, signal
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from people.evidence.chain import seal


class Command(BaseCommand):
    help = "Chain new entries of the ledger. Runs beside the server, or each minute by the clock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, with this pause between")

    def handle(self, *, every: int | None, **options: Any) -> None:
        if every is None:
            self.stdout.write(f"{seal()} entries chained")
            return
        stopped = Event()

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.set()

        for number in (SIGINT, SIGTERM):
            signal(number, stop)
        while not stopped.is_set():
            self._seal_if_the_database_answers()
            stopped.wait(every)

    def _seal_if_the_database_answers(self) -> None:
        """What is not chained now is chained the next time: a database that restarts shall not end the job."""
        try:
            seal()
        except OperationalError as error:
            self.stderr.write(f"not chained: {error}".strip())
        sys.stdout.flush()
        close_old_connections()
