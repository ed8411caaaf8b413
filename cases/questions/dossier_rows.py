"""What a dossier shows, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.timezone import localdate

from cases.timeline import StayRow

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class AskedRow:
    asked_at: datetime
    channel: Words
    lacks_place: bool
    about: str
    outcome: Words
    outcome_at: datetime | None
    note: str
    received_by: str

    @property
    def is_same_day(self) -> bool:
        return self.outcome_at is not None and localdate(self.outcome_at) == localdate(self.asked_at)


@dataclass(frozen=True, kw_only=True)
class LetterRow:
    document_id: int
    kind: Words
    is_decision: bool
    language: Words
    made_at: datetime
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DecidedRow:
    """A decision. `parts`: the name of each and what it says, empty where nothing is said."""

    kind: Words
    result: Words
    status: Words
    is_written: bool
    starts_on: date
    ends_on: date | None
    place: str
    told_at: datetime | None
    issued_at: datetime | None
    drafted_by: str
    issued_by: str
    has_children: bool
    parts: dict[str, str]
    #: what only some kinds say: its name and text
    more: list[tuple[Words, str]]
    letters: list[LetterRow]


@dataclass(frozen=True, kw_only=True)
class PlacedRow:
    """Nights with a provider. `has_agreement`: one on quality was in force the first night; None when masked."""

    kind: Words
    place: str
    starts_on: date
    ends_on: date | None
    planned_end: date | None
    has_agreement: bool | None
    suits_children: bool | None
    below_standard: Words
    price_a_night: int | None


@dataclass(frozen=True, kw_only=True)
class ReviewedRow:
    first_night: date
    reviewed_on: date
    reason: Words
    measure: str
    deadline: date
    by: str


@dataclass(frozen=True, kw_only=True)
class StepRow:
    what: str
    who: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, kw_only=True)
class PlannedRow:
    made_on: date
    talk_on: date
    aim: Words
    user_wants: str
    ended_on: date | None
    steps: list[StepRow]


@dataclass(frozen=True, kw_only=True)
class WrittenRow:
    on: date
    at: datetime
    act: Words
    reason: str
    by: str


@dataclass(frozen=True, kw_only=True)
class NotedRow:
    note_class: Words
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LivedWithRow:
    """A member. `age` in whole years on the day asked about; None when masked."""

    role: Words
    name: str
    age: int | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything of one case that an inspection looks at. Each list is oldest first, the journal newest first."""

    case_number: str
    is_masked: bool
    members: list[LivedWithRow]
    requests: list[AskedRow]
    decisions: list[DecidedRow]
    placements: list[PlacedRow]
    stays: list[StayRow]
    reviews: list[ReviewedRow]
    plans: list[PlannedRow]
    journal: list[WrittenRow]
    special_notes: list[NotedRow]
