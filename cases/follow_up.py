"""By when a contact, a service or an evaluation is due (frister i oppfølgingen). Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from cases.law import value
from housing.states import add_months


def silent_on(last_met_on: date, intensity: str) -> date:
    """The first day on which a service that meets somebody so often has lost the contact.

    :param last_met_on: the day they met last, or the day the service began
    :param intensity: a code of `Intensity`
    """
    return last_met_on + timedelta(days=value(f"follow_up.silent_days_{intensity}", on=last_met_on) + 1)


def start_due_on(offered_on: date) -> date:
    """The day by which a service that was offered has begun or is declined."""
    return offered_on + timedelta(days=value("follow_up.start_within_days", on=offered_on))


def warning_due_on(seen_on: date) -> date:
    """The day by which a sign that a home may be lost is handled."""
    return seen_on + timedelta(days=value("follow_up.warning_within_days", on=seen_on))


def evaluation_due(moved_in_on: date, held: Collection[int], months: Collection[int], *, on: date) -> int | None:
    """The evaluation whose turn it is: the latest one that is due soon or was, None when it is held or none is.

    One at a time: the next one's turn takes the place of one that was never held, and the last one's turn goes by after
    as long again as lay between the two last.
    """
    ahead = timedelta(days=value("task.evaluate_home_ahead_days", on=on))
    turns = [month for month in sorted(months) if add_months(moved_in_on, month) - ahead <= on]
    if not turns or turns[-1] in held:
        return None
    *_before, second, last = sorted(months)
    is_over = turns[-1] == last and on >= add_months(moved_in_on, 2 * last - second)
    return None if is_over else turns[-1]
