from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household


class FollowUpKind(models.TextChoices):
    HOUSING_SUPPORT = "housing_support", _("Support in the home")
    HOUSING_FIRST = "housing_first", _("Housing First")
    ACT = "act", _("ACT team")
    FACT = "fact", _("FACT team")
    IPS = "ips", _("IPS: job support")
    ECONOMIC_ADVICE = "economic_advice", _("Economic advice")
    HOME_SERVICES = "home_services", _("Home services")
    HOUSING_SCHOOL = "housing_school", _("Housing school")
    PARENTAL_SUPPORT = "parental_support", _("Parental support")
    FAMILY_COUNSELLING = "family_counselling", _("Family counselling")
    HEALTH_STATION = "health_station", _("Health station")
    TRANSITIONS_0_24 = "bti_0_24", _("BTI or 0-24: services for children together")
    HOME_REHABILITATION = "home_rehabilitation", _("Rehabilitation at home")
    PEER_WORKER = "peer_worker", _("Peer worker")
    VOLUNTEER = "volunteer", _("Volunteer")
    FOYER = "foyer", _("Foyer: home and daytime activity for the young")
    ON_CALL = "on_call", _("On call outside office hours for the young")
    OTHER = "other", _("Other")


#: Kinds that tell of health: shown by name only to who may see special kinds.
SPECIAL_SERVICES = frozenset({FollowUpKind.ACT, FollowUpKind.FACT, FollowUpKind.HOME_REHABILITATION})


class Intensity(models.TextChoices):
    """How often somebody is met (hyppighet)."""

    DAILY = "daily", _("Every day")
    SEVERAL_A_WEEK = "several_a_week", _("Several times a week")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every other week")
    MONTHLY = "monthly", _("Every month")
    AS_NEEDED = "as_needed", _("When needed")


class ServiceEnd(models.TextChoices):
    """Why a service ended (hvorfor tjenesten sluttet)."""

    MANAGES = "manages", _("Manages without it")
    OWN_WISH = "own_wish", _("Wanted no more of it")
    OTHER_SERVICE = "other_service", _("Another service took over")
    MOVED = "moved", _("Moved away")
    NO_CONTACT = "no_contact", _("Could not be reached")
    NOT_AVAILABLE = "not_available", _("The service could not go on")
    OTHER = "other", _("Other")


