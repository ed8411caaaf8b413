"""Dwellings that stand empty and cannot be let: never let and out of letting at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases.actions.corrections import Corrected, correct_residence
from cases.actions.occupancy import CannotLiveThere
from cases.actions.residences import Destination, settle
from housing.actions.voids import (
    CannotStandEmpty,
    begin_void,
    change_void,
    end_void,
    hold_for,
    release,
    remove_void,
)
from housing.models import Dwelling, DwellingVoid, Lease, Residence, ResidenceKind, VoidReason
from people.models import Employee, Household, Unit
from tests.factories.housing import DwellingFactory, ResidenceFactory
from tests.factories.people import AT, DAY, LONG_AGO, UnitFactory, caseworker, reporter
from tests.factories.voids import DwellingVoidFactory
from tests.journeys import household_in, joined

pytestmark = pytest.mark.django_db

REPAIR, CLEANING = VoidReason.REPAIR, VoidReason.CLEANING


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


@pytest.fixture
def dwelling() -> Dwelling:
    return DwellingFactory.create()


def lived_in(dwelling: Dwelling, starts_on: date, ends_on: date | None) -> Residence:
    return ResidenceFactory.create(kind=ResidenceKind.OWNED, dwelling=dwelling, starts_on=starts_on, ends_on=ends_on)


def days(number: int) -> date:
    return DAY + timedelta(days=number)


def move_in(household: Household, dwelling: Dwelling, by: Employee, on: date = DAY) -> Residence:
    home = Destination(ResidenceKind.MUNICIPAL_RENTAL, dwelling_id=dwelling.pk, lease=Lease.ORDINARY)
    return settle(household_id=household.pk, on=on, to=home, by=by, at=AT)


def test_a_repair_begins_costs_and_ends_and_cleaning_follows_the_same_day(worker: Employee, dwelling: Dwelling) -> None:
    repair = begin_void(
        dwelling_id=dwelling.pk, starts_on=DAY, reason=REPAIR, expected_on=days(20), note=" Floor ", by=worker, at=AT
    )
    end_void(void_id=repair.pk, on=days(12), cost=41_500, by=worker, at=AT)
    begin_void(dwelling_id=dwelling.pk, starts_on=days(12), reason=CLEANING, ends_on=days(13), by=worker, at=AT)

    kept = dwelling.voids.order_by("starts_on")
    assert [(one.reason, one.starts_on, one.ends_on) for one in kept] == [
        (REPAIR, DAY, days(12)),
        (CLEANING, days(12), days(13)),
    ]
    assert (kept[0].cost, kept[0].note, kept[0].expected_on) == (41_500, "Floor", days(20))


def test_a_dwelling_that_somebody_lives_in_is_not_taken_out_of_letting(worker: Employee, dwelling: Dwelling) -> None:
    lived_in(dwelling, LONG_AGO, days(10))

    for starts_on, ends_on in ((DAY, None), (days(5), days(20)), (LONG_AGO, None)):
        with pytest.raises(CannotStandEmpty) as refused:
            begin_void(dwelling_id=dwelling.pk, starts_on=starts_on, ends_on=ends_on, reason=REPAIR, by=worker, at=AT)
        assert refused.value.field == "starts_on"
    assert not DwellingVoid.objects.exists()
    begin_void(dwelling_id=dwelling.pk, starts_on=days(10), reason=REPAIR, by=worker, at=AT)


def test_whoever_has_the_dwelling_the_refusal_says_the_same(worker: Employee, unit: Unit) -> None:
    let, held, broken = (DwellingFactory.create() for _ in range(3))
    lived_in(let, LONG_AGO, None)
    DwellingVoidFactory.create(dwelling=held, reason=VoidReason.HOLD, held_for=household_in(ResidenceKind.ROUGH))
    DwellingVoidFactory.create(dwelling=broken)

    said = set()
    for dwelling in (let, held, broken):
        with pytest.raises(CannotStandEmpty) as refused:
            begin_void(dwelling_id=dwelling.pk, starts_on=days(1), reason=CLEANING, by=worker, at=AT)
        said.add(str(refused.value))
    assert len(said) == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"ends_on": DAY}, "ends_on"),
        ({"expected_on": DAY}, "expected_on"),
        ({"starts_on": LONG_AGO - timedelta(days=1)}, "starts_on"),
        ({"starts_on": DAY + timedelta(days=100)}, "starts_on"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    worker: Employee, dwelling: Dwelling, told: dict[str, date], field: str
) -> None:
    Dwelling.objects.filter(pk=dwelling.pk).update(disposed_on=days(100))

    with pytest.raises(CannotStandEmpty) as refused:
        begin_void(**{"dwelling_id": dwelling.pk, "starts_on": DAY, "reason": REPAIR, "by": worker, "at": AT} | told)  # type: ignore[arg-type]

    assert refused.value.field == field
    assert not DwellingVoid.objects.exists()


def test_a_void_is_changed_within_what_is_free_and_removed_when_it_never_was(
    worker: Employee, dwelling: Dwelling
) -> None:
    void = DwellingVoidFactory.create(dwelling=dwelling, starts_on=days(5))
    lived_in(dwelling, LONG_AGO, days(3))
    told = {"void_id": void.pk, "reason": CLEANING, "by": worker, "at": AT}

    with pytest.raises(CannotStandEmpty):
        change_void(starts_on=days(2), **told)  # type: ignore[arg-type]
    change_void(starts_on=days(3), ends_on=days(9), cost=900, **told)  # type: ignore[arg-type]

    void.refresh_from_db()
    assert (void.reason, void.starts_on, void.ends_on, void.cost) == (CLEANING, days(3), days(9), 900)
    remove_void(void_id=void.pk, by=worker, at=AT)
    assert not DwellingVoid.objects.exists()


def test_only_those_who_keep_dwellings_in_the_municipality_take_them_out_of_letting(dwelling: Dwelling) -> None:
    void = DwellingVoidFactory.create(dwelling=dwelling)
    elsewhere = caseworker(UnitFactory.create(municipality_id="0301"))

    for somebody in (elsewhere, reporter(UnitFactory.create())):
        with pytest.raises(PermissionDenied):
            begin_void(dwelling_id=dwelling.pk, starts_on=DAY, reason=REPAIR, by=somebody, at=AT)
        with pytest.raises(PermissionDenied):
            remove_void(void_id=void.pk, by=somebody, at=AT)


def test_nobody_moves_into_a_dwelling_that_is_out_of_letting(worker: Employee, unit: Unit, dwelling: Dwelling) -> None:
    household = household_in(ResidenceKind.ROUGH, unit=unit)
    joined(worker, household)
    repair = DwellingVoidFactory.create(dwelling=dwelling, starts_on=DAY - timedelta(days=3))

    with pytest.raises(CannotLiveThere) as refused:
        move_in(household, dwelling, worker)
    assert refused.value.field == "dwelling"
    assert not dwelling.residences.exists()

    end_void(void_id=repair.pk, on=DAY, by=worker, at=AT)
    move_in(household, dwelling, worker)
    assert dwelling.residences.get().household == household


def test_what_is_held_for_a_household_gives_way_to_its_own_lease_alone(
    worker: Employee, unit: Unit, dwelling: Dwelling
) -> None:
    household, other = (household_in(ResidenceKind.ROUGH, unit=unit) for _ in range(2))
    for one in (household, other):
        joined(worker, one)
    with transaction.atomic():
        hold_for(household, dwelling, on=DAY - timedelta(days=6), expected_on=days(8))

    with pytest.raises(CannotLiveThere):
        move_in(other, dwelling, worker)
    move_in(household, dwelling, worker)

    held = dwelling.voids.get()
    assert (held.reason, held.held_for, held.ends_on) == (VoidReason.HOLD, household, DAY)


def test_a_hold_is_not_changed_by_hand_and_goes_when_it_is_released(worker: Employee, dwelling: Dwelling) -> None:
    household, other = household_in(ResidenceKind.ROUGH), DwellingFactory.create()
    with transaction.atomic():
        first = hold_for(household, dwelling, on=DAY)
        hold_for(household, other, on=days(3))

    with pytest.raises(CannotStandEmpty):
        end_void(void_id=first.pk, on=days(2), by=worker, at=AT)
    with transaction.atomic():
        release(household, on=days(2))

    assert [(one.dwelling, one.ends_on) for one in DwellingVoid.objects.all()] == [(dwelling, days(2))]


def test_a_residence_whose_dwelling_was_out_of_letting_already_can_be_corrected(
    worker: Employee, unit: Unit, dwelling: Dwelling
) -> None:
    household = household_in(ResidenceKind.ROUGH, unit=unit)
    joined(worker, household)
    residence = move_in(household, dwelling, worker)
    # as an import may bring it
    DwellingVoidFactory.create(dwelling=dwelling, starts_on=DAY, ends_on=days(2))

    correct_residence(
        residence_id=residence.pk,
        corrected=Corrected(
            kind=ResidenceKind.MUNICIPAL_RENTAL,
            starts_on=DAY,
            ends_on=None,
            dwelling_id=dwelling.pk,
            lease=Lease.SECTION_11_1,
            lease_reason="Tried out",
        ),
        reason="Wrong kind of lease",
        by=worker,
        at=AT,
    )

    residence.refresh_from_db()
    assert residence.lease == Lease.SECTION_11_1
