"""A person's plans when the person leaves the household: they end there, and are offered anew where the person lives.

Nobody who takes part comes along, and no consent: whoever follows the new household asks the person again. After
violence nobody at the old one reads on.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from cases.actions.plan_doors import bring_to_end, record
from cases.models import ChildCoordinator, IndividualPlan, PlanEnd, PlanKind
from people import journal
from people.journal import Act
from people.models import Employee, Household

#: What the person has said of their life, which goes with them.
_OWN_WORDS = ("goals", "resources", "needs", "own_part")


def end_plans_of(
    persons: Collection[int], *, household: Household, on: date, because: PlanEnd, by: Employee, at: datetime
) -> None:
    """Inside an act: no plan of theirs lives on in the household, and no coordinator of a child among them."""
    _end_plans(persons, household, on=on, because=because, by=by, at=at)
    _end_coordinators(persons, household, on=on, by=by, at=at)


def take_plans_along(
    persons: Collection[int], *, old: Household, new: Household, on: date, by: Employee, at: datetime
) -> None:
    """Inside the act that moves them: their plans end in the old household and are offered in the new one.

    A child keeps its coordinator, who is of a service.
    """
    for plan in _end_plans(persons, old, on=on, because=PlanEnd.LEFT, by=by, at=at):
        _offer_anew(plan, new, by=by, at=at)
    for one in _end_coordinators(persons, old, on=on, by=by, at=at):
        if not new.child_coordinators.filter(person=one.person_id, ends_on__isnull=True).exists():
            kept = ChildCoordinator.objects.create(
                household=new, person=one.person, name=one.name, service=one.service, phone=one.phone, starts_on=on
            )
            journal.record(Act.CHILD_COORDINATOR_SET, household_id=new.pk, subject=kept, by=by, at=at)


def _end_plans(
    persons: Collection[int], household: Household, *, on: date, because: PlanEnd, by: Employee, at: datetime
) -> list[IndividualPlan]:
    live = IndividualPlan.objects.live().filter(household=household, person__in=persons)
    ended = list(live.select_related("household", "person").order_by("pk"))
    for plan in ended:
        bring_to_end(plan, on=max(on, plan.offered_on), because=because, by=by, at=at)
    return ended


def _end_coordinators(
    persons: Collection[int], household: Household, *, on: date, by: Employee, at: datetime
) -> list[ChildCoordinator]:
    found = household.child_coordinators.filter(person__in=persons, ends_on__isnull=True)
    ended = list(found.select_related("person").order_by("pk"))
    for one in ended:
        one.ends_on = max(on, one.starts_on + timedelta(days=1))
        one.save(update_fields=["ends_on"])
        journal.record(Act.CHILD_COORDINATOR_ENDED, household_id=household.pk, subject=one, by=by, at=at)
    return ended


def _offer_anew(plan: IndividualPlan, household: Household, *, by: Employee, at: datetime) -> None:
    same = IndividualPlan.objects.live().filter(household=household, person=plan.person_id, kind=plan.kind)
    if plan.kind == PlanKind.SAFETY and same.exists():
        return
    offered = IndividualPlan(
        household=household,
        person=plan.person,
        kind=plan.kind,
        right=plan.right,
        offered_on=localdate(at),
        offered_by=by,
        **{name: getattr(plan, name) for name in _OWN_WORDS},
    )
    offered.save()
    record(Act.PLAN_OFFERED, offered, by=by, at=at, on=offered.offered_on, right=plan.right)
