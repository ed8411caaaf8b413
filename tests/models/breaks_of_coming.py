"""Breaks of the rules about planned arrivals and refugees to be settled, by name: for tests/models/test_constraints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.factories.coming import RefugeeSettlementFactory, TransitionFactory
from tests.factories.housing import DwellingFactory
from tests.factories.people import DAY, HouseholdFactory

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def _two_open() -> None:
    household = HouseholdFactory.create()
    for _ in range(2):
        TransitionFactory.create(household=household)


def _two_settlements() -> None:
    household = HouseholdFactory.create()
    for _ in range(2):
        RefugeeSettlementFactory.create(household=household)


OF_COMING: dict[str, Callable[[], object]] = {
    "transition_kind_is_known": lambda: TransitionFactory.create(kind="escape"),
    "transition_status_is_known": lambda: TransitionFactory.create(status="lost"),
    "transition_home_is_known": lambda: TransitionFactory.create(home="castle"),
    "transition_expected_when_it_is_known": lambda: TransitionFactory.create(expected_on=YESTERDAY),
    "transition_of_the_young_says_whom": lambda: TransitionFactory.create(kind="aftercare"),
    "transition_ready_only_for_discharge": lambda: TransitionFactory.create(ready_on=DAY),
    "transition_refund_only_for_detention": lambda: TransitionFactory.create(refund=1000),
    "transition_refund_is_applied_for_first": lambda: TransitionFactory.create(
        is_conditional=True, refund=1000, refund_paid_on=DAY
    ),
    "transition_prepared_names_the_home": lambda: TransitionFactory.create(status="prepared"),
    "transition_dwelling_is_a_municipal_home": lambda: TransitionFactory.create(
        prepared=True, dwelling=DwellingFactory.create()
    ),
    "transition_arrived_has_its_day": lambda: TransitionFactory.create(status="arrived"),
    "transition_housed_has_its_day": lambda: TransitionFactory.create(status="housed"),
    "transition_housed_after_coming_out": lambda: TransitionFactory.create(housed=True, left_on=TOMORROW),
    "transition_return_only_from_a_crisis_centre": lambda: TransitionFactory.create(returned_to_abuser=True),
    "transition_fell_away_says_when_and_why": lambda: TransitionFactory.create(fallen=True, ended_because=""),
    "transition_one_open_a_person": _two_open,
    "settlement_answer_is_known": lambda: RefugeeSettlementFactory.create(answer="perhaps", answered_on=DAY),
    "settlement_answer_is_whole": lambda: RefugeeSettlementFactory.create(answer="accepted"),
    "settlement_answered_after_it_was_asked": lambda: RefugeeSettlementFactory.create(
        asked_on=DAY, answer="accepted", answered_on=YESTERDAY
    ),
    "settlement_declined_says_why": lambda: RefugeeSettlementFactory.create(answer="declined", answered_on=DAY),
    "settlement_settled_after_the_decision": lambda: RefugeeSettlementFactory.create(settled_on=YESTERDAY),
    "settlement_home_found_before_they_settle": lambda: RefugeeSettlementFactory.create(
        settled_on=DAY, home_found_on=TOMORROW
    ),
    "settlement_family_expected_is_of_somebody": lambda: RefugeeSettlementFactory.create(family_expected_on=DAY),
    "settlement_once_a_decision": _two_settlements,
}
