"""The nine points that an individual plan must have, and which of them a plan lacks.

Source: the regulation on individual plans common to the welfare acts from 1 August 2022.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlanPoint(StrEnum):
    GOALS = "goals"
    TAKES_PART = "takes_part"
    COORDINATOR = "coordinator"
    CONTRIBUTIONS = "contributions"
    MEASURES = "measures"
    CARRIED_OUT = "carried_out"
    PERIOD = "period"
    CONSENT = "consent"
    COOPERATION = "cooperation"


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What the points are judged by. `contributions` and `consented` are of each participant."""

    goals: str = ""
    resources: str = ""
    needs: str = ""
    own_part: str = ""
    carried_out: str = ""
    cooperation: str = ""
    has_coordinator: bool = False
    has_period: bool = False
    has_revision: bool = False
    is_consented: bool = False
    contributions: tuple[str, ...] = ()
    #: for each participant, whether the person has said yes to share what is confidential with them
    shared: tuple[bool, ...] = ()
    measures: int = 0


def points_met(facts: PlanFacts) -> dict[PlanPoint, bool]:
    """Each of the nine points, in the regulation's order, and whether the plan has it."""
    told = (facts.goals, facts.resources, facts.needs)
    return {
        PlanPoint.GOALS: all(text.strip() for text in told),
        PlanPoint.TAKES_PART: bool(facts.contributions),
        PlanPoint.COORDINATOR: facts.has_coordinator,
        PlanPoint.CONTRIBUTIONS: bool(facts.own_part.strip()) and all(text.strip() for text in facts.contributions),
        PlanPoint.MEASURES: facts.measures > 0,
        PlanPoint.CARRIED_OUT: bool(facts.carried_out.strip()),
        PlanPoint.PERIOD: facts.has_period and facts.has_revision,
        PlanPoint.CONSENT: facts.is_consented and all(facts.shared),
        PlanPoint.COOPERATION: bool(facts.cooperation.strip()),
    }
