"""Fifty at the same moment want one dwelling: one lease comes of it, the others read why not, nobody locks up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from cases.actions.lease_terms import Terms
from cases.actions.leases import sign_lease
from cases.actions.offers import NewOffer, accept_offer, make_offer
from cases.models import Offer, OfferStatus
from housing.actions.spells import spell_differences
from housing.models import Dwelling, DwellingVoid, Lease, Residence, ResidenceKind, Tenancy, Tenure
from people.models import Employee, Household
from people.refusals import REFUSABLE, Refusal, refusal_of
from tests.factories.housing import AgreementFactory
from tests.factories.offers import OfferedDwellingFactory, OfferFactory
from tests.factories.people import AT, DAY
from tests.journeys import household_in, joined, state, unit_of, worker_for

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 50
TERMS = Terms(lease=Lease.ORDINARY, signed_on=DAY, rent_a_month=8000)


@pytest.fixture(autouse=True)
def no_deadlock() -> Iterator[None]:
    """Deadlocks are tried again and would pass unseen: the server counts them."""
    before = _deadlocks()
    yield
    assert _deadlocks() == before


def _deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        [(count,)] = cursor.fetchall()
    return int(count)


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """What came of each act, or its refusal, all begun at the same moment."""
    ready = Barrier(len(acts), timeout=60)

    def run(done: Callable[[], object]) -> object:
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


def _from_offer_to_lease(household: Household, dwelling: Dwelling, by: Employee) -> Callable[[], object]:
    def run() -> Tenancy:
        new = NewOffer(dwelling_id=dwelling.pk, expires_on=DAY + timedelta(days=7), moves_in_from=DAY)
        offer = make_offer(household_id=household.pk, new=new, by=by, at=AT)
        accept_offer(offer_id=offer.pk, by=by, at=AT)
        return _sign(household, dwelling, by)()

    return run


def _sign(household: Household, dwelling: Dwelling, by: Employee) -> Callable[[], Tenancy]:
    return lambda: sign_lease(
        household_id=household.pk, dwelling_id=dwelling.pk, moves_in_on=DAY, terms=TERMS, by=by, at=AT
    )


def _fifty() -> tuple[list[Household], Employee]:
    first = household_in(ResidenceKind.ROUGH)
    worker = worker_for(first)
    others = [household_in(ResidenceKind.ROUGH, unit=unit_of(first)) for _ in range(AT_ONCE - 1)]
    for household in others:
        joined(worker, household)
    return [first, *others], worker


def _one_lives_there(households: Sequence[Household], dwelling: Dwelling, results: Sequence[object]) -> None:
    refused = [result for result in results if isinstance(result, Refusal)]
    assert len(refused) == len(results) - 1
    assert {refusal.field for refusal in refused} == {"dwelling"}
    assert Residence.objects.filter(dwelling=dwelling).count() == Tenancy.objects.count() == 1
    assert sorted(state(one) for one in households) == ["homeless"] * (len(households) - 1) + ["settled"]
    assert not DwellingVoid.objects.exists()
    assert spell_differences() == []


def test_fifty_households_accept_one_dwelling_at_once_and_one_gets_the_lease() -> None:
    households, worker = _fifty()
    dwelling = OfferedDwellingFactory.create()

    results = at_once([_from_offer_to_lease(household, dwelling, worker) for household in households])

    _one_lives_there(households, dwelling, results)
    assert Offer.objects.get().status == OfferStatus.MOVED_IN


def test_fifty_households_sign_for_one_dwelling_without_an_offer_and_one_gets_it() -> None:
    households, worker = _fifty()
    dwelling = OfferedDwellingFactory.create()

    results = at_once([_sign(household, dwelling, worker) for household in households])

    _one_lives_there(households, dwelling, results)


def test_fifty_say_yes_to_the_same_offer_at_once_and_it_is_accepted_once() -> None:
    household = household_in(ResidenceKind.ROUGH)
    offer, worker = OfferFactory.create(household=household), worker_for(household)

    results = at_once([lambda: accept_offer(offer_id=offer.pk, by=worker, at=AT) for _ in range(AT_ONCE)])

    assert sum(isinstance(result, Offer) for result in results) == 1
    assert DwellingVoid.objects.get().held_for == household
    assert household.tasks.filter(kind="sign_lease").count() == 1


def test_two_dwellings_of_one_agreement_are_let_in_turn_and_never_over_its_share() -> None:
    households, worker = _fifty()
    agreement = AgreementFactory.create(dwelling_total=10)
    dwellings = OfferedDwellingFactory.create_batch(10, tenure=Tenure(agreement.kind), agreement=agreement)

    results = at_once(
        [_sign(household, dwelling, worker) for household, dwelling in zip(households, dwellings, strict=False)]
    )

    assert sum(isinstance(result, Tenancy) for result in results) == agreement.allowed(DAY) == 4
    assert {result.field for result in results if isinstance(result, Refusal)} == {"dwelling"}
    assert Residence.objects.filter(dwelling__in=dwellings).count() == 4
