"""Decisions on other matters than a place for the night, done to households whose stories others tell."""

from __future__ import annotations

from typing import Any

from cases.actions.appeals import NewAppeal, acknowledge, lodge_appeal
from cases.actions.arrivals import NewNotice
from cases.actions.deciding import NewDecision, approve_decision, begin_decision, submit_decision
from cases.actions.decisions import DecisionParts, children_of, issue_decision
from cases.actions.notices import register_notice
from cases.actions.requests import NewRequest, open_request
from cases.actions.slips import correct_slip
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.guarded import cases_of
from cases.demo.moments import Moments
from cases.demo.stage import Stage
from cases.models import Channel, Decision, DecisionKind, DecisionResult, NoticeWay, RequestKind
from cases.questions.appeals import appellants
from cases.questions.recipients import addressed_on
from people.models import Employee, Household

#: Where in the list of somebody's cases each of these finds its household.
APPEALED, GRANTED, WAITING, ASKED, CORRECTED = 3, 4, 5, 6, 7


def decided(stage: Stage) -> list[Story]:
    """What is decided beside the nights. Where there is no household yet, nothing is done."""
    return [_appealed(stage), _granted(stage), _waiting(stage), _asked(stage), _corrected(stage)]


def _appealed(stage: Stage) -> Story:
    """Help after boligsosialloven is refused, the letter handed over, and an appeal has come."""
    when, by = _at_work(stage)
    yield when.begin(24)
    for household in _one(APPEALED, when, stage):
        decision = issued(household, DecisionKind.HOUSING_HELP, DecisionResult.REFUSED, by, when)
        [party, *_others] = addressed_on(household, on=when.today).recipients
        notice = NewNotice(recipient=party.key, way=NoticeWay.HANDED_OVER, reached_on=when.today)
        register_notice(decision_id=decision.pk, new=notice, by=by, at=when.sitting())
        yield when.wait(11)
        [who, *_rest] = appellants(household, on=when.today)
        new = NewAppeal(
            appellant=who.key,
            channel=Channel.COUNTER,
            received_on=when.today,
            against=_text("against"),
            grounds=(_text("ground"), _text("other_ground")),
        )
        appeal = lodge_appeal(decision_id=decision.pk, new=new, by=by, at=when.at)
        acknowledge(appeal_id=appeal.pk, by=by, at=when.sitting())


def _granted(stage: Stage) -> Story:
    """A municipal dwelling is granted, and waited for."""
    when, by = _at_work(stage)
    yield when.begin(18)
    for household in _one(GRANTED, when, stage):
        issued(household, DecisionKind.DWELLING, DecisionResult.GRANTED, by, when)


def _waiting(stage: Stage) -> Story:
    """A deposit waits for the leader, and a start loan has the leader's approval."""
    when, by = _at_work(stage)
    yield when.begin(9)
    for household in _one(WAITING, when, stage):
        loan = _begun(household, DecisionKind.START_LOAN, DecisionResult.GRANTED, by, when)
        _submit(loan, household, by, when)
        approve_decision(decision_id=loan.pk, by=stage.town.leader, at=when.sitting())
    yield when.begin(1)
    for household in _one(WAITING, when, stage):
        deposit = _begun(household, DecisionKind.DEPOSIT, DecisionResult.GRANTED, by, when)
        _submit(deposit, household, by, when)


def _asked(stage: Stage) -> Story:
    """Help to keep a home was asked for more than a month ago, and nobody has answered."""
    when, by = _at_work(stage)
    yield when.begin(38)
    for household in _one(ASKED, when, stage):
        about = NewRequest(
            channel=Channel.WRITTEN,
            about=_text("asked"),
            lacks_place_tonight=False,
            kind=RequestKind.HOUSING_HELP,
        )
        open_request(household_id=household.pk, request=about, by=by, at=when.sitting())


def _corrected(stage: Stage) -> Story:
    """A slip of the pen in a decision, put right the day after."""
    when, by = _at_work(stage)
    yield when.begin(6)
    for household in _one(CORRECTED, when, stage):
        decision = issued(household, DecisionKind.HOUSING_HELP, DecisionResult.GRANTED, by, when)
        yield when.wait(1)
        told: dict[str, Any] = {"part": "conditions", "becomes": _text("condition_right"), "reason": _text("slip")}
        correct_slip(decision_id=decision.pk, by=by, at=when.at, **told)


def _at_work(stage: Stage) -> tuple[Moments, Employee]:
    return Moments(stage.rng, edge=stage.town.edge), stage.town.employees["saksbehandler"]


def _one(place: int, when: Moments, stage: Stage) -> list[Household]:
    return cases_of("saksbehandler", when, stage)[place:][:1]


def _begun(household: Household, kind: DecisionKind, result: DecisionResult, by: Employee, when: Moments) -> Decision:
    starts_on = None if result == DecisionResult.REFUSED else when.today
    new = NewDecision(kind=kind, result=result, starts_on=starts_on)
    return begin_decision(household_id=household.pk, new=new, by=by, at=when.sitting())


def _submit(decision: Decision, household: Household, by: Employee, when: Moments) -> None:
    submit_decision(decision_id=decision.pk, parts=parts_of(decision, household), by=by, at=when.sitting())


def issued(household: Household, kind: DecisionKind, result: DecisionResult, by: Employee, when: Moments) -> Decision:
    """Decide on a matter of the household in one sitting."""
    decision = _begun(household, kind, result, by, when)
    return issue_decision(decision_id=decision.pk, parts=parts_of(decision, household), by=by, at=when.sitting())


def parts_of(decision: Decision, household: Household) -> DecisionParts:
    """What such a decision says, in bokmål."""
    texts: dict[str, Any] = content("texts")["decided"]
    of_the_kind = {} if decision.refuses else texts[decision.kind]
    said: dict[str, Any] = {**texts["parts"], **of_the_kind, **texts[decision.result]}
    children = children_of(household, on=decision.starts_on)
    return DecisionParts(**said, child_interests={child.pk: texts["child_interest"] for child in children})


def _text(name: str) -> str:
    return str(content("texts")["decided"][name])
