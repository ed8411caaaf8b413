"""Making and following housing plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.tasks import close_task, close_tasks_about
from cases.deadlines import PLAN_WITHIN_DAYS
from cases.models import HomeAim, HousingPlan, PlanStep, Task, TaskEnd, TaskKind
from housing.models import Residence, ResidenceKind, Spell
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotPlan(Refusal):
    """The plan lacks something it must have."""


@dataclass(frozen=True)
class NewStep:
    """One step of a plan as it is written: what, who and by when."""

    what: str
    who: str
    due_on: date


@act
def make_plan(
    *,
    household_id: int,
    talk_on: date,
    aim: HomeAim,
    user_wants: str,
    steps: Sequence[NewStep],
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> HousingPlan:
    """Write down the way to a home after the talk with the household; an earlier plan ends the same day.

    :raises CannotPlan: without a step, without what the user wants, or with a day that cannot be
    """
    household = locked_household(by, Permission.MAKE_PLAN, household_id=household_id, at=at, version=version)
    today = localdate(at)
    _refuse_a_plan_with_faults(talk_on, user_wants, steps, today)
    for current in HousingPlan.objects.filter(household=household, ended_on__isnull=True):
        current.ended_on = today
        current.save(update_fields=["ended_on"])
    plan = HousingPlan.objects.create(
        household=household, made_on=today, talk_on=talk_on, aim=aim, user_wants=user_wants.strip()
    )
    for step in steps:
        PlanStep.objects.create(plan=plan, what=step.what.strip(), who=step.who.strip(), due_on=step.due_on)
    for task in Task.objects.open().filter(household=household, kind=TaskKind.MAKE_PLAN):
        close_task(task, by=by, at=at, because=TaskEnd.ACTED)
    details = {"talk_on": talk_on.isoformat(), "aim": str(aim), "steps": len(steps)}
    journal.record(Act.PLAN_MADE, household_id=household.pk, subject=plan, by=by, at=at, details=details)
    return plan


@act
def finish_step(*, step_id: int, by: Employee, at: datetime, version: int | None = None) -> PlanStep:
    """Tick off one step of the current plan.

    :raises CannotPlan: when the step is done already, or its plan has ended
    """
    household_id = PlanStep.objects.filter(pk=step_id).values_list("plan__household_id", flat=True).first()
    if household_id is None:
        raise Http404
    locked_household(by, Permission.MAKE_PLAN, household_id=household_id, at=at, version=version)
    step = PlanStep.objects.select_related("plan").get(pk=step_id)
    if step.plan.ended_on is not None:
        raise CannotPlan(_("A newer plan has taken this one's place."))
    if step.done_on is not None:
        raise CannotPlan(_("The step is already done."))
    step.done_on = localdate(at)
    step.save(update_fields=["done_on"])
    close_tasks_about(step, by=by, at=at)
    details = {"due_on": step.due_on.isoformat()}
    journal.record(Act.PLAN_STEP_DONE, household_id=household_id, subject=step, by=by, at=at, details=details)
    return step


def households_without_plan(households: QuerySet[Household], *, on: date, is_late: bool = False) -> QuerySet[Household]:
    """Those of `households` in temporary accommodation on the night of `on` with no current housing plan.

    With `is_late` only those whose stay began more than 14 days before, so that the plan is overdue.
    """
    tonight = Residence.objects.on(on).filter(household=OuterRef("pk"), kind=ResidenceKind.TEMPORARY)
    current = HousingPlan.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on), household=OuterRef("pk"), made_on__lte=on
    )
    found = households.filter(Exists(tonight), ~Exists(current))
    if is_late:
        overdue = on - timedelta(days=PLAN_WITHIN_DAYS)
        found = found.filter(
            Exists(Spell.objects.stays().on(on).filter(household=OuterRef("pk"), starts_on__lt=overdue))
        )
    return found


def _refuse_a_plan_with_faults(talk_on: date, user_wants: str, steps: Sequence[NewStep], today: date) -> None:
    if talk_on > today:
        raise CannotPlan(_("The talk has not been held yet."), field="talk_on")
    if not user_wants.strip():
        raise CannotPlan(_("Write what the user wants."), field="user_wants")
    if not steps:
        raise CannotPlan(_("A plan needs at least one step."), field="steps")
    if not all(step.what.strip() and step.who.strip() for step in steps):
        raise CannotPlan(_("Every step says what is to be done and by whom."), field="steps")
    if any(step.due_on < today for step in steps):
        raise CannotPlan(_("A step cannot be due before the plan is made."), field="steps")
