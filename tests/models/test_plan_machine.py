"""Every state of a person's plan against every transition: those it has go, all others are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from cases.models import IndividualPlan, PlanEnd, PlanKind, PlanState
from tests.factories.people import DAY
from tests.factories.planned import IndividualPlanFactory

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=90)
_ENDED = {"state": PlanState.ENDED, "ended_on": DAY, "ended_because": PlanEnd.MOVED}
STATES: dict[PlanState, dict[str, Any]] = {
    PlanState.OFFERED: {},
    PlanState.REFUSED: {"state": PlanState.REFUSED, "refused_on": DAY},
    PlanState.CONSENTED: {"is_consented": True},
    PlanState.ACTIVE: {"is_active": True},
    PlanState.ENDED: _ENDED,
}
MOVES: dict[str, Callable[[IndividualPlan], None]] = {
    "refuse": lambda plan: plan.refuse(on=DAY, because=""),
    "consent": lambda plan: plan.consent(on=DAY),
    "begin": lambda plan: plan.begin(on=DAY, next_revision_on=LATER),
    "revise": lambda plan: plan.revise(next_revision_on=LATER),
    "end": lambda plan: plan.end(on=DAY, because=PlanEnd.REACHED),
}
#: From a state by a transition to a state; what is not here is refused. An individual plan begins with consent.
GOES: dict[tuple[PlanState, str], PlanState] = {
    (PlanState.OFFERED, "refuse"): PlanState.REFUSED,
    (PlanState.OFFERED, "consent"): PlanState.CONSENTED,
    (PlanState.OFFERED, "end"): PlanState.ENDED,
    (PlanState.CONSENTED, "begin"): PlanState.ACTIVE,
    (PlanState.CONSENTED, "end"): PlanState.ENDED,
    (PlanState.ACTIVE, "revise"): PlanState.ACTIVE,
    (PlanState.ACTIVE, "end"): PlanState.ENDED,
}
#: A simpler plan may begin as it is offered.
SIMPLER = {**GOES, (PlanState.OFFERED, "begin"): PlanState.ACTIVE}


@pytest.mark.parametrize("kind", PlanKind)
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_a_plan_goes_only_the_ways_it_has(state: PlanState, move: str, kind: PlanKind) -> None:
    plan = IndividualPlanFactory.create(kind=kind, **STATES[state])
    target = (GOES if kind == PlanKind.INDIVIDUAL else SIMPLER).get((state, move))
    if target is None:
        with pytest.raises(TransitionNotAllowed):
            MOVES[move](plan)
        assert plan.state == state
        return
    MOVES[move](plan)
    plan.save()
    assert IndividualPlan.objects.get(pk=plan.pk).state == target


def test_every_transition_of_the_model_is_tried() -> None:
    transitions = IndividualPlan().get_all_state_transitions()
    assert {one.name for one in transitions} == set(MOVES)


def test_each_revision_is_one_more() -> None:
    plan = IndividualPlanFactory.create(is_active=True)
    plan.revise(next_revision_on=LATER)
    assert (plan.revision, plan.next_revision_on) == (2, LATER)
