"""The rules of tasks and of what asks for them, each broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from cases.models import CalendarFeed, Task
from people.models import Employee
from tests.factories.people import AT, DAY, EmployeeFactory, UnitFactory, at
from tests.factories.tasks import (
    AcceptedFindingFactory,
    AuthorityLetterFactory,
    ControlReviewFactory,
    DeviationFactory,
    RuleObstacleFactory,
    TaskFactory,
)

_YESTERDAY = DAY - timedelta(days=1)


def _twice() -> None:
    first: Task = TaskFactory.create(subject_kind="decision", subject_id=1)
    TaskFactory.create(household=first.household, subject_kind="decision", subject_id=1)


def _accepted_twice() -> None:
    first = AcceptedFindingFactory.create()
    AcceptedFindingFactory.create(household=first.household)


def _feed(employee: Employee, **facts: object) -> CalendarFeed:
    return CalendarFeed.objects.create(employee=employee, **{"fingerprint": "0" * 64, "made_at": AT, **facts})


def _two_feeds() -> None:
    employee = EmployeeFactory.create()
    _feed(employee)
    _feed(employee, fingerprint="1" * 64)


OF_TASKS: dict[str, Callable[[], object]] = {
    "task_end_is_known_and_of_a_closed_one": lambda: TaskFactory.create(ended_because="acted"),
    "task_subject_has_kind_and_number": lambda: TaskFactory.create(subject_kind="decision"),
    "task_of_no_household_has_a_subject": lambda: TaskFactory.create(household=None, unit=UnitFactory.create()),
    "task_open_once_a_subject_and_day": _twice,
    "authority_letter_authority_is_known": lambda: AuthorityLetterFactory.create(authority="king"),
    "authority_letter_says_what_it_asks": lambda: AuthorityLetterFactory.create(asks=""),
    "authority_letter_is_due_after_it_came": lambda: AuthorityLetterFactory.create(due_on=_YESTERDAY),
    "authority_letter_answered_has_day_person_and_words": lambda: AuthorityLetterFactory.create(answered_on=DAY),
    "authority_letter_answered_after_it_came": lambda: AuthorityLetterFactory.create(
        answered_on=_YESTERDAY, answered_by=EmployeeFactory.create(), answer="Sent"
    ),
    "deviation_found_by_is_known": lambda: DeviationFactory.create(found_by="luck"),
    "deviation_says_what": lambda: DeviationFactory.create(what=""),
    "deviation_closed_with_cause_measure_and_effect": lambda: DeviationFactory.create(closed_on=DAY),
    "deviation_closed_after_it_was_reported": lambda: DeviationFactory.create(
        closed_on=_YESTERDAY, closed_by=EmployeeFactory.create(), cause="x", measure="x", effect="x"
    ),
    "control_review_kind_is_known": lambda: ControlReviewFactory.create(kind="wish"),
    "control_review_is_named": lambda: ControlReviewFactory.create(title=""),
    "control_review_next_is_later": lambda: ControlReviewFactory.create(dated_on=DAY),
    "rule_obstacle_says_which_rule_and_what": lambda: RuleObstacleFactory.create(rule=""),
    "rule_obstacle_sent_to_somebody_on_a_day": lambda: RuleObstacleFactory.create(sent_on=DAY),
    "rule_obstacle_answered_after_it_was_sent": lambda: RuleObstacleFactory.create(answered_on=DAY, answer="No"),
    "calendar_feed_one_live_an_employee": _two_feeds,
    "calendar_feed_keeps_no_secret": lambda: _feed(EmployeeFactory.create(), fingerprint="s3cret"),
    "calendar_feed_stopped_after_it_was_made": lambda: _feed(EmployeeFactory.create(), stopped_at=at(_YESTERDAY)),
    "accepted_finding_names_a_check": lambda: AcceptedFindingFactory.create(check_number="13"),
    "accepted_finding_has_a_reason": lambda: AcceptedFindingFactory.create(reason=""),
    "accepted_finding_lasts_past_its_start": lambda: AcceptedFindingFactory.create(since=DAY),
    "accepted_finding_withdrawn_has_day_and_person": lambda: AcceptedFindingFactory.create(withdrawn_on=DAY),
    "accepted_finding_once": _accepted_twice,
}
