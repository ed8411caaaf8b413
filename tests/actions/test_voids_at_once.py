"""Letting a dwelling and taking it out of letting at the same moment: one of the two, never both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from cases.actions.residences import Destination, settle
from housing.actions.voids import begin_void
from housing.models import DwellingVoid, Lease, Residence, ResidenceKind, VoidReason
from people.models import Household
from people.refusals import REFUSABLE, Refusal, refusal_of
from tests.factories.housing import DwellingFactory
from tests.factories.people import AT, DAY
from tests.journeys import household_in, joined, unit_of, worker_for

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What came of each act, all begun at the same moment."""
    ready = Barrier(len(acts), timeout=30)

    def run(done: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return done()
        except REFUSABLE as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [result.result() for result in [threads.submit(run, one) for one in acts]]


def test_a_dwelling_is_let_once_or_out_of_letting_once_whoever_comes_at_the_same_moment() -> None:
    dwelling = DwellingFactory.create()
    first = household_in(ResidenceKind.ROUGH)
    worker, unit = worker_for(first), unit_of(first)
    households = [first, *(household_in(ResidenceKind.ROUGH, unit=unit) for _ in range(5))]
    for household in households[1:]:
        joined(worker, household)
    home = Destination(ResidenceKind.MUNICIPAL_RENTAL, dwelling_id=dwelling.pk, lease=Lease.ORDINARY)

    def letting(household: Household) -> Callable[[], Residence]:
        return lambda: settle(household_id=household.pk, on=DAY, to=home, by=worker, at=AT)

    def emptying() -> DwellingVoid:
        return begin_void(dwelling_id=dwelling.pk, starts_on=DAY, reason=VoidReason.REPAIR, by=worker, at=AT)

    results = at_once([*(letting(household) for household in households), *[emptying] * 6])

    assert sum(not isinstance(result, Refusal) for result in results) == 1
    assert dwelling.residences.count() + dwelling.voids.count() == 1
