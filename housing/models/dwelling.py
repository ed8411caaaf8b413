from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Municipality
from people.references import new_ref


class Tenure(models.TextChoices):
    OWNED = "owned", _("Owned by the municipality")
    RENTED_IN = "rented_in", _("Rented in")
    REFERRAL_AGREEMENT = "referral_agreement", _("Referral agreement")
    ALLOTMENT_AGREEMENT = "allotment_agreement", _("Allotment agreement")
    USER_OWNED = "user_owned", _("User-owned")


@tracked()
class Dwelling(models.Model):
    """A municipal dwelling (kommunalt disponert bolig), area in square metres.

    `disposed_on` is the first day it is no longer ours.
    """

    ref = models.CharField(max_length=64, unique=True, default=new_ref, db_collation="C")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="dwellings")
    tenure = models.CharField(_("tenure"), max_length=20, choices=Tenure)
    address = models.CharField(_("address"), max_length=200, blank=True)
    area_m2 = models.PositiveSmallIntegerField(_("area"), null=True, blank=True)
    rooms = models.PositiveSmallIntegerField(_("rooms"), null=True, blank=True)
    is_accessible = models.BooleanField(_("accessible by wheelchair"), null=True, blank=True)
    is_colocated = models.BooleanField(_("co-located with others"), null=True, blank=True)
    acquired_on = models.DateField(_("acquired on"))
    disposed_on = models.DateField(_("disposed on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="dwelling_tenure_is_known", condition=Q(tenure__in=Tenure.values)),
            models.CheckConstraint(
                name="dwelling_has_an_area",
                condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0),
            ),
            models.CheckConstraint(
                name="dwelling_disposed_after_acquired",
                condition=Q(disposed_on__isnull=True) | Q(disposed_on__gt=F("acquired_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.address or self.ref
