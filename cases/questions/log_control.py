"""A unit's log control of a month: the findings, what has been made of them, and the months that are signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.crypto import salted_hmac

from housing.models import Residence
from people.actions.log_control import marks_of
from people.log_control.month import Month, around, looks_of, own_homes_of
from people.log_control.scoring import findings
from people.log_control.signs import Finding, Look
from people.models import Employee, FindingMark, LogControl, Unit
from people.told import Told, told


@dataclass(frozen=True, kw_only=True)
class Found:
    """One finding as a page shows it. `ref` names it in addresses and tells nothing by itself."""

    ref: str
    finding: Finding
    employee: Employee | None
    household: Told | None
    mark: FindingMark | None
    is_own: bool


@dataclass(frozen=True)
class Control:
    """One unit's month as its leader sees it."""

    unit: Unit
    month: Month
    looks: list[Look]
    found: list[Found]
    signed: LogControl | None

    @cached_property
    def left(self) -> int:
        """Findings about others' reads that nobody has marked yet."""
        return sum(one.mark is None and not one.is_own for one in self.found)

    @property
    def keys(self) -> list[tuple[int | None, int | None]]:
        return [one.finding.key for one in self.found]

    def named(self, ref: str) -> Found | None:
        return next((one for one in self.found if one.ref == ref), None)


def control_of(unit: Unit, month: Month, leader: Employee, *, at: datetime) -> Control:
    """The month's findings, gravest first, with their marks. As many statements whatever the size."""
    looks = looks_of(unit, month)
    homes = own_homes_of(month)
    read = {look.household for look in looks} | {home for own in homes.values() for home in own}
    known = around(looks, month, own_homes=homes, addresses=_addresses(read, month))
    found = findings(looks, known)
    marks, employees = marks_of(unit, month.starts_on), _employees(found)
    names = told({one.household for one in found if one.household is not None}, leader, at=at)
    return Control(
        unit=unit,
        month=month,
        looks=looks,
        found=[_found(one, unit, month, leader, employees, names, marks) for one in found],
        signed=LogControl.objects.filter(unit=unit, month=month.starts_on).select_related("signed_by").first(),
    )


def signed_controls(unit: Unit) -> list[LogControl]:
    """The months that have been signed, newest first."""
    return list(LogControl.objects.filter(unit=unit).select_related("signed_by").order_by("-month"))


def months_before(day: date, *, number: int = 12) -> list[Month]:
    """The months up to the one of the day, newest first."""
    index = day.year * 12 + day.month - 1
    return [Month(date((index - back) // 12, (index - back) % 12 + 1, 1)) for back in range(number)]


def _addresses(households: set[int], month: Month) -> list[tuple[int, str]]:
    homes = Residence.objects.touching(month.starts_on, month.ends_on).filter(
        household__in=households, dwelling__isnull=False
    )
    return list(homes.values_list("household", "dwelling__address"))


def _employees(found: list[Finding]) -> dict[int, Employee]:
    return Employee.objects.in_bulk([one.employee for one in found if one.employee is not None])


def _found(
    finding: Finding,
    unit: Unit,
    month: Month,
    leader: Employee,
    employees: dict[int, Employee],
    names: dict[int, Told],
    marks: dict[tuple[int | None, int | None], FindingMark],
) -> Found:
    text = f"{unit.pk}/{month.starts_on}/{finding.employee}/{finding.household}"
    return Found(
        ref=salted_hmac("log control", text, algorithm="sha256").hexdigest()[:20],
        finding=finding,
        employee=employees.get(finding.employee or 0),
        household=names.get(finding.household or 0),
        mark=marks.get(finding.key),
        is_own=finding.employee == leader.pk,
    )
