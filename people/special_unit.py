"""The households that only a municipality's special unit deals with (K6): in no list and no search but its own."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from people.facts import HouseholdFacts, strict, units_held
from people.models import Employee, Household, Member, Person, UnitKind
from people.roles import Permission

#: A case number is recognised by so many of its first letters.
SHORTEST_CASE_NUMBER = 8


def works_at_special_unit(employee: Employee, *, at: datetime) -> bool:
    return any(unit.kind == UnitKind.SPECIAL for unit in units_held(employee, Permission.VIEW_HOUSEHOLD, at=at))


def strict_households(employee: Employee, *, at: datetime) -> QuerySet[Household]:
    """Those whose address is strictly confidential in the municipality whose special unit the employee works at."""
    facts = HouseholdFacts(employee, at=at)
    return Household.objects.filter(Q(facts.strict) & Q(facts.special_unit) & ~Q(facts.party))


def strictly_confidential(municipality_id: str, *, on: date) -> tuple[int, ...]:
    """The ids of a municipality's households of this kind that day, for figures that are not to count them."""
    households = Household.objects.filter(strict(on), municipality=municipality_id)
    return tuple(households.values_list("pk", flat=True))


def strict_household(number: str, employee: Employee, *, at: datetime) -> Household | None:
    """The one of `strict_households` with this case number, or where somebody with this national id is a member."""
    households, text = strict_households(employee, at=at), "".join(number.split())
    persons = Person.objects.with_number(text)
    of_person = Member.objects.on(localdate(at)).filter(person__in=persons)
    wanted = Q(pk__in=of_person.values("household"))
    if len(text) >= SHORTEST_CASE_NUMBER:
        wanted |= Q(ref__istartswith=text)
    found = list(households.filter(wanted)[:2])
    return found[0] if len(found) == 1 else None
