from __future__ import annotations

from datetime import date, time
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.constraints import DateRange, NoOverlap, period_is_forwards
from people.history import tracked
from people.models import Unit


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


#: Closing at midnight is written as this; no other closing comes before its opening.
MIDNIGHT = time(0)
_BOTH_OR_NEITHER = Q(opens__isnull=True, closes__isnull=True) | Q(opens__isnull=False, closes__isnull=False)
_FORWARDS = Q(closes=MIDNIGHT) | Q(closes__gt=F("opens"))


class UnitHoursQuerySet(models.QuerySet["UnitHours"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class UnitHours(models.Model):
    """When a unit is open on a weekday, in a period (åpningstid). Without times it is closed that weekday."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = UnitHoursQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("unit_hours_end_after_they_start"),
            models.CheckConstraint(name="unit_hours_weekday_is_known", condition=Q(weekday__in=Weekday.values)),
            models.CheckConstraint(
                name="unit_hours_have_both_times_or_neither",
                condition=_BOTH_OR_NEITHER,
                violation_error_message=_("Write both when the unit opens and when it closes, or neither."),
            ),
            models.CheckConstraint(
                name="unit_hours_close_after_they_open",
                condition=Q(opens__isnull=True) | _FORWARDS,
                violation_error_message=_("The unit must close after it opens."),
            ),
            NoOverlap(
                name="unit_hours_once_a_weekday",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The unit has hours for that weekday in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.weekday} {self.opens}–{self.closes}"  # noqa: RUF001 -- an en dash stands between times


@tracked()
class UnitDay(models.Model):
    """One day that a unit is closed or open otherwise than its week says (særskilt åpningsdag)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="special_days")
    day = models.DateField(_("day"))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="unit_day_once",
                fields=["unit", "day"],
                violation_error_message=_("The unit has hours of its own for that day already."),
            ),
            models.CheckConstraint(
                name="unit_day_has_both_times_or_neither",
                condition=_BOTH_OR_NEITHER,
                violation_error_message=_("Write both when the unit opens and when it closes, or neither."),
            ),
            models.CheckConstraint(
                name="unit_day_closes_after_it_opens",
                condition=Q(opens__isnull=True) | _FORWARDS,
                violation_error_message=_("The unit must close after it opens."),
            ),
            models.CheckConstraint(name="unit_day_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"
