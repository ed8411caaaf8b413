# mypy: disable-error-code="no-untyped-call"
"""A canary in every text of a person's plans; the safety plan's is of the special kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from cases.models import ChildCoordinator, ConsentPart, GroupMeeting, IndividualPlan, PlanKind, PlanState
from people.models import Employee, Household, Member, MemberRole, Person
from tests.factories.planned import (
    ChildCoordinatorFactory,
    GroupMeetingFactory,
    IndividualPlanFactory,
    PlanConsentFactory,
    PlanEvaluationFactory,
    PlanMeasureFactory,
    PlanParticipantFactory,
    PlanVersionFactory,
    ResponsibilityGroupFactory,
)

_OWN_WORDS = ("goals", "resources", "needs", "own_part", "carried_out", "cooperation")


def plant_plans(household: Household, text: str, special: str, *, by: Employee, at: datetime) -> None:
    """A plan that runs with everything in it, one that was declined, a safety plan, and a child's coordinator."""
    today = localdate(at)
    person = _without_a_plan(household, today)
    told = {"household": household, "person": person, "offered_on": today, "offered_by": by}
    IndividualPlanFactory.create(**told, state=PlanState.REFUSED, refused_on=today, refused_because=text)
    runs = {"coordinator": by, "starts_on": today, "next_revision_on": today + timedelta(days=90), "revision": 1}
    for kind, words in ((PlanKind.INDIVIDUAL, text), (PlanKind.SAFETY, special)):
        plan = IndividualPlanFactory.create(
            **told,
            **runs,
            **dict.fromkeys(_OWN_WORDS, words),
            kind=kind,
            state=PlanState.ACTIVE,
            consented_on=today,
        )
        _fill(plan, words, by=by, at=at)
    child = household.members.on(today).filter(role=MemberRole.CHILD).first() or household.members.first()
    assert child is not None
    ChildCoordinatorFactory.create(
        household=household, person=child.person, name=text, service=text, phone=text[:20], starts_on=today
    )


def _without_a_plan(household: Household, today: date) -> Person:
    """Who has no plan yet, with which somebody may have come from another household."""
    taken = IndividualPlan.objects.live().values("person")
    member: Member = household.members.on(today).exclude(person__in=taken).order_by("pk")[0]
    return member.person


def plan_ids(household: Household) -> dict[str, Any]:
    """What addresses of the pages of the plan that runs take."""
    plan = IndividualPlan.objects.get(household=household, kind=PlanKind.INDIVIDUAL, state=PlanState.ACTIVE)
    return {
        "plan_id": plan.pk,
        "participant_id": plan.participants.get().pk,
        "consent_id": plan.consents.get(part=ConsentPart.SHARING).pk,
        "measure_id": plan.measures.get().pk,
        "version": 1,
        "group_meeting_id": GroupMeeting.objects.get(group__plan=plan).pk,
        "coordinator_id": ChildCoordinator.objects.get(household=household).pk,
    }


def _fill(plan: IndividualPlan, text: str, *, by: Employee, at: datetime) -> None:
    today = localdate(at)
    taking_part = PlanParticipantFactory.create(
        plan=plan, name=text, service=text, contributes=text, joined_on=today, is_in_group=True
    )
    PlanConsentFactory.create(plan=plan, given_on=today)
    PlanConsentFactory.create(plan=plan, part=ConsentPart.SHARING, participant=taking_part, given_on=today)
    PlanMeasureFactory.create(
        plan=plan,
        what=text,
        extent=text,
        begins_on=today,
        due_on=today,
        finished_on=today,
        outcome="not_done",
        why=text,
    )
    PlanEvaluationFactory.create(plan=plan, held_on=today, person_says=text, we_say=text, by=by)
    PlanVersionFactory.create(plan=plan, because=text, content=text, by=by, at=at)
    group = ResponsibilityGroupFactory.create(plan=plan, led_by=text, formed_on=today)
    GroupMeetingFactory.create(group=group, held_on=today, present=text, minutes=text, by=by)
