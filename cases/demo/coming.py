"""Who comes out of a place on a known day in the demo, and refugees settled and to be settled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cases.actions.settlements import Settlement, change_settlement, register_settlement
from cases.actions.transitions import Plan, change_transition, plan_transition, prepare_home
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.life import Life
from cases.demo.stage import CRISIS_CENTRE, PRIVATE, Stage, family
from cases.demo.stories import go_out
from cases.models import HomeWaiting, LostHomeReason, SettlementAnswer, Transition, TransitionKind
from housing.models import ResidenceKind

_PLANNED = ("origin", "coordinator", "pathway")


def coming(stage: Stage) -> list[Story]:
    """One leaves the crisis centre for a home that waited; refugees are settled, and others are to be."""
    return [_leaves_crisis_centre(stage), _settled(stage), _to_be_settled(stage, 170), _to_be_settled(stage, 40)]


def plan_for(life: Life, kind: ResidenceKind, days_left: int) -> None:
    """Somebody in prison or in an institution is known to come out, and no home waits."""
    is_prison = kind == ResidenceKind.PRISON
    code = TransitionKind.RELEASE if is_prison else TransitionKind.DISCHARGE
    day = life.town.edge_day + timedelta(days=days_left)
    arrival = plan(life, code, day)
    if not is_prison:
        ready = life.today
        told = Plan(kind=code, expected_on=day, ready_on=ready, notice_on=ready, **_told(code))
        change_transition(transition_id=arrival.pk, plan=told, by=life.owner, at=life.sitting())


def plan(life: Life, kind: TransitionKind, day: date, **more: Any) -> Transition:
    told = Plan(kind=kind, expected_on=day, **_told(kind), **more)
    return plan_transition(household_id=life.household.pk, plan=told, by=life.owner, at=life.sitting())


def _leaves_crisis_centre(stage: Stage) -> Story:
    life = stage.life()
    yield life.begin(58)
    family(CRISIS_CENTRE, LostHomeReason.VIOLENCE, children=2, lacks_place=False)(life)
    yield life.wait(9)
    day = life.today + timedelta(days=16)
    arrival = plan(life, TransitionKind.LEAVES_CRISIS_CENTRE, day)
    yield life.wait(5)
    _have_a_home(life, arrival, "centre")
    yield life.until(day)
    go_out(life, PRIVATE)
    yield life.wait(7)
    told = Plan(kind=arrival.kind, expected_on=day, returned_to_abuser=False, **_told(TransitionKind(arrival.kind)))
    change_transition(transition_id=arrival.pk, plan=told, by=life.owner, at=life.sitting())


def _settled(stage: Stage) -> Story:
    """Five months after the decision, from the reception centre to a home the same day."""
    life = stage.life()
    yield life.begin(150)
    family(ResidenceKind.RECEPTION_CENTRE, LostHomeReason.NEW_ARRIVAL, is_couple=True, lacks_place=False)(life)
    decided_on = life.today - timedelta(days=50)
    asked_on = life.today - timedelta(days=9)
    made = register_settlement(
        household_id=life.household.pk,
        told=Settlement(
            decided_on=decided_on,
            asked_on=asked_on,
            answer=SettlementAnswer.ACCEPTED,
            answered_on=life.today,
            family_ahead=2,
        ),
        by=life.owner,
        at=life.sitting(),
    )
    day = life.today + timedelta(days=82)
    arrival = plan(life, TransitionKind.LEAVES_RECEPTION_CENTRE, day)
    yield life.wait(40)
    found_on = life.today
    _have_a_home(life, arrival, "reception")
    yield life.until(day)
    go_out(life, PRIVATE)
    told = Settlement(
        decided_on=decided_on,
        asked_on=asked_on,
        answer=SettlementAnswer.ACCEPTED,
        answered_on=made.answered_on,
        home_found_on=found_on,
        settled_on=life.today,
        family_ahead=2,
    )
    change_settlement(settlement_id=made.pk, told=told, by=life.owner, at=life.sitting())


def _to_be_settled(stage: Stage, decided_before: int) -> Story:
    life = stage.life()
    yield life.begin(30)
    family(ResidenceKind.RECEPTION_CENTRE, LostHomeReason.NEW_ARRIVAL, children=1, lacks_place=False)(life)
    told = Settlement(
        decided_on=life.town.edge_day - timedelta(days=decided_before), asked_on=life.today - timedelta(days=2)
    )
    register_settlement(household_id=life.household.pk, told=told, by=life.owner, at=life.sitting())
    plan(life, TransitionKind.LEAVES_RECEPTION_CENTRE, life.town.edge_day + timedelta(days=64))


def _have_a_home(life: Life, arrival: Transition, words: str) -> None:
    note = content("coming")[words]["home_note"]
    prepare_home(transition_id=arrival.pk, home=HomeWaiting.PRIVATE, note=note, by=life.owner, at=life.sitting())


def _told(kind: TransitionKind) -> dict[str, Any]:
    words = {
        TransitionKind.RELEASE: "release",
        TransitionKind.DISCHARGE: "discharge",
        TransitionKind.LEAVES_CRISIS_CENTRE: "centre",
        TransitionKind.LEAVES_RECEPTION_CENTRE: "reception",
    }
    row = content("coming")[words[kind]]
    return {name: row[name] for name in _PLANNED if name in row}
