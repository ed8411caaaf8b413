"""Who can follow a household up, who is kept from it, and which units can answer for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from people.access import units_with
from people.models import (
    Assignment,
    AssignmentRole,
    Clearance,
    Disqualification,
    Employee,
    Household,
    RoleGrant,
    Unit,
    UnitKind,
)
from people.roles import Permission, roles_with


def colleagues_of(unit: Unit | None, *, at: datetime) -> list[tuple[int, str]]:
    """Those who do casework at the unit now, by name."""
    grants = RoleGrant.objects.on(localdate(at)).filter(unit=unit, role__in=roles_with(Permission.CHANGE_HOUSEHOLD))
    found = Employee.objects.filter(pk__in=grants.values("employee"), is_active=True, is_system=False)
    return list(found.order_by("name", "pk").values_list("pk", "name"))


def cleared_colleagues(household: Household, *, at: datetime) -> list[Employee]:
    """Those cleared for confidential addresses in the household's municipality, whoever is on the case first.

    Which unit they work at is not told: it would tell where the household is.
    """
    day = localdate(at)
    cleared = Clearance.objects.on(day).filter(unit__municipality=household.municipality_id)
    on_the_case = Assignment.objects.on(day).filter(household=household, employee=OuterRef("pk"))
    found = Employee.objects.filter(pk__in=cleared.values("employee"), is_active=True)
    return list(found.order_by(Exists(on_the_case).desc(), "name", "pk"))


def other_units(household: Household, present: Unit | None) -> list[tuple[int, str]]:
    """The municipality's units but the one that answers for the household now, by name."""
    units = Unit.objects.filter(municipality=household.municipality_id)
    found = units.exclude(pk=present.pk) if present else units
    return list(found.order_by("name", "pk").values_list("pk", "name"))


def units_to_share_with(household: Household, *, on: date) -> list[tuple[int, str]]:
    """The municipality's units that neither answer for the household nor share it that day; no special unit."""
    units = Unit.objects.filter(municipality=household.municipality_id).exclude(kind=UnitKind.SPECIAL)
    answers, shares = household.responsibilities.on(on), household.co_responsibilities.on(on)
    others = units.exclude(pk__in=answers.values("unit")).exclude(pk__in=shares.values("unit"))
    return list(others.order_by("name", "pk").values_list("pk", "name"))


def colleagues_of_mine(employee: Employee, *, at: datetime) -> list[tuple[int, str]]:
    """Those who do casework where the employee does, by name, without the employee."""
    units = units_with(employee, Permission.CHANGE_HOUSEHOLD, at=at)
    roles = roles_with(Permission.CHANGE_HOUSEHOLD)
    grants = RoleGrant.objects.on(localdate(at)).filter(unit__in=units, role__in=roles)
    found = Employee.objects.filter(pk__in=grants.values("employee"), is_active=True, is_system=False)
    return list(found.exclude(pk=employee.pk).order_by("name", "pk").values_list("pk", "name"))


@dataclass(frozen=True, kw_only=True)
class StandingIn:
    """A colleague who stands in on so many of one's cases for a time."""

    employee_id: int
    name: str
    starts_on: date
    ends_on: date
    cases: int


def standing_in_for(employee: Employee, *, on: date) -> list[StandingIn]:
    """Who stands in on the employee's own cases until a day, now or later."""
    owned = Assignment.objects.on(on).filter(employee=employee, role=AssignmentRole.OWNER).values("household")
    rows = (
        Assignment.objects.filter(household__in=owned, role=AssignmentRole.SUBSTITUTE, ends_on__gt=on)
        .values("employee_id", "employee__name", "starts_on", "ends_on")
        .annotate(cases=Count("pk"))
        .order_by("starts_on", "employee__name")
    )
    return [
        StandingIn(
            employee_id=row["employee_id"],
            name=row["employee__name"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            cases=row["cases"],
        )
        for row in rows
        if row["ends_on"]
    ]


def units_that_keep_apart(employee: Employee, *, at: datetime) -> list[int]:
    """The units where the employee leads or gives roles, and so says who must not deal with which case."""
    found = [units_with(employee, permission, at=at) for permission in (Permission.LEAD, Permission.GIVE_ROLES)]
    return sorted({pk for units in found for pk in units.values_list("pk", flat=True)})


def employees_at(units: Collection[int], *, at: datetime) -> list[tuple[int, str]]:
    """Those who hold a role at one of the units now, by name."""
    grants = RoleGrant.objects.on(localdate(at)).filter(unit__in=units)
    found = Employee.objects.filter(pk__in=grants.values("employee"), is_system=False)
    return list(found.order_by("name", "pk").values_list("pk", "name"))


def disqualifications_at(units: Collection[int], *, at: datetime) -> QuerySet[Disqualification]:
    """Those that last, of the employees at the units, newest first."""
    grants = RoleGrant.objects.on(localdate(at)).filter(unit__in=units)
    live = Disqualification.objects.on(localdate(at)).filter(employee__in=grants.values("employee"))
    return live.select_related("employee", "declared_by").order_by("-starts_on", "-pk")


def units_beside(units: QuerySet[Unit]) -> list[tuple[int, str]]:
    """The ordinary units of the same municipalities, by name."""
    found = Unit.objects.filter(municipality__in=units.values("municipality")).exclude(kind=UnitKind.SPECIAL)
    return list(found.order_by("name", "pk").values_list("pk", "name"))


def units_to_send_to(household: Household, *, but: int) -> list[tuple[int, str]]:
    """The ordinary units of the household's municipality but one, by name."""
    units = Unit.objects.filter(municipality=household.municipality_id).exclude(kind=UnitKind.SPECIAL)
    return list(units.exclude(pk=but).order_by("name", "pk").values_list("pk", "name"))


def planners_of(unit: Unit | None, chosen: Employee | None, *, at: datetime) -> list[tuple[int, str]]:
    """Those who make plans at the unit now, by name, and whoever is chosen already."""
    grants = RoleGrant.objects.on(localdate(at)).filter(unit=unit, role__in=roles_with(Permission.MAKE_PLAN))
    found = Employee.objects.filter(pk__in=grants.values("employee"), is_active=True, is_system=False)
    rows = list(found.order_by("name", "pk").values_list("pk", "name"))
    if chosen is not None and chosen.pk not in dict(rows):
        rows.append((chosen.pk, chosen.name))
    return rows
