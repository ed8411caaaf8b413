"""An employee's secret address for calendars: made anew, which stops the one before, or stopped."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from cases.models import CalendarFeed
from people.models import Employee
from people.transactions import act

_SECRET_BYTES = 32


@act
def make_feed(*, by: Employee, at: datetime) -> str:
    """→ the secret, told this once: only its fingerprint is kept."""
    _stop(by, at=at)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    CalendarFeed.objects.create(employee=by, fingerprint=fingerprint(secret), made_at=at)
    return secret


@act
def stop_feed(*, by: Employee, at: datetime) -> None:
    """Let the address answer no more. Nothing happens where there is none."""
    _stop(by, at=at)


def fingerprint(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _stop(employee: Employee, *, at: datetime) -> None:
    # locked, so that of two made at once the later stops the earlier
    Employee.objects.select_for_update(no_key=True).get(pk=employee.pk)
    for feed in CalendarFeed.objects.filter(employee=employee, stopped_at__isnull=True):
        feed.stopped_at = at
        feed.save(update_fields=["stopped_at"])
