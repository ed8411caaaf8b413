"""How a municipality stands to a target: reached, on the way, off, or not to be said. It knows no row.

National targets are the country's. A municipality is held against its own yes or no, a target of its own, or the same
share; never against a number of the whole country.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    REACHED = "reached", _("Reached")
    ON_WAY = "on_way", _("On the way")
    OFF = "off", _("Not reached")
    NOT_COLOURED = "not_coloured", _("Not measured against a target")
    UNKNOWN = "unknown", _("Not known")


class Reason(models.TextChoices):
    """Why it stands so, where the status alone does not tell."""

    NONE = "", ""
    NO_TARGET = "no_target", _("There is no target.")
    NATIONAL = "national", _("The target is the whole country's. Set one of your own to measure against.")
    IN_WORDS = "in_words", _("The target is in words.")
    NO_BASE = "no_base", _("Your own value of the year it is measured from is not known.")
    NO_VALUE = "no_value", _("Nobody has told the value.")


@dataclass(frozen=True, kw_only=True)
class Held:
    """What one row's value is held against. `base`: the own value that a change is reckoned from."""

    direction: str
    reading: str
    kind: str
    target: Decimal | None = None
    own_target: Decimal | None = None
    value: Decimal | None
    before: Decimal | None = None
    base: Decimal | None = None
    is_yes_no: bool = False


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """`goal`: the number that this municipality is to reach, None where there is none."""

    status: Status
    goal: Decimal | None = None
    reason: Reason = Reason.NONE


def judged(held: Held) -> Judgement:
    goal, reason = _goal_of(held)
    if held.value is None:
        return Judgement(status=Status.UNKNOWN, goal=goal, reason=Reason.NO_VALUE)
    if goal is None:
        return Judgement(status=Status.NOT_COLOURED, reason=reason)
    if _is_reached(held, held.value, goal):
        return Judgement(status=Status.REACHED, goal=goal)
    is_nearer = not held.is_yes_no and held.before is not None and _is_better(held, held.value, held.before)
    return Judgement(status=Status.ON_WAY if is_nearer else Status.OFF, goal=goal)


def _goal_of(held: Held) -> tuple[Decimal | None, Reason]:
    if held.own_target is not None and held.direction != "neither":
        return held.own_target, Reason.NONE
    if not held.kind or held.direction == "neither":
        return None, Reason.NO_TARGET
    if held.reading == "own_answer":
        return (Decimal(1) if held.is_yes_no else Decimal(100)), Reason.NONE
    if held.reading == "own_target":
        return None, Reason.NATIONAL
    return _same_share(held)


def _same_share(held: Held) -> tuple[Decimal | None, Reason]:
    if held.kind == "qualitative":
        return None, Reason.IN_WORDS
    if held.kind == "absolute":
        return held.target, Reason.NONE
    if not held.base:
        return None, Reason.NO_BASE
    change = held.target or Decimal(0)
    if held.kind == "relative":
        return (held.base * (100 + change) / 100).quantize(Decimal("0.1")), Reason.NONE
    return held.base + change, Reason.NONE


def _is_reached(held: Held, value: Decimal, goal: Decimal) -> bool:
    """To rise is to be higher than before; as high is not."""
    return (value != goal and _is_better(held, value, goal)) or (value == goal and not _is_only_direction(held))


def _is_only_direction(held: Held) -> bool:
    return held.kind == "trend" and held.own_target is None and held.reading == "same_share"


def _is_better(held: Held, value: Decimal, than: Decimal) -> bool:
    return value > than if held.direction == "up" else value < than
