from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from cases.law import Basis
from cases.letters.contents.appeal_rights import AppealRights
from cases.letters.contents.frame import Letter


@dataclass(frozen=True)
class ChildText:
    """How one child's best interest was looked into. Without a name the text stands alone."""

    name: str
    text: str


@dataclass(frozen=True)
class Correction:
    """A slip put right in an issued decision (retting): what it said, and what it says."""

    on: date
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class DecisionLetter(Letter):
    """The letter of a decision of any kind (vedtaksbrev). Codes of kind, move and result are the decision's own.

    The period is half-open: for temporary accommodation `ends_on` is the day to move out. `told_at` is when it was
    given by word of mouth, in the municipality's own time. `size` in square metres, `amount` in kroner. An empty part
    is left out. `corrections` make it a corrected letter, which says what is put right.
    """

    template: ClassVar[str] = "decision.html"

    kind: str
    move: str = "new"
    result: str = "granted"
    basis: Basis
    appeal: AppealRights
    told_at: datetime | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    place_address: str = ""
    room: str = ""
    persons: int = 1
    main_content: str = ""
    rooms: int | None = None
    size: int | None = None
    length_months: int | None = None
    expected_wait: str = ""
    amount: int | None = None
    conditions: str = ""
    facts: str = ""
    considerations: str = ""
    start_reason: str = ""
    child_interest: str = ""
    children: tuple[ChildText, ...] = ()
    user_view: str = ""
    next_time: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def nights(self) -> int:
        assert self.starts_on is not None and self.ends_on is not None
        return (self.ends_on - self.starts_on).days

    @property
    def gives_place(self) -> bool:
        """Whether it grants nights somewhere: then it says where, or that the place is told another way."""
        return self.kind == "temporary" and self.is_granted

    @property
    def is_granted(self) -> bool:
        return self.result in {"granted", "partly"}

    @property
    def has_terms(self) -> bool:
        """Whether there is anything to set out beside the outcome."""
        told = (self.starts_on, self.main_content, self.rooms, self.size, self.length_months, self.amount)
        return self.is_granted and any(told)

    @property
    def heading(self) -> str:
        return f"decision.{self.move}.{self.result}"
