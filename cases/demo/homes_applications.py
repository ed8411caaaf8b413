"""Applications for municipal dwellings, done to households whose stories others tell, and the rules of their order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cases.actions.allotment import NewRules, set_allotment_rules
from cases.actions.application_state import lives_in_ours
from cases.actions.applications import Needs, apply_for_dwelling, pause_application, set_priority
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.decided import issued
from cases.demo.guarded import cases_of
from cases.demo.moments import Moments
from cases.demo.stage import Stage
from cases.models import (
    ApplicationKind,
    Criterion,
    DecisionKind,
    DecisionResult,
    HousingApplication,
    MainReason,
    PauseReason,
    PriorityMode,
    SupportNeed,
)
from people.models import Employee, Household

#: Days before the edge on which an application comes, and what each asks for; the last is not decided yet.
APPLIED: tuple[tuple[int, dict[str, Any]], ...] = (
    (190, {"main_reason": MainReason.OTHER, "assessed": [Criterion.CONNECTED]}),
    (165, {"main_reason": MainReason.MENTAL_OR_DRUGS, "support": SupportNeed.DAY, "not_colocated": True}),
    (140, {"main_reason": MainReason.ADAPTED_HOME, "needs_accessible": True, "floor_most": 1}),
    (120, {"main_reason": MainReason.OTHER, "has_pets": True, "rent_most": 9000}),
    (101, {"main_reason": MainReason.REFUGEE, "rooms_least": 3, "assessed": [Criterion.CANNOT_ALONE]}),
    (84, {"main_reason": MainReason.OTHER, "rooms_least": 2, "wished_place": "Solvikveien 2"}),
    (63, {"main_reason": MainReason.OTHER, "area_least": 50, "assessed": [Criterion.CONNECTED]}),
    (41, {"main_reason": MainReason.MENTAL_OR_DRUGS, "assessed": [Criterion.NEEDS_SUPPORT]}),
    (29, {"main_reason": MainReason.OTHER, "rooms_least": 2, "assessed": [Criterion.CHILD_NEEDS]}),
    (16, {"main_reason": MainReason.OTHER}),
    (4, {"main_reason": MainReason.REFUGEE, "rooms_least": 2}),
)
POINTS: dict[str, int] = {
    Criterion.HOMELESS: 6,
    Criterion.TEMPORARY: 6,
    Criterion.OVER_LIMIT: 8,
    Criterion.CHILDREN: 6,
    Criterion.YOUNG: 3,
    Criterion.UNSUITABLE: 4,
    Criterion.ACCESS_NEED: 4,
    Criterion.HEALTH: 3,
    Criterion.CANNOT_ALONE: 4,
    Criterion.CONNECTED: 2,
    Criterion.CHILD_NEEDS: 5,
    Criterion.NEEDS_SUPPORT: 3,
    Criterion.WAITED: 1,
}


def applied(stage: Stage) -> list[Story]:
    """The rules first, then those who apply."""
    return [_rules(stage), _applications(stage), _leader(stage)]


def _rules(stage: Stage) -> Story:
    when = Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(400)
    rules = NewRules(
        starts_on=when.today, mode=PriorityMode.POINTS, numbers=POINTS, reason=_text("rules"), confirm_months=12
    )
    set_allotment_rules(municipality_id=stage.town.nav.municipality_id, rules=rules, by=stage.town.leader, at=when.at)


def _applications(stage: Stage) -> Story:
    """Each from whoever has been longest in temporary accommodation and has not applied."""
    when, by = Moments(stage.rng, edge=stage.town.edge), stage.town.employees["saksbehandler"]
    for number, (days_before, needs) in enumerate(APPLIED):
        yield when.begin(days_before)
        household = _next(when, stage)
        if household is None:
            continue
        application = _apply(household, needs, by, when)
        if number < len(APPLIED) - 1:
            issued(household, DecisionKind.DWELLING, DecisionResult.GRANTED, by, when)
        if number == PAUSED:
            told: dict[str, Any] = {
                "starts_on": when.today,
                "ends_on": when.today + timedelta(days=200),
                "note": _text("pause"),
            }
            pause_application(
                application_id=application.pk, reason=PauseReason.CANNOT_MOVE, by=by, at=when.sitting(), **told
            )


#: Which of those who applied pauses.
PAUSED = 3


def _leader(stage: Stage) -> Story:
    """The leader sets one of them further up, and says why."""
    when = Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(2)
    for household in cases_of("saksbehandler", when, stage):
        application = household.applications.open().filter(override__isnull=True).first()
        if application is not None:
            told: dict[str, Any] = {"value": 40, "mode": PriorityMode.POINTS, "because": _text("override")}
            set_priority(application_id=application.pk, by=stage.town.leader, at=when.at, **told)
            return


def _next(when: Moments, stage: Stage) -> Household | None:
    here = cases_of("saksbehandler", when, stage)
    return next((one for one in here if not one.applications.exists()), None)


def _apply(household: Household, needs: dict[str, Any], by: Employee, when: Moments) -> HousingApplication:
    kind = ApplicationKind.SWAP if lives_in_ours(household, when.today) else ApplicationKind.NEW
    return apply_for_dwelling(
        household_id=household.pk,
        kind=kind,
        received_on=when.today,
        needs=Needs(**{"wishes": _text("wishes"), "needs_because": _text("needs_because"), **needs}),
        by=by,
        at=when.at,
    )


def _text(name: str) -> str:
    return str(content("texts")["applied"][name])
