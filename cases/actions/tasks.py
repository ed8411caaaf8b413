"""Opening, giving, taking and finishing tasks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import models
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import Task, TaskEnd, TaskKind
from people import journal
from people.access import locked_household, units_with
from people.journal import Act
from people.models import (
    Assignment,
    AssignmentRole,
    Disqualification,
    Employee,
    Household,
    Member,
    Responsibility,
    Unit,
)
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Tasks that only their own act can finish, with the sentence that says which.
FINISHED_BY_ITS_ACT = {
    TaskKind.MAKE_PLAN: _("This task is done when the housing plan is made."),
    TaskKind.WRITE_DECISION: _("This task is done when the decision is issued."),
    TaskKind.APPROVE_DECISION: _("This task is done when the decision is approved or sent back."),
    TaskKind.ANSWER_ACCESS: _("This task is done when the package is handed over."),
    TaskKind.GIVE_REASONS: _("This task is done when the reasons are given."),
    TaskKind.CARRY_OUT_APPEAL: _("This task is done when what came of the appeal is carried out."),
    TaskKind.ANSWER_CORRECTION: _("This task is done when the correction is decided on."),
    TaskKind.EXTERNAL_LETTER: _("This task is done when the letter is answered."),
    TaskKind.AGREEMENT_LAPSES: _("This task is done when the provider has a new agreement."),
    TaskKind.CHILD_APPROVAL_LAPSES: _("This task is done when the provider has a new approval for children."),
    TaskKind.FAULT_OVERDUE: _("This task is done when it is noted on the provider that the fault is put right."),
    TaskKind.ANSWER_APPEAL: _("This task is done when the decision is changed or the appeal forwarded."),
    TaskKind.LEADER_DECIDE_DISPUTE: _("This task is done when it is decided who is responsible."),
    TaskKind.CLOSE_DEVIATION: _("This task is done when the deviation is closed."),
    TaskKind.RELEASE_SECURITY: _("This task is done when the deposit or guarantee is released."),
    TaskKind.EVICTION_CONTACT: _("This task is done when somebody has reached the household."),
    TaskKind.EVICTION_DAY: _("This task is done when it is told how the eviction ended."),
    TaskKind.OWNING_POTENTIAL: _("This task is done when their chance to buy is looked at."),
    TaskKind.OWNING_OPTION: _("This task is done when they have bought, or the agreement has ended."),
    TaskKind.OWNING_CONTACT: _("This task is done when the talk is written down."),
    TaskKind.REVIEW_ROUTINE: _("This task is done when the routine has a new date."),
    TaskKind.REVIEW_RISK: _("This task is done when the risk review has a new date."),
    TaskKind.PROCESS_STEP: _("This task is done when the step of the work process is ticked off."),
    TaskKind.ASK_SURVEY: _("This task is done when the survey is registered."),
    TaskKind.ANSWER_COMPLAINT: _("This task is done when the complaint is answered."),
}
#: Who may take a task: whoever is on the case or has opened it, and its leader.
_TAKES = (Permission.CHANGE_HOUSEHOLD, Permission.ASSIGN_OTHERS)


class CannotFinish(Refusal):
    """The task is not one to tick off, or is done already."""


class CannotGive(Refusal):
    """The task cannot be this employee's."""


class CannotAsk(Refusal):
    """The task does not say what is to be done, or when."""


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
    subject: models.Model | tuple[str, int] | None = None,
) -> Task:
    """Open a task inside the transaction of the act that makes it needed.

    It is the responsible unit's; unless told otherwise it goes to the responsible caseworker, one for the leader to
    nobody in particular. With a `subject` (a row, or its kind and id), by which it is closed, one that is open already
    for that day is the one.

    :raises NoResponsibleUnit: when no unit answers for the household on the day of `at`
    """
    day = localdate(at)
    subject_kind, subject_id = _named(subject)
    same = Task.objects.open().filter(subject_kind=subject_kind, subject_id=subject_id, kind=kind, due_on=due_on)
    if subject_kind and (found := same.first()):
        return found
    if employee is None and not for_leader:
        employee = owner_of(household, on=day)
    task = Task.objects.create(
        household=household,
        unit=unit_of(household, on=day),
        employee=employee,
        kind=kind,
        for_leader=for_leader,
        about=about,
        subject_kind=subject_kind,
        subject_id=subject_id,
        due_on=due_on,
    )
    _record(Act.TASK_OPENED, task, by=by, at=at)
    return task


