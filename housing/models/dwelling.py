from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from housing.models.agreement import Agreement
from housing.models.building import Building
from people.constraints import CompositeForeignKey
from people.history import tracked
from people.models import Employee, Municipality
from people.references import new_ref


class Tenure(models.TextChoices):
    OWNED = "owned", _("Owned by the municipality")
    RENTED_IN = "rented_in", _("Rented in")
    REFERRAL_AGREEMENT = "referral_agreement", _("Referral agreement")
    ALLOTMENT_AGREEMENT = "allotment_agreement", _("Allotment agreement")
    USER_OWNED = "user_owned", _("User-owned")


class DwellingType(models.TextChoices):
    FLAT = "flat", _("Flat")
    HOUSE = "house", _("Detached house")
    ROW_HOUSE = "row_house", _("Row house")
    SEMI_DETACHED = "semi_detached", _("Semi-detached house")
    BEDSIT = "bedsit", _("Bedsit")
    SHARED_HOUSE_ROOM = "shared_house_room", _("Room in a shared house")
    SMALL_HOUSE = "small_house", _("Small house")
    CARE_HOME = "care_home", _("Care home")
    OTHER = "other", _("Other")


class AccessibleFeature(models.TextChoices):
    """What makes a dwelling accessible by wheelchair, or nearly so."""

    STEP_FREE = "step_free", _("No steps to the door")
    LIFT = "lift", _("Lift that takes a wheelchair")
    WIDE_DOORS = "wide_doors", _("Wide doors without thresholds")
    TURNING_CIRCLE = "turning_circle", _("Room to turn in every room one needs")
    ADAPTED_BATHROOM = "adapted_bathroom", _("Adapted bathroom")
    ADAPTED_KITCHEN = "adapted_kitchen", _("Adapted kitchen")
    DOOR_OPENER = "door_opener", _("Door opener")
    CEILING_HOIST = "ceiling_hoist", _("Ceiling hoist")


class Heating(models.TextChoices):
    ELECTRIC = "electric", _("Electric")
    DISTRICT = "district", _("District heating")
    HEAT_PUMP = "heat_pump", _("Heat pump")
    WOOD = "wood", _("Wood")
    OTHER = "other", _("Other")


class Standard(models.TextChoices):
    GOOD = "good", _("Good")
    FAIR = "fair", _("Fair")
    WORN = "worn", _("Worn")
    POOR = "poor", _("Poor: to be mended before it is let")


class TargetGroup(models.TextChoices):
    FAMILY = "family", _("Families with children")
    YOUNG = "young", _("Young people")
    ELDERLY = "elderly", _("Elderly")
    DISABILITY = "disability", _("People with a disability")
    DRUGS_OR_MENTAL = "drugs_or_mental", _("Drug use or mental illness")
    REFUGEE = "refugee", _("Refugees")
    OTHER = "other", _("Others")


class Staffing(models.TextChoices):
    NONE = "none", _("Not staffed")
    DAY = "day", _("Staffed by day")
    ROUND_THE_CLOCK = "round_the_clock", _("Staffed round the clock")


class Disposal(models.TextChoices):
    """How a dwelling left the stock."""

    SOLD = "sold", _("Sold")
    SOLD_TO_TENANT = "sold_to_tenant", _("Sold to the tenant")
    ENDED = "ended", _("Agreement or lease ended")
    DEMOLISHED = "demolished", _("Demolished")


#: Tenures of dwellings that may stand under an agreement.
UNDER_AGREEMENT = (Tenure.REFERRAL_AGREEMENT, Tenure.ALLOTMENT_AGREEMENT)
#: Ways out of the stock that bring money.
SALES = (Disposal.SOLD, Disposal.SOLD_TO_TENANT)


class DwellingQuerySet(models.QuerySet["Dwelling"]):
    def ours_on(self, day: date) -> Self:
        """Those in the stock on a day."""
        return self.filter(Q(disposed_on__isnull=True) | Q(disposed_on__gt=day), acquired_on__lte=day)


