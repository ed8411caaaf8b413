"""The door of every act on a person's plan, who takes part in it and may read their part, and its journal."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.tasks import close_tasks_about
from cases.models import ConsentPart, IndividualPlan, PlanConsent, PlanEnd, PlanKind, PlanParticipant
from people import journal
from people.access import locked_household
from people.actions.grants import give_or_extend, take_back
from people.journal import Act
from people.models import Employee, GrantKind
from people.refusals import Refusal
from people.roles import Permission

#: How long somebody who takes part may read their part, if the plan is not looked at again.
_SEEN_FOR = timedelta(days=366)


class CannotPlanFor(Refusal):
    """The plan cannot be so."""


class NoConsent(CannotPlanFor):
    """The person has not said yes to it."""


class PlanHasEnded(CannotPlanFor):
    """The plan runs no more, or has not begun."""


def locked_plan(plan_id: int, *, by: Employee, at: datetime, version: int | None = None) -> IndividualPlan:
    """The plan, with its household locked and opened.

    :raises Http404: when there is none, or it is a safety plan and the employee may not see what is special
    """
    household_id = IndividualPlan.objects.filter(pk=plan_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.MAKE_PLAN, household_id=household_id, at=at, version=version)
    found = IndividualPlan.objects.seen_with(special=household.sight.special)
    plan: IndividualPlan | None = found.select_related("household", "person", "coordinator").filter(pk=plan_id).first()
    if plan is None:
        raise Http404
    return plan


def locked_live_plan(plan_id: int, *, by: Employee, at: datetime, version: int | None = None) -> IndividualPlan:
    """As `locked_plan`.

    :raises PlanHasEnded: when it was declined or has ended
    """
    plan = locked_plan(plan_id, by=by, at=at, version=version)
    if not plan.is_live:
        raise PlanHasEnded(_("The plan has ended, or was declined."))
    return plan


def refuse_day(day: date, *, plan: IndividualPlan, at: datetime, field: str) -> None:
    """:raises CannotPlanFor: of a day ahead, or before the plan was offered"""
    if day > localdate(at):
        raise CannotPlanFor(_("That day has not come."), field=field)
    if day < plan.offered_on:
        raise CannotPlanFor(_("The plan was offered later than that day."), field=field)


def stands(plan: IndividualPlan, part: ConsentPart) -> bool:
    """Whether the person consents to a part of the plan now."""
    found: bool = PlanConsent.objects.standing().filter(plan=plan, part=part).exists()
    return found


def let_in(participant: PlanParticipant, *, by: Employee, at: datetime) -> None:
    """Let whoever takes part, and signs in here, read their part."""
    if participant.employee is None:
        return
    give_or_extend(
        household_id=participant.plan.household_id,
        user=participant.employee,
        kind=GrantKind.PLAN,
        reason=f"plan {participant.plan_id}",
        until=at + _SEEN_FOR,
        by=by,
        at=at,
    )


def let_out(participant: PlanParticipant, *, on: date, at: datetime) -> None:
    """They take part no more, and read nothing from this moment, unless by another plan of the household."""
    participant.left_on = max(on, participant.joined_on)
    participant.is_in_group = False
    participant.save(update_fields=["left_on", "is_in_group"])
    if participant.employee is None:
        return
    others = PlanParticipant.objects.now().filter(plan__household=participant.plan.household_id)
    if not others.filter(employee=participant.employee).exclude(pk=participant.pk).exists():
        take_back(household_id=participant.plan.household_id, user=participant.employee, kind=GrantKind.PLAN, at=at)


def bring_to_end(plan: IndividualPlan, *, on: date, because: PlanEnd, by: Employee, at: datetime) -> None:
    """Inside an act: nobody takes part in it any more, and its group meets no more."""
    plan.end(on=on, because=because)
    plan.save(update_fields=["state", "ended_on", "ended_because"])
    for participant in plan.participants.now().select_related("employee", "plan").order_by("pk"):
        let_out(participant, on=on, at=at)
    end_groups(plan, on=on, by=by, at=at)
    close_tasks_about(plan, by=by, at=at)
    record(Act.PLAN_ENDED, plan, by=by, at=at, on=on, because=str(because))


def end_groups(plan: IndividualPlan, *, on: date, by: Employee, at: datetime) -> None:
    """Inside an act: the responsibility group meets no more."""
    for group in plan.groups.filter(ended_on__isnull=True):
        group.ended_on = max(on, group.formed_on)
        group.save(update_fields=["ended_on"])
        close_tasks_about(group, by=by, at=at)
    plan.participants.filter(is_in_group=True).update(is_in_group=False)


def record(
    what: Act, plan: IndividualPlan, *, by: Employee, at: datetime, on: date | None = None, **told: object
) -> None:
    """A line in the journal. Of a safety plan it says no more than that something special was written."""
    is_special = plan.kind == PlanKind.SAFETY
    journal.record(
        Act.SPECIAL_NOTE_WRITTEN if is_special else what,
        household_id=plan.household_id,
        subject=plan,
        by=by,
        at=at,
        on=None if is_special else on,
        details={} if is_special else {"kind": plan.kind, **told},
    )
