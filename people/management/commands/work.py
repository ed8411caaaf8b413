"""`manage.py work`: do the jobs that wait, and go on until it is stopped; with --once, until none waits."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.connector import BaseAsyncConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

#: what the web wants of the machine goes first
NICE = 10


def _connector() -> BaseAsyncConnector:
    """Connections of the worker's own, by the app's login."""
    assert isinstance(app.connector, DjangoConnector)
    return app.connector.get_worker_connector()


class Command(BaseCommand):
    help = "Do the jobs that wait: letters, sending, archiving. Runs beside the server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing waits")

    def handle(self, *, once: bool, **options: Any) -> None:
        os.nice(NICE)
        # Not the package's own command: that one sets up a log of its own, past what people.logs withholds.
        with app.replace_connector(_connector()) as worker:
            worker.run_worker(wait=not once)
