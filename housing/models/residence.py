from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from housing.models.dwelling import Dwelling
from housing.models.provider import Provider, Room
from housing.states import HOMELESS_KINDS
from people.constraints import CompositeForeignKey, DateRange, NoOverlap, last_day, period_is_forwards
from people.encrypted_fields import EncryptedTextField
from people.history import tracked
from people.models import Household, Municipality


class ResidenceKind(models.TextChoices):
    """Every way of living somewhere, as the import names it; the states they give stand in `housing.states`."""

    ROUGH = "rough", _("Without a roof")
    TEMPORARY = "temporary", _("Temporary accommodation")
    NIGHT_SHELTER = "night_shelter", _("Night shelter")
    PRISON = "prison", _("Prison")
    INSTITUTION = "institution", _("Institution")
    FRIENDS = "friends", _("Friends or relatives for a while")
    CRISIS_CENTRE = "crisis_centre", _("Crisis centre")
    RECEPTION_CENTRE = "reception_centre", _("Reception centre")
    PRIVATE_RENTAL = "private_rental", _("Private rental")
    MUNICIPAL_RENTAL = "municipal_rental", _("Municipal rental")
    OWNED = "owned", _("Owned home")
    WITH_FAMILY = "with_family", _("With family")
    CARE_HOME = "care_home", _("Care home")
    MOVED_AWAY = "moved_away", _("Moved away")
    DECEASED = "deceased", _("Deceased")
    OTHER = "other", _("Other place")
    UNKNOWN = "unknown", _("Not known")


