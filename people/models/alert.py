"""What somebody has to be told at once, and whom to ring."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.constraints import DateRange, NoOverlap, period_is_forwards
from people.history import tracked
from people.models.employee import Employee
from people.models.household import Household
from people.models.municipality import Municipality
from people.models.person import Person
from people.models.unit import Unit


class DutyHours(models.TextChoices):
    DAY = "day", _("In opening hours")
    NIGHT = "night", _("Evenings, nights and holidays")


class DutyContactQuerySet(models.QuerySet["DutyContact"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class DutyContact(models.Model):
    """Whom to ring, by day and by night, about somebody who cannot be dealt with at the counter (vakttelefon)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="duty_contacts")
    hours = models.CharField(_("when"), max_length=6, choices=DutyHours)
    name = models.CharField(_("who answers"), max_length=100)
    phone = models.CharField(_("telephone"), max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DutyContactQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("duty_contact_ends_after_it_starts"),
            models.CheckConstraint(name="duty_contact_hours_are_known", condition=Q(hours__in=DutyHours.values)),
            models.CheckConstraint(name="duty_contact_can_be_rung", condition=~Q(phone="")),
            NoOverlap(
                name="duty_contact_one_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("hours", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("There is a duty contact in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.phone}"


class AlertKind(models.TextChoices):
    EMERGENCY_DOOR = "emergency_door", _("The emergency door was used")
    BLOCKED_AT_COUNTER = "blocked_at_counter", _("Somebody who is shielded stood at the counter")
    PROTECTION_OVER = "protection_over", _("Protection has ended: decide on unmasking")
    EXPORTS_STOPPED = "exports_stopped", _("Somebody wanted to take out more files than one may a day")


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> Self:
        return self.filter(handled_at__isnull=True)


@tracked()
class Alert(models.Model):
    """Something that a unit's leaders, or the special unit, are told at once (varsel). Open until somebody handles it.

    Written in the transaction of what it tells of. One from the counter owns the request: whoever handles it meets
    the person.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=20, choices=AlertKind)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    handled_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="alert_kind_is_known", condition=Q(kind__in=AlertKind.values)),
            models.CheckConstraint(
                name="alert_is_handled_by_somebody_at_a_time",
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="alert_open_by_unit", fields=["unit", "-at"], condition=Q(handled_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id}"
