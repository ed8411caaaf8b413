"""Whom to ring now about somebody who cannot be dealt with at the counter."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext

from people.models import DutyContact, DutyHours, Employee, Municipality, RoleGrant, Unit, UnitKind
from people.roles import Permission, roles_with
from people.working_days import is_working_day

#: Office hours on working days; all other time is the night contact's.
OPENS, CLOSES = time(8), time(15, 30)
#: What lets one keep the list.
KEEPERS = (Permission.LEAD, Permission.GIVE_ROLES)


def duty_hours(at: datetime) -> DutyHours:
    """Which of the two lists holds at a moment, by the municipality's clock."""
    local = localtime(at)
    is_open = is_working_day(local.date()) and OPENS <= local.time() < CLOSES
    return DutyHours.DAY if is_open else DutyHours.NIGHT


def duty_contact(municipality: Municipality, at: datetime) -> DutyContact | None:
    """Whom to ring in the municipality now; None when nobody is entered for these hours."""
    entered = DutyContact.objects.on(localdate(at)).filter(municipality=municipality, hours=duty_hours(at))
    return entered.first()


def duty_contact_for(employee: Employee, *, at: datetime) -> DutyContact | None:
    """Whom the employee rings now: the contact of the municipality where they work."""
    works_at = RoleGrant.objects.on(localdate(at)).filter(employee=employee).select_related("unit__municipality")
    first = works_at.order_by("starts_on", "pk").first()
    return duty_contact(first.unit.municipality, at) if first is not None else None


def municipalities_kept_by(employee: Employee, *, at: datetime) -> QuerySet[Municipality]:
    """Those whose duty lists the employee keeps: where they lead a unit or give roles."""
    roles = {role for permission in KEEPERS for role in roles_with(permission)}
    grants = RoleGrant.objects.on(localdate(at)).filter(employee=employee, role__in=roles)
    return Municipality.objects.filter(units__role_grants__in=grants).distinct().order_by("name")


def lacking(municipalities: QuerySet[Municipality], *, on: date) -> list[str]:
    """What these municipalities must have and have not: somebody to ring at any hour, and a special unit."""
    numbers = list(municipalities)
    entered = set(DutyContact.objects.on(on).filter(municipality__in=numbers).values_list("municipality", "hours"))
    special = set(Unit.objects.filter(kind=UnitKind.SPECIAL).values_list("municipality", flat=True))
    sentences = []
    for one in numbers:
        for hours in DutyHours:
            if (one.pk, hours) not in entered:
                told = {"municipality": one.name, "hours": hours.label}
                sentences.append(gettext("%(municipality)s has nobody on the duty list: %(hours)s") % told)
        if one.pk not in special:
            told = {"municipality": one.name}
            sentences.append(gettext("%(municipality)s has no special unit for strictly confidential addresses") % told)
    return sentences
