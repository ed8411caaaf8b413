"""Whether a room suits a household."""

from __future__ import annotations

from dataclasses import replace

import pytest

from housing.suitability import FOR_THE_LEADER, STOPS, Lodgers, Lodging, Problem, problems

ALONE = Lodgers(people=1, has_children=False)
FAMILY = Lodgers(people=3, has_children=True)
GOOD = Lodging(
    beds=3, is_night_shelter=False, suits_children=True, needs_agreement=True, has_agreement=True, is_barred=False
)


@pytest.mark.parametrize("lodgers", [ALONE, FAMILY])
def test_a_good_room_has_no_problem(lodgers: Lodgers) -> None:
    assert problems(lodgers, GOOD) == ()


@pytest.mark.parametrize(
    ("lodgers", "change", "found"),
    [
        (ALONE, {"is_barred": True}, [Problem.BARRED]),
        (ALONE, {"has_agreement": False}, [Problem.NO_QUALITY_AGREEMENT]),
        (FAMILY, {"has_agreement": False}, [Problem.APPROVAL_LAPSED]),
        (ALONE, {"has_agreement": False, "needs_agreement": False}, []),
        (FAMILY, {"has_agreement": False, "needs_agreement": False}, []),
        (FAMILY, {"child_approval_lapsed": True, "suits_children": False}, [Problem.CHILD_APPROVAL_LAPSED]),
        (ALONE, {"child_approval_lapsed": True}, []),
        (ALONE, {"is_night_shelter": True}, [Problem.NIGHT_SHELTER]),
        (ALONE, {"suits_children": False}, []),
        (FAMILY, {"suits_children": False}, [Problem.NOT_FOR_CHILDREN]),
        (ALONE, {"beds": 1}, []),
        (FAMILY, {"beds": 2}, [Problem.TOO_SMALL]),
        (
            FAMILY,
            {"beds": 1, "suits_children": False, "has_agreement": False, "is_night_shelter": True, "is_barred": True},
            [
                Problem.BARRED,
                Problem.APPROVAL_LAPSED,
                Problem.NIGHT_SHELTER,
                Problem.NOT_FOR_CHILDREN,
                Problem.TOO_SMALL,
            ],
        ),
    ],
)
def test_what_speaks_against_a_room_is_listed_gravest_first(
    lodgers: Lodgers, change: dict[str, object], found: list[Problem]
) -> None:
    assert list(problems(lodgers, replace(GOOD, **change))) == found  # type: ignore[arg-type]


def test_no_problem_both_stops_everybody_and_is_the_leader_s_to_decide() -> None:
    assert not STOPS & FOR_THE_LEADER
