"""The rules of tasks and of what asks for them, each broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from cases.models import Task
from tests.factories.people import DAY, EmployeeFactory, UnitFactory
from tests.factories.tasks import AcceptedFindingFactory, AuthorityLetterFactory, TaskFactory

_YESTERDAY = DAY - timedelta(days=1)


def _twice() -> None:
    first: Task = TaskFactory.create(subject_kind="decision", subject_id=1)
    TaskFactory.create(household=first.household, subject_kind="decision", subject_id=1)


def _accepted_twice() -> None:
    first = AcceptedFindingFactory.create()
    AcceptedFindingFactory.create(household=first.household)


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
    "accepted_finding_names_a_check": lambda: AcceptedFindingFactory.create(check_number="13"),
    "accepted_finding_has_a_reason": lambda: AcceptedFindingFactory.create(reason=""),
    "accepted_finding_lasts_past_its_start": lambda: AcceptedFindingFactory.create(since=DAY),
    "accepted_finding_withdrawn_has_day_and_person": lambda: AcceptedFindingFactory.create(withdrawn_on=DAY),
    "accepted_finding_once": _accepted_twice,
}
