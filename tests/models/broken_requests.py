"""Breaks of the rules about requests, disputes and hours, by name: for tests/models/test_constraints_cases.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from tests.factories.cases import RequestFactory
from tests.factories.people import AT, DAY, EmployeeFactory, HouseholdFactory, UnitFactory
from tests.factories.requests import DisputeFactory, ForwardingFactory, UnitDayFactory, UnitHoursFactory


def _to_itself() -> None:
    request = RequestFactory.create()
    ForwardingFactory.create(request=request, to_body="", to_unit=request.unit)


def _dispute_with_itself() -> None:
    household = HouseholdFactory.create()
    DisputeFactory.create(household=household, with_body="", with_unit=household.responsibilities.get().unit)


def _twice(factory: Any, **same: Any) -> None:
    for _ in range(2):
        factory.create(**same)


OF_REQUESTS: dict[str, Callable[[], object]] = {
    "request_kind_is_known": lambda: RequestFactory.create(kind="castle"),
    "request_for_tonight_lacks_a_place": lambda: RequestFactory.create(kind="place_tonight", lacks_place_tonight=False),
    "forwarding_goes_to_one_place": lambda: ForwardingFactory.create(to_unit=UnitFactory.create()),
    "forwarding_goes_to_another_unit": _to_itself,
    "forwarding_says_why": lambda: ForwardingFactory.create(reason=""),
    "dispute_is_with_one_other": lambda: DisputeFactory.create(with_body=""),
    "dispute_is_with_another_unit": _dispute_with_itself,
    "dispute_says_what_and_what_help_goes_on": lambda: DisputeFactory.create(help_meanwhile=""),
    "dispute_decision_is_known": lambda: DisputeFactory.create(
        decision="perhaps", decision_reason="x", decided_at=AT, decided_by=EmployeeFactory.create()
    ),
    "dispute_decision_has_time_person_and_reason": lambda: DisputeFactory.create(
        decision="ours", decided_at=AT, decided_by=EmployeeFactory.create()
    ),
    "dispute_decided_after_it_was_registered": lambda: DisputeFactory.create(
        decision="ours",
        decision_reason="x",
        decided_at=AT - timedelta(minutes=1),
        decided_by=EmployeeFactory.create(),
    ),
    "dispute_one_undecided_a_household": lambda: _twice(DisputeFactory, household=HouseholdFactory.create()),
    "unit_hours_end_after_they_start": lambda: UnitHoursFactory.create(starts_on=DAY, ends_on=DAY),
    "unit_hours_weekday_is_known": lambda: UnitHoursFactory.create(weekday=7),
    "unit_hours_have_both_times_or_neither": lambda: UnitHoursFactory.create(opens=None),
    "unit_hours_close_after_they_open": lambda: UnitHoursFactory.create(opens=time(9), closes=time(9)),
    "unit_hours_once_a_weekday": lambda: _twice(UnitHoursFactory, unit=UnitFactory.create()),
    "unit_day_once": lambda: _twice(UnitDayFactory, unit=UnitFactory.create()),
    "unit_day_has_both_times_or_neither": lambda: UnitDayFactory.create(opens=time(9)),
    "unit_day_closes_after_it_opens": lambda: UnitDayFactory.create(opens=time(9), closes=time(8)),
    "unit_day_says_why": lambda: UnitDayFactory.create(why=""),
}
