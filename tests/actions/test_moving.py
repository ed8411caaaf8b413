"""Moving a household from one room to another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.actions.occupancy import CannotLiveThere
from cases.actions.placing import CannotPlace
from cases.models import Decision, DecisionStatus
from housing.actions.spells import spell_differences
from housing.models import ResidenceKind
from tests.factories.housing import RoomFactory
from tests.factories.people import DAY, LONG_AGO
from tests.journeys import FORTNIGHT, PARTS, give, good_room, household_in, lived, placed_household, shift

pytestmark = pytest.mark.django_db

END = FORTNIGHT
TOMORROW = DAY + timedelta(days=1)


def test_a_household_moves_out_and_in_on_the_same_day_and_keeps_its_clock_and_granted_end() -> None:
    household = placed_household(date(2026, 2, 1), planned_end=END)

    residence = shift(household)

    assert lived(household) == [("temporary", date(2026, 2, 1), DAY), ("temporary", DAY, None)]
    assert residence.planned_end == END
    stay = household.spells.get(state="temporary")
    assert stay.starts_on == date(2026, 2, 1)


def test_another_room_of_the_same_provider_needs_no_new_decision() -> None:
    household = household_in(ResidenceKind.ROUGH)
    first = give(household, parts=PARTS)

    shift(household, room=RoomFactory.create(provider=first.provider), starts_on=TOMORROW)

    assert Decision.objects.count() == 1


def test_another_provider_needs_a_new_decision() -> None:
    household = household_in(ResidenceKind.ROUGH)
    give(household, parts=PARTS)

    shift(household, starts_on=TOMORROW)

    new = Decision.objects.latest("pk")
    assert (new.starts_on, new.ends_on, new.status) == (TOMORROW, END, DecisionStatus.ORAL)


def test_a_longer_period_needs_a_new_decision() -> None:
    household = household_in(ResidenceKind.ROUGH)
    first = give(household, parts=PARTS)

    shift(
        household,
        room=RoomFactory.create(provider=first.provider),
        starts_on=TOMORROW,
        planned_end=END + timedelta(days=7),
    )

    assert Decision.objects.count() == 2


def test_moving_twice_in_a_day_is_a_correction() -> None:
    household = placed_household(LONG_AGO, planned_end=END)
    shift(household)

    with pytest.raises(CannotLiveThere):
        shift(household)


def test_nobody_moves_who_is_at_no_provider() -> None:
    with pytest.raises(CannotPlace):
        shift(household_in(ResidenceKind.ROUGH))


def test_nobody_moves_to_the_room_they_have() -> None:
    room = good_room()

    with pytest.raises(CannotPlace) as refused:
        shift(placed_household(LONG_AGO, room=room), room=room)

    assert refused.value.field == "room"


def test_spells_stay_in_line_after_a_row_of_moves() -> None:
    household = household_in(ResidenceKind.ROUGH)
    give(household)
    for days in (1, 2, 3):
        shift(household, starts_on=DAY + timedelta(days=days))

    assert spell_differences() == []
