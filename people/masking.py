"""What stays masked of households that one sees: where they live, and how old they are.

The decision says what is masked (`people.decision.Sight`); here it is asked for many households at once, and demanded
of acts that a masked household cannot have.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from people.decision import Purpose, Sight, decide
from people.facts import HouseholdFacts
from people.models import Employee, Household

#: What stands where a place would.
SHIELDED_PLACE = _("shielded address")
#: What stands where a birth date or a national id would.
MASKED = _("masked")


class WhereaboutsShielded(PermissionDenied):
    """The employee is on the case, but is not cleared to know where the household is."""

    def __init__(self, household: Household) -> None:
        super().__init__()
        self.household = household


def sights_of(household_ids: Iterable[int], employee: Employee, *, at: datetime) -> dict[int, Sight]:
    """How much the employee sees of each household, by its id, in one statement: what a list masks its rows by."""
    ids = set(household_ids)
    if not ids:
        return {}
    read = HouseholdFacts(employee, at=at).read(ids)
    return {household: decide(known.facts) for household, known in read.items()}


def require_whereabouts(household: Household) -> None:
    """Stop what names a place, behind the door that opened the household.

    :raises WhereaboutsShielded: when its address, provider and room are masked
    """
    if not household.sight.whereabouts:
        raise WhereaboutsShielded(household)


def require_moves(household: Household) -> None:
    """Stop what moves a household without naming a place, behind the door that opened it.

    The special unit may: it knows where its households are, and tells the system no more than the kind of place.

    :raises WhereaboutsShielded: when its address, provider and room are masked
    """
    if household.sight.purpose is not Purpose.SPECIAL_UNIT:
        require_whereabouts(household)
