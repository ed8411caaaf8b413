from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from housing.models.dwelling import Dwelling
from people.constraints import DateRange, NoOverlap, period_is_forwards
from people.history import tracked
from people.models import Household


class VoidReason(models.TextChoices):
    """Why nobody can move in (hvorfor den ikke kan leies ut)."""

    REPAIR = "repair", _("Repair")
    CLEANING = "cleaning", _("Cleaning")
    HOLD = "hold", _("Held")
    NOTICE = "notice", _("Notice runs out")
    OTHER = "other", _("Other reason")


class DwellingVoidQuerySet(models.QuerySet["DwellingVoid"]):
    def on(self, day: date) -> Self:
        """Those whose dwelling cannot be let on that day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)

    def touching(self, starts_on: date, ends_on: date | None) -> Self:
        """Those with a day in the half-open period; `None` is no end."""
        before = Q() if ends_on is None else Q(starts_on__lt=ends_on)
        return self.filter(before, Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))


@tracked()
class DwellingVoid(models.Model):
    """Time in which a dwelling stands empty and cannot be let (ikke utleibar), half-open; cost in kroner.

    `expected_on` is the day it is thought to be ready. A hold may be for one household, to whose lease it gives way.
    """

    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, related_name="voids", verbose_name=_("dwelling"), db_index=False
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("ready from"), null=True, blank=True)
    expected_on = models.DateField(_("expected ready"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=10, choices=VoidReason)
    cost = models.PositiveIntegerField(_("cost"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    held_for = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="dwelling_holds"
    )

    objects = DwellingVoidQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("dwelling_void_ends_after_it_starts"),
            models.CheckConstraint(name="dwelling_void_reason_is_known", condition=Q(reason__in=VoidReason.values)),
            models.CheckConstraint(
                name="dwelling_void_expected_after_it_starts",
                condition=Q(expected_on__isnull=True) | Q(expected_on__gt=F("starts_on")),
                violation_error_message=_("It cannot be ready before it stands empty."),
            ),
            models.CheckConstraint(
                name="dwelling_void_is_for_somebody_only_when_held",
                condition=Q(held_for__isnull=True) | Q(reason=VoidReason.HOLD),
                violation_error_message=_("Only a dwelling that is held is held for somebody."),
            ),
            NoOverlap(
                name="dwelling_void_for_one_reason_a_day",
                expressions=[
                    ("dwelling", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The dwelling already stands out of letting in that period."),
            ),
        ]
        indexes = [models.Index(name="void_of_dwelling", fields=["dwelling", "starts_on"], include=["ends_on", "cost"])]

    def __str__(self) -> str:
        return f"{self.dwelling_id} {self.reason} {self.starts_on}"
