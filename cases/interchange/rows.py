"""One row of each file, with its cells read. Pure: standard library only.

A cell that could not be read is left out of its row: whoever asks for it gets `Unread`, so that a check that needs it
is skipped and the others still say what they have to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

#: What makes a row the same one when it comes again: the values of its table's identity columns.
Key: TypeAlias = "tuple[str | date, ...]"


class Unread(AttributeError):
    """The cell asked for could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`line` is the row's line in its file, None for one that is stored, which has a `pk` instead."""

    line: int | None = field(default=None, compare=False)
    pk: int = field(default=0, compare=False)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            raise Unread(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(Row):
    ref: str
    municipality: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(Row):
    ref: str
    national_id: str
    name: str
    born_on: date
    protection: str
    protection_from: date | None
    protection_to: date | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRow(Row):
    """`unit` is the one responsible now, the latest known. `municipality` is no column: it never changes."""

    ref: str
    unit: str
    opened_on: date | None
    split_from: str
    split_on: date | None
    municipality: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRow(Row):
    """Something of a household's in a half-open period."""

    household: str
    starts_on: date
    ends_on: date | None

    @property
    def end(self) -> date:
        return self.ends_on or date.max

    @property
    def period(self) -> str:
        return f"{self.starts_on} → {self.ends_on or ''}".rstrip()

    def overlaps(self, other: DatedRow) -> bool:
        return self.starts_on < other.end and other.starts_on < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow(DatedRow):
    person: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow(Row):
    """The quality agreement is the latest one."""

    ref: str
    municipality: str
    name: str
    kind: str
    quality_from: date | None
    quality_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DwellingRow(Row):
    """Area in square metres."""

    ref: str
    municipality: str
    tenure: str
    address: str
    area_m2: int | None
    rooms: int | None
    is_accessible: bool | None
    is_colocated: bool | None
    acquired_on: date
    disposed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidenceRow(DatedRow):
    """`room` is no column: a stored residence keeps it for as long as its provider stays the same."""

    kind: str
    provider: str
    dwelling: str
    lease: str
    lease_ends_on: date | None
    lease_reason: str
    planned_end: date | None
    home_waits: bool | None
    is_undisclosed: bool | None
    room: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanRow(Row):
    """A loan or grant that was granted, and paid out or not. The amount is in kroner."""

    household: str
    kind: str
    purpose: str
    decided_on: date
    paid_on: date | None
    amount: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCellRow(Row):
    """A figure that a municipality has sent to KOSTRA for a year."""

    municipality: str
    year: int
    cell: str
    value: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRow(DatedRow):
    where: str
    is_held: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitRow(Row):
    household: str
    kind: str
    applied_on: date
    decided_on: date | None
    outcome: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefugeeRow(Row):
    household: str
    decided_on: date
    settled_on: date | None
    unaccompanied_minor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow(Row):
    """An individual plan that its person consented to; the coordinator by the name they sign in with."""

    person: str
    consented_on: date
    coordinator: str
    ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvictionRow(Row):
    """A petition for eviction and what came of it."""

    household: str
    petitioned_on: date
    outcome: str
    ended_on: date | None
