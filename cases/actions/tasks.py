"""Opening and finishing tasks."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import Task, TaskKind
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Assignment, AssignmentRole, Employee, Household, Responsibility, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Tasks that only their own act can finish, with the sentence that says which.
FINISHED_BY_ITS_ACT = {
    TaskKind.MAKE_PLAN: _("This task is done when the housing plan is made."),
    TaskKind.WRITE_DECISION: _("This task is done when the decision is issued."),
    TaskKind.ANSWER_ACCESS: _("This task is done when the package is handed over."),
    TaskKind.LEADER_DECIDE_DISPUTE: _("This task is done when the dispute is decided."),
    TaskKind.ANSWER_CORRECTION: _("This task is done when the correction is decided on."),
}


class CannotFinish(Refusal):
    """The task is not one to tick off, or is done already."""


class NoResponsibleUnit(Refusal):
    """No unit answers for the household on the day."""


def open_task(
    *,
    household: Household,
    kind: TaskKind,
    due_on: date,
    by: Employee,
    at: datetime,
    about: str = "",
    employee: Employee | None = None,
    for_leader: bool = False,
) -> Task:
    """Open a task inside the transaction of the act that makes it needed.

    It is the responsible unit's; unless told otherwise it goes to the responsible caseworker, one for the leader to
    nobody in particular.

    :raises NoResponsibleUnit: when no unit answers for the household on the day of `at`
    """
    day = localdate(at)
    if employee is None and not for_leader:
        employee = owner_of(household, on=day)
    task = Task.objects.create(
        household=household,
        unit=unit_of(household, on=day),
        employee=employee,
        kind=kind,
        for_leader=for_leader,
        about=about,
        due_on=due_on,
    )
    _record(Act.TASK_OPENED, task, by=by, at=at)
    return task


@act
def finish_task(*, task_id: int, by: Employee, at: datetime, version: int | None = None) -> Task:
    """Tick a task off. One for the leader is the leader's to tick off.

    :raises CannotFinish: when it is done already, or its own act finishes it
    """
    found = Task.objects.filter(pk=task_id).first()
    if found is None:
        raise Http404
    permission = Permission.REVIEW_BREACHES if found.for_leader else Permission.CHANGE_HOUSEHOLD
    locked_household(by, permission, household_id=found.household_id, at=at, version=version)
    # read again: somebody may have finished it while this act waited for the lock
    task = Task.objects.get(pk=task_id)
    if task.done_on is not None:
        raise CannotFinish(_("The task is already done."))
    if (sentence := FINISHED_BY_ITS_ACT.get(TaskKind(task.kind))) is not None:
        raise CannotFinish(sentence)
    close_task(task, by=by, at=at)
    return task


def close_task(task: Task, *, by: Employee, at: datetime) -> None:
    """Mark an open task done inside the transaction of the act that did what it asked for."""
    task.done_on = localdate(at)
    task.done_by = by
    task.save(update_fields=["done_on", "done_by"])
    _record(Act.TASK_DONE, task, by=by, at=at)


def unit_of(household: Household, *, on: date) -> Unit:
    """The unit that answers for the household that day.

    :raises NoResponsibleUnit: when none does
    """
    responsibility = Responsibility.objects.on(on).filter(household=household).select_related("unit").first()
    if responsibility is None:
        raise NoResponsibleUnit(_("No unit answers for the household on that day."))
    return responsibility.unit


def owner_of(household: Household, *, on: date) -> Employee | None:
    """The household's responsible caseworker that day."""
    assignments = Assignment.objects.on(on).filter(household=household, role=AssignmentRole.OWNER)
    assignment = assignments.select_related("employee").first()
    return assignment.employee if assignment else None


def _record(what: Act, task: Task, *, by: Employee, at: datetime) -> None:
    details = {"kind": task.kind, "due_on": task.due_on.isoformat(), "for_leader": task.for_leader}
    journal.record(what, household_id=task.household_id, subject=task, by=by, at=at, details=details)
