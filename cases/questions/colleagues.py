"""Who can follow a household up, and which units can answer for it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from people.models import Assignment, Clearance, Employee, Household, RoleGrant, Unit
from people.roles import POLICIES, Permission


def colleagues_of(unit: Unit | None, *, at: datetime) -> list[tuple[int, str]]:
    """Those who do casework at the unit now, by name."""
    roles = [role for role, policy in POLICIES.items() if Permission.CHANGE_HOUSEHOLD in policy.permissions]
    grants = RoleGrant.objects.on(localdate(at)).filter(unit=unit, role__in=roles)
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
