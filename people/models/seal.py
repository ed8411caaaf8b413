from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models.employee import Employee
from people.models.household import Household


class SealBasis(models.TextChoices):
    """Why data is closed rather than used or erased: personvernforordningen articles 17 and 18, arkivlova § 13."""

    ERASURE = "erasure", _("Erasure was asked for, and the archive's duty to keep comes first")
    DISPUTED = "disputed", _("The person disputes that it is right (article 18, a)")
    UNLAWFUL = "unlawful", _("It was handled without right, and the person will not have it erased (article 18, b)")
    CLAIM = "claim", _("Only needed for a legal claim (article 18, c)")
    OBJECTION = "objection", _("The person objects, and the objection is being weighed (article 18, d)")


class SealQuerySet(models.QuerySet["Seal"]):
    def live(self) -> Self:
        return self.filter(lifted_at__isnull=True)


@tracked()
class Seal(models.Model):
    """A household's data closed to everybody until somebody lifts it (sperring): kept, counted, and not seen."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="seals")
    basis = models.CharField(_("basis"), max_length=12, choices=SealBasis)
    reason = models.CharField(_("reason"), max_length=500)
    sealed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = models.CharField(max_length=500, blank=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="seal_basis_is_known", condition=Q(basis__in=SealBasis.values)),
            models.CheckConstraint(name="seal_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="seal_is_lifted_by_somebody_with_a_reason",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_because="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
            ),
            models.CheckConstraint(
                name="seal_is_lifted_after_it_is_set",
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("sealed_at")),
            ),
            models.UniqueConstraint(
                name="seal_one_at_a_time",
                fields=["household"],
                condition=Q(lifted_at__isnull=True),
                violation_error_message=_("The household's data is sealed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.household_id}"
