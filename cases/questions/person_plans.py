"""What the pages of persons' plans show, within what the household's sight has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from cases.models import (
    ConsentPart,
    GroupMeeting,
    IndividualPlan,
    PlanConsent,
    PlanKind,
    PlanMeasure,
    PlanParticipant,
    PlanState,
    Responsible,
)
from cases.questions.plan_texts import PointLine, points_of
from people.masking import sights_of
from people.models import Employee, Household


def plans_of(household: Household) -> list[IndividualPlan]:
    """The plans of the household, those that live first; safety plans only to who sees what is special."""
    found = IndividualPlan.objects.seen_with(special=household.sight.special).filter(household=household)
    rows = found.select_related("person", "coordinator").order_by("-offered_on", "-pk")
    return sorted(rows, key=lambda plan: not plan.is_live)


def plan_page(plan: IndividualPlan) -> dict[str, Any]:
    """Everything that stands in a plan, in a constant number of statements."""
    group = plan.groups.filter(ended_on__isnull=True).first()
    consents = list(plan.consents.select_related("participant").order_by("given_on", "pk"))
    participants = list(plan.participants.select_related("employee").order_by("left_on", "pk"))
    standing = {one.part for one in consents if one.withdrawn_on is None}
    points: list[PointLine] = points_of(plan) if plan.needs_consent else []
    return {
        "plan": plan,
        "points": points,
        "points_met": sum(point.is_met for point in points),
        "consents": consents,
        "participants": sorted(participants, key=lambda one: one.left_on is not None),
        "measures": list(plan.measures.select_related("participant").order_by("finished_on", "due_on", "pk")),
        "group": group,
        "members": [one for one in participants if one.is_in_group],
        "meetings": list(GroupMeeting.objects.filter(group__plan=plan).order_by("-held_on", "-pk")),
        "evaluations": list(plan.evaluations.select_related("by").order_by("-held_on", "-pk")),
        "versions": list(plan.versions.select_related("by").order_by("-number")),
        "lacks_coordination": ConsentPart.COORDINATION not in standing,
        "lacks_group": ConsentPart.GROUP not in standing,
        "may_write": plan.is_live and plan.may_begin(),
        "is_offered": plan.state == PlanState.OFFERED,
        "is_active": plan.state == PlanState.ACTIVE,
        "is_special": plan.kind == PlanKind.SAFETY,
    }


@dataclass(frozen=True, kw_only=True)
class FamilyPlan:
    """The plans of a family that run, and what is to be done in them by day."""

    plans: list[IndividualPlan]
    measures: list[PlanMeasure]


def family_plan_of(household: Household) -> FamilyPlan:
    """Over the members' plans; no safety plan is among them: the family's plan may lie on the table."""
    running = IndividualPlan.objects.filter(household=household, state=PlanState.ACTIVE).exclude(kind=PlanKind.SAFETY)
    open_ones = PlanMeasure.objects.open().filter(plan__in=running.values("pk"))
    return FamilyPlan(
        plans=list(running.select_related("person", "coordinator").order_by("starts_on", "pk")),
        measures=list(open_ones.select_related("plan__person", "participant").order_by("due_on", "pk")),
    )


@dataclass(frozen=True, kw_only=True)
class Part:
    """What somebody who takes part may read of a plan: whose it is, who coordinates, and what is theirs."""

    participant: PlanParticipant
    coordinator: str
    next_revision_on: date | None
    next_meeting_on: date | None
    led_by: str
    measures: list[PlanMeasure]


def my_part(household: Household, plan_id: int, employee: Employee) -> Part:
    """:raises Http404: unless the employee takes part in that plan now, and the person consents to it"""
    found = taking_part(employee).filter(plan=plan_id, plan__household=household).first()
    if found is None:
        raise Http404
    group = found.plan.groups.filter(ended_on__isnull=True).first() if found.is_in_group else None
    last = group.meetings.order_by("-held_on").first() if group else None
    return Part(
        participant=found,
        coordinator=found.plan.coordinator.name if found.plan.coordinator else "",
        next_revision_on=found.plan.next_revision_on,
        next_meeting_on=last.next_on if last else None,
        led_by=group.led_by if group else "",
        measures=list(
            found.measures.filter(responsible=Responsible.PARTICIPANT).order_by("finished_on", "due_on", "pk")
        ),
    )


def taking_part(employee: Employee) -> QuerySet[PlanParticipant]:
    """What the employee takes part in now, with the person's standing consent to share."""
    agreed = PlanConsent.objects.standing().filter(part=ConsentPart.SHARING).values("participant")
    return (
        PlanParticipant.objects.now()
        .filter(Q(pk__in=agreed), employee=employee, plan__state__in=["offered", "consented", "active"])
        .select_related("plan__person", "plan__coordinator", "plan__household")
        .order_by("plan__next_revision_on", "pk")
    )


@dataclass(frozen=True, kw_only=True)
class MyPlan:
    """A plan that an employee takes part in, as the first page lists it."""

    key: UUID
    plan_id: int
    label: str
    next_on: date | None


def plans_with(employee: Employee, *, at: datetime) -> list[MyPlan]:
    """The plans that the employee takes part in, of households that the employee may see something of now."""
    found = taking_part(employee)
    # few take part in any, and a plan is a wide row
    rows = list(found) if found.exists() else []
    sights = sights_of({one.plan.household_id for one in rows}, employee, at=at)
    return [
        MyPlan(
            key=one.plan.household.key,
            plan_id=one.plan_id,
            label=_("%(kind)s, %(name)s") % {"kind": one.plan.get_kind_display(), "name": one.plan.person},
            next_on=one.plan.next_revision_on,
        )
        for one in rows
        if sights.get(one.plan.household_id)
    ]
