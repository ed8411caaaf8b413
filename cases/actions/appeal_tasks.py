"""The tasks that appeals and requests for reasons ask for: opened and closed in the acts on them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from cases.actions.tasks import NoResponsibleUnit, close_tasks_about, open_task
from cases.models import Appeal, ReasonsRequest, TaskKind
from people.models import Employee


def open_appeal_task(
    subject: Appeal | ReasonsRequest, kind: TaskKind, *, due_on: date, by: Employee, at: datetime
) -> None:
    """Ask the household's caseworker to do it by a day. A household that no unit answers for any more asks nobody."""
    with suppress(NoResponsibleUnit):
        open_task(household=subject.household, kind=kind, due_on=due_on, subject=subject, by=by, at=at)


def close_appeal_tasks(subject: Appeal | ReasonsRequest, *, by: Employee, at: datetime) -> None:
    """Close everything that it asked for."""
    close_tasks_about(subject, by=by, at=at)
