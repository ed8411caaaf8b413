"""Tasks: the list, giving several to a colleague, one task and what it leads to, and writing one down."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions.tasks import FINISHED_BY_ITS_ACT, add_task, finish_task, reassign_tasks, take_task
from cases.forms.cases import NothingForm
from cases.forms.tasks import AddTaskForm, ReassignForm, TaskFilterForm
from cases.models import Task, TaskKind
from cases.questions.colleagues import colleagues_of, colleagues_of_mine
from cases.questions.task_list import ESCALATED, LATE, MINE, TEAM, TaskList, Wish, task_list, units_of_tasks
from cases.questions.task_ways import way_of
from cases.views.shell import ActPage, answer, opened, signed_in
from people.access import has_permission, require, units_with
from people.act_forms import perform
from people.components import Counter
from people.models import Employee
from people.notices import notify
from people.refusals import REFUSABLE, refusal_of
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.VIEW_HOUSEHOLD, at=at)
    return _list(request, employee, None)


@require_POST
def reassign(request: HttpRequest) -> HttpResponse:
    """Give the ticked tasks to a colleague, and show the same list again."""
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.ASSIGN_OTHERS, at=at)
    ticked = [int(pk) for pk in request.POST.getlist("tasks") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    form = ReassignForm(request.POST, today=localdate(at), colleagues=colleagues_of_mine(employee, at=at), tasks=ticked)
    came_of: list[int] = []

    def do() -> str:
        told = form.cleaned_data
        came_of.append(reassign_tasks(task_ids=told["tasks"], employee_id=told["employee"], by=employee, at=at))
        return f"{reverse('cases:tasks')}?{request.GET.urlencode()}"

    if form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        for n in came_of:
            notify(request, ngettext("%(n)s task is given.", "%(n)s tasks are given.", n) % {"n": n})
        return done
    return _list(request, employee, form)


def _list(request: HttpRequest, employee: Employee, form: ReassignForm | None) -> HttpResponse:
    at = timezone.now()
    units = units_of_tasks(employee, at=at)
    filters = TaskFilterForm(request.GET, units=[(unit.ref, unit.name) for unit in units])
    wish = filters.wish()
    found = task_list(employee, wish, at=at, after=request.GET.get("after"), before=request.GET.get("before"))
    may_give = has_permission(employee, Permission.ASSIGN_OTHERS, at=at)
    if form is None and may_give:
        form = ReassignForm(today=localdate(at), colleagues=colleagues_of_mine(employee, at=at))
    ticked = set(form.data.getlist("tasks")) if form is not None and form.is_bound else set()  # type: ignore[attr-defined]
    context = {
        "found": found,
        "filters": filters,
        "form": form,
        "ticked": ticked,
        "counters": _counters(found, wish, leads=has_permission(employee, Permission.LEAD, at=at)),
        "may_give": may_give and any(not line.for_leader and line.key for line in found.lines),
        "query": request.GET.urlencode(),
    }
    return render(request, "cases/tasks/tasks.html", context)


def _counters(found: TaskList, wish: Wish, *, leads: bool) -> list[Counter]:
    words = {MINE: _("Mine"), TEAM: _("The unit's"), LATE: _("Late"), ESCALATED: _("Told the leader")}
    kept = {name: value for name, value in (("kind", wish.kind), ("unit", wish.unit)) if value}
    return [
        Counter(
            label=label,
            value=found.counts[show],
            url=f"?{urlencode({'show': show, **kept})}",
            is_chosen=show == wish.show,
            color="danger" if show in (LATE, ESCALATED) and found.counts[show] else "",
        )
        for show, label in words.items()
        if leads or show != ESCALATED
    ]


@require_http_methods(_METHODS)
def task(request: HttpRequest, key: UUID, task_id: int) -> HttpResponse:
    """A task, with the button that ticks it off or the way to the act that does; anybody on the case can take it."""
    one = opened(request, key)
    found = next((each for each in one.situation.tasks if each.pk == task_id), None)
    if found is None:
        raise Http404
    if request.method == "POST" and "take" in request.GET:
        _take(request, found, by=one.employee)
        return redirect(request.path)
    page = ActPage(
        title=found.about or found.get_kind_display(),
        submit=_("The task is done"),
        done=_("The task is done."),
        template="cases/task.html",
    )
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        finish_task(task_id=found.pk, version=form.cleaned_data["version"], by=one.employee, at=one.at)

    needed = Permission.REVIEW_BREACHES if found.for_leader else Permission.CHANGE_HOUSEHOLD
    is_others = found.employee_id != one.employee.pk and not found.for_leader
    return answer(
        request,
        one,
        form,
        page,
        do,
        task=found,
        way=way_of(found, one.household),
        its_act=FINISHED_BY_ITS_ACT.get(TaskKind(found.kind), ""),
        may_finish=needed in one.permitted,
        may_take=is_others and one.permitted & {Permission.CHANGE_HOUSEHOLD, Permission.ASSIGN_OTHERS},
    )


def _take(request: HttpRequest, found: Task, *, by: Employee) -> None:
    try:
        take_task(task_id=found.pk, by=by, at=timezone.now())
    except REFUSABLE as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        notify(request, str(refusal.message), level=messages.ERROR)
    else:
        notify(request, _("The task is yours now."))


@require_http_methods(_METHODS)
def unit_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """A task of no household: the unit's with a provider, or its leader's own control."""
    employee, at = signed_in(request), timezone.now()
    found = Task.objects.open().filter(pk=task_id, household__isnull=True).select_related("unit", "employee").first()
    needed = Permission.LEAD if found and found.for_leader else Permission.MANAGE_PROVIDERS
    if found is None or not units_with(employee, needed, at=at).filter(pk=found.unit_id).exists():
        raise Http404
    form = NothingForm(request.POST or None, today=localdate(at))
    back = reverse("cases:tasks")

    def do() -> str:
        finish_task(task_id=found.pk, by=employee, at=at)
        return back

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("The task is done."))
        return done
    context = {
        "task": found,
        "title": found.about or found.get_kind_display(),
        "form": form,
        "back": back,
        "way": way_of(found, None),
        "its_act": FINISHED_BY_ITS_ACT.get(TaskKind(found.kind), ""),
        "today": localdate(at),
    }
    return render(request, "cases/tasks/unit_task.html", context)


@require_http_methods(_METHODS)
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(title=_("Write down a task"), submit=_("Save the task"), done=_("The task is saved."))
    colleagues = colleagues_of(one.situation.unit, at=one.at) or [(one.employee.pk, one.employee.name)]
    form = AddTaskForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        colleagues=colleagues,
        initial={"employee": one.employee.pk},
    )

    def do() -> None:
        told = form.cleaned_data
        add_task(
            household_id=one.household.pk,
            about=told["about"],
            due_on=told["due_on"],
            employee_id=told["employee"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)
