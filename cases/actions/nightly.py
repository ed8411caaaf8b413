"""What the night does to tasks: opens those that the facts ask for, closes those they ask for no more, escalates.

Each household in a transaction of its own, behind its lock, where both are asked anew: it can be run twice, at once,
or a week late, and the same tasks stand open after.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from cases.actions.calendar import calendar
from cases.actions.tasks import NoResponsibleUnit, close_task, open_task, owner_of, reopen_task, unit_of
from cases.models import Task, TaskEnd
from cases.questions.wanted_tasks import FOLLOWED, Wanted, wanted_of_households, wanted_of_providers, wanted_of_units
from housing.models import Provider
from people.access import locked_household
from people.models import Employee, Household, Unit, UnitKind
from people.roles import Permission
from people.transactions import act

Key = tuple[str, str, int, date]


@dataclass(frozen=True)
class Settled:
    """How many tasks were opened, closed because the facts are others now, and escalated to the leader."""

    opened: int
    closed: int
    escalated: int


def settle_tasks(*, at: datetime) -> Settled:
    """Bring the tasks of every household and provider to what the facts ask for on the day of `at`."""
    on, by = localdate(at), calendar()
    opened = closed = 0
    for household_id in _unsettled(on):
        more, fewer = _settle(household_id=household_id, by=by, at=at)
        opened, closed = opened + more, closed + fewer
    more, fewer = _settle_providers(by=by, at=at)
    return Settled(opened + more, closed + fewer, escalate(on=on))


def escalate(*, on: date) -> int:
    """Put every late task on its leader's list, once. → how many were new there."""
    return Task.objects.late(on).filter(escalated_on__isnull=True).update(escalated_on=on)


def _unsettled(on: date) -> list[int]:
    """The households whose tasks differ from what is asked for, lowest id first."""
    wanted = {one.key: one.household_id for one in wanted_of_households(on)}
    followed = Task.objects.filter(kind__in=FOLLOWED, household__isnull=False).exclude(subject_kind="")
    is_open: dict[Key, int | None] = {}
    is_ticked: set[Key] = set()
    for key, household_id, done_on, because in _rows(followed):
        if done_on is None:
            is_open[key] = household_id
        elif because != TaskEnd.OVERTAKEN:
            is_ticked.add(key)
    missing = {household for key, household in wanted.items() if key not in is_open and key not in is_ticked}
    idle = {household for key, household in is_open.items() if key not in wanted}
    return sorted(household for household in missing | idle if household is not None)


def _rows(tasks: QuerySet[Task]) -> Iterable[tuple[Key, int | None, date | None, str]]:
    fields = ("kind", "subject_kind", "subject_id", "due_on", "household_id", "done_on", "ended_because")
    for kind, subject_kind, subject_id, due_on, household_id, done_on, because in tasks.values_list(*fields):
        yield (kind, subject_kind, subject_id, due_on), household_id, done_on, because


@act
def _settle(*, household_id: int, by: Employee, at: datetime) -> tuple[int, int]:
    """→ how many tasks of the household were opened and closed; none where no unit answers for it."""
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at)
    wanted = {one.key: one for one in wanted_of_households(localdate(at), household_id=household_id)}
    tasks = Task.objects.filter(household=household, kind__in=FOLLOWED).exclude(subject_kind="")
    known = {(task.kind, task.subject_kind, task.subject_id, task.due_on): task for task in tasks.order_by("-pk")}
    closed = 0
    for task in tasks.open():
        if (task.kind, task.subject_kind, task.subject_id, task.due_on) not in wanted:
            close_task(task, by=by, at=at, because=TaskEnd.OVERTAKEN)
            closed += 1
    opened = sum(_open(household, one, known.get(key), by=by, at=at) for key, one in wanted.items())
    return opened, closed


def _open(household: Household, wanted: Wanted, known: Task | None, *, by: Employee, at: datetime) -> bool:
    """Open what is wanted, unless it stands open or a person has ticked it off. → whether it did."""
    if known is not None and known.done_on is None:
        return False
    if known is not None and known.ended_because != TaskEnd.OVERTAKEN:
        return False
    try:
        unit = unit_of(household, on=localdate(at))
    except NoResponsibleUnit:
        return False
    if known is not None:
        known.unit, known.employee = unit, owner_of(household, on=localdate(at))
        known.save(update_fields=["unit", "employee"])
        reopen_task(known, by=by, at=at)
        return True
    subject = (wanted.subject_kind, wanted.subject_id)
    open_task(household=household, kind=wanted.kind, due_on=wanted.due_on, subject=subject, by=by, at=at)
    return True


@act
def _settle_providers(*, by: Employee, at: datetime) -> tuple[int, int]:
    """The same for what is watched of providers: the task is the unit's with most households there."""
    on = localdate(at)
    wanted = {one.key: one for one in (*wanted_of_providers(on), *wanted_of_units(on))}
    tasks = Task.objects.filter(kind__in=FOLLOWED, household__isnull=True)
    known = {key: because for key, _household, _done_on, because in _rows(tasks)}
    idle = [task for task in tasks.open() if _key(task) not in wanted]
    for task in idle:
        close_task(task, by=by, at=at, because=TaskEnd.OVERTAKEN)
    made = []
    for key, one in wanted.items():
        unit = _unit_for(one, on=on) if key not in known or known[key] == TaskEnd.OVERTAKEN else None
        if unit is not None:
            made.append(
                Task(
                    unit=unit,
                    kind=one.kind,
                    subject_kind=one.subject_kind,
                    subject_id=one.subject_id,
                    due_on=one.due_on,
                    for_leader=one.for_leader,
                )
            )
    # another run may have opened the same since they were read: the constraint keeps the first
    before = tasks.open().count()
    Task.objects.bulk_create(made, ignore_conflicts=True)
    return tasks.open().count() - before, len(idle)


def _key(task: Task) -> Key:
    return (task.kind, task.subject_kind, task.subject_id or 0, task.due_on)


def _unit_for(wanted: Wanted, *, on: date) -> Unit | None:
    """Its own, else the one with most households at the provider, else with most in the provider's municipality."""
    if wanted.unit_id is not None:
        return Unit.objects.get(pk=wanted.unit_id)
    assert wanted.provider_id is not None
    provider = Provider.objects.get(pk=wanted.provider_id)
    answering = Q(responsibilities__starts_on__lte=on) & (
        Q(responsibilities__ends_on__isnull=True) | Q(responsibilities__ends_on__gt=on)
    )
    there = Q(responsibilities__household__residences__provider=provider) & Q(
        responsibilities__household__residences__ends_on__isnull=True
    )
    units = Unit.objects.filter(municipality=provider.municipality_id).exclude(kind=UnitKind.SPECIAL)
    counted = units.annotate(
        there=Count("responsibilities", filter=answering & there), all=Count("responsibilities", filter=answering)
    )
    return counted.order_by("-there", "-all", "pk").first()
