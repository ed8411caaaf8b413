"""Making a housing plan and following it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.plans import finish_step as tick_off
from cases.actions.plans import make_plan as write_plan
from cases.forms.cases import NothingForm
from cases.forms.loose import all_valid, row_count, unbound
from cases.forms.plans import FIRST_STEPS, MOST_STEPS, PlanForm, new_steps, step_forms
from cases.models import HomeAim, PlanStep
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
