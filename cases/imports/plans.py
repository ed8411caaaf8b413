"""Individual plans of a file: what each row must keep, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cases.imports.world import World
from cases.interchange.rows import MemberRow, PlanRow
from cases.interchange.values import shown_ref
from cases.models import (
    ConsentPart,
    ConsentWay,
    IndividualPlan,
    PlanConsent,
    PlanEnd,
    PlanKind,
    PlanRight,
    PlanState,
)
from people.journal import Act
from people.models import Employee

if TYPE_CHECKING:
    from cases.imports.writing import Writer

#: A plan that runs is to be looked at again so long after it was consented to.
_REVISED_AFTER = timedelta(days=182)


def _person_exists(world: World, row: PlanRow) -> Iterator[str]:
    if not world.persons.has(row.person):
        yield f"unknown person {shown_ref(row.person)}: neither in {world.persons.file} nor registered"


def _lives_somewhere(world: World, row: PlanRow) -> Iterator[str]:
    if world.persons.has(row.person) and home_of(world, row) is None:
        yield f"the person is in no household on {row.consented_on}"


def _forwards(_world: World, row: PlanRow) -> Iterator[str]:
    if row.ended_on is not None and row.ended_on < row.consented_on:
        yield f"the plan ends before it is consented to ({row.consented_on} → {row.ended_on})"


def _one_at_a_time(world: World, row: PlanRow) -> Iterator[str]:
    others = [one for one in world.plans.now() if one.person == row.person and one is not row]
    if row.ended_on is None and any(one.ended_on is None for one in others if one.consented_on != row.consented_on):
        yield "the person has another individual plan that has not ended: there is never more than one"


def _coordinator_signs_in(_world: World, row: PlanRow) -> Iterator[str]:
    if row.coordinator and not Employee.objects.filter(username=row.coordinator).exists():
        yield f"unknown coordinator {row.coordinator}: nobody signs in by that name"


PLAN_RULES: list[Callable[[World, PlanRow], Iterator[str]]] = [
    _person_exists,
    _lives_somewhere,
    _forwards,
    _one_at_a_time,
    _coordinator_signs_in,
]


def home_of(world: World, row: PlanRow) -> str | None:
    """The household the person was in on the day of consent, a child's first one; by its ref."""
    there = [one for one in world.memberships.get(row.person, []) if _covers(one, row.consented_on)]
    return (
        min(there, key=lambda one: (one.role == "child_visit", one.starts_on, one.household)).household
        if there
        else None
    )


def _covers(membership: MemberRow, day: date) -> bool:
    return membership.starts_on <= day < membership.end


def write_plans(writer: Writer) -> None:
    """New plans with the consent they began with, counted as given in writing; then those that a row corrects."""
    side = writer.world.plans
    known = dict(
        Employee.objects.filter(username__in=[row.coordinator for row in side.rows]).values_list("username", "pk")
    )
    for row in side.created:
        household = writer.ids["households"][home_of(writer.world, row) or ""]
        plan = IndividualPlan(
            household_id=household,
            person_id=writer.ids["persons"][row.person],
            **_values(row, known),
            offered_by=writer.by,
        )
        plan.save()
        PlanConsent.objects.create(plan=plan, part=ConsentPart.PLAN, way=ConsentWay.WRITTEN, given_on=row.consented_on)
        writer.touched.add(household)
        writer.story.tell(Act.PLAN_CONSENTED, household, plan, on=row.consented_on)
    for old, new in side.changed:
        _correct(IndividualPlan.objects.get(pk=old.pk), new, known)


def _values(row: PlanRow, known: dict[str, int]) -> dict[str, object]:
    coordinator = known.get(row.coordinator)
    runs = coordinator is not None and row.ended_on is None
    told: dict[str, object] = {
        "kind": PlanKind.INDIVIDUAL,
        "right": PlanRight.COORDINATED,
        "offered_on": row.consented_on,
        "consented_on": row.consented_on,
        "coordinator_id": coordinator,
        "state": PlanState.CONSENTED,
    }
    if runs:
        revised_on = row.consented_on + _REVISED_AFTER
        told |= {"state": PlanState.ACTIVE, "starts_on": row.consented_on, "revision": 1}
        told |= {"next_revision_on": revised_on}
    if row.ended_on is not None:
        told |= {"state": PlanState.ENDED, "ended_on": row.ended_on, "ended_because": PlanEnd.NOT_NEEDED}
    return told


def _correct(plan: IndividualPlan, row: PlanRow, known: dict[str, int]) -> None:
    """Another coordinator, or the end; a plan that has ended stays so, with the day that the file says."""
    if row.coordinator or plan.state != PlanState.ACTIVE:
        plan.coordinator_id = known.get(row.coordinator)
    if row.ended_on is not None and plan.is_live:
        plan.end(on=row.ended_on, because=PlanEnd.NOT_NEEDED)
    elif row.ended_on is not None:
        plan.ended_on = row.ended_on
    plan.save(update_fields=["coordinator", "state", "ended_on", "ended_because"])
