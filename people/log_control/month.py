"""What one unit's leader goes through of one month, read from the log and the registers: five statements, any size.

It reads assignments, units and exceptions as they were at each read. That is evidence about access; who may see what is
decided in `people.access` alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from people.log_control.signs import Around, Look
from people.models import Disqualification, Employee, Member, Relation, Unit
from people.search import folded

V = TypeVar("V")

_SQL = (Path(__file__).parent / "month.sql").read_text("utf-8")
_ADDRESS = re.compile(r"\s*(?P<street>[^\d,]+?)\s+(?P<number>\d{1,5})\s*(?P<rest>[^,]*)")


@dataclass(frozen=True)
class Month:
    """A calendar month, by its first day."""

    starts_on: date

    @property
    def ends_on(self) -> date:
        """The first day of the next one."""
        year, month = divmod(self.starts_on.year * 12 + self.starts_on.month, 12)
        return date(year, month + 1, 1)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From its first midnight to the next month's, in the municipality."""
        zone = ZoneInfo(settings.TIME_ZONE)
        return datetime.combine(self.starts_on, time(), zone), datetime.combine(self.ends_on, time(), zone)


def looks_of(unit: Unit, month: Month) -> list[Look]:
    """The reads of the unit's employees and of its households, by time."""
    zone = ZoneInfo(settings.TIME_ZONE)
    begins, ends = month.moments
    asked: dict[str, int | str | date | datetime] = {
        "unit": unit.pk,
        "starts_on": month.starts_on,
        "ends_on": month.ends_on,
        "from": begins,
        "to": ends,
        "zone": settings.TIME_ZONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, asked)
        return [
            Look(
                employee=employee,
                household=household,
                at=at.astimezone(zone),
                is_refused=refused,
                is_on_case=on_case,
                is_of_unit=of_unit,
                has_leave=leave,
                is_reasoned=reasoned,
                is_leader=leader,
                closed_on=closed_on,
            )
            for employee, household, at, refused, on_case, of_unit, leave, reasoned, leader, closed_on in cursor
        ]


def own_homes_of(month: Month) -> dict[int, frozenset[int]]:
    """The households that employees live in, as far as they have said which person they are."""
    themselves = _in_force(month).filter(relation=Relation.SELF)
    pairs = themselves.filter(person__memberships__starts_on__lt=month.ends_on).filter(
        Q(person__memberships__ends_on__isnull=True) | Q(person__memberships__ends_on__gt=month.starts_on)
    )
    return _gathered(pairs.values_list("employee", "person__memberships__household"))


def around(
    looks: Collection[Look],
    month: Month,
    *,
    own_homes: Mapping[int, frozenset[int]],
    addresses: Iterable[tuple[int, str]],
) -> Around:
    """What is known of those who read and those who were read. `addresses`: (household, address) as written."""
    employees = {look.employee for look in looks}
    households = {look.household for look in looks}
    parties = _in_force(month).filter(employee__in=employees, person__memberships__household__in=households)
    members = Member.objects.filter(household__in=households, starts_on__lt=month.ends_on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=month.starts_on)
    )
    return Around(
        parties=frozenset(parties.values_list("employee", "person__memberships__household")),
        own_homes=own_homes,
        employee_names=_names(Employee.objects.filter(pk__in=employees).values_list("pk", "name")),
        household_names=_names(members.values_list("household", "person__name")),
        addresses=_gathered((household, known) for household, text in addresses if (known := address_of(text))),
    )


def address_of(text: str) -> tuple[str, int, str] | None:
    """Street, number and the rest of it, folded; None where it has no number."""
    found = _ADDRESS.match(folded(text))
    if found is None:
        return None
    return " ".join(found["street"].split()), int(found["number"]), found["rest"].replace(" ", "")


def surnames_of(name: str) -> frozenset[str]:
    """The last name, folded; both of a double one."""
    words = folded(name).split()
    return frozenset(words[-1].split("-")) - {""} if len(words) > 1 else frozenset()


def _in_force(month: Month) -> QuerySet[Disqualification]:
    return Disqualification.objects.filter(starts_on__lt=month.ends_on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=month.starts_on)
    )


def _names(rows: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    return _gathered((key, name) for key, text in rows for name in surnames_of(text))


def _gathered(pairs: Iterable[tuple[int, V]]) -> dict[int, frozenset[V]]:
    found: defaultdict[int, set[V]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}
