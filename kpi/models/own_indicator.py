from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kpi.models.told import Told
from people.history import tracked


@tracked()
class OwnIndicator(Told):
    """A municipality's own indicator (egen indikator), by one definition for the days that it holds.

    `population`, `among` and `counted` are keys of `kpi.own_indicators`: whom it is among, and which of them it counts.
    Another definition is another row of the same code, from the day the one before ends.
    """

    code = models.CharField(max_length=12)
    wording = models.CharField(_("question"), max_length=200)
    definition = models.CharField(_("definition"), max_length=500)
    population = models.CharField(max_length=20)
    among = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    counted = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    is_share = models.BooleanField(default=False)
    better = models.CharField(max_length=8)
    valid_from = models.DateField(_("holds from"))
    valid_to = models.DateField(_("holds until"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["municipality", "code", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="own_indicator_one_definition_a_day", fields=["municipality", "code", "valid_from"]
            ),
            models.UniqueConstraint(
                name="own_indicator_one_open_definition",
                fields=["municipality", "code"],
                condition=Q(valid_to__isnull=True),
            ),
            models.CheckConstraint(
                name="own_indicator_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(name="own_indicator_code_is_its_own", condition=Q(code__regex=r"^own-[1-9][0-9]*$")),
            models.CheckConstraint(name="own_indicator_is_worded", condition=~Q(wording="") & ~Q(definition="")),
            models.CheckConstraint(
                name="own_indicator_share_counts_some_of_them",
                condition=Q(is_share=False) | Q(counted__len__gte=1),
                violation_error_message=_("Choose which of them the share counts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.wording}"
