"""Lines of the read log as pages show them: of one household, of one employee, of an employee's own unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from people.components import Page
from people.models import Employee, Household, Reading, Role, RoleGrant, Unit
from people.parts import part_of_query
from people.told import Told, told

#: Pages that answer alike whether a number is nobody's or somebody's whom one must not know of.
_NEUTRAL = ("cases:search", "cases:register", "cases:register_need", "cases:emergency", "cases:name_case")


@dataclass(frozen=True, kw_only=True)
class Period:
    """Whole days, both ends with it."""

    first_day: date
    last_day: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day, in the municipality."""
        zone = ZoneInfo(settings.TIME_ZONE)
        after = self.last_day + timedelta(days=1)
        return datetime.combine(self.first_day, time(), zone), datetime.combine(after, time(), zone)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line. `household` is None where the page is about one, or where the refusal concerned none."""

    reading: Reading
    role: str
    unit: str
    household: Told | None = None


@dataclass(frozen=True, kw_only=True)
class Amount:
    """How much one employee read in a period: lines, different households, refusals, and when last."""

    employee: Employee
    reads: int
    households: int
    refused: int
    last_at: datetime | None


def readings_in(period: Period) -> QuerySet[Reading]:
    """The lines of a period, newest first."""
    begins, ends = period.moments
    return Reading.objects.filter(at__gte=begins, at__lt=ends).select_related("employee").order_by("-at", "-pk")


def of_household(household: Household, lines: QuerySet[Reading]) -> QuerySet[Reading]:
    return lines.filter(household_id=household.pk)


def of_employee(employee: Employee, lines: QuerySet[Reading], *, viewer: Employee) -> QuerySet[Reading]:
    """Those of one employee. What the neutral pages refused is told to others, not to the one who typed the number."""
    theirs = lines.filter(employee=employee)
    return theirs.exclude(is_refused=True, route__in=_NEUTRAL) if viewer == employee else theirs


def page_of(
    lines: QuerySet[Reading],
    viewer: Employee | None,
    *,
    at: datetime,
    after: str | None,
    before: str | None,
) -> Page:
    """A part of the lines, with what the viewer may call each household; without a viewer they are of one."""
    page = part_of_query(lines, after=after, before=before)
    rows = with_units(page.rows)
    if viewer is not None:
        ids = {line.reading.household_id for line in rows if line.reading.household_id is not None}
        names = told(ids, viewer, at=at)
        rows = [replace(line, household=names.get(line.reading.household_id or 0)) for line in rows]
    return replace(page, rows=rows)


def with_units(readings: Sequence[Reading]) -> list[Line]:
    """Each line with the words of its role and unit, in one statement."""
    units = dict(Unit.objects.filter(pk__in={one.unit_id for one in readings}).values_list("pk", "name"))
    roles = dict(Role.choices)
    return [
        Line(reading=one, role=str(roles.get(one.role, "")), unit=units.get(one.unit_id or 0, "")) for one in readings
    ]


def employees_of(units: QuerySet[Unit], period: Period) -> QuerySet[Employee]:
    """Everybody with a role at one of the units on a day of the period."""
    held = RoleGrant.objects.filter(unit__in=units, starts_on__lte=period.last_day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=period.first_day)
    )
    return Employee.objects.filter(role_grants__in=held, is_system=False).distinct().order_by("name", "pk")


def amounts_of(units: QuerySet[Unit], period: Period) -> list[Amount]:
    """What each of them read, whoever's the household: two statements."""
    employees = list(employees_of(units, period))
    begins, ends = period.moments
    sums = (
        Reading.objects.filter(employee__in=employees, at__gte=begins, at__lt=ends)
        .order_by()
        .values("employee")
        .annotate(
            reads=Count("pk"),
            households=Count("household_id", distinct=True),
            refused=Count("pk", filter=Q(is_refused=True)),
            last_at=Max("at"),
        )
    )
    by_employee = {row["employee"]: row for row in sums}
    return [_amount(one, by_employee.get(one.pk, {})) for one in employees]


def _amount(employee: Employee, row: Mapping[str, Any]) -> Amount:
    return Amount(
        employee=employee,
        reads=row.get("reads", 0),
        households=row.get("households", 0),
        refused=row.get("refused", 0),
        last_at=row.get("last_at"),
    )
