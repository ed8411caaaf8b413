"""When something has to be done, from dated facts and the Norwegian calendar (frister). Pure: no clock, no database."""

from __future__ import annotations

from datetime import date, timedelta

from cases.law import NO_CHOICES, Choices, value
from housing.states import add_months
from people.working_days import last_working_day_before, next_working_day

PLAN_WITHIN_DAYS = 14
RIGHTS_WITHIN_DAYS = 30
CONFIRM_AFTER_MONTHS = 12


def decision_due_on(told_on: date) -> date:
    """The day by which a decision given by word of mouth stands in writing.

    Source: forvaltningsloven § 23, without undue delay; the house reads that as the next working day.
    """
    return next_working_day(told_on)


def plan_due_on(first_night: date) -> date:
    """The last day for the housing plan of somebody in temporary accommodation.

    Source: the definition of a housing plan (boligplan) in docs/glossary.md.
    """
    return first_night + timedelta(days=PLAN_WITHIN_DAYS)


def rights_due_on(received_on: date) -> date:
    """The last day to answer who asks to see or to correct what is kept on them: 30 days, and never over a month.

    Source: personvernforordningen article 12 (3), without undue delay and within one month.
    """
    return min(received_on + timedelta(days=RIGHTS_WITHIN_DAYS), add_months(received_on, 1))


def dispute_due_on(since: date) -> date:
    """The last day to decide who answers for a household that services do not agree about: two working days.

    Source: the rule data, `dispute.working_days`. Help goes on meanwhile.
    """
    day = since
    for _ in range(value("dispute.working_days", on=since)):
        day = next_working_day(day)
    return day


def preliminary_answer_due_on(asked_on: date, *, choices: Choices = NO_CHOICES) -> date:
    """The last day to tell when the answer comes, of a request that is not answered: before a month has passed.

    Source: forvaltningsloven § 11 a, the act of 2025 § 17.
    """
    return add_months(asked_on, value("preliminary_answer.after_months", on=asked_on, choices=choices))


def renewal_due_on(ends_on: date) -> date:
    """The last working day on which to decide anew on what ends that day; `ends_on` itself is not covered."""
    return last_working_day_before(ends_on)


def confirmation_due_on(confirmed_on: date, months: int | None = None) -> date:
    """The day by which a household that waits for a dwelling is asked again; a year where no rules are made.

    Source: the municipality's own rules of allotment.
    """
    return add_months(confirmed_on, CONFIRM_AFTER_MONTHS if months is None else months)


def opens_on(due_on: date, *, ahead: str) -> date:
    """The day a task stands open for a deadline: so many days before as the rule `task.<ahead>_ahead_days` says."""
    return due_on - timedelta(days=value(f"task.{ahead}_ahead_days", on=due_on))
