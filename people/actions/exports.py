"""Entering a file in the register of exports, within what one may take out a day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.actions.alerts import tell
from people.models import Alert, AlertKind, Employee, ExportEntry, ExportKind, RoleGrant
from people.refusals import Refusal
from people.transactions import act


class CannotExport(Refusal):
    """The reason says too little."""


class ExportsStopped(Refusal):
    """As many files as one may take out a day have been taken out."""


@act
def register_export(
    *, kind: ExportKind, reason: str, rows: int, sha256: str, by: Employee, at: datetime
) -> ExportEntry:
    """Enter one file. Whoever asks twice at the same moment is counted one after the other.

    :raises ExportsStopped: when the day's number is reached
    :raises IntegrityError: with a reason that says too little
    """
    Employee.objects.select_for_update(no_key=True).get(pk=by.pk)
    require_quota(by, at=at)
    return ExportEntry.objects.create(by=by, at=at, kind=kind, reason=reason, rows=rows, sha256=sha256)


def require_quota(employee: Employee, *, at: datetime) -> None:
    """:raises ExportsStopped: when the day's number is reached"""
    begins, ends = _day_of(at)
    taken = ExportEntry.objects.filter(by=employee, at__gte=begins, at__lt=ends).count()
    if taken >= settings.VARIG_EXPORTS_A_DAY:
        raise ExportsStopped(
            _("You have taken out %(number)s files today, as many as one may a day. Your leader has been told.")
            % {"number": settings.VARIG_EXPORTS_A_DAY}
        )


@act
def tell_of_stopped_exports(*, by: Employee, at: datetime) -> None:
    """Tell each unit where the employee works, once a day."""
    begins, ends = _day_of(at)
    if Alert.objects.filter(kind=AlertKind.EXPORTS_STOPPED, by=by, at__gte=begins, at__lt=ends).exists():
        return
    grants = RoleGrant.objects.on(localdate(at)).filter(employee=by).select_related("unit").order_by("unit")
    for unit in {grant.unit_id: grant.unit for grant in grants}.values():
        tell(unit, AlertKind.EXPORTS_STOPPED, by=by, at=at)


def _day_of(at: datetime) -> tuple[datetime, datetime]:
    """The municipality's day that the moment falls on."""
    zone, day = ZoneInfo(settings.TIME_ZONE), localdate(at)
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)
