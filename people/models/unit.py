from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models.municipality import Municipality
from people.references import new_ref


class UnitKind(models.TextChoices):
    NAV = "nav", _("NAV office")
    HOUSING_OFFICE = "housing_office", _("Housing office")
    REFUGEE_SERVICE = "refugee_service", _("Refugee service")
    DISTRICT = "district", _("District")
    #: alone with the households whose address is strictly confidential
    SPECIAL = "special", _("Special unit")


@tracked()
class Unit(models.Model):
    """An office that answers for households (enhet): a NAV office, a housing office (boligkontor), a district."""

    ref = models.CharField(max_length=64, unique=True, default=new_ref, db_collation="C")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=UnitKind, default=UnitKind.NAV)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="unit_kind_is_known", condition=models.Q(kind__in=UnitKind.values)),
        ]

    def __str__(self) -> str:
        return self.name
