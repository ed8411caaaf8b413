"""The times that the settling of refugees is measured by. Pure: standard library only.

Sources: *Bolig for velferd* (2014-2020), målsetting 4; KOSTRA form 13, the main reason refugee.
"""

from __future__ import annotations

from datetime import date

from housing.states import add_months

#: Calendar years that the integration grant is paid for, from the day settled.
GRANT_YEARS = 5
#: Months from the decision: the target, the latest, and the target for a family with children.
TARGET_MONTHS, LATEST_MONTHS, FAMILY_MONTHS = 6, 12, 3


def grant_ends_on(settled_on: date) -> date:
    """The first day without the integration grant."""
    return add_months(settled_on, 12 * GRANT_YEARS)


def target_on(decided_on: date, *, is_family: bool) -> date:
    """The last day that reaches the target."""
    return add_months(decided_on, FAMILY_MONTHS if is_family else TARGET_MONTHS)


def latest_on(decided_on: date) -> date:
    """The last day that everybody should be settled by."""
    return add_months(decided_on, LATEST_MONTHS)
