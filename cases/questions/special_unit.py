"""The special unit's cases by number and next deadline: no names, no places, no ages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.timezone import localdate

from cases.models import Case, Task
from people.models import Employee
from people.special_unit import strict_households

#: A case is called by the first letters of its reference.
SHORT = 8


@dataclass(frozen=True, kw_only=True)
class StrictCase:
    key: Any
    number: str
    next_deadline: date | None
    is_late: bool


def strict_cases(employee: Employee, *, at: datetime) -> list[StrictCase]:
    """The open ones, the nearest deadline first, in one statement."""
    day = localdate(at)
    task = Task.objects.open().filter(household=OuterRef("pk")).order_by("due_on")
    found: Any = (
        strict_households(employee, at=at)
        .filter(Exists(Case.objects.open().filter(household=OuterRef("pk"))))
        .annotate(next_deadline=Subquery(task.values("due_on")[:1]))
        .order_by(F("next_deadline").asc(nulls_last=True), "ref")
    )
    return [
        StrictCase(
            key=household.key,
            number=household.ref[:SHORT],
            next_deadline=household.next_deadline,
            is_late=bool(household.next_deadline and household.next_deadline < day),
        )
        for household in found
    ]