class FollowUpServiceQuerySet(models.QuerySet["FollowUpService"]):
    def waiting(self) -> Self:
        """Offered, and neither declined nor begun."""
        return self.filter(declined_on__isnull=True, starts_on__isnull=True)

    def given(self, on: date) -> Self:
        """Those that go on, on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


@tracked()
class FollowUpService(models.Model):
    """A service that helps somebody to live (oppfølgingstjeneste): offered, then given for a time, or declined."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="follow_up_services")
    kind = models.CharField(_("service"), max_length=24, choices=FollowUpKind)
    given_by = models.CharField(_("who gives it"), max_length=100, blank=True)
    offered_on = models.DateField(_("offered"))
    declined_on = models.DateField(_("declined"), null=True, blank=True)
    declined_because = models.CharField(_("why it was declined"), max_length=300, blank=True)
    starts_on = models.DateField(_("given from"), null=True, blank=True)
    #: the first day it is no longer given
    ends_on = models.DateField(_("given to"), null=True, blank=True)
    intensity = models.CharField(_("how often"), max_length=16, choices=Intensity, blank=True)
    hours_a_week = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=16, choices=ServiceEnd, blank=True)
    ended_note = models.CharField(_("how it ended"), max_length=300, blank=True)

    objects = FollowUpServiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="follow_up_kind_is_known", condition=Q(kind__in=FollowUpKind.values)),
            models.CheckConstraint(
                name="follow_up_intensity_is_known", condition=Q(intensity__in=["", *Intensity.values])
            ),
            models.CheckConstraint(
                name="follow_up_ended_because_is_known", condition=Q(ended_because__in=["", *ServiceEnd.values])
            ),
            models.CheckConstraint(
                name="follow_up_declined_or_given",
                condition=Q(declined_on__isnull=True) | Q(starts_on__isnull=True),
                violation_error_message=_("A service that was declined is not given. Offer it anew."),
            ),
            models.CheckConstraint(
                name="follow_up_answered_after_it_is_offered",
                condition=(Q(declined_on__isnull=True) | Q(declined_on__gte=F("offered_on")))
                & (Q(starts_on__isnull=True) | Q(starts_on__gte=F("offered_on"))),
                violation_error_message=_("That is before it was offered."),
            ),
            models.CheckConstraint(
                name="follow_up_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gt=F("starts_on")),
                violation_error_message=_("The end must come after the day it began."),
            ),
            models.CheckConstraint(
                name="follow_up_end_has_its_reason",
                condition=Q(ends_on__isnull=True, ended_because="") | (Q(ends_on__isnull=False) & ~Q(ended_because="")),
                violation_error_message=_("Say why it ended."),
            ),
            models.CheckConstraint(
                name="follow_up_given_so_often",
                condition=Q(starts_on__isnull=True) | ~Q(intensity=""),
                violation_error_message=_("Say how often."),
            ),
            models.CheckConstraint(
                name="follow_up_hours_are_in_a_week",
                condition=Q(hours_a_week__isnull=True) | Q(hours_a_week__gt=0, hours_a_week__lte=168),
                violation_error_message=_("A week has 168 hours."),
            ),
            models.UniqueConstraint(
                name="follow_up_one_of_a_kind_open",
                fields=["household", "kind", "given_by"],
                condition=Q(declined_on__isnull=True, ends_on__isnull=True),
                violation_error_message=_("This service is already offered or given."),
            ),
        ]
        indexes = [models.Index(name="follow_up_by_household", fields=["household", "-offered_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id}"

    @property
    def is_waiting(self) -> bool:
        return self.declined_on is None and self.starts_on is None

    @property
    def is_given(self) -> bool:
        return self.starts_on is not None and self.ends_on is None


class ContactKind(models.TextChoices):
    HOME_VISIT = "home_visit", _("Home visit")
    OFFICE = "office", _("At the office")
    OUTSIDE = "outside", _("Somewhere else")
    PHONE = "phone", _("Phone")
    VIDEO = "video", _("Video")
    MESSAGE = "message", _("Message")


class ContactOutcome(models.TextChoices):
    MET = "met", _("They met")
    NOT_MET = "not_met", _("Did not turn up or answer")
    CANCELLED = "cancelled", _("Cancelled by them")
    CANCELLED_BY_US = "cancelled_by_us", _("Cancelled by us")


@tracked()
class FollowUpContact(models.Model):
    """One time a service met somebody, or meant to (kontakt)."""

    service = models.ForeignKey(FollowUpService, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField(_("day"))
    kind = models.CharField(_("how"), max_length=12, choices=ContactKind)
    outcome = models.CharField(_("came of it"), max_length=16, choices=ContactOutcome)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="follow_up_contact_kind_is_known", condition=Q(kind__in=ContactKind.values)),
            models.CheckConstraint(
                name="follow_up_contact_outcome_is_known", condition=Q(outcome__in=ContactOutcome.values)
            ),
        ]
        indexes = [models.Index(name="follow_up_contact_by_service", fields=["service", "-on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class WarningSign(models.TextChoices):
    RENT_LATE = "rent_late", _("Rent is late")
    BILLS = "bills", _("Bills or power not paid")
    NO_CONTACT = "no_contact", _("Cannot be reached")
    NEIGHBOURS = "neighbours", _("Neighbours complain")
    HOME_NEGLECTED = "home_neglected", _("The home is neglected")
    VISITORS = "visitors", _("Others take over the home")
    INCOME_LOST = "income_lost", _("Work or benefit lost")
    RELATIONS = "relations", _("Break-up or conflict")
    CHILDREN = "children", _("Worry for the children")
    HEALTH = "health", _("Health is worse")
    DRUGS = "drugs", _("More alcohol or drugs")
    VIOLENCE = "violence", _("Violence or threats")
    OTHER = "other", _("Other")


#: Signs of special kinds: named only to who may see those.
SPECIAL_SIGNS = frozenset({WarningSign.HEALTH, WarningSign.DRUGS, WarningSign.VIOLENCE})


@tracked()
class EarlyWarning(models.Model):
    """A sign that a home may be lost (varseltegn): seen, and handled."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="early_warnings")
    sign = models.CharField(_("sign"), max_length=16, choices=WarningSign)
    seen_on = models.DateField(_("seen"))
    told_by = models.CharField(_("who told"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    handled_on = models.DateField(_("handled"), null=True, blank=True)
    handled_how = models.CharField(_("what was done"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="early_warning_sign_is_known", condition=Q(sign__in=WarningSign.values)),
            models.CheckConstraint(
                name="early_warning_handled_after_it_is_seen",
                condition=Q(handled_on__isnull=True) | Q(handled_on__gte=F("seen_on")),
                violation_error_message=_("It cannot be handled before it was seen."),
            ),
            models.CheckConstraint(
                name="early_warning_handled_says_how",
                condition=Q(handled_on__isnull=True, handled_how="")
                | (Q(handled_on__isnull=False) & ~Q(handled_how="")),
                violation_error_message=_("Say what was done."),
            ),
        ]
        indexes = [models.Index(name="early_warning_by_household", fields=["household", "handled_on"])]

    def __str__(self) -> str:
        return f"{self.sign} {self.household_id}"
