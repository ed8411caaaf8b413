"""Letters to many as a job, and what pages cost meanwhile: with a worker at it and without, in one run.

Prints how long a letter takes, and each page's median with the job running and without, their ratio and its bar. Exit
status 1 when a ratio is over its bar, or when the batch did not come to its end with each letter once.

usage: python -m tests.bench.letters [LETTERS]      default 500
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from statistics import median
from time import perf_counter, sleep

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.timezone import localdate  # noqa: E402

from cases.actions.batches import Said, start_batch  # noqa: E402
from cases.models import BatchKind, Document, DocumentKind, LetterBatch, RequestKind  # noqa: E402
from cases.questions.batches import candidates, progress_of  # noqa: E402
from people.models import AssignmentRole, Employee, Unit  # noqa: E402
from tests import databases  # noqa: E402
from tests.bench.pages import client_of, pages  # noqa: E402
from tests.factories.cases import CaseFactory, RequestFactory  # noqa: E402
from tests.factories.people import AssignmentFactory, HouseholdFactory, UnitFactory, caseworker  # noqa: E402
from tests.jobs.worker import worker  # noqa: E402

TURNS = 15
#: A worker is one process of low priority beside the web's: a page may share the machine with it, no more.
BAR = 2.5
#: longer, and something stands still, in seconds
LONGEST = 1800


def load(letters: int) -> tuple[Unit, Employee]:
    """A unit whose caseworker follows so many households that have asked and heard nothing."""
    unit: Unit = UnitFactory.create()
    employee = caseworker(unit)
    asked_at = timezone.now() - timedelta(days=21)
    for _ in range(letters):
        household = HouseholdFactory.create(unit=unit)
        CaseFactory.create(household=household)
        AssignmentFactory.create(household=household, employee=employee, role=AssignmentRole.OWNER)
        RequestFactory.create(
            household=household, unit=unit, kind=RequestKind.DWELLING, lacks_place_tonight=False, asked_at=asked_at
        )
    return unit, employee


def times(client: Client, address: str) -> float:
    """Median milliseconds of a whole page."""
    taken = []
    for _ in range(TURNS):
        before = perf_counter()
        assert client.get(address).status_code == 200
        taken.append((perf_counter() - before) * 1000)
    return median(taken)


def bench(letters: int) -> bool:
    from django.conf import settings

    unit, employee = load(letters)
    clients = {
        name: (client_of(employee, settings.MIDDLEWARE, where), where) for name, where in pages(employee).items()
    }
    without = {name: times(*asked) for name, asked in clients.items()}
    at = timezone.now()
    said = Said(reason="Many have asked at the same time.", due_on=localdate(at) + timedelta(days=30))
    found = candidates(BatchKind.PRELIMINARY, unit, employee, at=at)
    batch = start_batch(kind=BatchKind.PRELIMINARY, unit=unit, said=said, to=found, by=employee, at=at)
    with worker():
        while progress_of(batch).done == 0:  # until it has warmed up
            sleep(0.1)
        began, first = perf_counter(), progress_of(batch).done
        meanwhile = {name: times(*asked) for name, asked in clients.items()}
        assert progress_of(batch).waiting, "all were made before the pages were measured: ask for more letters"
        while progress_of(batch).waiting and perf_counter() - began < LONGEST:
            sleep(0.5)
        took = perf_counter() - began
    return _told(letters, took / max(1, letters - first) * 1000, without, meanwhile, batch)


def _told(
    letters: int, each: float, without: dict[str, float], meanwhile: dict[str, float], batch: LetterBatch
) -> bool:
    made = Document.objects.filter(kind=DocumentKind.PRELIMINARY).count()
    print(f"{letters} letters: {made} made, {each:.0f} ms each; {progress_of(batch)}")
    print(f"{'page':20} {'ms':>9} {'alone ms':>9} {'ratio':>7} {'bar':>6}")
    is_within = made == letters
    for name, alone in without.items():
        ratio = meanwhile[name] / alone
        is_within &= ratio <= BAR
        print(f"{name:20} {meanwhile[name]:9.2f} {alone:9.2f} {ratio:7.2f} {BAR:>6}{'  over' if ratio > BAR else ''}")
    return is_within


def main(letters: int) -> int:
    name = "test_varig_bench_letters"
    databases.copy(databases.clean_database(), name)
    try:
        with databases.named(name):
            return 0 if bench(letters) else 1
    finally:
        connection.close()
        databases.drop(name)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 500))
