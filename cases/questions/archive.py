"""What waits for the archive, by number alone: whoever keeps the system running sees no household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from cases.models import ArchiveEntry, ArchiveState
from people.access import units_with
from people.models import Employee
from people.roles import Permission

#: How many lines the page shows.
LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Queue:
    """`counts` by state; `rows` of the chosen state, the oldest first."""

    counts: dict[str, int]
    rows: list[ArchiveEntry]


def archive_queue(employee: Employee, *, state: str, at: datetime) -> Queue:
    """The municipalities' of the units where the employee watches the archive: two statements."""
    found = entries_for(employee, at=at)
    counts = dict.fromkeys(ArchiveState.values, 0)
    counts |= dict(found.values_list("state").annotate(n=Count("pk")).order_by())
    chosen = found.filter(state=state).order_by("made_at", "pk")
    return Queue(counts=counts, rows=list(chosen.defer("xml")[:LONGEST]))


def entries_for(employee: Employee, *, at: datetime) -> QuerySet[ArchiveEntry]:
    places = units_with(employee, Permission.KEEP_ARCHIVE, at=at).values("municipality")
    found: QuerySet[ArchiveEntry] = ArchiveEntry.objects.filter(household__municipality__in=places)
    return found
