"""The nine points of an individual plan: each missing when what it asks for is, and all there in a whole plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cases.plan_points import PlanFacts, PlanPoint, points_met

WHOLE = PlanFacts(
    goals="a home",
    resources="cooks well",
    needs="somebody to ring",
    own_part="goes to the viewings",
    carried_out="we meet each month",
    cooperation="with the school",
    has_coordinator=True,
    has_period=True,
    has_revision=True,
    is_consented=True,
    contributions=("rings each week",),
    shared=(True,),
    measures=1,
)


def test_a_whole_plan_has_all_nine() -> None:
    assert len(PlanPoint) == 9
    assert set(points_met(WHOLE).values()) == {True}


def test_a_plan_that_is_only_offered_has_none() -> None:
    assert set(points_met(PlanFacts()).values()) == {False}


@pytest.mark.parametrize(
    ("lacks", "point"),
    [
        ({"goals": " "}, PlanPoint.GOALS),
        ({"resources": ""}, PlanPoint.GOALS),
        ({"needs": ""}, PlanPoint.GOALS),
        ({"has_coordinator": False}, PlanPoint.COORDINATOR),
        ({"own_part": ""}, PlanPoint.CONTRIBUTIONS),
        ({"contributions": (" ",)}, PlanPoint.CONTRIBUTIONS),
        ({"measures": 0}, PlanPoint.MEASURES),
        ({"carried_out": ""}, PlanPoint.CARRIED_OUT),
        ({"has_period": False}, PlanPoint.PERIOD),
        ({"has_revision": False}, PlanPoint.PERIOD),
        ({"is_consented": False}, PlanPoint.CONSENT),
        ({"shared": (False,)}, PlanPoint.CONSENT),
        ({"cooperation": ""}, PlanPoint.COOPERATION),
        ({"contributions": (), "shared": ()}, PlanPoint.TAKES_PART),
    ],
)
def test_a_point_is_lacking_by_itself(lacks: dict[str, Any], point: PlanPoint) -> None:
    met = points_met(replace(WHOLE, **lacks))
    assert [one for one, is_met in met.items() if not is_met] == [point]
