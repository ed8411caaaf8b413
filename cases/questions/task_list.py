"""Tasks in a list: one's own, one's units', and the late ones, each counted as it is listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import ControlReview, Task, TaskKind
from cases.questions.people import applicant_name
from cases.questions.task_ways import OF_PROVIDERS
from people.access import units_with
from people.components import Page
from people.decision import Level
from people.masking import sights_of
from people.models import Employee, Household, Unit
from people.parts import part_of
from people.roles import Permission

MINE, TEAM, LATE, ESCALATED = "mine", "team", "late", "escalated"
#: Words and address, by the kind and id of a task's subject.
Places = dict[tuple[str, int], tuple[str, str]]
SHOWN = (MINE, TEAM, LATE, ESCALATED)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What of the tasks is wanted: one of `SHOWN`, and perhaps one kind and one unit."""

    show: str = MINE
    kind: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One task. `about` names the household, or the provider where it is of none; `what` is masked by the sight."""

    pk: int
    kind: str
    url: str
    about: str
    about_url: str
    what: str
    due_on: date
    is_late: bool
    escalated_on: date | None
    who: str
    for_leader: bool
    is_mine: bool
    key: UUID | None


@dataclass(frozen=True, kw_only=True)
class TaskList:
    """A part of the tasks, and how many there are of each of `SHOWN` with the same kind and unit."""

    page: Page
    lines: list[TaskLine]
    counts: dict[str, int]


def task_list(
    employee: Employee, wish: Wish, *, at: datetime, after: str | None = None, before: str | None = None
) -> TaskList:
    """The open tasks of the employee's units and of households the employee sees, by deadline."""
    found = _known(employee, wish, at=at)
    shown = {show: _shown(found, show, employee, at) for show in SHOWN}
    ids = list(shown[wish.show].order_by("due_on", "pk").values_list("pk", flat=True))
    page = part_of(ids, after=after, before=before)
    counts = {show: len(ids) if show == wish.show else tasks.count() for show, tasks in shown.items()}
    return TaskList(page=page, lines=lines_of(Task.objects.filter(pk__in=page.rows), employee, at=at), counts=counts)


def units_of_tasks(employee: Employee, *, at: datetime) -> list[Unit]:
    """The units whose tasks the employee may list, by name."""
    return list(units_with(employee, Permission.VIEW_HOUSEHOLD, at=at).order_by("name", "pk"))


def lines_of(tasks: QuerySet[Task], employee: Employee, *, at: datetime, longest: int | None = None) -> list[TaskLine]:
    """These tasks as lines, by deadline. The caller has asked access which they may be."""
    day = localdate(at)
    found = (
        tasks.annotate(name=applicant_name(day, "household"))
        .select_related("household", "employee")
        .order_by("due_on", "pk")
    )
    rows: list[Any] = list(found[:longest])
    sights = sights_of([task.household_id for task in rows if task.household_id and task.about], employee, at=at)
    is_read = {pk for pk, sight in sights.items() if sight.level is Level.FULL}
    places = _providers(rows)
    return [_line(task, employee, day, is_read=task.household_id in is_read, places=places) for task in rows]


def _known(employee: Employee, wish: Wish, *, at: datetime) -> QuerySet[Task]:
    units = units_with(employee, Permission.VIEW_HOUSEHOLD, at=at)
    visible = Household.objects.visible_to(employee, at=at)
    here = Q(unit__in=units) | Q(employee=employee)
    # what is of no household is for those who keep providers or lead
    keeps = Q(household__isnull=True, unit__in=units_with(employee, Permission.MANAGE_PROVIDERS, at=at))
    found = Task.objects.open().filter((here & Q(household__in=visible)) | keeps)
    if wish.kind:
        found = found.filter(kind=wish.kind)
    return found.filter(unit__ref=wish.unit) if wish.unit else found


def _shown(tasks: QuerySet[Task], show: str, employee: Employee, at: datetime) -> Any:
    leads, day = units_with(employee, Permission.LEAD, at=at), localdate(at)
    chosen: Any = tasks
    return {
        MINE: lambda: chosen.of(employee, on=day),
        TEAM: lambda: chosen,
        LATE: lambda: chosen.late(day),
        ESCALATED: lambda: chosen.filter(escalated_on__isnull=False, unit__in=leads),
    }[show]()


def _providers(tasks: Iterable[Any]) -> Places:
    """Name and page of the provider of each agreement, approval and inspection, and of each routine and risk review."""
    ids: dict[str, list[int]] = {name: [] for name in (*OF_PROVIDERS, "controlreview")}
    for task in tasks:
        ids.get(task.subject_kind, []).append(task.subject_id)
    reviews = ControlReview.objects.filter(pk__in=ids["controlreview"])
    found = {
        ("controlreview", one.pk): (one.title, reverse("cases:review_again", args=[one.pk]))
        for one in (reviews if ids["controlreview"] else ())
    }
    for name, model in OF_PROVIDERS.items():
        rows = model._default_manager.filter(pk__in=ids[name]).values_list("pk", "provider", "provider__name")
        for pk, provider, title in rows if ids[name] else ():
            found[name, pk] = (title, reverse("housing:provider", args=[provider]))
    return found


def _line(task: Any, employee: Employee, day: date, *, is_read: bool, places: Places) -> TaskLine:
    if task.household is None:
        about, about_url = places.get((task.subject_kind, task.subject_id), ("", ""))
        url = reverse("cases:unit_task", args=[task.pk])
    else:
        about, about_url = task.name or task.household.ref, reverse("cases:household", args=[task.household.key])
        url = reverse("cases:task", args=[task.household.key, task.pk])
    return TaskLine(
        pk=task.pk,
        kind=task.kind,
        url=url,
        about=about,
        about_url=about_url,
        what=(task.about if is_read or task.household is None else "") or str(TaskKind(task.kind).label),
        due_on=task.due_on,
        is_late=task.due_on < day,
        escalated_on=task.escalated_on,
        who=task.employee.name if task.employee else "",
        for_leader=task.for_leader,
        is_mine=task.employee_id == employee.pk,
        key=task.household.key if task.household else None,
    )
