"""What a unit has been told and nobody has handled yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from people.access import unit_ids_with, units_held
from people.emergencies import in_words
from people.masking import MASKED, sights_of
from people.models import Alert, Employee, UnitKind
from people.models.alert import AlertQuerySet
from people.roles import Permission

#: Lines of the list; what is left waits behind them.
LONGEST = 50


@dataclass(frozen=True, kw_only=True)
class AlertRow:
    """One alert. `key` and `ref` lead to its household; both are empty for whoever may not see it."""

    pk: int
    kind: str
    unit: str
    by: str
    at: datetime
    reason: str
    key: UUID | None
    ref: str
    handled_by: str
    handled_at: datetime | None
    outcome: str


def alerts_for(employee: Employee, *, at: datetime) -> AlertQuerySet:
    """Those told to a unit the employee leads, or to a special unit where the employee does casework."""
    works = units_held(employee, Permission.CHANGE_HOUSEHOLD, at=at)
    special = {unit.pk for unit in works if unit.kind == UnitKind.SPECIAL}
    return Alert.objects.filter(unit__in=special | unit_ids_with(employee, Permission.LEAD, at=at))


def open_alerts(employee: Employee, *, at: datetime) -> list[AlertRow]:
    """What waits, oldest first, in three statements."""
    found = alerts_for(employee, at=at).open().select_related("unit", "by", "household").order_by("at", "pk")
    return _rows(list(found[:LONGEST]), employee, at)


def handled_alerts(employee: Employee, *, at: datetime) -> list[AlertRow]:
    """What was handled last, newest first."""
    found = alerts_for(employee, at=at).filter(handled_at__isnull=False)
    latest = found.select_related("unit", "by", "household", "handled_by").order_by("-handled_at", "-pk")
    return _rows(list(latest[:LONGEST]), employee, at)


def alert_row(alert: Alert, employee: Employee, *, at: datetime) -> AlertRow:
    """One of those that `alerts_for` gives, as its reader may see it."""
    [row] = _rows([alert], employee, at)
    return row


def count_open(employee: Employee, *, at: datetime) -> int:
    return alerts_for(employee, at=at).open().count()


def _rows(alerts: Sequence[Alert], employee: Employee, at: datetime) -> list[AlertRow]:
    sights = sights_of({alert.household_id for alert in alerts if alert.household_id}, employee, at=at)
    return [_row(alert, is_seen=bool(sights.get(alert.household_id or 0))) for alert in alerts]


def _row(alert: Alert, *, is_seen: bool) -> AlertRow:
    household = alert.household if is_seen else None
    # what somebody wrote of a household goes with it
    is_told = is_seen or alert.household_id is None
    return AlertRow(
        pk=alert.pk,
        kind=alert.get_kind_display(),
        unit=alert.unit.name,
        by=alert.by.name,
        at=alert.at,
        reason=in_words(alert.reason) if is_told else str(MASKED),
        key=household.key if household else None,
        ref=household.ref if household else "",
        handled_by=alert.handled_by.name if alert.handled_by else "",
        handled_at=alert.handled_at,
        outcome=alert.outcome if is_told else str(MASKED),
    )
