"""Leaving one place for another, settling and losing a home."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from cases.actions.journey import NoOpenCase
from cases.actions.occupancy import CannotLiveThere
from cases.actions.residences import (
    CannotLeave,
    CannotLoseHome,
    CannotSettle,
    Destination,
    leave,
    lose_home,
    settle,
)
from cases.models import LostHomeReason, Task, TaskKind
from housing.models import Dwelling, Lease, Residence, ResidenceKind, Tenure
from people.models import Household, JournalEntry
from tests.factories.housing import ResidenceFactory
from tests.factories.people import AT, DAY, KONGSBERG, LONG_AGO, OSLO_NUMBER, UnitFactory, caseworker
from tests.journeys import household_in, lived, placed_household, state, worker_for

pytestmark = pytest.mark.django_db

SINCE = date(2026, 2, 1)
OWNED = Destination(ResidenceKind.OWNED)
RENTED = Destination(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)
SHORT = Destination(ResidenceKind.MUNICIPAL_RENTAL, lease=Lease.SECTION_11_1, lease_ends_on=date(2027, 3, 10))
THREE_YEARS = Destination(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY, lease_ends_on=date(2029, 3, 10))


def go(household: Household, to: Destination, *, on: date = DAY, **others: object) -> Residence:
    return leave(household_id=household.pk, on=on, to=to, by=worker_for(household), at=AT, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("to", "reached"),
    [
        (OWNED, "settled"),
        (RENTED, "settled"),
        (THREE_YEARS, "settled"),
        (SHORT, "elsewhere"),
        (Destination(ResidenceKind.FRIENDS), "homeless"),
        (Destination(ResidenceKind.ROUGH), "homeless"),
        (Destination(ResidenceKind.CRISIS_CENTRE, home_waits=False), "homeless"),
        (Destination(ResidenceKind.INSTITUTION, planned_end=date(2026, 6, 1), home_waits=False), "elsewhere"),
        (Destination(ResidenceKind.PRISON, home_waits=True), "elsewhere"),
        (Destination(ResidenceKind.UNKNOWN), "elsewhere"),
        (Destination(ResidenceKind.MOVED_AWAY), "elsewhere"),
        (Destination(ResidenceKind.WITH_FAMILY), "elsewhere"),
        (Destination(ResidenceKind.CARE_HOME), "elsewhere"),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_a_household_leaves_its_placement_for(to: Destination, reached: str) -> None:
    household = placed_household(SINCE)

    residence = go(household, to, reason="Went well")

    assert lived(household) == [("temporary", SINCE, DAY), (to.kind, DAY, None)]
    assert state(household) == reached
    assert (residence.planned_end, residence.home_waits) == (to.planned_end, to.home_waits)
    told = JournalEntry.objects.filter(household_id=household.pk).order_by("pk").values_list("act", "reason")
    assert [pair for pair in told if pair[0].startswith("residence")] == [
        ("residence.ended", ""),
        ("residence.started", "Went well"),
    ]


def test_leaving_closes_the_tasks_that_belong_to_a_stay_only() -> None:
    household = placed_household(SINCE)
    unit = household.responsibilities.get().unit
    for kind in (TaskKind.MAKE_PLAN, TaskKind.OTHER, TaskKind.WRITE_DECISION):
        Task.objects.create(household=household, unit=unit, kind=kind, due_on=DAY)

    go(household, OWNED)

    assert set(Task.objects.open().values_list("kind", flat=True)) == {TaskKind.OTHER, TaskKind.WRITE_DECISION}


def test_a_move_agreed_ahead_leaves_the_household_where_it_is_until_then() -> None:
    household = placed_household(SINCE)

    go(household, OWNED, on=DAY + timedelta(days=20))

    assert lived(household)[0] == ("temporary", SINCE, DAY + timedelta(days=20))
    assert state(household) == "temporary"


def test_a_household_of_which_nothing_is_known_goes_straight_to_a_home() -> None:
    household = household_in(None)

    go(household, OWNED)

    assert lived(household) == [("owned", DAY, None)]
    assert state(household) == "settled"


def test_a_home_in_one_of_our_dwellings_takes_it_until_the_household_moves_out() -> None:
    dwelling = Dwelling.objects.create(municipality_id=KONGSBERG, tenure=Tenure.OWNED, acquired_on=LONG_AGO)
    rented = Destination(ResidenceKind.MUNICIPAL_RENTAL, lease=Lease.ORDINARY, dwelling_id=dwelling.pk)
    go(placed_household(SINCE), rented)
    other = placed_household(SINCE)

    with pytest.raises(CannotLiveThere) as refused:
        go(other, rented)

    assert refused.value.field == "dwelling"
    assert state(other) == "temporary"


@pytest.mark.parametrize(
    ("dwelling", "refusal"),
    [
        ({"municipality_id": OSLO_NUMBER}, CannotLeave),
        ({"acquired_on": DAY + timedelta(days=1)}, CannotLiveThere),
        ({"disposed_on": DAY}, CannotLiveThere),
    ],
)
def test_a_dwelling_that_is_not_ours_to_let_is_refused(dwelling: dict[str, object], refusal: type[Exception]) -> None:
    facts = {"municipality_id": KONGSBERG, "tenure": Tenure.OWNED, "acquired_on": LONG_AGO, **dwelling}
    to = Destination(ResidenceKind.OWNED, dwelling_id=Dwelling.objects.create(**facts).pk)

    with pytest.raises(refusal):
        go(placed_household(SINCE), to)


@pytest.mark.parametrize(
    ("to", "field"),
    [
        (Destination(ResidenceKind.TEMPORARY), "kind"),
        (Destination(ResidenceKind.NIGHT_SHELTER), "kind"),
        (Destination(ResidenceKind.PRIVATE_RENTAL), "lease"),
        (Destination(ResidenceKind.OWNED, lease=Lease.ORDINARY), "lease"),
        (Destination(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY, lease_ends_on=DAY), "lease_ends_on"),
        (Destination(ResidenceKind.FRIENDS, dwelling_id=1), "dwelling"),
        (Destination(ResidenceKind.FRIENDS, home_waits=True), "home_waits"),
        (Destination(ResidenceKind.FRIENDS, planned_end=DAY), "planned_end"),
    ],
)
def test_what_does_not_go_with_the_kind_of_place_is_refused_at_its_field(to: Destination, field: str) -> None:
    household = placed_household(SINCE)

    with pytest.raises(CannotLeave) as refused:
        go(household, to)

    assert refused.value.field == field
    assert lived(household) == [("temporary", SINCE, None)]


def test_in_and_out_on_the_same_day_is_no_stay() -> None:
    household = placed_household(DAY)

    with pytest.raises(CannotLiveThere):
        go(household, OWNED)

    assert lived(household) == [("temporary", DAY, None)]


def test_a_move_too_far_ahead_is_refused() -> None:
    with pytest.raises(CannotLiveThere):
        go(placed_household(SINCE), OWNED, on=DAY + timedelta(days=32))


def test_a_move_before_a_later_residence_is_refused() -> None:
    household = household_in(ResidenceKind.FRIENDS, LONG_AGO, ends_on=SINCE)
    ResidenceFactory.create(household=household, kind=ResidenceKind.ROUGH, starts_on=SINCE)

    with pytest.raises(CannotLiveThere):
        go(household, OWNED, on=date(2026, 1, 15))


def test_another_unit_s_caseworker_moves_nobody_out() -> None:
    household = placed_household(SINCE)

    with pytest.raises(Http404):
        leave(household_id=household.pk, on=DAY, to=OWNED, by=caseworker(UnitFactory.create()), at=AT)


def test_a_closed_case_is_not_acted_on() -> None:
    household = household_in(ResidenceKind.OWNED)
    case = household.cases.get()
    case.close(on=DAY, reason="permanent_home")
    case.save()

    with pytest.raises(NoOpenCase):
        go(household, Destination(ResidenceKind.ROUGH))


def test_settling_is_into_a_home() -> None:
    household = placed_household(SINCE)
    worker = worker_for(household)

    with pytest.raises(CannotSettle):
        settle(household_id=household.pk, on=DAY, to=Destination(ResidenceKind.FRIENDS), by=worker, at=AT)
    settle(household_id=household.pk, on=DAY, to=RENTED, by=worker, at=AT)

    assert state(household) == "settled"


def test_a_home_lost_again_says_why() -> None:
    household = household_in(ResidenceKind.OWNED)
    worker = worker_for(household)

    with pytest.raises(CannotLoseHome):
        lose_home(household_id=household.pk, on=DAY, lost_home_reason=LostHomeReason.FIRE, to=OWNED, by=worker, at=AT)
    lose_home(household_id=household.pk, on=DAY, lost_home_reason=LostHomeReason.FIRE, by=worker, at=AT)

    assert lived(household) == [("owned", LONG_AGO, DAY), ("rough", DAY, None)]
    assert state(household) == "homeless"
    assert household.cases.get().lost_home_reason == LostHomeReason.FIRE
