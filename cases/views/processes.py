"""A household's work processes: started, done step by step, adjusted, moved to a new version, ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.processes import (
    WRITERS,
    add_applied_step,
    adjust_applied_step,
    apply_process,
    changes_of,
    end_process,
    finish_applied_step,
    leave_out_step,
    move_process,
)
from cases.forms.cases import NothingForm
from cases.forms.heard import AdjustForm, ApplyForm, EndProcessForm, LeaveOutForm
from cases.models import AppliedProcess, AppliedStep
from cases.questions.processes import processes_of
from cases.views.shell import ActPage, Opened, answer, opened
from people.access import household_for
from people.act_forms import ActForm
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def processes(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    may_act = (one.may_change or one.may_plan) and one.situation.is_open
    shown = processes_of(one.household, on=one.today)
    return render(request, "cases/heard/processes.html", one.context(shown=shown, may_act=may_act))


@require_http_methods(_METHODS)
def start(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, WRITERS)
    page = ActPage(
        title=_("Start a work process"),
        submit=_("Start the process"),
        done=_("The work process is started."),
        lead=_("Its steps become tasks as their days come. You can adjust each step for this household."),
    )
    running = set(one.household.processes.live().values_list("group", flat=True))
    form = ApplyForm(request.POST or None, **_common(one), running=running, initial={"starts_on": one.today})

    def do() -> None:
        told = form.cleaned_data
        apply_process(household_id=one.household.pk, group=told["group"], starts_on=told["starts_on"], **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def done(request: HttpRequest, key: UUID, applied_step_id: int) -> HttpResponse:
    one, step = _step(request, key, applied_step_id)
    page = ActPage(
        title=_("Tick off a step"), submit=_("The step is done"), done=_("The step is ticked off."), lead=step.what
    )
    form = NothingForm(request.POST or None, **_common(one))
    return _answer(request, one, form, page, lambda: finish_applied_step(step_id=step.pk, **_by(one, form)))


@require_http_methods(_METHODS)
def adjust(request: HttpRequest, key: UUID, applied_step_id: int) -> HttpResponse:
    one, step = _step(request, key, applied_step_id)
    page = ActPage(title=_("Adjust a step"), submit=_("Save the step"), done=_("The step is adjusted."))
    initial = {"what": step.what, "who": step.who, "due_on": step.due_on, "because": step.adjusted_because}
    form = AdjustForm(request.POST or None, **_common(one), initial=initial)
    return _answer(
        request,
        one,
        form,
        page,
        lambda: adjust_applied_step(step_id=step.pk, **_told(form), **_by(one, form)),
    )


@require_http_methods(_METHODS)
def leave_out(request: HttpRequest, key: UUID, applied_step_id: int) -> HttpResponse:
    one, step = _step(request, key, applied_step_id)
    page = ActPage(
        title=_("Leave out a step"), submit=_("Leave the step out"), done=_("The step is left out."), lead=step.what
    )
    form = LeaveOutForm(request.POST or None, **_common(one))
    return _answer(request, one, form, page, lambda: leave_out_step(step_id=step.pk, **_told(form), **_by(one, form)))


@require_http_methods(_METHODS)
def add_step(request: HttpRequest, key: UUID, process_id: int) -> HttpResponse:
    one, process = _process(request, key, process_id)
    page = ActPage(title=_("Add a step"), submit=_("Add the step"), done=_("The step is added."))
    form = AdjustForm(request.POST or None, **_common(one))
    return _answer(
        request,
        one,
        form,
        page,
        lambda: add_applied_step(process_id=process.pk, **_told(form), **_by(one, form)),
    )


@require_http_methods(_METHODS)
def end(request: HttpRequest, key: UUID, process_id: int) -> HttpResponse:
    one, process = _process(request, key, process_id)
    page = ActPage(
        title=_("End the work process"),
        submit=_("End the process"),
        done=_("The work process has ended."),
        lead=_("What was done stays. Steps that are left are no longer asked for."),
        is_danger=True,
    )
    form = EndProcessForm(request.POST or None, **_common(one))
    return _answer(
        request, one, form, page, lambda: end_process(process_id=process.pk, **_told(form), **_by(one, form))
    )


@require_http_methods(_METHODS)
def move(request: HttpRequest, key: UUID, process_id: int) -> HttpResponse:
    """What the newest version would change for this household, and the act that changes it."""
    one, process = _process(request, key, process_id)
    [shown] = [each for each in processes_of(one.household, on=one.today) if each.process.pk == process.pk]
    newer = shown.newer
    if newer is None:
        raise Http404
    page = ActPage(
        title=_("Move to the new version"),
        submit=_("Move the process"),
        done=_("The work process follows the new version."),
        lead=_("What is done, left out or adjusted here stays as it is."),
        template="cases/heard/move.html",
    )
    form = NothingForm(request.POST or None, **_common(one))
    outcomes = changes_of(process, newer, on=one.today)

    def do() -> None:
        move_process(process_id=process.pk, template_id=newer.pk, **_by(one, form))

    return answer(request, one, form, page, do, then=one.url("processes"), back=one.url("processes"), outcomes=outcomes)


def _process(request: HttpRequest, key: UUID, process_id: int) -> tuple[Opened, AppliedProcess]:
    """:raises Http404: when it is another household's, or of a special group to who does not see such"""
    one = opened(request, key, WRITERS)
    process: AppliedProcess = get_object_or_404(one.household.processes.select_related("template"), pk=process_id)
    if process.is_special:
        household_for(one.employee, Permission.VIEW_SPECIAL, key=key, at=one.at)
    return one, process


def _step(request: HttpRequest, key: UUID, step_id: int) -> tuple[Opened, AppliedStep]:
    one = opened(request, key, WRITERS)
    step: AppliedStep = get_object_or_404(
        AppliedStep.objects.select_related("process"), pk=step_id, process__household=one.household
    )
    if step.process.is_special:
        household_for(one.employee, Permission.VIEW_SPECIAL, key=key, at=one.at)
    return one, step


def _answer(request: HttpRequest, one: Opened, form: ActForm, page: ActPage, do: Any) -> HttpResponse:
    return answer(request, one, form, page, do, then=one.url("processes"), back=one.url("processes"))


def _told(form: ActForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name not in ("version", "form_key")}


def _common(one: Opened) -> dict[str, Any]:
    return {"today": one.today, "version": one.household.version}


def _by(one: Opened, form: ActForm) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "by": one.employee, "at": one.at}
