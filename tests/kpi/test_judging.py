"""How a value stands to its target: never coloured by what is the whole country's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kpi.judging import Held, Reason, Status, judged

REACHED, ON_WAY, OFF, PLAIN, UNKNOWN = (
    Status.REACHED,
    Status.ON_WAY,
    Status.OFF,
    Status.NOT_COLOURED,
    Status.UNKNOWN,
)


def held(value: str | None, before: str | None = None, **more: Any) -> Held:
    told: dict[str, Any] = {"direction": "up", "reading": "same_share", "kind": "absolute", "target": Decimal(80)}
    numbers = {key: Decimal(text) if text is not None else None for key, text in (("value", value), ("before", before))}
    return Held(**told | numbers | more)


@pytest.mark.parametrize(
    ("one", "status", "goal"),
    [
        (held("80"), REACHED, 80),
        (held("79.9", "79.8"), ON_WAY, 80),
        (held("79.9", "79.9"), OFF, 80),
        (held("79.9"), OFF, 80),
        (held(None), UNKNOWN, 80),
        (held("0", direction="down", target=Decimal(0)), REACHED, 0),
        (held("3", "5", direction="down", target=Decimal(0)), ON_WAY, 0),
        (held("11", kind="relative", target=Decimal(10), base=Decimal(10)), REACHED, 11),
        (held("10", kind="points", target=Decimal(-5), base=Decimal(15), direction="down"), REACHED, 10),
        (held("7", kind="trend", target=None, base=Decimal(6), before="6"), REACHED, 6),
        (held("6", kind="trend", target=None, base=Decimal(6), before="6"), OFF, 6),
        (held("1", reading="own_answer", is_yes_no=True), REACHED, 1),
        (held("0", "1", reading="own_answer", is_yes_no=True), OFF, 1),
        (held("0", "0", reading="own_answer", kind="trend", target=None, is_yes_no=True), OFF, 1),
        (held("30", reading="own_target", own_target=Decimal(25)), REACHED, 25),
        (held("20", reading="own_target", own_target=Decimal(20), kind="trend", target=None), REACHED, 20),
    ],
)
def test_what_can_be_held_against_a_target_is(one: Held, status: Status, goal: int) -> None:
    told = judged(one)

    assert (told.status, told.goal) == (status, Decimal(goal))


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (held("2150", reading="own_target", target=Decimal(2150)), Reason.NATIONAL),
        (held("5", kind="", target=None), Reason.NO_TARGET),
        (held("5", direction="neither"), Reason.NO_TARGET),
        (held("5", direction="neither", own_target=Decimal(4)), Reason.NO_TARGET),
        (held("5", kind="qualitative", target=None), Reason.IN_WORDS),
        (held("5", kind="relative", target=Decimal(10)), Reason.NO_BASE),
        (held("5", kind="relative", target=Decimal(10), base=Decimal(0)), Reason.NO_BASE),
        (held("5", kind="points", target=Decimal(-5)), Reason.NO_BASE),
        (held("5", kind="trend", target=None), Reason.NO_BASE),
    ],
)
def test_what_cannot_is_never_coloured_and_says_why(one: Held, reason: Reason) -> None:
    told = judged(one)

    assert (told.status, told.goal, told.reason) == (PLAIN, None, reason)