@tracked()
class Dwelling(models.Model):
    """A municipal dwelling (kommunalt disponert bolig), area in square metres, money in kroner.

    `disposed_on` is the first day it is no longer ours. `number` is the dwelling number of its door (bolignummer).
    `property_ref` and `kobo_ref` are its names in the property system and in Husbanken's Kobo.
    """

    ref = models.CharField(max_length=64, unique=True, default=new_ref, db_collation="C")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="dwellings", db_index=False)
    tenure = models.CharField(_("tenure"), max_length=20, choices=Tenure)
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dwellings",
        verbose_name=_("agreement"),
    )
    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, null=True, blank=True, related_name="dwellings", verbose_name=_("building")
    )
    planned_home = models.ForeignKey(
        "housing.PlannedHome", on_delete=models.PROTECT, null=True, blank=True, related_name="dwellings"
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    number = models.CharField(_("dwelling number"), max_length=5, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=DwellingType, blank=True)
    area_m2 = models.PositiveSmallIntegerField(_("area"), null=True, blank=True)
    rooms = models.PositiveSmallIntegerField(_("rooms"), null=True, blank=True)
    bedrooms = models.PositiveSmallIntegerField(_("bedrooms"), null=True, blank=True)
    floor = models.SmallIntegerField(_("floor"), null=True, blank=True)
    has_lift = models.BooleanField(_("lift"), null=True, blank=True)
    is_accessible = models.BooleanField(_("accessible by wheelchair"), null=True, blank=True)
    accessible_because = ArrayField(
        models.CharField(max_length=20, choices=AccessibleFeature),
        verbose_name=_("what makes it accessible"),
        default=list,
        blank=True,
    )
    is_colocated = models.BooleanField(_("co-located with others"), null=True, blank=True)
    heating = models.CharField(_("heating"), max_length=10, choices=Heating, blank=True)
    standard = models.CharField(_("standard"), max_length=10, choices=Standard, blank=True)
    target_groups = ArrayField(
        models.CharField(max_length=20, choices=TargetGroup), verbose_name=_("meant for"), default=list, blank=True
    )
    is_children_approved = models.BooleanField(_("approved for children"), null=True, blank=True)
    allows_pets = models.BooleanField(_("allows pets"), null=True, blank=True)
    staffing = models.CharField(_("staffing"), max_length=16, choices=Staffing, default=Staffing.NONE)
    is_small_house = models.BooleanField(_("small house"), default=False)
    property_ref = models.CharField(_("reference in the property system"), max_length=64, blank=True)
    kobo_ref = models.CharField(_("reference in Kobo"), max_length=64, blank=True)
    acquired_on = models.DateField(_("acquired on"))
    disposed_on = models.DateField(_("disposed on"), null=True, blank=True)
    disposal = models.CharField(_("how it left the stock"), max_length=15, choices=Disposal, blank=True)
    proceeds = models.PositiveIntegerField(_("proceeds"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    objects = DwellingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="dwelling_tenure_is_known", condition=Q(tenure__in=Tenure.values)),
            models.CheckConstraint(name="dwelling_type_is_known", condition=Q(type__in=["", *DwellingType.values])),
            models.CheckConstraint(name="dwelling_heating_is_known", condition=Q(heating__in=["", *Heating.values])),
            models.CheckConstraint(name="dwelling_standard_is_known", condition=Q(standard__in=["", *Standard.values])),
            models.CheckConstraint(name="dwelling_staffing_is_known", condition=Q(staffing__in=Staffing.values)),
            models.CheckConstraint(name="dwelling_disposal_is_known", condition=Q(disposal__in=["", *Disposal.values])),
            models.CheckConstraint(
                name="dwelling_features_are_known",
                condition=Q(accessible_because__contained_by=AccessibleFeature.values),
            ),
            models.CheckConstraint(
                name="dwelling_target_groups_are_known", condition=Q(target_groups__contained_by=TargetGroup.values)
            ),
            models.CheckConstraint(
                name="dwelling_number_is_one_of_the_register",
                condition=Q(number="") | Q(number__regex=r"^[HKLU][0-9]{4}$"),
                violation_error_message=_("A dwelling number is H, K, L or U and four digits, like H0101."),
            ),
            models.CheckConstraint(
                name="dwelling_has_an_area",
                condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0),
                violation_error_message=_("The area is more than zero."),
            ),
            models.CheckConstraint(
                name="dwelling_disposed_after_acquired",
                condition=Q(disposed_on__isnull=True) | Q(disposed_on__gt=F("acquired_on")),
                violation_error_message=_("It must leave the stock after it came into it."),
            ),
            models.CheckConstraint(
                name="dwelling_disposal_has_its_day",
                condition=Q(disposal="", proceeds__isnull=True, replaced_by__isnull=True)
                | Q(disposed_on__isnull=False),
                violation_error_message=_("Say on which day it left the stock."),
            ),
            models.CheckConstraint(
                name="dwelling_proceeds_of_a_sale_only",
                condition=Q(proceeds__isnull=True) | Q(disposal__in=SALES),
                violation_error_message=_("Only a sale has proceeds."),
            ),
            models.CheckConstraint(
                name="dwelling_is_replaced_by_another",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                violation_error_message=_("A dwelling is replaced by another one."),
            ),
            models.CheckConstraint(
                name="dwelling_agreement_is_its_tenure_s",
                condition=Q(agreement__isnull=True) | Q(tenure__in=UNDER_AGREEMENT),
                violation_error_message=_("Only a dwelling at the municipality's disposal stands under an agreement."),
            ),
            models.UniqueConstraint(
                name="dwelling_property_ref_once_a_municipality",
                fields=["municipality", "property_ref"],
                condition=~Q(property_ref=""),
                violation_error_message=_("Another dwelling has that reference in the property system."),
            ),
            models.UniqueConstraint(
                name="dwelling_kobo_ref_once",
                fields=["kobo_ref"],
                condition=~Q(kobo_ref=""),
                violation_error_message=_("Another dwelling has that reference in Kobo."),
            ),
            CompositeForeignKey(
                name="dwelling_agreement_of_its_kind",
                fields=["agreement", "tenure", "municipality"],
                to="housing.Agreement",
                to_fields=["id", "kind", "municipality"],
                on_update="NO ACTION",
                violation_error_message=_("The agreement is of another kind, or of another municipality."),
            ),
            CompositeForeignKey(
                name="dwelling_building_in_its_municipality",
                fields=["building", "municipality"],
                to="housing.Building",
                to_fields=["id", "municipality"],
                on_update="NO ACTION",
            ),
        ]
        indexes = [models.Index(name="dwelling_by_municipality", fields=["municipality", "disposed_on", "tenure"])]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.address, self.number))) or self.ref


