from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Municipality


@tracked()
class Building(models.Model):
    """A house or block with dwellings of ours in it (bygning); `property_ref` is its name in the property system."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="buildings")
    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(_("address"), max_length=200, blank=True)
    property_ref = models.CharField(_("reference in the property system"), max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="building_name_once_a_municipality",
                fields=["municipality", "name"],
                violation_error_message=_("There is already a building with that name."),
            ),
            models.UniqueConstraint(name="building_with_municipality", fields=["id", "municipality"]),
            models.UniqueConstraint(
                name="building_property_ref_once_a_municipality",
                fields=["municipality", "property_ref"],
                condition=~Q(property_ref=""),
                violation_error_message=_("Another building has that reference in the property system."),
            ),
            models.CheckConstraint(name="building_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
