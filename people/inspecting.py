"""Which households an inspection may list and draw, and whose case numbers one may read in its lists.

What an inspector reads of a case in the sample is decided where all else is (`people.decision`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from people.facts import HouseholdFacts
from people.models import Employee, Household


def inspectable(
    households: QuerySet[Household], inspectors: Iterable[Employee], *, at: datetime
) -> QuerySet[Household]:
    """Those that a sample may be drawn from.

    The strictly confidential are not: they are read when an inspector names them. The confidential and our own
    employees' are, when every inspector is cleared in the municipality.
    """
    for inspector in inspectors:
        facts = HouseholdFacts(inspector, at=at)
        households = households.filter(~Q(facts.strict), ~Q(facts.shielded) | Q(facts.cleared))
    return households


def listed_in_inspections(
    households: QuerySet[Household], employee: Employee, *, at: datetime, strict: bool = False
) -> QuerySet[Household]:
    """Those whose case number and dates the employee may read in an inspection's lists, which name nobody.

    `strict` takes in the strictly confidential too: those that an inspector names.
    """
    facts = HouseholdFacts(employee, at=at)
    may = Q(facts.strict) if strict else Q()
    return households.filter(~Q(facts.party), may | (~Q(facts.strict) & (~Q(facts.shielded) | Q(facts.cleared))))
