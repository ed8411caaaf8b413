"""Making a municipality's own rules for who comes first to a dwelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import AllotmentCriterion, AllotmentRules, Criterion, PriorityMode
from people.access import units_with
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

MOST = 999
_LONGEST_MONTHS = 36


class CannotSetRules(Refusal):
    """The rules are not ones that can be made."""


@dataclass(frozen=True, kw_only=True)
class NewRules:
    """How the order is found from a day on. `numbers`: points or group of each criterion that counts."""

    starts_on: date
    mode: str
    numbers: Mapping[str, int]
    reason: str
    confirm_months: int = 12


@act
def set_allotment_rules(*, municipality_id: str, rules: NewRules, by: Employee, at: datetime) -> AllotmentRules:
    """Say who comes first in the municipality from a day on, as a leader there; what held before keeps its days.

    Rules that begin today or later are written anew when told again for the same day.

    :raises CannotSetRules: when the day has passed, a number cannot be, nothing counts, or no reason is given
    """
    if not units_with(by, Permission.LEAD, at=at).filter(municipality=municipality_id).exists():
        raise PermissionDenied
    _refuse(rules, today=localdate(at))
    made, _is_new = AllotmentRules.objects.update_or_create(
        municipality_id=municipality_id,
        starts_on=rules.starts_on,
        defaults={
            "mode": rules.mode,
            "confirm_months": rules.confirm_months,
            "reason": rules.reason.strip(),
            "by": by,
            "at": at,
        },
    )
    made.criteria.all().delete()
    column = "points" if rules.mode == PriorityMode.POINTS else "group"
    AllotmentCriterion.objects.bulk_create(
        AllotmentCriterion(rules=made, code=code, **{column: number}) for code, number in rules.numbers.items()
    )
    return made


def _refuse(rules: NewRules, *, today: date) -> None:
    if rules.mode not in PriorityMode.values:
        raise CannotSetRules(_("Choose points or priority groups."), field="mode")
    if rules.starts_on < today:
        raise CannotSetRules(_("What was decided before stands: choose from today or later."), field="starts_on")
    if not rules.reason.strip():
        raise CannotSetRules(_("Say who decided it, and where it stands."), field="reason")
    if not 1 <= rules.confirm_months <= _LONGEST_MONTHS:
        raise CannotSetRules(
            _("Ask at least every third year whether an application still holds."), field="confirm_months"
        )
    _refuse_numbers(rules)


def _refuse_numbers(rules: NewRules) -> None:
    if not rules.numbers:
        raise CannotSetRules(_("Let at least one criterion count."))
    least = -MOST if rules.mode == PriorityMode.POINTS else 1
    for code, number in rules.numbers.items():
        if code not in Criterion.values or not least <= number <= MOST:
            words = {"least": least, "most": MOST}
            raise CannotSetRules(_("Give a number from %(least)s to %(most)s.") % words, field=code)
        if rules.mode == PriorityMode.GROUPS and code == Criterion.WAITED:
            raise CannotSetRules(_("Time waited gives points, no group: within a group it decides."), field=code)
