from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.law import CHOICES
from people.history import tracked
from people.models import Employee, Municipality


@tracked()
class LawChoice(models.Model):
    """What a municipality has chosen where the rules leave it to be decided (rettsvalg), from a day on.

    `code` is one of `cases.law.CHOICES`; `value` is one of its options, or the day as YYYY-MM-DD that something begins.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="law_choices")
    code = models.CharField(max_length=40)
    value = models.CharField(_("choice"), max_length=30)
    starts_on = models.DateField(_("from"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="law_choice_is_known", condition=Q(code__in=sorted(CHOICES))),
            models.UniqueConstraint(name="law_choice_once_a_day", fields=["municipality", "code", "starts_on"]),
            models.CheckConstraint(name="law_choice_says_why", condition=~Q(reason="") & ~Q(value="")),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.code} {self.value}"
