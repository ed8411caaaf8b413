from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housing.models import Landlord
from people.history import tracked
from people.models import Employee, Household, InAMunicipality


class PrivateHelpKind(models.TextChoices):
    LANDLORD_CONTACT = "landlord_contact", _("Contact with a landlord")
    VIEWING_FOUND = "viewing_found", _("Found a viewing")
    FOLLOWED_TO_VIEWING = "followed_to_viewing", _("Went along to a viewing")
    GUARANTEE = "guarantee", _("Guarantee")
    DEPOSIT = "deposit", _("Deposit")
    HOUSING_SCHOOL = "housing_school", _("Housing school")
    VOLUNTEER = "volunteer", _("A volunteer helps")
    LETTER = "letter", _("Co-operation letter to the landlord")
    VISIT = "visit", _("Home visit in a private tenancy")


@tracked(exclude=["municipality"])
class PrivateHelp(InAMunicipality):
    """Help to rent on the private market (hjelp på det private leiemarkedet), one row a time."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="private_help")
    kind = models.CharField(_("help"), max_length=20, choices=PrivateHelpKind)
    on = models.DateField(_("day"))
    landlord = models.ForeignKey(
        Landlord, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("landlord")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.CheckConstraint(name="private_help_kind_is_known", condition=Q(kind__in=PrivateHelpKind.values)),
        ]
        indexes = [
            models.Index(name="private_help_by_household", fields=["household", "-on"]),
            models.Index(name="private_help_by_day", fields=["municipality", "on"], include=["household"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id}"
