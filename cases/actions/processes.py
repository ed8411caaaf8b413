"""Work processes of a case: started from the template in force, done step by step, adjusted, moved, ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Max
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.process_templates import template_in_force
from cases.actions.tasks import close_tasks_about
from cases.models import (
    AppliedProcess,
    AppliedStep,
    ProcessEnd,
    ProcessGroup,
    ProcessStep,
    ProcessTemplate,
    TaskEnd,
)
from cases.process_changes import Change, Outcome, Planned, Running, moved
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

WRITERS = (Permission.CHANGE_HOUSEHOLD, Permission.MAKE_PLAN)
#: Who moves a case to a new version: those on it, and the leader who made the version.
MOVERS = (*WRITERS, Permission.LEAD)


class CannotProceed(Refusal):
    """The work process has ended, or the step is settled, or no reason is given."""


@act
def apply_process(
    *,
    household_id: int,
    group: ProcessGroup | str,
    starts_on: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> AppliedProcess:
    """Start a target group's work process: every step of the version in force on its first day, with its deadline.

    :raises CannotProceed: for a group that runs already, or a day that cannot be
    """
    household = locked_household(by, WRITERS, household_id=household_id, at=at, version=version)
    if group not in ProcessGroup.values:
        raise CannotProceed(_("Choose whom the process is for."), field="group")
    if abs((starts_on - localdate(at)).days) > 366:
        raise CannotProceed(_("It starts within a year from today."), field="starts_on")
    if household.processes.live().filter(group=group).exists():
        raise CannotProceed(_("This work process runs already."), field="group")
    template = template_in_force(household.municipality_id, ProcessGroup(group), on=starts_on)
    made = AppliedProcess.objects.create(
        household=household, template=template, group=group, starts_on=starts_on, by=by
    )
    AppliedStep.objects.bulk_create(
        AppliedStep(
            process=made,
            step=step,
            order=step.order,
            what=step.what,
            who=step.who,
            paragraph=step.paragraph,
            due_on=starts_on + timedelta(days=step.days),
        )
        for step in template.steps.all()
    )
    journal.record(Act.PROCESS_APPLIED, household_id=household.pk, subject=made, by=by, at=at, on=starts_on)
    return made


@act
def finish_applied_step(*, step_id: int, by: Employee, at: datetime, version: int | None = None) -> AppliedStep:
    """Tick off a step; the process ends with its last.

    :raises CannotProceed: when the step is settled or the process has ended
    """
    step = _locked_step(step_id, by=by, at=at, version=version)
    step.done_on = localdate(at)
    step.save(update_fields=["done_on"])
    close_tasks_about(step, by=by, at=at)
    _record(Act.PROCESS_STEP_DONE, step.process, step, by=by, at=at)
    _end_when_all_is_done(step.process, by=by, at=at)
    return step


@act
def adjust_applied_step(
    *,
    step_id: int,
    what: str,
    who: str,
    due_on: date,
    because: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> AppliedStep:
    """Make a step differ from the template in this case, with the reason.

    :raises CannotProceed: without a reason, or with a step that says too little
    """
    step = _locked_step(step_id, by=by, at=at, version=version)
    _refuse_a_step_with_faults(what, who, because)
    has_moved = due_on != step.due_on
    step.what, step.who, step.due_on, step.adjusted_because = what.strip(), who.strip(), due_on, because.strip()
    step.save(update_fields=["what", "who", "due_on", "adjusted_because"])
    if has_moved:
        close_tasks_about(step, by=by, at=at, because=TaskEnd.OVERTAKEN)
    _record(Act.PROCESS_ADJUSTED, step.process, step, by=by, at=at)
    return step


@act
def leave_out_step(
    *, step_id: int, because: str, by: Employee, at: datetime, version: int | None = None
) -> AppliedStep:
    """A step that this case does not need, with the reason.

    :raises CannotProceed: without a reason
    """
    step = _locked_step(step_id, by=by, at=at, version=version)
    if not because.strip():
        raise CannotProceed(_("Give the reason."), field="because")
    step.skipped_on, step.adjusted_because = localdate(at), because.strip()
    step.save(update_fields=["skipped_on", "adjusted_because"])
    close_tasks_about(step, by=by, at=at, because=TaskEnd.OVERTAKEN)
    _record(Act.PROCESS_ADJUSTED, step.process, step, by=by, at=at)
    _end_when_all_is_done(step.process, by=by, at=at)
    return step


@act
def add_applied_step(
    *,
    process_id: int,
    what: str,
    who: str,
    due_on: date,
    because: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> AppliedStep:
    """A step of this case's own, with the reason.

    :raises CannotProceed: without a reason, or when it says too little
    """
    process = _locked_process(process_id, by=by, at=at, version=version)
    _refuse_a_step_with_faults(what, who, because)
    if due_on < localdate(at):
        raise CannotProceed(_("The day has passed."), field="due_on")
    last = process.steps.aggregate(last=Max("order"))["last"] or 0
    step = AppliedStep.objects.create(
        process=process,
        order=last + 1,
        what=what.strip(),
        who=who.strip(),
        due_on=due_on,
        adjusted_because=because.strip(),
    )
    _record(Act.PROCESS_ADJUSTED, process, step, by=by, at=at)
    return step


@act
def end_process(
    *, process_id: int, because: ProcessEnd | str, by: Employee, at: datetime, version: int | None = None
) -> AppliedProcess:
    """End it before its last step. What was done stays.

    :raises CannotProceed: without a reason, or as done while steps are left
    """
    process = _locked_process(process_id, by=by, at=at, version=version)
    if because not in ProcessEnd.values:
        raise CannotProceed(_("Give the reason."), field="because")
    if because == ProcessEnd.DONE and process.steps.open().exists():
        raise CannotProceed(_("Steps are left. Tick them off, or give another reason."), field="because")
    _end(process, ProcessEnd(because), by=by, at=at)
    return process


@act
def move_process(
    *, process_id: int, template_id: int, by: Employee, at: datetime, version: int | None = None
) -> list[Outcome]:
    """Move a running process to another version of its template. → what changed, as `changes_of` told before.

    :raises CannotProceed: when it has ended, stands on that version, or the version is for others
    """
    process = _locked_process(process_id, by=by, at=at, version=version, permission=MOVERS)
    template = ProcessTemplate.objects.filter(pk=template_id).first()
    fits = template and (template.municipality_id, template.group) == (
        process.household.municipality_id,
        process.group,
    )
    if template is None or not fits:
        raise CannotProceed(_("Choose a version of the same work process."), field="template")
    if template.pk == process.template_id:
        raise CannotProceed(_("The case follows this version already."), field="template")
    outcomes = changes_of(process, template, on=localdate(at))
    for outcome in outcomes:
        _carry_out(process, outcome, by=by, at=at)
    process.template = template
    process.save(update_fields=["template"])
    counted = {change.value: sum(one.change is change for one in outcomes) for change in Change}
    journal.record(Act.PROCESS_MOVED, household_id=process.household_id, subject=process, by=by, at=at, details=counted)
    return outcomes


def changes_of(process: AppliedProcess, template: ProcessTemplate, *, on: date) -> list[Outcome]:
    """What moving a process to a version would change: the dry run."""
    running = [
        Running(
            pk=step.pk,
            code=step.step.code if step.step else "",
            what=step.what,
            who=step.who,
            paragraph=step.paragraph,
            due_on=step.due_on,
            is_settled=not step.is_open or bool(step.adjusted_because),
        )
        for step in process.steps.select_related("step")
    ]
    planned = [
        Planned(
            pk=step.pk,
            order=step.order,
            code=step.code,
            what=step.what,
            who=step.who,
            paragraph=step.paragraph,
            days=step.days,
        )
        for step in template.steps.all()
    ]
    return moved(running, planned, starts_on=process.starts_on, on=on)


def _carry_out(process: AppliedProcess, outcome: Outcome, *, by: Employee, at: datetime) -> None:
    planned, running = outcome.planned, outcome.running
    if outcome.change is Change.REMOVED and running:
        step = AppliedStep.objects.get(pk=running.pk)
        close_tasks_about(step, by=by, at=at, because=TaskEnd.OVERTAKEN)
        step.delete()
    elif running is None and planned:
        AppliedStep.objects.create(
            process=process,
            step=ProcessStep(pk=planned.pk),
            order=planned.order,
            what=planned.what,
            who=planned.who,
            paragraph=planned.paragraph,
            due_on=outcome.due_on,
        )
    elif running and planned:
        step = AppliedStep.objects.get(pk=running.pk)
        step.step_id, step.order = planned.pk, planned.order
        if outcome.change is Change.CHANGED:
            step.what, step.who, step.paragraph, step.due_on = (
                planned.what,
                planned.who,
                planned.paragraph,
                outcome.due_on,
            )
        step.save(update_fields=["step", "order", "what", "who", "paragraph", "due_on"])
        if outcome.was_due_on:
            close_tasks_about(step, by=by, at=at, because=TaskEnd.OVERTAKEN)


def _refuse_a_step_with_faults(what: str, who: str, because: str) -> None:
    if not what.strip():
        raise CannotProceed(_("Write what is to be done."), field="what")
    if not who.strip():
        raise CannotProceed(_("Write who does it."), field="who")
    if not because.strip():
        raise CannotProceed(_("Give the reason."), field="because")


def _locked_process(
    process_id: int,
    *,
    by: Employee,
    at: datetime,
    version: int | None,
    permission: tuple[Permission, ...] = WRITERS,
) -> AppliedProcess:
    household_id = AppliedProcess.objects.filter(pk=process_id).values_list("household", flat=True).first()
    if household_id is None:
        raise Http404
    household: Household = locked_household(by, permission, household_id=household_id, at=at, version=version)
    process = AppliedProcess.objects.select_related("household").get(pk=process_id)
    is_led = permission is MOVERS
    if process.is_special and not household.sight.special and not is_led:
        raise Http404
    if process.ended_on is not None:
        raise CannotProceed(_("This work process has ended."))
    return process


def _locked_step(step_id: int, *, by: Employee, at: datetime, version: int | None) -> AppliedStep:
    process_id = AppliedStep.objects.filter(pk=step_id).values_list("process", flat=True).first()
    if process_id is None:
        raise Http404
    process = _locked_process(process_id, by=by, at=at, version=version)
    step = AppliedStep.objects.get(pk=step_id, process=process)
    step.process = process
    if not step.is_open:
        raise CannotProceed(_("The step is done, or left out, already."))
    return step


def _end_when_all_is_done(process: AppliedProcess, *, by: Employee, at: datetime) -> None:
    if not process.steps.open().exists():
        _end(process, ProcessEnd.DONE, by=by, at=at)


def _end(process: AppliedProcess, because: ProcessEnd, *, by: Employee, at: datetime) -> None:
    for step in process.steps.open():
        close_tasks_about(step, by=by, at=at, because=TaskEnd.OVERTAKEN)
    process.ended_on, process.ended_because = max(localdate(at), process.starts_on), because
    process.save(update_fields=["ended_on", "ended_because"])
    details = {"because": str(because)}
    journal.record(Act.PROCESS_ENDED, household_id=process.household_id, subject=process, by=by, at=at, details=details)


def _record(what: Act, process: AppliedProcess, step: AppliedStep, *, by: Employee, at: datetime) -> None:
    details = {"due_on": step.due_on.isoformat()}
    journal.record(what, household_id=process.household_id, subject=process, by=by, at=at, details=details)
