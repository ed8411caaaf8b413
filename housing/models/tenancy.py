from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from housing.models.landlord import Landlord
from housing.models.residence import Residence
from people.encrypted_fields import EncryptedTextField
from people.history import tracked


class LimitedBecause(models.TextChoices):
    """Why an ordinary lease may be shorter than the law's least time (saklig grunn), husleieloven section 9-3."""

    OWN_USE = "own_use", _("The owner or the owner's household is to live there")
    SAME_HOUSE = "same_house", _("A loft or basement home, or half a two-family house, where the landlord lives")
    WORKS = "works", _("The house is to be rebuilt, sold or pulled down")
    OTHER = "other", _("Another reason of fact, written in the lease")


class ReservedBecause(models.TextChoices):
    """The special reasons (særlige grunner) for a short lease of a home reserved after husleieloven section 11-1."""

    SHORT_NEED = "short_need", _("This household needs this home for a time that is known")
    OTHER_HOME = "other_home", _("A more lasting home is agreed, with its day")
    TRIED_OUT = "tried_out", _("The home and its support are tried out before a lasting one is chosen")
    OTHER = "other", _("Another special reason, written in the lease")


class NoticeBy(models.TextChoices):
    TENANT = "tenant", _("The tenant")
    LANDLORD = "landlord", _("The landlord")


class NoticeBecause(models.TextChoices):
    """Why notice to quit was given (oppsigelsesgrunn)."""

    OWN_WISH = "own_wish", _("The tenant wants to move")
    RENT_UNPAID = "rent_unpaid", _("Rent not paid")
    BEHAVIOUR = "behaviour", _("Noise, damage or threats")
    OWNER_NEEDS_IT = "owner_needs_it", _("The owner is to use the home")
    WORKS = "works", _("The house is to be rebuilt, sold or pulled down")
    OTHER = "other", _("Another reason")


class EndedBecause(models.TextChoices):
    """Why a lease came to its end (opphørsgrunn)."""

    RAN_OUT = "ran_out", _("The time of the lease ran out")
    TENANT_GAVE_NOTICE = "tenant_gave_notice", _("The tenant gave notice")
    LANDLORD_GAVE_NOTICE = "landlord_gave_notice", _("The landlord gave notice")
    AGREED = "agreed", _("Both agreed to end it")
    RENEWED = "renewed", _("A new lease of the same home")
    OTHER_HOME = "other_home", _("Moved to another home")
    BOUGHT = "bought", _("The tenant bought a home")
    EVICTED = "evicted", _("Evicted")
    DIED = "died", _("The tenant died")
    OTHER = "other", _("Another reason")


class RentBecause(models.TextChoices):
    START = "start", _("As signed")
    INDEX = "index", _("By the consumer price index")
    AGREED = "agreed", _("By a new agreement")
    COMMON_LEVEL = "common_level", _("Brought to the common level of rents")


class TenancyQuerySet(models.QuerySet["Tenancy"]):
    def on(self, day: date) -> Self:
        """Those of whoever lives there on a day."""
        still = Q(residence__ends_on__isnull=True) | Q(residence__ends_on__gt=day)
        return self.filter(still, residence__starts_on__lte=day)


