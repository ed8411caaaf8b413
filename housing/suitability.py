"""Whether a room suits a household tonight (egnethet). Pure: standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """Why a room does not suit, gravest first."""

    BARRED = "barred"
    APPROVAL_LAPSED = "approval_lapsed"
    CHILD_APPROVAL_LAPSED = "child_approval_lapsed"
    NIGHT_SHELTER = "night_shelter"
    NO_QUALITY_AGREEMENT = "no_quality_agreement"
    NOT_FOR_CHILDREN = "not_for_children"
    TOO_SMALL = "too_small"


#: Nobody can decide to use the room all the same.
STOPS = frozenset({Problem.BARRED})
#: Only a leader can.
FOR_THE_LEADER = frozenset({Problem.APPROVAL_LAPSED, Problem.CHILD_APPROVAL_LAPSED})


@dataclass(frozen=True)
class Lodgers:
    """Who would live there that night: the number of people, visiting children counted, and whether any is a child."""

    people: int
    has_children: bool


@dataclass(frozen=True)
class Lodging:
    """What a room and its provider offer that night.

    `is_barred`: the household may not stay there, because of a ban or of who else does; which one is nobody's business.
    `child_approval_lapsed`: it has been approved for children, and is no longer.
    """

    beds: int
    is_night_shelter: bool
    suits_children: bool
    needs_agreement: bool
    has_agreement: bool
    is_barred: bool
    child_approval_lapsed: bool = False


def problems(lodgers: Lodgers, lodging: Lodging) -> tuple[Problem, ...]:
    """Every reason why the room does not suit, gravest first; none when it does.

    Without a quality agreement in force a place lacks its approval: for a child that is the graver problem, and the
    only one of the two that is named. Where the approval for children has lapsed, that it suits them no more is not
    said twice.
    """
    is_lapsed = lodgers.has_children and lodging.child_approval_lapsed
    lacks_agreement = lodging.needs_agreement and not lodging.has_agreement
    found = {
        Problem.BARRED: lodging.is_barred,
        Problem.APPROVAL_LAPSED: lacks_agreement and lodgers.has_children,
        Problem.CHILD_APPROVAL_LAPSED: is_lapsed,
        Problem.NIGHT_SHELTER: lodging.is_night_shelter,
        Problem.NO_QUALITY_AGREEMENT: lacks_agreement and not lodgers.has_children,
        Problem.NOT_FOR_CHILDREN: lodgers.has_children and not lodging.suits_children and not is_lapsed,
        Problem.TOO_SMALL: lodgers.people > lodging.beds,
    }
    return tuple(problem for problem, is_there in found.items() if is_there)
