"""Telling those who lead a unit something at once, and saying what came of it."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from people.alerts import alerts_for
from people.models import Alert, AlertKind, Employee, Household, Person, Unit
from people.refusals import Refusal
from people.transactions import act


class CannotHandle(Refusal):
    """The alert is handled already, or nothing is said about what came of it."""


def tell(
    unit: Unit,
    kind: AlertKind,
    *,
    by: Employee,
    at: datetime,
    household: Household | None = None,
    person: Person | None = None,
    reason: str = "",
) -> Alert:
    """Tell a unit inside the transaction of what it is told of."""
    return Alert.objects.create(unit=unit, kind=kind, household=household, person=person, by=by, at=at, reason=reason)


@act
def handle_alert(*, alert_id: int, outcome: str, by: Employee, at: datetime) -> Alert:
    """Say what came of an alert; it then waits for nobody.

    :raises Http404: when it is not one of those the employee is told
    :raises CannotHandle: without an outcome, or when somebody handled it before
    """
    told = alerts_for(by, at=at).filter(pk=alert_id)
    alert = Alert.objects.select_for_update(no_key=True).filter(pk__in=told.values("pk")).first()
    if alert is None:
        raise Http404
    if not outcome.strip():
        raise CannotHandle(_("Say what came of it."), field="outcome")
    if alert.handled_at is not None:
        raise CannotHandle(_("Somebody else has handled this alert."))
    alert.handled_by, alert.handled_at, alert.outcome = by, at, outcome.strip()
    alert.save(update_fields=["handled_by", "handled_at", "outcome"])
    return alert
