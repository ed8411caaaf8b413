from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.decision import Decision
from housing.models import Tenancy
from people.history import tracked
from people.models import Household


class SecurityKind(models.TextChoices):
    DEPOSIT = "deposit", _("Deposit")
    GUARANTEE = "guarantee", _("Guarantee")


class SecurityFrom(models.TextChoices):
    MUNICIPALITY = "municipality", _("The municipality")
    TENANT = "tenant", _("The tenant")
    OTHER = "other", _("Somebody else")


class SecurityQuerySet(models.QuerySet["Security"]):
    def on(self, day: date) -> Self:
        """Those that stand on a day."""
        return self.filter(Q(released_on__isnull=True) | Q(released_on__gt=day), given_on__lte=day)


@tracked()
class Security(models.Model):
    """What stands good for a tenancy (sikkerhet): deposit or guarantee in kroner, followed until it is released.

    Together they are at most so many months' rent as the law allows; `drawn` is what the landlord was paid of it.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="securities")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="securities")
    kind = models.CharField(_("kind"), max_length=10, choices=SecurityKind)
    given_by = models.CharField(_("given by"), max_length=12, choices=SecurityFrom, default=SecurityFrom.MUNICIPALITY)
    amount = models.PositiveIntegerField(_("amount"))
    given_on = models.DateField(_("given"))
    #: the first day it no longer holds, where a guarantee has an end
    ends_on = models.DateField(_("holds until"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decision")
    )
    drawn = models.PositiveIntegerField(_("paid to the landlord"), default=0)
    drawn_because = models.CharField(_("what it was paid for"), max_length=300, blank=True)
    released_on = models.DateField(_("released"), null=True, blank=True)

    objects = SecurityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="security_kind_is_known", condition=Q(kind__in=SecurityKind.values)),
            models.CheckConstraint(name="security_given_by_is_known", condition=Q(given_by__in=SecurityFrom.values)),
            models.CheckConstraint(
                name="security_is_money",
                condition=Q(amount__gt=0),
                violation_error_message=_("The amount must be more than nothing."),
            ),
            models.CheckConstraint(
                name="security_ends_after_it_is_given",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("given_on")),
                violation_error_message=_("The end must come after the day it was given."),
            ),
            models.CheckConstraint(
                name="security_drawn_is_part_of_it",
                condition=Q(drawn__lte=F("amount")),
                violation_error_message=_("No more can be paid of it than there is."),
            ),
            models.CheckConstraint(
                name="security_drawn_says_for_what",
                condition=Q(drawn=0) | ~Q(drawn_because=""),
                violation_error_message=_("Say what it was paid for."),
            ),
            models.CheckConstraint(
                name="security_released_after_it_is_given",
                condition=Q(released_on__isnull=True) | Q(released_on__gte=F("given_on")),
                violation_error_message=_("It cannot be released before it was given."),
            ),
        ]
        indexes = [models.Index(name="security_by_household", fields=["household", "released_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.tenancy_id}"