class DwellingRentQuerySet(models.QuerySet["DwellingRent"]):
    def begun(self, day: date) -> Self:
        return self.filter(starts_on__lte=day).order_by("-starts_on")


@tracked()
class DwellingRent(models.Model):
    """What a dwelling costs a month in kroner from a day until the next one (husleie)."""

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="rents", db_index=False)
    starts_on = models.DateField(_("from"))
    rent_a_month = models.PositiveIntegerField(_("rent a month"))

    objects = DwellingRentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dwelling_rent_one_a_day",
                fields=["dwelling", "starts_on"],
                include=["rent_a_month"],
                violation_error_message=_("There is already a rent from that day."),
            ),
            models.CheckConstraint(
                name="dwelling_rent_is_more_than_nothing",
                condition=Q(rent_a_month__gt=0),
                violation_error_message=_("The rent is more than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dwelling_id} {self.starts_on}"


class FundingKind(models.TextChoices):
    RENTAL_GRANT = "rental_grant", _("Grant for rental dwellings")
    BASIC_LOAN = "basic_loan", _("Basic loan")


@tracked()
class DwellingFunding(models.Model):
    """A grant or loan of Husbanken behind a dwelling (tilskudd eller grunnlån), with the years that it binds it."""

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="fundings")
    kind = models.CharField(_("kind"), max_length=15, choices=FundingKind)
    amount = models.PositiveIntegerField(_("amount"))
    granted_on = models.DateField(_("granted on"))
    committed_years = models.PositiveSmallIntegerField(_("years it is committed"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="funding_kind_is_known", condition=Q(kind__in=FundingKind.values)),
            models.CheckConstraint(
                name="funding_is_more_than_nothing",
                condition=Q(amount__gt=0),
                violation_error_message=_("The amount is more than zero."),
            ),
            models.CheckConstraint(
                name="funding_commits_for_a_time",
                condition=Q(committed_years__lte=100),
                violation_error_message=_("A dwelling is not committed for more than a hundred years."),
            ),
            models.UniqueConstraint(
                name="funding_once_a_day",
                fields=["dwelling", "kind", "granted_on"],
                violation_error_message=_("That grant or loan is registered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dwelling_id} {self.kind} {self.granted_on}"

    @property
    def committed_until(self) -> date:
        """The first day the dwelling is free of it."""
        year = self.granted_on.year + self.committed_years
        is_leap_day = (self.granted_on.month, self.granted_on.day) == (2, 29)
        return date(year, 3, 1) if is_leap_day and year % 4 else self.granted_on.replace(year=year)


class LogKind(models.TextChoices):
    DAMAGE = "damage", _("Damage")
    REPAIR = "repair", _("Repair")
    CARETAKER = "caretaker", _("Caretaker's visit")
    INSPECTION = "inspection", _("Inspection")
    OTHER = "other", _("Other")


@tracked()
class DwellingLogEntry(models.Model):
    """What happened to a dwelling, and what the caretaker did (vaktmesterlogg): not who lives there."""

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="log")
    kind = models.CharField(_("kind"), max_length=10, choices=LogKind)
    happened_on = models.DateField(_("happened on"))
    text = models.CharField(_("what happened"), max_length=1000)
    cost = models.PositiveIntegerField(_("cost"), null=True, blank=True)
    mended_on = models.DateField(_("mended on"), null=True, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="dwelling_log_kind_is_known", condition=Q(kind__in=LogKind.values)),
            models.CheckConstraint(name="dwelling_log_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="dwelling_log_mended_after_it_happened",
                condition=Q(mended_on__isnull=True) | Q(mended_on__gte=F("happened_on")),
                violation_error_message=_("It was mended on the day it happened, or later."),
            ),
        ]
        indexes = [models.Index(name="dwelling_log_by_day", fields=["dwelling", "-happened_on"])]

    def __str__(self) -> str:
        return f"{self.dwelling_id} {self.kind} {self.happened_on}"