@act
def add_task(
    *,
    household_id: int,
    about: str,
    due_on: date,
    employee_id: int | None,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Task:
    """Write down something to be done for a household by a day: for oneself, a colleague, or (None) the unit.

    :raises CannotAsk: without a word on what, or with a day that has passed
    :raises CannotGive: when the employee does no casework at the responsible unit, or must not deal with the household
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    today = localdate(at)
    if not about.strip():
        raise CannotAsk(_("Write what is to be done."), field="about")
    if due_on < today:
        raise CannotAsk(_("The day has passed."), field="due_on")
    task = Task(
        household=household,
        unit=unit_of(household, on=today),
        kind=TaskKind.OTHER,
        about=about.strip(),
        due_on=due_on,
    )
    if employee_id is not None:
        task.employee = _one_to_do(task, employee_id, at=at, field="employee")
    task.save()
    _record(Act.TASK_OPENED, task, by=by, at=at)
    return task


@act
def take_task(*, task_id: int, by: Employee, at: datetime) -> Task:
    """Take over a task of one's unit, somebody's or nobody's. One for the leader is the leader's to take.

    :raises CannotFinish: when it is done
    :raises CannotGive: when it is one's own already, or one must not deal with the household
    """
    task = _locked_task(task_id, by=by, at=at, permission=_TAKES)
    if task.for_leader:
        _require_at(task.unit, Permission.LEAD, by=by, at=at)
    if task.employee_id == by.pk:
        raise CannotGive(_("The task is already yours."))
    task.employee = _one_to_do(task, by.pk, at=at)
    _give(task, by=by, at=at)
    return task


@act
def reassign_tasks(*, task_ids: Collection[int], employee_id: int, by: Employee, at: datetime) -> int:
    """Give several tasks to one colleague: the leader's, all or none. → how many changed hands.

    :raises CannotGive: when the colleague cannot have one of them
    :raises CannotAsk: when none is chosen
    """
    if not task_ids:
        raise CannotAsk(_("Choose at least one task."), field="tasks")
    chosen = Task.objects.open().filter(pk__in=task_ids).order_by("household_id", "pk")
    moved = 0
    for task_id in list(chosen.values_list("pk", flat=True)):
        task = _locked_task(task_id, by=by, at=at, permission=Permission.ASSIGN_OTHERS)
        _require_at(task.unit, Permission.ASSIGN_OTHERS, by=by, at=at)
        if task.for_leader or task.employee_id == employee_id:
            continue
        task.employee = _one_to_do(task, employee_id, at=at, field="employee")
        _give(task, by=by, at=at)
        moved += 1
    return moved


@act
def finish_task(*, task_id: int, by: Employee, at: datetime, version: int | None = None) -> Task:
    """Tick a task off. One for the leader is the leader's to tick off.

    :raises CannotFinish: when it is done already, or its own act finishes it
    """
    found = Task.objects.filter(pk=task_id).first()
    if found is None:
        raise Http404
    permission = Permission.REVIEW_BREACHES if found.for_leader else Permission.CHANGE_HOUSEHOLD
    task = _locked_task(task_id, by=by, at=at, permission=permission, version=version)
    if (sentence := FINISHED_BY_ITS_ACT.get(TaskKind(task.kind))) is not None:
        raise CannotFinish(sentence)
    close_task(task, by=by, at=at)
    return task


def close_task(task: Task, *, by: Employee, at: datetime, because: TaskEnd | str = "") -> None:
    """Mark an open task done inside the transaction of the act that did what it asked for."""
    task.done_on = localdate(at)
    task.done_by = by
    task.ended_because = because
    task.save(update_fields=["done_on", "done_by", "ended_because"])
    _record(Act.TASK_DONE, task, by=by, at=at)


def close_tasks_about(
    subject: models.Model, *kinds: TaskKind, by: Employee, at: datetime, because: TaskEnd = TaskEnd.ACTED
) -> None:
    """Close what a decision, request or other row asked for, in the transaction of the act that did it."""
    tasks = Task.objects.open().about(subject)
    for task in tasks.filter(kind__in=kinds) if kinds else tasks:
        close_task(task, by=by, at=at, because=because)


def reopen_task(task: Task, *, by: Employee, at: datetime) -> None:
    """Open a closed task again: what it asked for turned out not to be done, or is needed again."""
    task.done_on, task.done_by, task.ended_because = None, None, ""
    task.save(update_fields=["done_on", "done_by", "ended_because"])
    _record(Act.TASK_OPENED, task, by=by, at=at)


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


def _named(subject: models.Model | tuple[str, int] | None) -> tuple[str, int | None]:
    if isinstance(subject, models.Model):
        return subject._meta.model_name or "", subject.pk
    return subject or ("", None)


def _locked_task(
    task_id: int,
    *,
    by: Employee,
    at: datetime,
    permission: Permission | Collection[Permission],
    version: int | None = None,
) -> Task:
    """An open task behind its household's lock; one of no household is its unit's, and locked itself."""
    found = Task.objects.filter(pk=task_id).first()
    if found is None:
        raise Http404
    if found.household_id is None:
        _require_at(found.unit, Permission.LEAD if found.for_leader else Permission.MANAGE_PROVIDERS, by=by, at=at)
    else:
        locked_household(by, permission, household_id=found.household_id, at=at, version=version)
    # read again: somebody may have finished it while this act waited for the lock
    task = Task.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=task_id)
    if task.done_on is not None:
        raise CannotFinish(_("The task is already done."))
    return task


def _require_at(unit: Unit, permission: Permission, *, by: Employee, at: datetime) -> None:
    """:raises Http404: unless `by` holds the permission at that unit"""
    if not units_with(by, permission, at=at).filter(pk=unit.pk).exists():
        raise Http404


def _one_to_do(task: Task, employee_id: int, *, at: datetime, field: str = "") -> Employee:
    """The employee, if they do casework at the task's unit and may deal with its household."""
    employee = Employee.objects.filter(pk=employee_id, is_active=True, is_system=False).first()
    works = employee and units_with(employee, Permission.CHANGE_HOUSEHOLD, at=at).filter(pk=task.unit_id).exists()
    if employee is None or not works:
        raise CannotGive(_("This person does no casework at the unit."), field=field)
    day = localdate(at)
    # whoever is or was a member
    members = Member.objects.filter(household=task.household_id).values("person")
    if Disqualification.objects.on(day).filter(employee=employee, person__in=members).exists():
        raise CannotGive(_("This person must not deal with one of the cases."), field=field)
    return employee


def _give(task: Task, *, by: Employee, at: datetime) -> None:
    task.save(update_fields=["employee"])
    _record(Act.TASK_GIVEN, task, by=by, at=at, employee=task.employee_id)


def _record(what: Act, task: Task, *, by: Employee, at: datetime, **more: int | None) -> None:
    if task.household_id is None:
        return
    details = {"kind": task.kind, "due_on": task.due_on.isoformat(), "for_leader": task.for_leader, **more}
    journal.record(what, household_id=task.household_id, subject=task, by=by, at=at, details=details)
