"""What a caseworker has before them today. A dozen statements, however many households."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from cases.actions.plans import households_without_plan
from cases.deadlines import plan_due_on
from cases.models import Case, Decision, Request, Task, TaskKind, own_tasks
from cases.questions.people import applicant_name
from cases.questions.places import place_in_words
from cases.questions.requests import Clock, clocks_of
from cases.questions.task_list import lines_of
from housing.models import Residence, Spell
from people.access import unit_ids_with
from people.decision import Level, Sight
from people.facts import HouseholdFacts
from people.masking import SHIELDED_PLACE, sights_of
from people.models import Employee, Household
from people.roles import Permission

#: Lines of a list before one is sent to the worklist for the rest.
LONGEST = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a list: the household, what about it, and the day that counts."""

    key: Any
    name: str
    what: str = ""
    on: date | None = None
    at: datetime | None = None
    is_late: bool = False
    subject_id: int | None = None
    kind: str = ""
    url: str = ""
    name_url: str = ""
    clock: Clock | None = None


@dataclass(frozen=True, kw_only=True)
class Night:
    """Where one of my households sleeps tonight. `days` are whole days since the stay's first night."""

    key: Any
    name: str
    place: str
    days: int | None
    limit_on: date | None
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class MyDay:
    """What waits, each thing once: what a task asks for stands under `tasks` only."""

    unanswered: list[Line]
    tasks: list[Line]
    escalated: int
    nights: list[Night]
    unwritten: list[Line]
    plans_due: list[Line]

    @property
    def is_empty(self) -> bool:
        return not (self.unanswered or self.tasks or self.nights or self.unwritten or self.plans_due)


def my_day(employee: Employee, *, at: datetime) -> MyDay:
    """What waits for the employee on the municipality's day of `at`, of households the employee may see."""
    day = localdate(at)
    mine = sights_of(_mine(employee, at).values_list("pk", flat=True), employee, at=at)
    tasks = _tasks(employee, day, at)
    return MyDay(
        unanswered=_unanswered(employee, day, at),
        tasks=tasks,
        escalated=_escalated(employee, at),
        nights=_nights(mine, day) if mine else [],
        unwritten=_without(_unwritten(mine, day), TaskKind.WRITE_DECISION, tasks) if mine else [],
        plans_due=_without(_plans_due(mine, day), TaskKind.MAKE_PLAN, tasks) if mine else [],
    )


def _without(lines: Iterable[Line], kind: TaskKind, tasks: Iterable[Line]) -> list[Line]:
    """Those that no task asks for."""
    asked_for = {task.key for task in tasks if task.kind == kind}
    return [line for line in lines if line.key not in asked_for]


def _mine(employee: Employee, at: datetime) -> QuerySet[Household]:
    """Open households the employee is on in any role."""
    is_open = Case.objects.open().filter(household=OuterRef("pk"))
    assigned = HouseholdFacts(employee, at=at).assigned
    return Household.objects.visible_to(employee, at=at).filter(assigned, Exists(is_open))


def _unanswered(employee: Employee, day: date, at: datetime) -> list[Line]:
    units = unit_ids_with(employee, Permission.VIEW_HOUSEHOLD, at=at)
    visible = Household.objects.visible_to(employee, at=at)
    own = HouseholdFacts(employee, at=at, of="household").assigned
    found: QuerySet[Any] = (
        Request.objects.filter(Q(unit__in=units) | own, outcome="", household__in=visible)
        .annotate(name=applicant_name(day, "household"))
        .select_related("household")
        .order_by("asked_at", "pk")[:LONGEST]
    )
    is_read = _read([request.household_id for request in found if request.about], employee, at)
    clocks = clocks_of(found, at=at)
    lines = [
        Line(
            key=request.household.key,
            name=request.name or request.household.ref,
            what=(request.about if request.household_id in is_read else "") or request.get_channel_display(),
            at=request.asked_at,
            is_late=clocks[request.pk].is_red,
            subject_id=request.pk,
            clock=clocks[request.pk],
        )
        for request in found
    ]
    return sorted(lines, key=lambda line: (not line.is_late, line.clock is None or line.clock.waiting is None))