class Lease(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary lease")
    SECTION_11_1 = "section_11_1", _("Lease after section 11-1")


class BelowStandard(models.TextChoices):
    """Why a place that does not suit was used all the same (kodet grunn)."""

    NOTHING_ELSE_FREE = "nothing_else_free", _("Nothing suitable was free tonight")
    TOO_LATE = "too_late", _("Check-in at suitable places had closed")
    OWN_WISH = "own_wish", _("The household asked for it")
    SAFETY = "safety", _("Safety weighed more")


#: Kinds that name a provider, and a room when it is known.
AT_A_PROVIDER = (ResidenceKind.TEMPORARY, ResidenceKind.NIGHT_SHELTER)
#: Kinds of somebody without a home (terms: bostedsløs).
HOMELESS = sorted(kind.value for kind in HOMELESS_KINDS)
#: Kinds that rest on a lease.
RENTALS = (ResidenceKind.PRIVATE_RENTAL, ResidenceKind.MUNICIPAL_RENTAL)
#: Kinds that may name one of our dwellings.
IN_A_DWELLING = (*RENTALS, ResidenceKind.OWNED, ResidenceKind.CARE_HOME)
#: Kinds where it matters whether a home waits outside.
AWAITING_HOME = (ResidenceKind.PRISON, ResidenceKind.INSTITUTION, ResidenceKind.CRISIS_CENTRE)

_PERIOD = (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS)


class ResidenceQuerySet(models.QuerySet["Residence"]):
    def on(self, day: date) -> Self:
        """Those whose night of that day is spent here."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)

    def touching(self, starts_on: date, ends_on: date | None) -> Self:
        """Those with a night in the half-open period; `None` is no end."""
        before = Q() if ends_on is None else Q(starts_on__lt=ends_on)
        return self.filter(before, Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))


@tracked()
class Residence(models.Model):
    """Where a household disposes of a place to live, half-open (bosted): the one table about where anyone lives.

    `ends_on` is the day moved out, set when it happened or is agreed; `planned_end` is what was granted or expected.
    Lease, price and planned end are columns here, not tables beside it, so that the constraints can bind them to the
    kind and one history tells what was known when (docs/adr/0003). Price in kroner a night.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences", db_index=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ResidenceKind)
    starts_on = models.DateField(_("moved in"))
    ends_on = models.DateField(_("moved out"), null=True, blank=True)
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="residences", db_index=False
    )
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="residences")
    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, null=True, blank=True, related_name="residences", db_index=False
    )
    lease = models.CharField(_("lease"), max_length=15, choices=Lease, blank=True)
    lease_ends_on = models.DateField(_("the lease ends"), null=True, blank=True)
    lease_reason = models.CharField(_("reason for a shorter lease"), max_length=300, blank=True)
    planned_end = models.DateField(_("planned end"), null=True, blank=True)
    home_waits = models.BooleanField(_("a home waits"), null=True, blank=True)
    price_a_night = models.PositiveIntegerField(_("price a night"), null=True, blank=True)
    below_standard = models.CharField(_("below standard because"), max_length=20, choices=BelowStandard, blank=True)
    #: where it is stands nowhere in the system: the special unit alone knows
    is_undisclosed = models.BooleanField(_("undisclosed"), default=False)

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("residence_ends_after_it_starts"),
            models.CheckConstraint(name="residence_kind_is_known", condition=Q(kind__in=ResidenceKind.values)),
            models.CheckConstraint(name="residence_lease_is_known", condition=Q(lease__in=["", *Lease.values])),
            models.CheckConstraint(
                name="residence_below_standard_is_known",
                condition=Q(below_standard__in=["", *BelowStandard.values]),
            ),
            models.CheckConstraint(
                name="residence_names_its_provider_when_it_has_one",
                condition=Q(kind__in=AT_A_PROVIDER, provider__isnull=False, is_undisclosed=False)
                | (
                    (~Q(kind__in=AT_A_PROVIDER) | Q(is_undisclosed=True))
                    & Q(provider__isnull=True, price_a_night__isnull=True, below_standard="")
                ),
                violation_error_message=_(
                    "Temporary accommodation and night shelter need a provider, other places have none."
                ),
            ),
            models.CheckConstraint(
                name="residence_undisclosed_is_in_no_dwelling",
                condition=Q(is_undisclosed=False) | Q(dwelling__isnull=True),
                violation_error_message=_("An undisclosed place names no dwelling."),
            ),
            models.CheckConstraint(
                name="residence_room_only_at_its_provider",
                condition=Q(room__isnull=True) | Q(provider__isnull=False),
            ),
            models.CheckConstraint(
                name="residence_dwelling_only_for_a_home",
                condition=Q(dwelling__isnull=True) | Q(kind__in=IN_A_DWELLING),
            ),
            models.CheckConstraint(
                name="residence_lease_for_rentals_only",
                condition=(Q(kind__in=RENTALS) & ~Q(lease=""))
                | (~Q(kind__in=RENTALS) & Q(lease="", lease_ends_on__isnull=True, lease_reason="")),
                violation_error_message=_("A rental needs a lease, other places have none."),
            ),
            models.CheckConstraint(
                name="residence_lease_ends_after_moving_in",
                condition=Q(lease_ends_on__isnull=True) | Q(lease_ends_on__gt=F("starts_on")),
                violation_error_message=_("The lease must end after the household moved in."),
            ),
            models.CheckConstraint(
                name="residence_planned_end_after_moving_in",
                condition=Q(planned_end__isnull=True) | Q(planned_end__gt=F("starts_on")),
                violation_error_message=_("The planned end must be after the household moved in."),
            ),
            models.CheckConstraint(
                name="residence_home_waits_only_outside_home",
                condition=Q(home_waits__isnull=True) | Q(kind__in=AWAITING_HOME),
            ),
            NoOverlap(
                name="residence_one_place_a_night",
                expressions=[("household", RangeOperators.EQUAL), _PERIOD],
                violation_error_message=_("The household already lives somewhere in that period."),
            ),
            NoOverlap(
                name="residence_one_household_a_room_a_night",
                expressions=[("room", RangeOperators.EQUAL), _PERIOD],
                violation_error_message=_("The room is not available in that period."),
            ),
            NoOverlap(
                name="residence_one_household_a_dwelling_a_night",
                expressions=[("dwelling", RangeOperators.EQUAL), _PERIOD],
                violation_error_message=_("The dwelling is not available in that period."),
            ),
            CompositeForeignKey(
                name="residence_in_its_household_s_municipality",
                fields=["household", "municipality"],
                to="people.Household",
                to_fields=["id", "municipality"],
            ),
            CompositeForeignKey(
                name="residence_room_belongs_to_its_provider",
                fields=["room", "provider"],
                to="housing.Room",
                to_fields=["id", "provider"],
                on_update="NO ACTION",
            ),
            CompositeForeignKey(
                name="residence_kind_is_its_provider_s",
                fields=["provider", "kind"],
                to="housing.Provider",
                to_fields=["id", "kind"],
                on_update="NO ACTION",
            ),
        ]
        indexes = [
            models.Index(name="residence_by_household", fields=["household", "starts_on"], include=["ends_on", "kind"]),
            models.Index(
                name="residence_by_dwelling",
                fields=["dwelling", "starts_on"],
                include=["ends_on"],
                condition=Q(dwelling__isnull=False),
            ),
            models.Index(name="residence_by_kind", fields=["municipality", "kind", "ends_on"]),
            # those that a figure counts, by the night that it asks for: the table itself is not read
            models.Index(
                F("municipality"),
                last_day("ends_on"),
                name="residence_homeless",
                include=["starts_on", "ends_on", "household", "kind", "provider"],
                condition=Q(kind__in=HOMELESS),
            ),
            models.Index(
                F("municipality"),
                last_day("ends_on"),
                name="residence_in_dwelling",
                include=["starts_on", "ends_on", "household", "dwelling"],
                condition=Q(dwelling__isnull=False),
            ),
            models.Index(
                name="residence_homes",
                fields=["municipality", "kind", "starts_on"],
                include=["ends_on", "household", "dwelling", "id"],
                condition=Q(kind__in=IN_A_DWELLING),
            ),
            models.Index(
                name="residence_by_provider", fields=["provider", "ends_on"], condition=Q(provider__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.starts_on}"


@tracked()
class Absence(models.Model):
    """Time away from the place one disposes of (fravaer), such as hospital or custody: changes no clock."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    #: encrypted: of somebody with a protected address it tells where they are
    where = EncryptedTextField(_("where"), place="housing_absence.where")
    is_held = models.BooleanField(_("the place is held"), null=True, blank=True)

    class Meta:
        constraints = [
            period_is_forwards("absence_ends_after_it_starts"),
            NoOverlap(
                name="absence_one_at_a_time",
                expressions=[("household", RangeOperators.EQUAL), _PERIOD],
                violation_error_message=_("The household is already registered as away in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} away {self.starts_on}"
