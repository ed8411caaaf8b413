from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household, Unit


class BreachReason(models.TextChoices):
    NO_DWELLING = "no_dwelling", _("No dwelling of the size")
    WAITS_FOR_CONTRACT = "waits_for_contract", _("Waits for a contract")
    DEBT = "debt", _("Debt or deposit")
    DECLINED_OFFERS = "declined_offers", _("Declined offers")
    HEALTH = "health", _("Health or discharge")
    PROTECTION = "protection", _("Protection")
    OTHER = "other", _("Other")


@tracked()
class BreachReview(models.Model):
    """What the leader decided about a stay near or over three months (gjennomgang): reason, measure and deadline.

    `first_night` names the stay. The newest review of a stay is the one in force; earlier ones stay.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="breach_reviews")
    first_night = models.DateField()
    reason = models.CharField(_("reason"), max_length=20, choices=BreachReason)
    measure = models.CharField(_("measure"), max_length=300)
    deadline = models.DateField(_("deadline"))
    reviewed_on = models.DateField()
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="breach_review_reason_is_known", condition=Q(reason__in=BreachReason.values)),
        ]
        indexes = [models.Index(name="breach_review_by_stay", fields=["household", "first_night", "-id"])]

    def __str__(self) -> str:
        return f"{self.household_id} {self.reason}"


@tracked()
class MonthSignOff(models.Model):
    """A leader went through a unit's breaches of a month (månedlig signering), with the figures as they were then."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sign_offs")
    month = models.DateField(help_text="the first day of the month")
    over = models.PositiveIntegerField()
    soon = models.PositiveIntegerField()
    without_measure = models.PositiveIntegerField()
    note = models.TextField(_("note"), blank=True)
    signed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="month_signed_once_a_unit",
                fields=["unit", "month"],
                violation_error_message=_("The month is already signed."),
            ),
            models.CheckConstraint(name="month_sign_off_is_a_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"
