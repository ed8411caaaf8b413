"""Whom to ring now about somebody who cannot be dealt with at the counter."""

from __future__ import annotations

from datetime import datetime, time

from django.utils.timezone import localdate, localtime

from people.models import DutyContact, DutyHours, Employee, Municipality, RoleGrant
from people.working_days import is_working_day

#: Office hours on working days; all other time is the night contact's.
OPENS, CLOSES = time(8), time(15, 30)


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
