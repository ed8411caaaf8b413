"""Persons' plans in the demo: offered, declined, running with a group, to be looked at again, and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cases.actions.individual_plans import (
    OwnWords,
    begin_plan,
    consent_to_plan,
    decline_plan,
    evaluate_plan,
    offer_plan,
    revise_plan,
    write_plan,
)
from cases.actions.plan_parts import (
    NewMeasure,
    add_measure,
    finish_measure,
    form_group,
    name_coordinating_unit,
    record_group_meeting,
)
from cases.actions.plan_people import NewParticipant, add_participant
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.guarded import cases_of
from cases.demo.moments import Moments
from cases.demo.stage import Stage
from cases.models import (
    ConsentPart,
    ConsentWay,
    GoalsReached,
    IndividualPlan,
    MeasureOutcome,
    PlanKind,
    PlanRight,
    Responsible,
)
from people.models import Employee, Household, MemberRole

#: Days before the edge on which a plan is offered, and how far it comes.
PLANS: tuple[tuple[int, str], ...] = ((300, "revised"), (190, "late"), (60, "action"), (40, "declined"), (9, "offered"))


def person_plans(stage: Stage) -> list[Story]:
    """One story a plan, after the municipality has named its coordinating unit."""
    return [_unit(stage), *(_plan(stage, days_before, how) for days_before, how in PLANS)]


def _unit(stage: Stage) -> Story:
    when = Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(350)
    name = _told("unit")
    name_coordinating_unit(unit_id=stage.town.nav.pk, name=name, phone="32 00 00 00", by=stage.town.leader, at=when.at)


def _plan(stage: Stage, days_before: int, how: str) -> Story:
    when, by = Moments(stage.rng, edge=stage.town.edge), stage.town.employees["saksbehandler"]
    yield when.begin(days_before)
    household = next((one for one in cases_of("saksbehandler", when, stage) if _has_none(one)), None)
    if household is None:
        return
    told: dict[str, Any] = {"by": by, "at": when.at}
    plan = _offered(household, PlanKind.ACTION if how == "action" else PlanKind.INDIVIDUAL, when, told)
    if how == "declined":
        decline_plan(plan_id=plan.pk, on=when.today, because=_told("declined"), **told)
    if how in ("declined", "offered"):
        return
    _begun(plan, by, when, told)
    if how == "revised":
        yield when.wait(150)
        plan.refresh_from_db()
        if plan.is_live:
            _looked_at_again(plan, when, {"by": by, "at": when.at})


def _has_none(household: Household) -> bool:
    return not household.individual_plans.exists()


def _offered(household: Household, kind: PlanKind, when: Moments, told: dict[str, Any]) -> IndividualPlan:
    person = household.members.on(when.today).get(role=MemberRole.APPLICANT).person_id
    right = PlanRight.SIMPLER if kind == PlanKind.ACTION else PlanRight.COORDINATED
    return offer_plan(
        household_id=household.pk, person_id=person, kind=kind, right=right, offered_on=when.today, **told
    )


def _begun(plan: IndividualPlan, by: Employee, when: Moments, told: dict[str, Any]) -> None:
    """Consented to, written, with who takes part, what is to be done, and a group that has met."""
    parts = [ConsentPart.COORDINATION, ConsentPart.GROUP]
    consent_to_plan(plan_id=plan.pk, on=when.today, way=ConsentWay.WRITTEN, parts=parts, **told)
    words = OwnWords(**content("person_plans")["words"])
    write_plan(plan_id=plan.pk, words=words, coordinator_id=by.pk, ends_on=when.today + timedelta(days=730), **told)
    begin_plan(plan_id=plan.pk, on=when.today, next_revision_on=when.today + timedelta(days=182), **told)
    members = [
        add_participant(
            plan_id=plan.pk, new=NewParticipant(**row), consented_on=when.today, way=ConsentWay.WRITTEN, **told
        )
        for row in content("person_plans")["participants"]
    ]
    for row in content("person_plans")["measures"]:
        new = NewMeasure(
            what=row["what"],
            responsible=Responsible.PARTICIPANT,
            participant_id=members[0].pk,
            extent=row["extent"],
            begins_on=when.today,
            due_on=when.today + timedelta(days=row["days"]),
        )
        measure = add_measure(plan_id=plan.pk, new=new, **told)
    finish_measure(measure_id=measure.pk, outcome=MeasureOutcome.DONE, **told)
    form_group(plan_id=plan.pk, led_by=_told("leads"), member_ids=[one.pk for one in members], **told)
    record_group_meeting(
        plan_id=plan.pk,
        held_on=when.today,
        present=_told("present"),
        minutes=_told("minutes"),
        next_on=when.today + timedelta(days=200),
        **told,
    )


def _looked_at_again(plan: IndividualPlan, when: Moments, told: dict[str, Any]) -> None:
    evaluate_plan(plan_id=plan.pk, held_on=when.today, goals=GoalsReached.UNDER_WAY, person_says=_told("says"), **told)
    revise_plan(plan_id=plan.pk, because=_told("revised"), next_revision_on=when.today + timedelta(days=182), **told)


def _told(name: str) -> str:
    return str(content("person_plans")[name])
