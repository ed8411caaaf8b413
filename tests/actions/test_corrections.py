"""Putting right what was registered wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.corrections import CannotCorrect, Corrected, correct_residence, remove_residence
from cases.actions.occupancy import CannotLiveThere
from cases.actions.residences import CannotLeave
from housing.models import Dwelling, Lease, ProviderKind, Residence, ResidenceKind, Tenure
from people.models import Household, JournalEntry, Role
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import AT, DAY, KONGSBERG, LONG_AGO, OSLO_NUMBER, employee_with
from tests.journeys import good_room, household_in, lived, placed_household, state, unit_of, worker_for

pytestmark = pytest.mark.django_db

SINCE = date(2026, 2, 1)


def as_it_stands(residence: Residence) -> Corrected:
    """What a form shows before anything is changed."""
    return Corrected(
        kind=ResidenceKind(residence.kind),
        starts_on=residence.starts_on,
        ends_on=residence.ends_on,
        provider_id=residence.provider_id,
        room_id=residence.room_id,
        dwelling_id=residence.dwelling_id,
        lease=residence.lease,
        lease_ends_on=residence.lease_ends_on,
        lease_reason=residence.lease_reason,
        planned_end=residence.planned_end,
        home_waits=residence.home_waits,
    )


def correct(household: Household, *, reason: str = "Typed wrong", **changes: Any) -> Residence:
    residence = household.residences.latest("starts_on")
    corrected = replace(as_it_stands(residence), **changes)
    return correct_residence(
        residence_id=residence.pk, corrected=corrected, reason=reason, by=worker_for(household), at=AT
    )


def test_a_corrected_first_night_moves_the_limit_and_the_journal_tells_both() -> None:
    household = placed_household(SINCE)

    correct(household, starts_on=date(2026, 1, 15))

    assert lived(household) == [("temporary", date(2026, 1, 15), None)]
    assert household.spells.get().limit_on == date(2026, 4, 15)
    entry = JournalEntry.objects.get(act="residence.corrected")
    assert entry.reason == "Typed wrong"
    assert entry.details["before"]["starts_on"] == "2026-02-01"
    assert entry.details["after"]["starts_on"] == "2026-01-15"


def test_a_wrong_provider_is_put_right_with_its_price() -> None:
    household = placed_household(SINCE)
    room = good_room(price_a_night=1200)

    residence = correct(household, provider_id=room.provider_id, room_id=room.pk)

    residence.refresh_from_db()
    assert (residence.provider, residence.room, residence.price_a_night) == (room.provider, room, 1200)


def test_a_room_that_was_not_known_can_be_left_open() -> None:
    household = placed_household(SINCE)

    assert correct(household, room_id=None).room is None


def test_a_placement_that_was_a_stay_with_friends_lets_the_case_follow() -> None:
    household = placed_household(SINCE, price_a_night=900)

    residence = correct(household, kind=ResidenceKind.FRIENDS)

    assert (residence.provider, residence.price_a_night) == (None, None)
    assert lived(household) == [("friends", SINCE, None)]
    assert state(household) == "homeless"


def test_a_home_that_was_a_placement_loses_its_lease() -> None:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, SINCE, lease=Lease.ORDINARY)
    room = good_room()

    correct(household, kind=ResidenceKind.TEMPORARY, provider_id=room.provider_id, room_id=room.pk)

    assert state(household) == "temporary"
    assert household.residences.get().lease == ""


def test_a_shorter_lease_than_registered_unsettles_the_case() -> None:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, SINCE, lease=Lease.ORDINARY)

    correct(household, lease_ends_on=date(2027, 2, 1))

    assert state(household) == "elsewhere"


def test_a_dwelling_can_be_named_afterwards() -> None:
    household = household_in(ResidenceKind.OWNED, SINCE)
    ours, theirs = (
        Dwelling.objects.create(municipality_id=number, tenure=Tenure.USER_OWNED, acquired_on=LONG_AGO)
        for number in (KONGSBERG, OSLO_NUMBER)
    )

    with pytest.raises(CannotCorrect) as refused:
        correct(household, dwelling_id=theirs.pk)
    assert refused.value.field == "dwelling"
    assert correct(household, dwelling_id=ours.pk).dwelling == ours


def test_a_correction_says_why_and_changes_something() -> None:
    household = placed_household(SINCE)

    with pytest.raises(CannotCorrect) as refused:
        correct(household, reason="  ", starts_on=date(2026, 1, 1))
    assert refused.value.field == "reason"
    with pytest.raises(CannotCorrect):
        correct(household)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": SINCE}, "ends_on"),
        ({"planned_end": SINCE}, "planned_end"),
        ({"starts_on": DAY + timedelta(days=40)}, "starts_on"),
        ({"ends_on": DAY + timedelta(days=40)}, "ends_on"),
        ({"starts_on": date(2025, 12, 31)}, "starts_on"),
        ({"provider_id": None}, "provider"),
        ({"room_id": 0}, "room"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_at_its_field(changes: dict[str, Any], field: str) -> None:
    household = placed_household(SINCE)
    ResidenceFactory.create(household=household, starts_on=date(2025, 12, 1), ends_on=date(2026, 1, 10))

    with pytest.raises((CannotCorrect, CannotLiveThere)) as refused:
        correct(household, **changes)

    assert refused.value.field == field


def test_a_room_of_another_provider_and_a_provider_of_another_kind_are_refused() -> None:
    household = placed_household(SINCE)
    shelter = ProviderFactory.create(kind=ProviderKind.NIGHT_SHELTER)

    wrong: list[dict[str, Any]] = [{"room_id": RoomFactory.create().pk}, {"provider_id": shelter.pk}]
    for changes in wrong:
        with pytest.raises(CannotCorrect):
            correct(household, **changes)


def test_a_room_that_somebody_had_is_refused() -> None:
    taken = placed_household(date(2026, 1, 1), ends_on=SINCE).residences.get().room
    assert taken is not None
    household = placed_household(SINCE)

    with pytest.raises(CannotLiveThere) as refused:
        correct(household, starts_on=date(2026, 1, 31), provider_id=taken.provider_id, room_id=taken.pk)

    assert refused.value.field == "room"


def test_a_lease_on_no_rental_is_refused() -> None:
    with pytest.raises(CannotLeave):
        correct(household_in(ResidenceKind.FRIENDS, SINCE), lease=Lease.ORDINARY)


def test_a_residence_that_never_was_is_taken_away_with_a_reason() -> None:
    household = placed_household(SINCE)
    residence, worker = household.residences.get(), worker_for(household)

    with pytest.raises(CannotCorrect):
        remove_residence(residence_id=residence.pk, reason="", by=worker, at=AT)
    remove_residence(residence_id=residence.pk, reason="Another household", by=worker, at=AT)

    assert lived(household) == []
    assert state(household) == "registered"
    assert JournalEntry.objects.get(act="residence.removed").details["starts_on"] == "2026-02-01"


def test_what_is_not_there_cannot_be_corrected_nor_by_who_may_not() -> None:
    household = placed_household(SINCE)
    residence = household.residences.get()
    coordinator = employee_with(Role.PLAN_COORDINATOR, unit_of(household))

    with pytest.raises(Http404):
        remove_residence(residence_id=0, reason="Gone", by=coordinator, at=AT)
    with pytest.raises(PermissionDenied):
        remove_residence(residence_id=residence.pk, reason="Wrong", by=coordinator, at=AT)
