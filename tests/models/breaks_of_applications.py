"""Breaks of the rules about applications for dwellings, by name: for tests/models/test_constraints_cases.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.factories.applied import (
    AllotmentCriterionFactory,
    AllotmentRulesFactory,
    ApplicationPauseFactory,
    HousingApplicationFactory,
)
from tests.factories.people import DAY, LONG_AGO, HouseholdFactory


def _twice(make: Callable[..., object], **same: Any) -> None:
    for _ in range(2):
        make(**same)


OF_APPLICATIONS: dict[str, Callable[[], object]] = {
    "application_kind_is_known": lambda: HousingApplicationFactory.create(kind="castle"),
    "application_status_is_known": lambda: HousingApplicationFactory.create(status="lost", ended_on=DAY),
    "application_main_reason_is_known": lambda: HousingApplicationFactory.create(main_reason="boredom"),
    "application_support_is_known": lambda: HousingApplicationFactory.create(support="butler"),
    "application_assessed_is_known": lambda: HousingApplicationFactory.create(assessed=["homeless"]),
    "application_granted_when_it_waits": lambda: HousingApplicationFactory.create(granted_on=DAY),
    "application_decided_names_its_decision": lambda: HousingApplicationFactory.create(
        status="granted", granted_on=DAY
    ),
    "application_ended_has_its_day": lambda: HousingApplicationFactory.create(ended_on=DAY),
    "application_given_up_says_why": lambda: HousingApplicationFactory.create(status="withdrawn", ended_on=DAY),
    "application_ends_after_it_came": lambda: HousingApplicationFactory.create(
        status="withdrawn", ended_on=LONG_AGO - timedelta(days=1), ended_because="x"
    ),
    "application_confirmed_after_it_came": lambda: HousingApplicationFactory.create(
        confirmed_on=LONG_AGO - timedelta(days=1)
    ),
    "application_asks_for_a_room_or_more": lambda: HousingApplicationFactory.create(rooms_least=0),
    "application_override_is_reasoned": lambda: HousingApplicationFactory.create(override=3),
    "application_one_open_a_household": lambda: _twice(
        HousingApplicationFactory.create, household=HouseholdFactory.create()
    ),
    "application_pause_ends_after_it_starts": lambda: ApplicationPauseFactory.create(starts_on=DAY, ends_on=DAY),
    "application_pause_reason_is_known": lambda: ApplicationPauseFactory.create(reason="boredom"),
    "application_pause_one_at_a_time": lambda: _twice(
        ApplicationPauseFactory.create, application=HousingApplicationFactory.create()
    ),
    "allotment_rules_one_a_day": lambda: _twice(AllotmentRulesFactory.create),
    "allotment_rules_mode_is_known": lambda: AllotmentRulesFactory.create(mode="lottery"),
    "allotment_rules_ask_anew": lambda: AllotmentRulesFactory.create(confirm_months=0),
    "allotment_rules_say_who_decided": lambda: AllotmentRulesFactory.create(reason=""),
    "allotment_criterion_once": lambda: _twice(AllotmentCriterionFactory.create, rules=AllotmentRulesFactory.create()),
    "allotment_criterion_is_known": lambda: AllotmentCriterionFactory.create(code="luck"),
    "allotment_criterion_has_points_or_group": lambda: AllotmentCriterionFactory.create(points=1, group=1),
}
