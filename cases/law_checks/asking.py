"""Holds every check, or some, against households on a day: one statement, however many of either."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from django.db import connection

from cases.deadlines import PLAN_WITHIN_DAYS, decision_due_on, dispute_due_on
from cases.law import NotInForce, part_rules, value
from cases.law_checks.afterwards import AFTERWARDS
from cases.law_checks.decisions import DECISIONS
from cases.law_checks.requests import REQUESTS
from cases.law_checks.shapes import Finding, LawCheck, State
from cases.law_checks.stays import STAYS
from cases.models import AT_THE_UNIT, UNLAWFUL, DecisionKind, DecisionMove, DecisionResult
from cases.recipients import REACH
from people.statements import statement

#: By number, in the order of the numbers.
CHECKS: dict[str, LawCheck] = {
    check.number: check
    for check in sorted((*STAYS, *DECISIONS, *AFTERWARDS, *REQUESTS), key=lambda check: check.number)
}

_FACTS = statement(Path(__file__).parent / "facts.sql")
_STATES = {State.MISSING: 0, State.WAITING: 1, State.MET: 2}


def findings(
    households: Collection[int], *, on: date, checks: Iterable[LawCheck] = CHECKS.values(), only_missing: bool = False
) -> list[Finding]:
    """What the checks say of these households on the day, what is missing first, then by number and day.

    :param only_missing: leave out what is met or has time yet
    """
    chosen = {check.number: check for check in checks}
    if not households or not chosen:
        return []
    selects = " UNION ALL ".join(_select(check) for check in chosen.values())
    asked = ("WITH", _FACTS, "SELECT * FROM (", selects, ") found", "WHERE state = 'missing'" if only_missing else "")
    with connection.cursor() as cursor:
        cursor.execute(" ".join(asked), _parameters(households, on))
        rows = cursor.fetchall()
    found = [
        Finding(
            check=chosen[number],
            household_id=household_id,
            since=since,
            subject_kind=subject_kind,
            subject_id=subject_id,
            state=State(state),
        )
        for number, household_id, since, subject_kind, subject_id, state in rows
    ]
    return sorted(found, key=lambda one: (_STATES[one.state], one.check.number, one.since, one.subject_id))


def _select(check: LawCheck) -> str:
    columns = "(household_id, since, subject_kind, subject_id, state)"
    return " ".join(("SELECT", f"'{check.number}'", "AS number, f.* FROM (", check.sql, ") AS f", columns))


def _parameters(households: Collection[int], on: date) -> dict[str, Any]:
    return {
        "households": list(households),
        "on": on,
        "plan_within": PLAN_WITHIN_DAYS,
        "expires_within": value("task.decision_expires_ahead_days", on=on),
        "preliminary_months": value("preliminary_answer.after_months", on=on),
        "oral_late": _last_day_late(decision_due_on, on),
        "required": _required(on),
        "unlawful": [str(outcome) for outcome in UNLAWFUL],
        "reached_within": value("notice.nobody_after_days", on=on),
        "reach": json.dumps({kind: sorted(scopes) for kind, scopes in REACH.items()}),
        "at_the_unit": [str(status) for status in AT_THE_UNIT],
        "dispute_late": _last_day_late(dispute_due_on, on),
    }


@lru_cache(maxsize=8)
def _required(on: date) -> str:
    """The parts that each kind, move and result of decision must have that day, as JSON; the children's stand apart."""
    of_each = product(DecisionKind.values, DecisionMove.values, DecisionResult.values)
    rows = [
        {"kind": kind, "move": move, "result": result, "part": part}
        for kind, move, result in of_each
        for part in _parts(kind, move, result, on)
    ]
    return json.dumps(rows)


def _parts(kind: str, move: str, result: str, on: date) -> Iterable[str]:
    """None before the act came into force that asks for one of them: there was no such decision."""
    try:
        return part_rules(kind=kind, move=move, result=result, has_children=False, on=on)
    except NotInForce:
        return ()


def _last_day_late(due_on: Callable[[date], date], on: date) -> date:
    """The last day whose deadline has passed: of what began then, something should have been done before `on`."""
    day = on - timedelta(days=1)
    while due_on(day) >= on:
        day -= timedelta(days=1)
    return day
