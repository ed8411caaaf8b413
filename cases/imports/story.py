"""The journal of an import: thousands of lines, written at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Model

from people.journal import Act
from people.models import Employee, JournalEntry

_AT_A_TIME = 2_000


@dataclass
class Story:
    """Lines told but not yet written."""

    by: Employee
    at: datetime
    lines: list[JournalEntry] = field(default_factory=list)

    def tell(self, act: Act, household_id: int, subject: Model, *, on: date) -> None:
        self.lines.append(
            JournalEntry(
                household_id=household_id,
                act=act,
                subject_kind=subject._meta.model_name or "",
                subject_id=subject.pk,
                on=on,
                at=self.at,
                by=self.by,
                details={"imported": True},
            )
        )

    def write(self) -> None:
        JournalEntry.objects.bulk_create(self.lines, batch_size=_AT_A_TIME)
