"""Plans and meetings as letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

from cases.letters.contents.frame import Letter


@dataclass(frozen=True)
class Step:
    """Something to be done: what, by whom, by when."""

    what: str
    who: str = ""
    due_on: date | None = None
    is_done: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanLetter(Letter):
    """A plan as a letter (plan), `kind` one of `PLANS`: the housing plan, an extract of the individual plan, or the
    person's own copy of a whole plan, which alone has the parts last here.
    """

    template: ClassVar[str] = "plan.html"

    kind: str
    made_on: date
    aim: str
    wishes: str
    steps: tuple[Step, ...]
    taking_part: tuple[str, ...] = ()
    coordinator: str = ""
    review_on: date | None = None
    consented_on: date | None = None
    resources: str = ""
    needs: str = ""
    own_part: str = ""
    carried_out: str = ""
    cooperation: str = ""

    @property
    def heading(self) -> str:
        return f"plan.{self.kind}"


PLANS = ("housing_plan", "individual_plan", "own_copy")


@dataclass(frozen=True)
class Participants:
    """Who came from one service, by role or name."""

    service: str
    who: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MinutesLetter(Letter):
    """Minutes of a meeting (referat): who took part by service, what was decided, what follows."""

    template: ClassVar[str] = "minutes.html"

    about: str
    met_on: date
    began_at: time | None = None
    place: str = ""
    participants: tuple[Participants, ...]
    absent: tuple[str, ...] = ()
    talked: str
    decisions: tuple[str, ...]
    steps: tuple[Step, ...]
    next_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CaseMinutes:
    """One case as the minutes of a housing meeting have it: by its number, naming nobody."""

    number: int
    question: str
    proposal: str = ""
    note: str = ""
    decision: str = ""
    why: str = ""
    dwelling: str = ""
    step: Step | None = None


@dataclass(frozen=True, kw_only=True)
class HousingMinutesLetter(Letter):
    """Minutes of a housing meeting (referat fra boligmøte). `power`: what it may decide itself, in words."""

    template: ClassVar[str] = "housing_minutes.html"

    met_on: date
    began_at: time | None = None
    place: str = ""
    power: str
    participants: tuple[Participants, ...]
    absent: tuple[Participants, ...] = ()
    others: str = ""
    cases: tuple[CaseMinutes, ...]
    next_on: date | None = None