def _tasks(employee: Employee, day: date, at: datetime) -> list[Line]:
    """The employee's own, those of whom the employee stands in for, and nobody's where the employee can do them."""
    leads = unit_ids_with(employee, Permission.REVIEW_BREACHES, at=at)
    works = unit_ids_with(employee, Permission.CHANGE_HOUSEHOLD, at=at)
    nobodys = Q(employee__isnull=True) & (Q(for_leader=True, unit__in=leads) | Q(for_leader=False, unit__in=works))
    visible = Household.objects.visible_to(employee, at=at)
    seen = Q(household__in=visible) & (nobodys | own_tasks(employee, on=day))
    # what is of a unit alone is of no household
    found = Task.objects.open().filter(seen | (Q(household__isnull=True) & (nobodys | Q(employee=employee))))
    return [
        Line(
            key=line.key,
            name=line.about,
            what=line.what,
            on=line.due_on,
            is_late=line.is_late,
            subject_id=line.pk,
            kind=line.kind,
            url=line.url,
            name_url=line.about_url,
        )
        for line in lines_of(found, employee, at=at, longest=LONGEST)
    ]


def _escalated(employee: Employee, at: datetime) -> int:
    """How many late tasks stand on the list of a leader."""
    leads = unit_ids_with(employee, Permission.LEAD, at=at)
    if not leads:
        return 0
    visible = Household.objects.visible_to(employee, at=at)
    late = Task.objects.open().filter(unit__in=leads, escalated_on__isnull=False)
    return late.filter(Q(household__isnull=True) | Q(household__in=visible)).count()


def _read(households: Iterable[int], employee: Employee, at: datetime) -> set[int]:
    """Those whose case the employee reads: of a colleague's no more is told than its header, not what was asked."""
    return {pk for pk, sight in sights_of(households, employee, at=at).items() if sight.level is Level.FULL}


def _nights(mine: Mapping[int, Sight], day: date) -> list[Night]:
    residences = list(
        Residence.objects.on(day)
        .filter(household__in=list(mine))
        .annotate(name=applicant_name(day, "household"))
        .select_related("household", "provider", "room", "dwelling")
    )
    stays = {stay.household_id: stay for stay in Spell.objects.stays().on(day).filter(household__in=list(mine))}
    nights = [_night(r, stays.get(r.household_id), mine[r.household_id], day) for r in residences]
    return sorted(nights, key=lambda night: (night.limit_on or date.max, night.name))


def _night(residence: Any, stay: Spell | None, sight: Sight, day: date) -> Night:
    limit_on = stay.limit_on if stay else None
    return Night(
        key=residence.household.key,
        name=residence.name or residence.household.ref,
        place=place_in_words(residence, sight),
        days=(day - stay.starts_on).days if stay else None,
        limit_on=limit_on,
        is_over=bool(limit_on and day > limit_on),
    )


def _unwritten(mine: Mapping[int, Sight], day: date) -> list[Line]:
    found = list(
        Decision.objects.unwritten()
        .filter(household__in=list(mine))
        .annotate(name=applicant_name(day, "household"))
        .select_related("household", "provider")
        .order_by("told_at", "pk")
    )
    return [
        Line(
            key=decision.household.key,
            name=decision.name or decision.household.ref,
            what=decision.provider.name if mine[decision.household_id].whereabouts else str(SHIELDED_PLACE),
            at=decision.told_at,
            subject_id=decision.pk,
        )
        for decision in found
    ]


def _plans_due(mine: Collection[int], day: date) -> list[Line]:
    stay = Spell.objects.stays().on(day).filter(household=OuterRef("pk"))
    found = (
        households_without_plan(Household.objects.filter(pk__in=list(mine)), on=day)
        .annotate(name=applicant_name(day), stay_on=stay.values("starts_on")[:1])
        .order_by("stay_on", "pk")
    )
    lines = []
    for household in found:
        due_on = plan_due_on(household.stay_on or day)
        lines.append(Line(key=household.key, name=household.name or household.ref, on=due_on, is_late=due_on < day))
    return lines
