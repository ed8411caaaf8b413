"""A person's plans when the person leaves the household: they end there, and are offered anew where the person lives.

Nobody who takes part comes along, and no consent: whoever follows the new household asks the person again. After
violence nobody at the old one reads on.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils.timezone import localdate

from cases.actions.plan_doors import bring_to_end, record
from cases.models import IndividualPlan, PlanEnd, PlanKind
from people.journal import Act
from people.models import Employee, Household

#: What the person has said of their life, which goes with them.
_OWN_WORDS = ("goals", "resources", "needs", "own_part")


def end_plans_of(
    persons: Collection[int], *, household: Household, on: date, because: PlanEnd, by: Employee, at: datetime
) -> list[IndividualPlan]:
    """Inside an act: no plan of theirs lives on in the household. → those that ended"""
    live = IndividualPlan.objects.live().filter(household=household, person__in=persons)
    ended = list(live.select_related("household", "person").order_by("pk"))
    for plan in ended:
        bring_to_end(plan, on=max(on, plan.offered_on), because=because, by=by, at=at)
    return ended


def take_plans_along(
    persons: Collection[int], *, old: Household, new: Household, on: date, by: Employee, at: datetime
) -> None:
    """Inside the act that moves them: their plans end in the old household and are offered in the new one."""
    for plan in end_plans_of(persons, household=old, on=on, because=PlanEnd.LEFT, by=by, at=at):
        same = IndividualPlan.objects.live().filter(household=new, person=plan.person_id, kind=plan.kind)
        if plan.kind == PlanKind.SAFETY and same.exists():
            continue
        words = {name: getattr(plan, name) for name in _OWN_WORDS}
        offered = IndividualPlan(
            household=new,
            person=plan.person,
            kind=plan.kind,
            right=plan.right,
            offered_on=localdate(at),
            offered_by=by,
            **words,
        )
        offered.save()
        record(Act.PLAN_OFFERED, offered, by=by, at=at, on=offered.offered_on, right=plan.right)
