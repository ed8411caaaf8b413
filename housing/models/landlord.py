from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Municipality
from people.references import new_ref


class LandlordKind(models.TextChoices):
    PERSON = "person", _("Private person")
    COMPANY = "company", _("Company")
    ASSOCIATION = "association", _("Foundation or association")
    PUBLIC = "public", _("Public body")


class LandlordQuerySet(models.QuerySet["Landlord"]):
    def in_use(self, day: date) -> Self:
        """Those one works with on a day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


@tracked()
class Landlord(models.Model):
    """Who lets a dwelling that is not the municipality's (utleier), and whom to talk to there.

    `closed_on` is the first day one no longer works with them.
    """

    ref = models.CharField(max_length=64, unique=True, default=new_ref, db_collation="C")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="landlords")
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=LandlordKind, default=LandlordKind.PERSON)
    organization_number = models.CharField(_("organization number"), max_length=9, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    #: how to work together; nothing about tenants
    note = models.CharField(_("about the co-operation"), max_length=500, blank=True)
    closed_on = models.DateField(_("no longer used from"), null=True, blank=True)

    objects = LandlordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="landlord_kind_is_known", condition=Q(kind__in=LandlordKind.values)),
            models.CheckConstraint(name="landlord_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="landlord_organization_number_is_nine_digits",
                condition=Q(organization_number="") | Q(organization_number__regex=r"^[0-9]{9}$"),
                violation_error_message=_("An organization number has nine digits."),
            ),
            models.UniqueConstraint(
                name="landlord_organization_number_once",
                fields=["municipality", "organization_number"],
                condition=~Q(organization_number=""),
                violation_error_message=_("There is a landlord with that organization number already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
