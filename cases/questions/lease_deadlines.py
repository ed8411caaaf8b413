"""By when to act on a lease that ends, and on what stood good for a home that is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from cases.law import value
from cases.models import Security
from housing.leases import reminders
from housing.models import RENTALS, Residence
from housing.states import add_months
from people.working_days import last_working_day_before

_STAGES = ("first", "second", "last")


def months_ahead(on: date) -> tuple[int, ...]:
    """How many months before its end a lease reminds of itself, the earliest first."""
    return tuple(value(f"task.lease_ends_{stage}_months", on=on) for stage in _STAGES)


def leases_to_think_of(on: date, only: Q) -> Iterator[tuple[Residence, date]]:
    """Leases that run out soon, of those who live on there, each with the day of the reminder that is its turn.

    One reminder at a time: due when the next one comes, the last one before the lease ends.
    """
    months = months_ahead(on)
    living = Residence.objects.on(on).filter(only, kind__in=RENTALS, ends_on__isnull=True)
    for residence in living.filter(lease_ends_on__lte=add_months(on, max(months))).only("household", "lease_ends_on"):
        assert residence.lease_ends_on is not None
        days = reminders(residence.lease_ends_on, months)
        later = [day for day in days if day > on]
        if len(later) < len(days):
            yield residence, later[0] if later else last_working_day_before(residence.lease_ends_on)


def securities_to_settle(on: date, only: Q) -> Iterator[tuple[Security, date]]:
    """Deposits and guarantees that stand though the home is left, or that are past their own end."""
    within = timedelta(days=value("task.release_security_days", on=on))
    standing = Security.objects.filter(only, released_on__isnull=True).select_related("tenancy__residence")
    over = Q(tenancy__residence__ends_on__lte=on) | Q(ends_on__lte=on)
    for security in standing.filter(over):
        ends = [day for day in (security.tenancy.residence.ends_on, security.ends_on) if day is not None]
        yield security, min(ends) + within
