from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housing.models.landlord import Landlord
from people.constraints import period_is_forwards
from people.history import tracked
from people.models import Municipality


class AgreementKind(models.TextChoices):
    """The codes are those of the tenure of a dwelling under such an agreement."""

    REFERRAL = "referral_agreement", _("Referral agreement")
    ALLOTMENT = "allotment_agreement", _("Allotment agreement")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def on(self, day: date) -> Self:
        return self.filter(ends_on__gt=day, starts_on__lte=day)


@tracked()
class Agreement(models.Model):
    """A landlord's dwellings that the municipality chooses tenants for (avtale om boliger), half-open.

    The rules it was made under stand on it: of `dwelling_total` dwellings at most `share_percent` may be let to those
    whom the municipality chooses at any one time, and all of them where there are fewer than `whole_under`.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind)
    name = models.CharField(_("name"), max_length=100)
    landlord = models.ForeignKey(
        Landlord, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("landlord")
    )
    dwelling_total = models.PositiveSmallIntegerField(_("dwellings in all"))
    share_percent = models.PositiveSmallIntegerField(_("share that may be let, percent"))
    whole_under = models.PositiveSmallIntegerField(_("all of them where there are fewer than"), default=0)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("agreement_ends_after_it_starts"),
            models.CheckConstraint(name="agreement_kind_is_known", condition=Q(kind__in=AgreementKind.values)),
            models.CheckConstraint(name="agreement_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="agreement_has_a_dwelling",
                condition=Q(dwelling_total__gte=1),
                violation_error_message=_("An agreement is of one dwelling or more."),
            ),
            models.CheckConstraint(
                name="agreement_share_is_a_share",
                condition=Q(share_percent__gte=1, share_percent__lte=100),
                violation_error_message=_("The share is between 1 and 100 percent."),
            ),
            models.UniqueConstraint(name="agreement_with_kind", fields=["id", "kind", "municipality"]),
            models.UniqueConstraint(
                name="agreement_name_once_a_municipality",
                fields=["municipality", "name"],
                violation_error_message=_("There is already an agreement with that name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def most_let(self) -> int:
        """How many dwellings the municipality may have let at any one time while the agreement runs."""
        if self.dwelling_total < self.whole_under:
            return self.dwelling_total
        return self.dwelling_total * self.share_percent // 100

    def allowed(self, on: date) -> int:
        """How many dwellings may be let on a day; none outside the agreement's time."""
        return self.most_let if self.starts_on <= on < self.ends_on else 0
