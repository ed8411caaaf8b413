"""Undoing that a household moved into a home: offers, papers and what stands good for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.actions.lease_terms import Terms
from cases.actions.leases import sign_lease
from cases.actions.offers import NewOffer, accept_offer, make_offer
from cases.actions.residences import Destination, settle
from cases.actions.securities import Given, give_security
from cases.actions.undo import CannotUndo, is_undoable, undo_last
from cases.models import Offer, OfferStatus, Security, Task
from housing.models import Dwelling, DwellingVoid, Lease, ResidenceKind, Tenancy
from people.models import Household
from tests.factories.leases import TenancyFactory
from tests.factories.offers import OfferedDwellingFactory
from tests.factories.people import AT, DAY, LONG_AGO
from tests.journeys import household_in, lived, state, worker_for

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
WEEK = DAY + timedelta(days=7)
TERMS = Terms(lease=Lease.ORDINARY, signed_on=DAY, rent_a_month=9000, leaves_home=True)


@pytest.fixture
def household() -> Household:
    return household_in(ResidenceKind.ROUGH)


@pytest.fixture
def dwelling() -> Dwelling:
    return OfferedDwellingFactory.create()


def offered(household: Household, dwelling: Dwelling) -> Offer:
    new = NewOffer(dwelling_id=dwelling.pk, expires_on=WEEK, moves_in_from=DAY)
    return make_offer(household_id=household.pk, new=new, by=worker_for(household), at=AT)


def accepted(household: Household, dwelling: Dwelling) -> Offer:
    offer = offered(household, dwelling)
    return accept_offer(offer_id=offer.pk, by=worker_for(household), at=AT + MINUTE)


def moved_in(household: Household, dwelling: Dwelling) -> None:
    to = Destination(ResidenceKind.MUNICIPAL_RENTAL, dwelling_id=dwelling.pk, lease=Lease.ORDINARY)
    settle(household_id=household.pk, on=DAY, to=to, by=worker_for(household), at=AT + 2 * MINUTE)


def signed(household: Household, dwelling: Dwelling) -> Tenancy:
    told: dict[str, Any] = {"by": worker_for(household), "at": AT + 2 * MINUTE}
    return sign_lease(household_id=household.pk, dwelling_id=dwelling.pk, moves_in_on=DAY, terms=TERMS, **told)


def undone(household: Household) -> None:
    undo_last(household_id=household.pk, by=worker_for(household), at=AT + 5 * MINUTE, reason="By mistake")


def status(offer: Offer) -> str:
    return str(Offer.objects.get(pk=offer.pk).status)


def asked(household: Household) -> list[str]:
    return sorted(Task.objects.open().filter(household=household).values_list("kind", flat=True))


def test_the_offer_taken_up_is_accepted_again_and_the_dwelling_held(household: Household, dwelling: Dwelling) -> None:
    offer = accepted(household, dwelling)
    moved_in(household, dwelling)
    assert status(offer) == OfferStatus.MOVED_IN

    undone(household)

    assert status(offer) == OfferStatus.ACCEPTED
    assert (DwellingVoid.objects.get().held_for, DwellingVoid.objects.get().ends_on) == (household, None)
    assert asked(household) == ["sign_lease"]
    moved_in(household, dwelling)
    assert status(offer) == OfferStatus.MOVED_IN


def test_a_hold_that_moving_in_cut_short_goes_on(household: Household, dwelling: Dwelling) -> None:
    accepted(household, dwelling)
    DwellingVoid.objects.update(starts_on=DAY - timedelta(days=5))
    moved_in(household, dwelling)
    assert DwellingVoid.objects.get().ends_on == DAY

    undone(household)

    assert (DwellingVoid.objects.get().starts_on, DwellingVoid.objects.get().ends_on) == (DAY - timedelta(days=5), None)


def test_an_offer_that_moving_in_was_the_yes_to_waits_for_an_answer_again(
    household: Household, dwelling: Dwelling
) -> None:
    offer = offered(household, dwelling)
    moved_in(household, dwelling)

    undone(household)

    assert status(offer) == OfferStatus.SENT
    assert (Offer.objects.get().accepted_on, Offer.objects.get().answered_by) == (None, None)
    assert not DwellingVoid.objects.exists()
    assert asked(household) == ["answer_offer"]


def test_offers_that_fell_away_stand_again_unless_the_dwelling_is_gone(
    household: Household, dwelling: Dwelling
) -> None:
    free, gone = (offered(household, OfferedDwellingFactory.create()) for _ in range(2))
    accepted(household, dwelling)
    moved_in(household, dwelling)
    offered(household_in(ResidenceKind.ROUGH), gone.dwelling)

    undone(household)

    assert (status(free), status(gone)) == (OfferStatus.SENT, OfferStatus.WITHDRAWN)
    assert asked(household) == ["answer_offer", "sign_lease"]


def test_a_lease_signed_is_undone_with_its_papers(household: Household, dwelling: Dwelling) -> None:
    offer = accepted(household, dwelling)
    signed(household, dwelling)

    undone(household)

    assert not Tenancy.objects.exists()
    assert lived(household) == [("rough", LONG_AGO, None)]
    assert state(household) == "homeless"
    assert status(offer) == OfferStatus.ACCEPTED


def test_the_lease_of_the_home_that_was_left_has_not_ended(dwelling: Dwelling) -> None:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, LONG_AGO, lease=Lease.ORDINARY)
    left = TenancyFactory.create(residence=household.residences.get())
    signed(household, dwelling)
    assert Tenancy.objects.get(pk=left.pk).ended_because == "other_home"

    undone(household)

    assert [tenancy.ended_because for tenancy in Tenancy.objects.all()] == [""]
    assert lived(household) == [("private_rental", LONG_AGO, None)]


@pytest.mark.parametrize("way", [moved_in, signed])
def test_where_a_deposit_has_been_given_nothing_is_undone(household: Household, dwelling: Dwelling, way: Any) -> None:
    tenancy = way(household, dwelling)
    if tenancy is None:
        tenancy = TenancyFactory.create(residence=household.residences.get(kind=ResidenceKind.MUNICIPAL_RENTAL))
        tenancy.rents.create(starts_on=DAY, rent_a_month=9000)
    given = Given(kind="deposit", amount=9000, given_on=DAY)
    give_security(residence_id=tenancy.residence_id, given=given, by=worker_for(household), at=AT + 3 * MINUTE)

    with pytest.raises(CannotUndo, match="deposit or guarantee"):
        undone(household)

    assert not is_undoable(household, by=worker_for(household), at=AT + 5 * MINUTE)
    assert Security.objects.exists()
    assert state(household) == "settled"
