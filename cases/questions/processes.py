"""Work processes as pages show them: what runs in a case, and which cases follow which version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.processes import changes_of
from cases.models import SPECIAL_GROUPS, AppliedProcess, AppliedStep, ProcessGroup, ProcessTemplate
from cases.process_changes import Change, Outcome
from cases.questions.standing import Standing, standings
from cases.what_runs import Running
from people.masking import sights_of
from people.models import Employee, Household, Responsibility, Unit


@dataclass(frozen=True, kw_only=True)
class ProcessShown:
    """A process with its steps; `newer` is a later version that has begun."""

    process: AppliedProcess
    steps: list[AppliedStep]
    newer: ProcessTemplate | None

    @property
    def done(self) -> int:
        return sum(not step.is_open for step in self.steps)


def processes_of(household: Household, *, on: date) -> list[ProcessShown]:
    """Those that run first; of a special group only to those who see such."""
    found = _seen(household).select_related("template").order_by("ended_on", "-starts_on", "pk")
    shown = []
    for process in found.prefetch_related(Prefetch("steps", AppliedStep.objects.select_related("step"))):
        newest = (
            ProcessTemplate.objects.filter(
                municipality=household.municipality_id, group=process.group, valid_from__lte=on
            )
            .order_by("-valid_from")
            .first()
        )
        is_newer = newest is not None and newest.valid_from > process.template.valid_from
        shown.append(
            ProcessShown(
                process=process,
                steps=list(process.steps.all()),
                newer=newest if is_newer and process.ended_on is None else None,
            )
        )
    return sorted(shown, key=lambda one: one.process.ended_on is not None)


def running_processes(household: Household, on: date) -> Iterator[Running]:
    """Source of what runs: each work process with its next step. One of a special group is only that it runs."""
    steps = Prefetch("steps", AppliedStep.objects.all())
    for process in household.processes.live().prefetch_related(steps):
        is_told = not process.is_special or household.sight.special
        rows = list(process.steps.all())
        due = sorted((step.due_on, step.order, step.what) for step in rows if step.is_open)
        yield Running(
            label=_("Work process: %(group)s") % {"group": process.get_group_display()}
            if is_told
            else _("Work process"),
            state_label=_("%(done)s of %(all)s steps done") % {"done": len(rows) - len(due), "all": len(rows)},
            url=reverse("cases:processes", args=[household.key]),
            next_on=due[0][0] if due else None,
            next_label=due[0][2] if due and is_told else "",
        )


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """One target group's work process in a municipality, and the unit's cases that follow it."""

    group: ProcessGroup
    versions: list[ProcessTemplate]
    in_force: ProcessTemplate | None
    live: int
    behind: int

    @property
    def label(self) -> str | Promise:
        return self.group.label


def groups_of(unit: Unit, employee: Employee, *, at: datetime) -> list[GroupLine]:
    """Each group's versions, newest first, with how many of the unit's cases run, and by an older version."""
    on = localdate(at)
    versions: dict[str, list[ProcessTemplate]] = {}
    for template in ProcessTemplate.objects.filter(municipality=unit.municipality_id).order_by("-valid_from"):
        versions.setdefault(template.group, []).append(template)
    live = list(_live(unit, employee, at=at).values_list("group", "template"))
    lines = []
    for group in ProcessGroup:
        known = versions.get(group, [])
        now = next((one for one in known if one.valid_from <= on), None)
        mine = [template for which, template in live if which == group]
        lines.append(
            GroupLine(
                group=group,
                versions=known,
                in_force=now,
                live=len(mine),
                behind=sum(now is not None and template != now.pk for template in mine),
            )
        )
    return lines


@dataclass(frozen=True, kw_only=True)
class CaseToMove:
    """A case on another version, with what moving it changes. `standing` is None where its group may not be told."""

    process: AppliedProcess
    outcomes: list[Outcome]
    standing: Standing | None

    @property
    def changes(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.change is not Change.KEPT]


def cases_to_move(template: ProcessTemplate, unit: Unit, employee: Employee, *, at: datetime) -> list[CaseToMove]:
    """The dry run: every case of the unit that runs by another version of the same process, and what changes for it.

    A case of a special group is named only to those who see such of it.
    """
    found = _live(unit, employee, at=at).filter(group=template.group).exclude(template=template)
    processes = list(found.select_related("template").order_by("household", "pk"))
    ids = [process.household_id for process in processes]
    told, sights = standings(ids, by=employee, at=at), sights_of(ids, employee, at=at)
    is_special = template.group in SPECIAL_GROUPS
    return [
        CaseToMove(
            process=process,
            outcomes=changes_of(process, template, on=localdate(at)),
            standing=None if is_special and not sights[process.household_id].special else told[process.household_id],
        )
        for process in processes
    ]


def _seen(household: Household) -> QuerySet[AppliedProcess]:
    found = AppliedProcess.objects.filter(household=household)
    return found if household.sight.special else found.exclude(group__in=SPECIAL_GROUPS)


def _live(unit: Unit, employee: Employee, *, at: datetime) -> QuerySet[AppliedProcess]:
    answers = Responsibility.objects.on(localdate(at)).filter(household=OuterRef("pk"), unit=unit)
    listed = Household.objects.visible_to(employee, at=at).filter(Exists(answers))
    return AppliedProcess.objects.live().filter(household__in=listed)
