"""A letter of each kind with invented facts, to see how the municipality's own texts look in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cases import law
from cases.law import NO_CHOICES, Body, Choices
from cases.letters import wording
from cases.letters.contents import (
    AppealReceivedLetter,
    DecisionLetter,
    DelayLetter,
    InformationRequestLetter,
    Letter,
    Letterhead,
    Official,
    PlanLetter,
    PreliminaryLetter,
    Step,
    appeal_rights,
)

REFERENCE = "V-0000"
_RULE = "preliminary_answer.after_months"


def sample(kind: str, language: str, sender: Letterhead, *, on: date, choices: Choices = NO_CHOICES) -> Letter:
    """The sample of a kind; of one without its own, a decision. It is marked as a draft."""
    told = wording.texts(language, "sample")
    around: dict[str, Any] = {
        "language": language,
        "reference": REFERENCE,
        "sender": sender,
        "issued_on": on,
        "recipient": told["recipient"],
        "recipient_address": tuple(told["address"]),
        "caseworker": Official(told["caseworker"]),
        "is_draft": True,
    }
    return _SAMPLES.get(kind, _decision)(around, told["text"], on, choices)


def _decision(around: dict[str, Any], text: str, on: date, choices: Choices) -> Letter:
    basis = law.basis("sotjl-27")
    parts: dict[str, Any] = dict.fromkeys(("facts", "considerations", "start_reason", "user_view"), text)
    return DecisionLetter(
        **around,
        kind=basis.kind,
        basis=basis,
        appeal=appeal_rights(basis, on=on, choices=choices),
        starts_on=on,
        ends_on=on + timedelta(days=14),
        **parts,
    )


def _preliminary(around: dict[str, Any], text: str, on: date, choices: Choices) -> Letter:
    rule = law.rule(_RULE, on=on, choices=choices)
    return PreliminaryLetter(**around, **_waited(on), reason=text, rule=rule)


def _delay(around: dict[str, Any], text: str, on: date, choices: Choices) -> Letter:
    rule = law.rule(_RULE, on=on, choices=choices)
    return DelayLetter(**around, **_waited(on), promised_by=on, reason=text, rule=rule)


def _information(around: dict[str, Any], text: str, on: date, choices: Choices) -> Letter:
    return InformationRequestLetter(
        **around, asked_on=on, needed=(text,), why=text, consequence=text, answer_by=on + timedelta(days=14)
    )


def _appeal_received(around: dict[str, Any], text: str, on: date, choices: Choices) -> Letter:
    return AppealReceivedLetter(
        **around,
        kind="temporary",
        decision_reference=REFERENCE,
        decided_on=on,
        received_on=on,
        expected_by=on + timedelta(days=14),
        body=Body.STATSFORVALTEREN,
    )


def _plan(around: dict[str, Any], text: str, on: date, choices: Choices) -> Letter:
    steps = (Step(text, around["recipient"], on + timedelta(days=14)),)
    return PlanLetter(**around, kind="housing_plan", made_on=on, aim=text, wishes=text, steps=steps)


def _waited(on: date) -> dict[str, Any]:
    return {"about": "dwelling", "asked_on": on - timedelta(days=21), "expected_by": on + timedelta(days=30)}


_SAMPLES: dict[str, Callable[[dict[str, Any], str, date, Choices], Letter]] = {
    "decision": _decision,
    "preliminary": _preliminary,
    "delay": _delay,
    "information_request": _information,
    "appeal_received": _appeal_received,
    "plan": _plan,
}
#: The kinds that have a sample of their own.
SAMPLES = tuple(_SAMPLES)
