"""What moving a running work process to another version of its template changes: worked out alone, carried out after.

Pure: the page that shows it before and the act that does it ask the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    KEPT = "kept"


@dataclass(frozen=True, kw_only=True)
class Running:
    """A step as it stands in the case. `code` is the template's, empty for one added in the case."""

    pk: int
    code: str
    what: str
    who: str
    paragraph: str
    due_on: date
    #: done, left out, or adjusted with a reason: what somebody did stays
    is_settled: bool


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A step of the new version."""

    pk: int
    order: int
    code: str
    what: str
    who: str
    paragraph: str
    days: int


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What becomes of one step. `running` is None for one that is added, `planned` for one that goes or has none."""

    change: Change
    what: str
    due_on: date
    running: Running | None = None
    planned: Planned | None = None

    @property
    def was_due_on(self) -> date | None:
        """The day before, where it is another."""
        return self.running.due_on if self.running and self.running.due_on != self.due_on else None

    @property
    def was_what(self) -> str:
        return self.running.what if self.running and self.running.what != self.what else ""


def moved(running: Sequence[Running], planned: Sequence[Planned], *, starts_on: date, on: date) -> list[Outcome]:
    """What becomes of each step, in the order of the new version, then those that are only the case's or go.

    A step that is new is not due before the day it comes.
    """
    by_code = {step.code: step for step in running if step.code}
    found = [_of_planned(step, by_code.get(step.code), starts_on=starts_on, on=on) for step in planned]
    codes = {step.code for step in planned}
    return [*found, *(_without_plan(step) for step in running if step.code not in codes)]


def _of_planned(step: Planned, now: Running | None, *, starts_on: date, on: date) -> Outcome:
    due_on = starts_on + timedelta(days=step.days)
    if now is None:
        return Outcome(change=Change.ADDED, what=step.what, due_on=max(due_on, on), planned=step)
    # no deadline is moved back to before the day it is moved on
    due_on = max(due_on, min(now.due_on, on))
    same = (now.what, now.who, now.paragraph, now.due_on) == (step.what, step.who, step.paragraph, due_on)
    if now.is_settled or same:
        return Outcome(change=Change.KEPT, what=now.what, due_on=now.due_on, running=now, planned=step)
    return Outcome(change=Change.CHANGED, what=step.what, due_on=due_on, running=now, planned=step)


def _without_plan(step: Running) -> Outcome:
    goes = bool(step.code) and not step.is_settled
    return Outcome(change=Change.REMOVED if goes else Change.KEPT, what=step.what, due_on=step.due_on, running=step)
