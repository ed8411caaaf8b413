"""Making a housing plan and following it, and ticking off tasks."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.plans import finish_step as tick_off
from cases.actions.plans import make_plan as write_plan
from cases.actions.tasks import FINISHED_BY_ITS_ACT, finish_task
from cases.forms.cases import NothingForm
from cases.forms.loose import all_valid, row_count, unbound
from cases.forms.plans import FIRST_STEPS, MOST_STEPS, PlanForm, new_steps, step_forms
from cases.models import HomeAim, PlanStep, TaskKind
from cases.views.shell import ActPage, answer, opened
from people.act_forms import perform
from people.form_errors import complaints
from people.notices import notify
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def make_plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """A page of the plan with its steps; "add one more step" sends it without making it."""
    one = opened(request, key, Permission.MAKE_PLAN)
    data = request.POST or None
    count = row_count(data, first=FIRST_STEPS, most=MOST_STEPS)
    form = PlanForm(data, today=one.today, version=one.household.version, initial={"talk_on": one.today})
    steps = step_forms(data, count=count, today=one.today)
    is_sent = request.method == "POST" and "add" not in request.POST
    if request.method == "POST" and not is_sent:
        for part in (form, *steps):
            unbound(part, request.POST)
    if is_sent and all_valid([form, *steps]):

        def do() -> str:
            told = form.cleaned_data
            write_plan(
                household_id=one.household.pk,
                talk_on=told["talk_on"],
                aim=HomeAim(told["aim"]),
                user_wants=told["user_wants"],
                steps=new_steps(steps),
                version=told["version"],
                by=one.employee,
                at=one.at,
            )
            return one.url("plan")

        response = perform(request, form, do, at=one.at)
        if response is not None:
            notify(request, _("The housing plan is made."))
            return response
    wrong = complaints([form, *steps]) if is_sent else []
    context = one.context(form=form, steps=steps, count=count, complaints=wrong, may_add=count < MOST_STEPS)
    return render(request, "cases/make_plan.html", context)


@require_http_methods(_METHODS)
def finish_step(request: HttpRequest, key: UUID, step_id: int) -> HttpResponse:
    one = opened(request, key, Permission.MAKE_PLAN)
    step = get_object_or_404(PlanStep, pk=step_id, plan__household=one.household)
    page = ActPage(
        title=_("Tick off a step"), submit=_("The step is done"), done=_("The step is ticked off."), lead=step.what
    )
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        tick_off(step_id=step.pk, version=form.cleaned_data["version"], by=one.employee, at=one.at)

    return answer(request, one, form, page, do, then=one.url("plan"), back=one.url("plan"))


@require_http_methods(_METHODS)
def task(request: HttpRequest, key: UUID, task_id: int) -> HttpResponse:
    """A task, with the button that ticks it off or the way to the act that does."""
    one = opened(request, key)
    found = next((each for each in one.situation.tasks if each.pk == task_id), None)
    if found is None:
        raise Http404
    page = ActPage(
        title=found.about or found.get_kind_display(),
        submit=_("The task is done"),
        done=_("The task is done."),
        template="cases/task.html",
    )
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)
    ways = {TaskKind.MAKE_PLAN: one.url("make_plan"), TaskKind.MOVE_TO_STANDARD: one.url("move")}
    ways |= dict.fromkeys((TaskKind.ANSWER_ACCESS, TaskKind.ANSWER_CORRECTION), one.url("rights"))
    if one.situation.unwritten is not None:
        ways[TaskKind.WRITE_DECISION] = one.url("write_decision", one.situation.unwritten.pk)

    def do() -> None:
        finish_task(task_id=found.pk, version=form.cleaned_data["version"], by=one.employee, at=one.at)

    kind = TaskKind(found.kind)
    needed = Permission.REVIEW_BREACHES if found.for_leader else Permission.CHANGE_HOUSEHOLD
    may_finish = needed in one.permitted
    way, its_act = ways.get(kind, ""), FINISHED_BY_ITS_ACT.get(kind, "")
    return answer(request, one, form, page, do, task=found, way=way, its_act=its_act, may_finish=may_finish)
