"""Breaks of the rules about follow-up and housing allowance, by name: for tests/models/test_constraints_cases.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.factories.followed import (
    AllowanceCheckFactory,
    EarlyWarningFactory,
    FidelityScoreFactory,
    FollowUpContactFactory,
    FollowUpEvaluationFactory,
    FollowUpServiceFactory,
    HousingAllowanceFactory,
)
from tests.factories.people import DAY, LONG_AGO, HouseholdFactory

YESTERDAY = DAY - timedelta(days=1)
GIVEN = {"starts_on": LONG_AGO, "intensity": "weekly"}


def _offered_twice() -> None:
    household = HouseholdFactory.create()
    for _ in range(2):
        FollowUpServiceFactory.create(household=household)


def _evaluated_twice() -> None:
    household = HouseholdFactory.create()
    for _ in range(2):
        FollowUpEvaluationFactory.create(household=household)


def _scored_twice() -> None:
    first = FidelityScoreFactory.create()
    FidelityScoreFactory.create(evaluation=first.evaluation)


def _applied_twice() -> None:
    household = HouseholdFactory.create()
    for _ in range(2):
        HousingAllowanceFactory.create(household=household)


OF_FOLLOW_UP: dict[str, Callable[[], object]] = {
    "follow_up_kind_is_known": lambda: FollowUpServiceFactory.create(kind="magic"),
    "follow_up_intensity_is_known": lambda: FollowUpServiceFactory.create(intensity="often"),
    "follow_up_ended_because_is_known": lambda: FollowUpServiceFactory.create(
        **GIVEN, ends_on=DAY, ended_because="a_whim"
    ),
    "follow_up_declined_or_given": lambda: FollowUpServiceFactory.create(**GIVEN, declined_on=DAY),
    "follow_up_answered_after_it_is_offered": lambda: FollowUpServiceFactory.create(
        offered_on=DAY, declined_on=YESTERDAY
    ),
    "follow_up_ends_after_it_starts": lambda: FollowUpServiceFactory.create(
        **GIVEN, ends_on=LONG_AGO, ended_because="manages"
    ),
    "follow_up_end_has_its_reason": lambda: FollowUpServiceFactory.create(**GIVEN, ends_on=DAY),
    "follow_up_given_so_often": lambda: FollowUpServiceFactory.create(starts_on=DAY),
    "follow_up_hours_are_in_a_week": lambda: FollowUpServiceFactory.create(hours_a_week=169),
    "follow_up_one_of_a_kind_open": _offered_twice,
    "follow_up_contact_kind_is_known": lambda: FollowUpContactFactory.create(kind="pigeon"),
    "follow_up_contact_outcome_is_known": lambda: FollowUpContactFactory.create(outcome="shrug"),
    "early_warning_sign_is_known": lambda: EarlyWarningFactory.create(sign="omen"),
    "early_warning_handled_after_it_is_seen": lambda: EarlyWarningFactory.create(
        handled_on=YESTERDAY, handled_how="Called"
    ),
    "early_warning_handled_says_how": lambda: EarlyWarningFactory.create(handled_on=DAY),
    "follow_up_evaluation_after_so_many_months": lambda: FollowUpEvaluationFactory.create(months=4),
    "follow_up_evaluation_how_is_known": lambda: FollowUpEvaluationFactory.create(how="so_so", next_steps="Ask"),
    "follow_up_evaluation_says_what_is_next": lambda: FollowUpEvaluationFactory.create(how="at_risk"),
    "follow_up_evaluation_after_moving_in": lambda: FollowUpEvaluationFactory.create(moved_in_on=DAY),
    "follow_up_evaluation_once_a_time": _evaluated_twice,
    "fidelity_point_is_known": lambda: FidelityScoreFactory.create(point="luck"),
    "fidelity_score_is_one_to_five": lambda: FidelityScoreFactory.create(score=6),
    "fidelity_point_once_an_evaluation": _scored_twice,
    "allowance_kind_is_known": lambda: HousingAllowanceFactory.create(kind="lottery"),
    "allowance_outcome_is_known": lambda: HousingAllowanceFactory.create(outcome="shrug", decided_on=DAY),
    "allowance_answered_has_its_day": lambda: HousingAllowanceFactory.create(outcome="refused"),
    "allowance_answered_after_it_is_applied_for": lambda: HousingAllowanceFactory.create(
        outcome="refused", decided_on=YESTERDAY
    ),
    "allowance_paid_when_granted": lambda: HousingAllowanceFactory.create(starts_on=DAY),
    "allowance_ends_after_it_starts": lambda: HousingAllowanceFactory.create(
        outcome="granted", decided_on=DAY, starts_on=DAY, ends_on=DAY
    ),
    "allowance_applied_for_once_a_day": _applied_twice,
    "allowance_check_finding_is_known": lambda: AllowanceCheckFactory.create(finding="perhaps", because="Why"),
    "allowance_check_that_ends_it_says_why": lambda: AllowanceCheckFactory.create(finding="not_entitled"),
}