@tracked()
class Tenancy(models.Model):
    """What was signed about a rented home (leieforhold). A detail of its residence, which has the days of moving.

    The residence says what kind of lease it is, when it ends and why it is short in words; the codes and papers stand
    here. A residence without this row is a lease of which only the dates are known.
    """

    residence = models.OneToOneField(Residence, on_delete=models.CASCADE, related_name="tenancy")
    landlord = models.ForeignKey(
        Landlord, on_delete=models.PROTECT, null=True, blank=True, related_name="tenancies", verbose_name=_("landlord")
    )
    #: of a home that is none of the municipality's; encrypted, since it tells where somebody is
    address = EncryptedTextField(_("address"), place="housing_tenancy.address", blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    informed_on = models.DateField(_("told in writing why it is short"), null=True, blank=True)
    limited_because = models.CharField(_("shorter because"), max_length=12, choices=LimitedBecause, blank=True)
    reserved_because = models.CharField(_("special reason"), max_length=12, choices=ReservedBecause, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("months of notice"), null=True, blank=True)
    notice_on = models.DateField(_("notice given"), null=True, blank=True)
    notice_by = models.CharField(_("notice given by"), max_length=10, choices=NoticeBy, blank=True)
    notice_because = models.CharField(_("why notice was given"), max_length=15, choices=NoticeBecause, blank=True)
    notice_ends_on = models.DateField(_("the notice runs out"), null=True, blank=True)
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_by", verbose_name=_("renews")
    )
    assessment = models.TextField(_("new assessment"), blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=20, choices=EndedBecause, blank=True)

    objects = TenancyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tenancy_limited_because_is_known",
                condition=Q(limited_because__in=["", *LimitedBecause.values]),
            ),
            models.CheckConstraint(
                name="tenancy_reserved_because_is_known",
                condition=Q(reserved_because__in=["", *ReservedBecause.values]),
            ),
            models.CheckConstraint(
                name="tenancy_has_one_ground_to_be_short",
                condition=Q(limited_because="") | Q(reserved_because=""),
            ),
            models.CheckConstraint(
                name="tenancy_told_in_writing_before_it_is_signed",
                condition=Q(informed_on__isnull=True) | Q(signed_on__isnull=True) | Q(informed_on__lte=F("signed_on")),
                violation_error_message=_("The tenant must be told in writing before the lease is signed."),
            ),
            models.CheckConstraint(
                name="tenancy_reserved_home_was_told_in_writing",
                condition=Q(reserved_because="") | Q(informed_on__isnull=False),
                violation_error_message=_("Say when the tenant was told in writing."),
            ),
            models.CheckConstraint(
                name="tenancy_notice_by_is_known", condition=Q(notice_by__in=["", *NoticeBy.values])
            ),
            models.CheckConstraint(
                name="tenancy_notice_because_is_known", condition=Q(notice_because__in=["", *NoticeBecause.values])
            ),
            models.CheckConstraint(
                name="tenancy_notice_is_whole",
                condition=Q(notice_on__isnull=True, notice_by="", notice_because="", notice_ends_on__isnull=True)
                | (Q(notice_ends_on__gte=F("notice_on")) & ~Q(notice_by="") & ~Q(notice_because="")),
                violation_error_message=_("A notice has its day, who gave it, why, and when it runs out."),
            ),
            models.CheckConstraint(
                name="tenancy_renewed_after_a_new_assessment",
                condition=Q(renews__isnull=True) | ~Q(assessment=""),
                violation_error_message=_("A lease is renewed after a new assessment."),
            ),
            models.CheckConstraint(
                name="tenancy_ended_because_is_known", condition=Q(ended_because__in=["", *EndedBecause.values])
            ),
        ]

    def __str__(self) -> str:
        return f"lease of {self.residence_id}"


class TenancyRentQuerySet(models.QuerySet["TenancyRent"]):
    def on(self, day: date) -> Self:
        """What has been fixed by a day, the latest first."""
        return self.filter(starts_on__lte=day).order_by("-starts_on")


@tracked()
class TenancyRent(models.Model):
    """A tenancy's rent a month in kroner from a day on (husleie), with the index numbers if they moved it."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="rents")
    starts_on = models.DateField(_("from"))
    rent_a_month = models.PositiveIntegerField(_("rent a month"))
    because = models.CharField(_("because"), max_length=15, choices=RentBecause, default=RentBecause.START)
    index_before = models.DecimalField(_("index before"), max_digits=6, decimal_places=1, null=True, blank=True)
    index_after = models.DecimalField(_("index after"), max_digits=6, decimal_places=1, null=True, blank=True)

    objects = TenancyRentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="tenancy_rent_because_is_known", condition=Q(because__in=RentBecause.values)),
            models.CheckConstraint(
                name="tenancy_rent_is_money",
                condition=Q(rent_a_month__gt=0),
                violation_error_message=_("The rent must be more than nothing."),
            ),
            models.CheckConstraint(
                name="tenancy_rent_has_its_index_numbers",
                condition=Q(
                    because="index",
                    index_before__isnull=False,
                    index_before__gt=0,
                    index_after__isnull=False,
                    index_after__gt=0,
                )
                | (~Q(because="index") & Q(index_before__isnull=True, index_after__isnull=True)),
                violation_error_message=_("Give the index before and after."),
            ),
            models.UniqueConstraint(
                name="tenancy_rent_one_from_a_day",
                fields=["tenancy", "starts_on"],
                violation_error_message=_("There is a rent from that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.starts_on}"
