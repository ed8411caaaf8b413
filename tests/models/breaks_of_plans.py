"""What breaks each rule of persons' plans; for the tests beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cases.models import PlanKind, PlanState
from tests.factories.people import DAY, EmployeeFactory, HouseholdFactory
from tests.factories.planned import (
    ChildCoordinatorFactory,
    CoordinatingUnitFactory,
    GroupMeetingFactory,
    IndividualPlanFactory,
    PlanConsentFactory,
    PlanEvaluationFactory,
    PlanMeasureFactory,
    PlanParticipantFactory,
    PlanVersionFactory,
    ResponsibilityGroupFactory,
)

YESTERDAY = DAY - timedelta(days=1)
_Plan, _Part, _Yes = IndividualPlanFactory.create, PlanParticipantFactory.create, PlanConsentFactory.create
_Measure = PlanMeasureFactory.create


def _twice(factory: Any, **same: Any) -> None:
    for _ in range(2):
        factory.create(**same)


def _active(**facts: Any) -> Any:
    return _Plan(is_active=True, **facts)


OF_PLANS: dict[str, Callable[[], object]] = {
    "person_plan_kind_is_known": lambda: _Plan(kind="secret"),
    "person_plan_state_is_known": lambda: _Plan(state="lost"),
    "person_plan_right_is_known": lambda: _Plan(right="none"),
    "person_plan_end_is_known": lambda: _Plan(state=PlanState.ENDED, ended_on=DAY, ended_because="bored"),
    "person_plan_refused_says_when": lambda: _Plan(state=PlanState.REFUSED),
    "person_plan_refused_after_it_is_offered": lambda: _Plan(state=PlanState.REFUSED, refused_on=YESTERDAY),
    "person_plan_consented_after_it_is_offered": lambda: _Plan(state=PlanState.CONSENTED, consented_on=YESTERDAY),
    "person_plan_begins_with_consent": lambda: _Plan(state=PlanState.CONSENTED),
    "person_plan_active_has_first_day_and_version": lambda: _active(starts_on=None),
    "person_plan_active_has_a_coordinator": lambda: _active(coordinator=None),
    "person_plan_ends_after_it_starts": lambda: _active(ends_on=YESTERDAY),
    "person_plan_ended_says_when_and_why": lambda: _Plan(state=PlanState.ENDED, ended_on=DAY),
    "person_plan_ended_after_it_is_offered": lambda: _Plan(
        state=PlanState.ENDED, ended_on=YESTERDAY, ended_because="moved"
    ),
    "person_plan_one_live_a_person": lambda: _twice(IndividualPlanFactory, household=HouseholdFactory.create()),
    "person_plan_one_safety_plan_in_a_household": lambda: _twice(
        IndividualPlanFactory, household=HouseholdFactory.create(), kind=PlanKind.SAFETY
    ),
    "plan_participant_kind_is_known": lambda: _Part(kind="enemy"),
    "plan_participant_says_who_and_what": lambda: _Part(contributes=""),
    "plan_participant_leaves_after_joining": lambda: _Part(left_on=YESTERDAY),
    "plan_participant_once_a_plan": lambda: _twice(
        PlanParticipantFactory, plan=_active(), employee=EmployeeFactory.create()
    ),
    "plan_consent_part_is_known": lambda: _Yes(part="all"),
    "plan_consent_way_is_known": lambda: _Yes(way="guessed"),
    "plan_consent_names_whom_it_shares_with": lambda: _Yes(part="sharing"),
    "plan_consent_withdrawn_after_it_is_given": lambda: _Yes(withdrawn_on=YESTERDAY),
    "plan_consent_stands_once_a_part": lambda: _twice(PlanConsentFactory, plan=_active()),
    "plan_measure_responsible_is_known": lambda: _Measure(responsible="nobody"),
    "plan_measure_says_what_and_how_much": lambda: _Measure(extent=""),
    "plan_measure_names_the_participant": lambda: _Measure(responsible="participant"),
    "plan_measure_is_due_after_it_begins": lambda: _Measure(due_on=YESTERDAY),
    "plan_measure_finished_says_what_came_of_it": lambda: _Measure(finished_on=DAY, outcome="not_done"),
    "plan_evaluation_goals_are_known": lambda: PlanEvaluationFactory.create(goals="fine"),
    "plan_evaluation_has_the_person_s_words": lambda: PlanEvaluationFactory.create(person_says=""),
    "plan_version_number_once_a_plan": lambda: _twice(PlanVersionFactory, plan=_active()),
    "plan_version_number_begins_at_one": lambda: PlanVersionFactory.create(number=0),
    "responsibility_group_ends_after_it_is_formed": lambda: ResponsibilityGroupFactory.create(ended_on=YESTERDAY),
    "responsibility_group_one_a_plan": lambda: _twice(ResponsibilityGroupFactory, plan=_active()),
    "group_meeting_next_comes_after_it": lambda: GroupMeetingFactory.create(next_on=DAY),
    "group_meeting_once_a_day": lambda: _twice(GroupMeetingFactory, group=ResponsibilityGroupFactory.create()),
    "child_coordinator_ends_after_it_starts": lambda: ChildCoordinatorFactory.create(starts_on=DAY, ends_on=DAY),
    "child_coordinator_one_a_child": lambda: _twice(ChildCoordinatorFactory, household=HouseholdFactory.create()),
    "coordinating_unit_has_a_name": lambda: CoordinatingUnitFactory.create(name=""),
}
