"""Every state of a planned arrival with every transition: allowed or refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from cases.models import Transition, TransitionStatus
from tests.factories.people import DAY

MOVES: dict[str, dict[str, Any]] = {
    "prepare": {"home": "private", "dwelling": None, "note": ""},
    "lose_place": {},
    "arrive": {"on": DAY},
    "house": {"on": DAY, "left_on": DAY},
    "wait_again": {},
    "lose_home": {"left_on": DAY},
    "fall_away": {"on": DAY, "because": "x"},
}
LEADS = {
    "planned": {"prepare": "prepared", "arrive": "arrived", "house": "housed", "fall_away": "fell_away"},
    "prepared": {"lose_place": "planned", "arrive": "arrived", "house": "housed", "fall_away": "fell_away"},
    "arrived": {"house": "housed", "wait_again": "planned", "fall_away": "fell_away"},
    "housed": {"wait_again": "planned", "lose_home": "arrived"},
    "fell_away": {},
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("status", TransitionStatus.values)
def test_an_arrival_goes_only_where_the_machine_lets_it(status: str, move: str) -> None:
    arrival = Transition(status=status)
    if move in LEADS[status]:
        getattr(arrival, move)(**MOVES[move])
        assert arrival.status == LEADS[status][move]
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(arrival, move)(**MOVES[move])
        assert arrival.status == status


def test_no_transition_is_left_out_of_the_table() -> None:
    assert {one.name for one in Transition().get_all_status_transitions()} == set(MOVES)


def test_who_waits_again_still_has_the_home_that_waited() -> None:
    arrival = Transition(status="housed", home="municipal")

    arrival.wait_again()

    assert arrival.status == "prepared"


def test_the_municipality_pays_from_the_later_of_ready_and_notice() -> None:
    later = DAY + timedelta(days=2)

    assert Transition(ready_on=DAY, notice_on=later).pays_from == later
    assert Transition(ready_on=later, notice_on=DAY).pays_from == later
    assert Transition(ready_on=DAY).pays_from is None
