"""What speaks for and against a dwelling, and in which order households stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.allotment import NO_GROUP, Line, Rules, months_between, points_lacking, priority
from cases.matching import Home, Seeker, Weight, Why, fit, reasons, suits

TODAY = date(2026, 3, 2)


def whys(weight: Weight, *, home: dict[str, Any] | None = None, **needs: Any) -> set[Why]:
    found = reasons(Seeker(**needs), Home(free_on=TODAY, **{"rooms": 3, **(home or {})}))
    return {reason.why for reason in found if reason.weight is weight}


@pytest.mark.parametrize(
    ("needs", "home", "why"),
    [
        ({"sleepers": 5}, {}, Why.TOO_FEW_ROOMS),
        ({"rooms_least": 4}, {}, Why.TOO_FEW_ROOMS),
        ({"area_least": 60}, {"area": 59}, Why.TOO_SMALL),
        ({"needs_accessible": True}, {"is_accessible": False}, Why.NOT_ACCESSIBLE),
        ({"floor_most": 1}, {"floor": 2}, Why.TOO_HIGH),
        ({"has_children": True}, {"is_children_approved": False}, Why.NOT_FOR_CHILDREN),
        ({"has_pets": True}, {"allows_pets": False}, Why.NO_PETS),
        ({"not_colocated": True}, {"is_colocated": True}, Why.COLOCATED),
        ({"needs_small_house": True}, {}, Why.NOT_A_SMALL_HOUSE),
        ({"support": "round_the_clock"}, {"staffing": "day"}, Why.TOO_LITTLE_STAFF),
    ],
)
def test_what_stops_a_dwelling(needs: dict[str, Any], home: dict[str, Any], why: Why) -> None:
    assert why in whys(Weight.STOPS, home=home, **needs)
    assert not suits(Seeker(**needs), Home(free_on=TODAY, **{"rooms": 3, **home}))


@pytest.mark.parametrize(
    ("needs", "home", "why"),
    [
        ({}, {"rooms": None}, Why.UNKNOWN_ROOMS),
        ({}, {}, Why.LARGER_THAN_NEEDED),
        ({"needs_accessible": True}, {}, Why.UNKNOWN_ACCESS),
        ({}, {"is_accessible": True}, Why.TAKES_AN_ACCESSIBLE_ONE),
        ({"floor_most": 1}, {}, Why.UNKNOWN_FLOOR),
        ({"rent_most": 9000}, {"rent": 9001}, Why.TOO_DEAR),
        ({"rent_most": 9000}, {}, Why.UNKNOWN_RENT),
        ({"groups": frozenset({"young"})}, {"groups": frozenset({"elderly"})}, Why.FOR_OTHERS),
        ({"wished_place": "Sentrum"}, {"where": "Nordvegen 4"}, Why.ELSEWHERE),
    ],
)
def test_what_speaks_against_it_without_stopping_it(needs: dict[str, Any], home: dict[str, Any], why: Why) -> None:
    assert why in whys(Weight.AGAINST, home=home, **needs)
    assert suits(Seeker(**needs), Home(free_on=TODAY, **{"rooms": 3, **home}))


@pytest.mark.parametrize(
    ("needs", "home", "why"),
    [
        ({"sleepers": 4}, {}, Why.ROOMS_ENOUGH),
        ({"needs_accessible": True}, {"is_accessible": True}, Why.ACCESSIBLE),
        ({"rent_most": 9000}, {"rent": 9000}, Why.RENT_WITHIN),
        ({"groups": frozenset({"young"})}, {"groups": frozenset({"young", "family"})}, Why.MEANT_FOR),
        ({"wished_place": "nær Sentrum"}, {"where": "Storgata 1, sentrum"}, Why.AS_WISHED),
        ({"has_children": True}, {"is_children_approved": True}, Why.APPROVED_FOR_CHILDREN),
        ({"needs_small_house": True}, {"is_small_house": True}, Why.SMALL_HOUSE),
        ({"support": "day"}, {"staffing": "round_the_clock"}, Why.STAFFED),
    ],
)
def test_what_speaks_for_it(needs: dict[str, Any], home: dict[str, Any], why: Why) -> None:
    assert why in whys(Weight.FOR, home=home, **needs)


def test_a_lift_makes_every_floor_reachable() -> None:
    assert not whys(Weight.STOPS, home={"floor": 8, "has_lift": True}, floor_most=1)


@given(sleepers=st.integers(1, 12), rooms=st.integers(1, 9))
def test_a_larger_home_never_stops_where_a_smaller_does_not(sleepers: int, rooms: int) -> None:
    small, large = (Home(free_on=TODAY, rooms=number) for number in (rooms, rooms + 1))

    assert suits(Seeker(sleepers=sleepers), large) or not suits(Seeker(sleepers=sleepers), small)
    assert fit(reasons(Seeker(sleepers=sleepers), large)) >= -1


POINTS = Rules(numbers={"homeless": 5, "children": 3, "young": 2, "waited": 1})
GROUPS = Rules(by_groups=True, numbers={"homeless": 2, "children": 1})


def test_points_are_added_line_by_line_with_the_months_waited() -> None:
    found = priority(POINTS, {"homeless", "young", "unsuitable"}, months=4)

    assert found.lines == (Line("homeless", 5), Line("waited", 1, 4), Line("young", 2))
    assert (found.value, found.computed) == (11, 11)


def test_the_first_group_counts_and_none_stands_last() -> None:
    assert priority(GROUPS, {"homeless", "children"}, months=9).value == 1
    assert priority(GROUPS, {"young"}).value == NO_GROUP
    assert not priority(GROUPS, {"young"}).has_group


def test_what_is_set_by_hand_takes_the_place_of_what_is_computed() -> None:
    found = priority(POINTS, {"young"}, override=40)

    assert (found.value, found.computed) == (40, 2)


def test_most_points_come_first_then_who_came_first() -> None:
    high, low = priority(POINTS, {"homeless"}), priority(POINTS, {"young"})
    early, late = date(2025, 1, 1), date(2025, 2, 1)
    rows = [(low, early, 1), (high, late, 2), (high, early, 3), (high, early, 4)]

    assert [number for _p, _d, number in sorted(rows, key=lambda row: row[0].order(row[1], row[2]))] == [3, 4, 2, 1]


def test_how_many_points_would_have_put_one_before_another() -> None:
    high, low = priority(POINTS, {"homeless"}), priority(POINTS, {"young"})

    assert points_lacking(low, high, came_first=False) == 4
    assert points_lacking(low, high, came_first=True) == 3
    assert points_lacking(high, low, came_first=False) == 0


@pytest.mark.parametrize(
    ("first", "day", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2025, 11, 2), date(2026, 3, 1), 3),
        (date(2026, 4, 1), date(2026, 3, 1), 0),
    ],
)
def test_months_waited_are_whole_calendar_months(first: date, day: date, months: int) -> None:
    assert months_between(first, day) == months
