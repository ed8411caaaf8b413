"""What the calendar does to cases: facts dated ahead take effect on their day."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cases.actions.assignments import take_if_unassigned
from cases.actions.follow_coming import coming_due
from cases.actions.journey import follow, open_case_of, standings
from cases.models import Case
from people.access import locked_household
from people.models import Employee, Household
from people.roles import Permission
from people.transactions import act

#: The system's actor for what happens because a day came.
CALENDAR = "calendar"


def calendar() -> Employee:
    return Employee.objects.get(username=CALENDAR)


def effect_due(*, at: datetime) -> int:
    """Bring every open case to the state of the day, each in a transaction of its own. → how many changed."""
    on = localdate(at)
    due = {case.household_id for case, standing in standings(Case.objects.open(), on=on) if case.state != standing}
    due.update(coming_due(on))
    actor = calendar()
    return sum(_effect(household_id=household_id, by=actor, at=at) for household_id in sorted(due))


def case_to_act_on(household: Household, *, by: Employee, at: datetime) -> Case:
    """The household's open case in the state of the day, followed up by somebody: how acts on a case go on.

    What the calendar had not yet done, it does now; who acts first on an unassigned household becomes responsible.

    :raises NoOpenCase: when the household's case is closed
    """
    case = open_case_of(household)
    follow(case, on=localdate(at), by=calendar(), at=at)
    take_if_unassigned(household, by=by, at=at)
    return case


@act
def _effect(*, household_id: int, by: Employee, at: datetime) -> bool:
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at)
    case = Case.objects.open().filter(household=household).first()
    return case is not None and follow(case, on=localdate(at), by=by, at=at)
