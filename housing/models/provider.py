from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.constraints import DateRange, NoOverlap, for_the_rule_alone, period_is_forwards
from people.history import tracked
from people.models import Household, Municipality
from people.references import new_ref


class ProviderKind(models.TextChoices):
    TEMPORARY = "temporary", _("Temporary accommodation")
    NIGHT_SHELTER = "night_shelter", _("Night shelter")


class ProviderType(models.TextChoices):
    GUESTHOUSE = "guesthouse", _("Guesthouse")
    HOTEL = "hotel", _("Hotel")
    CABIN = "cabin", _("Camping cabin")
    EMERGENCY_FLAT = "emergency_flat", _("Municipal emergency flat")
    HOSTEL = "hostel", _("Hostel")
    OTHER = "other", _("Other")


class ProviderOwner(models.TextChoices):
    MUNICIPAL = "municipal", _("Municipal")
    PRIVATE = "private", _("Private")
    NON_PROFIT = "non_profit", _("Non-profit")


class DrugRule(models.TextChoices):
    DRUG_FREE = "drug_free", _("Drug-free")
    TOLERANT = "tolerant", _("Not drug-free")


@tracked()
class Provider(models.Model):
    """Who gives a bed for the night (tilbyder): temporary accommodation or a night shelter (natthjem)."""

    ref = models.CharField(max_length=64, unique=True, default=new_ref, db_collation="C")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="providers")
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=15, choices=ProviderKind)
    type = models.CharField(_("type"), max_length=15, choices=ProviderType, default=ProviderType.OTHER)
    owner = models.CharField(_("owner"), max_length=12, choices=ProviderOwner, default=ProviderOwner.PRIVATE)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    suits_children = models.BooleanField(_("suits children"), default=False)
    allows_pets = models.BooleanField(_("allows pets"), default=False)
    is_accessible = models.BooleanField(_("accessible by wheelchair"), default=False)
    is_women_only = models.BooleanField(_("women only"), default=False)
    drug_rule = models.CharField(_("drugs"), max_length=10, choices=DrugRule, default=DrugRule.TOLERANT)
    has_night_staff = models.BooleanField(_("staffed at night"), default=False)
    has_kitchen = models.BooleanField(_("kitchen"), default=False)
    check_in_until = models.TimeField(_("check-in until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="provider_with_kind", fields=["id", "kind"]),
            models.CheckConstraint(name="provider_kind_is_known", condition=Q(kind__in=ProviderKind.values)),
            models.CheckConstraint(name="provider_type_is_known", condition=Q(type__in=ProviderType.values)),
            models.CheckConstraint(name="provider_owner_is_known", condition=Q(owner__in=ProviderOwner.values)),
            models.CheckConstraint(name="provider_drug_rule_is_known", condition=Q(drug_rule__in=DrugRule.values)),
        ]

    def __str__(self) -> str:
        return self.name


class QualityAgreementQuerySet(models.QuerySet["QualityAgreement"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class QualityAgreement(models.Model):
    """The municipality's agreement with a provider about the quality of the place (kvalitetsavtale), half-open."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="quality_agreements")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = QualityAgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("quality_agreement_ends_after_it_starts"),
            NoOverlap(
                name="quality_agreement_one_a_day",
                expressions=[
                    ("provider", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The provider already has a quality agreement in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.starts_on}"


@tracked()
class Room(models.Model):
    """A room, or a bed of a dormitory, that one household at a time can have (rom). Price in kroner a night."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("name"), max_length=50)
    capacity = models.PositiveSmallIntegerField(_("beds"), default=1)
    is_accessible = models.BooleanField(_("accessible by wheelchair"), default=False)
    price_a_night = models.PositiveIntegerField(_("price a night"), default=0)
    opened_on = models.DateField(_("in use from"), null=True, blank=True)
    closed_on = models.DateField(_("out of use from"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="room_name_once_a_provider", fields=["provider", "name"]),
            models.UniqueConstraint(name="room_with_provider", fields=["id", "provider"]),
            models.CheckConstraint(name="room_has_a_bed", condition=Q(capacity__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Ban(models.Model):
    """A household may not be placed at a provider until a day (bortvist til); lists of rooms do not tell the reason."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="bans")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="bans")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("banned until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        constraints = [
            period_is_forwards("ban_ends_after_it_starts"),
            NoOverlap(
                name="ban_once_a_day",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (for_the_rule_alone("provider"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The household is already banned from this provider in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} not at {self.provider_id}"


@tracked()
class NotTogether(models.Model):
    """Two households that may not stay at the same provider (ikke sammen med), lower id first; the reason is hidden."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="kept_apart_from")
    other = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="kept_apart_by")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="not_together_once_a_pair", fields=["household", "other"]),
            models.CheckConstraint(name="not_together_lower_id_first", condition=Q(other__gt=models.F("household"))),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} apart from {self.other_id}"
