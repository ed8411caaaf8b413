from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases.models.case import Need
from people.history import tracked
from people.models import Employee, Household, InAMunicipality


class EvictionNoticeFrom(models.TextChoices):
    """Who told the office: nobody has a duty that it can rely on (tvangsfullbyrdelsesloven § 13-6)."""

    ENFORCEMENT_OFFICER = "enforcement_officer", _("The enforcement officer")
    LANDLORD = "landlord", _("The landlord")
    USER = "user", _("The household itself")
    RENT_LEDGER = "rent_ledger", _("Our own list of unpaid rent")
    LENDER = "lender", _("The bank or another lender")
    OTHER = "other", _("Somebody else")
    UNKNOWN = "unknown", _("Not known")


class EvictionBecause(models.TextChoices):
    RENT_UNPAID = "rent_unpaid", _("Rent not paid")
    LOAN_UNPAID = "loan_unpaid", _("Loan or shared costs not paid")
    BEHAVIOUR = "behaviour", _("Noise, damage or threats")
    LEASE_ENDED = "lease_ended", _("The lease has run out")
    NO_RIGHT = "no_right", _("Lives there without a lease")
    OTHER = "other", _("Another reason")
    UNKNOWN = "unknown", _("Not known")


class EvictionStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("eviction", "Open")
    AVERTED = "averted", pgettext_lazy("eviction", "Averted")
    CARRIED_OUT = "carried_out", pgettext_lazy("eviction", "Carried out")
    WITHDRAWN = "withdrawn", pgettext_lazy("eviction", "Withdrawn")


class EvictionCaseQuerySet(models.QuerySet["EvictionCase"]):
    def open(self) -> Self:
        return self.filter(status=EvictionStatus.OPEN)

    def petitioned(self) -> Self:
        """Those that somebody has petitioned for; the others may still come to that."""
        return self.filter(petitioned_on__isnull=False)


@tracked(exclude=["municipality"])
class EvictionCase(ConcurrentTransitionMixin, InAMunicipality):
    """A home that somebody may be evicted from, as the office learnt it (utkastelsessak).

    `petitioned_on` is the day of the petition (begjæring om utkastelse), if there is one yet; `planned_on` the day set
    for the eviction. `need` is the home at risk that it opened. Its end is for good: what comes later is another case.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="evictions")
    notice_from = models.CharField(_("who told us"), max_length=20, choices=EvictionNoticeFrom)
    because = models.CharField(_("why"), max_length=12, choices=EvictionBecause)
    learnt_on = models.DateField(_("we learnt of it"))
    petitioned_on = models.DateField(_("petition for eviction"), null=True, blank=True)
    planned_on = models.DateField(_("day set for the eviction"), null=True, blank=True)
    amount_owed = models.PositiveIntegerField(_("owed"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    status = FSMField(max_length=12, choices=EvictionStatus, default=EvictionStatus.OPEN, protected=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    outcome_note = models.TextField(_("how it ended"), blank=True)
    need = models.OneToOneField(Need, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = EvictionCaseQuerySet.as_manager()

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.CheckConstraint(
                name="eviction_notice_from_is_known", condition=Q(notice_from__in=EvictionNoticeFrom.values)
            ),
            models.CheckConstraint(name="eviction_because_is_known", condition=Q(because__in=EvictionBecause.values)),
            models.CheckConstraint(name="eviction_status_is_known", condition=Q(status__in=EvictionStatus.values)),
            models.CheckConstraint(
                name="eviction_planned_after_the_petition",
                condition=Q(planned_on__isnull=True)
                | Q(petitioned_on__isnull=True)
                | Q(planned_on__gte=F("petitioned_on")),
                violation_error_message=_("The eviction cannot be set for a day before the petition."),
            ),
            models.CheckConstraint(
                name="eviction_ended_has_its_day",
                condition=Q(status=EvictionStatus.OPEN, ended_on__isnull=True, outcome_note="")
                | (~Q(status=EvictionStatus.OPEN) & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="eviction_ends_after_the_petition",
                condition=Q(ended_on__isnull=True)
                | Q(petitioned_on__isnull=True)
                | Q(ended_on__gte=F("petitioned_on")),
                violation_error_message=_("It cannot end before the petition."),
            ),
            models.UniqueConstraint(
                name="eviction_one_petition_a_household_and_day",
                fields=["household", "petitioned_on"],
                violation_error_message=_("A petition from that day is registered already."),
            ),
        ]
        indexes = [
            models.Index(name="eviction_by_household", fields=["household", "-learnt_on"]),
            models.Index(name="eviction_open", fields=["planned_on"], condition=Q(status="open")),
            models.Index(name="eviction_by_petition", fields=["petitioned_on"]),
            models.Index(
                name="eviction_petitioned", fields=["municipality", "petitioned_on"], include=["household", "status"]
            ),
            models.Index(name="eviction_ended", fields=["municipality", "ended_on"], include=["household", "status"]),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.status}"

    @property
    def is_open(self) -> bool:
        return bool(self.status == EvictionStatus.OPEN)

    @transition(field=status, source=EvictionStatus.OPEN, target=EvictionStatus.AVERTED)
    def avert(self, on: date) -> None:
        """The household stays, because something was done."""
        self.ended_on = on

    @transition(field=status, source=EvictionStatus.OPEN, target=EvictionStatus.CARRIED_OUT)
    def carry_out(self, on: date) -> None:
        """The household was put out of its home."""
        self.ended_on = on

    @transition(field=status, source=EvictionStatus.OPEN, target=EvictionStatus.WITHDRAWN)
    def withdraw(self, on: date) -> None:
        """Whoever asked for it took it back, or the household had moved out."""
        self.ended_on = on


class ContactWay(models.TextChoices):
    PHONE = "phone", _("By telephone")
    MESSAGE = "message", _("By text message")
    LETTER = "letter", _("By letter")
    HOME_VISIT = "home_visit", _("At their home")
    OFFICE = "office", _("At the office")
    THROUGH_OTHERS = "through_others", _("Through somebody else")


@tracked()
class EvictionContact(models.Model):
    """One try to reach a household that may be evicted (kontaktforsøk); `reached` says whether it answered."""

    eviction = models.ForeignKey(EvictionCase, on_delete=models.CASCADE, related_name="contacts")
    on = models.DateField(_("day"))
    way = models.CharField(_("how"), max_length=15, choices=ContactWay)
    reached = models.BooleanField(_("reached them"))
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="eviction_contact_way_is_known", condition=Q(way__in=ContactWay.values)),
        ]
        indexes = [models.Index(name="eviction_contact_by_case", fields=["eviction", "on"])]

    def __str__(self) -> str:
        return f"{self.eviction_id} {self.on}"


class EvictionMeasureKind(models.TextChoices):
    """What is done so that somebody keeps a home (tiltak mot utkastelse)."""

    PAYMENT_PLAN = "payment_plan", _("Payment plan")
    ARREARS_PAID = "arrears_paid", _("Social assistance to what is owed")
    GUARANTEE = "guarantee", _("Guarantee")
    ECONOMIC_ADVICE = "economic_advice", _("Economic advice")
    MEDIATION = "mediation", _("Mediation with the landlord")
    DIRECT_PAYMENT = "direct_payment", _("Rent paid straight to the landlord")
    REFINANCING = "refinancing", _("Refinancing")
    FOLLOW_UP = "follow_up", _("Follow-up at home")
    OTHER_HOME = "other_home", _("Another home")
    OTHER = "other", _("Something else")


class MeasureResult(models.TextChoices):
    HELD = "held", _("It helped")
    BROKEN = "broken", _("It did not hold")
    REFUSED = "refused", _("The household or the landlord said no")


@tracked()
class EvictionMeasure(models.Model):
    """One thing done to avert an eviction (tiltak mot utkastelse); without a result it still runs."""

    eviction = models.ForeignKey(EvictionCase, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(_("measure"), max_length=15, choices=EvictionMeasureKind)
    starts_on = models.DateField(_("from"))
    amount = models.PositiveIntegerField(_("kroner"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    result = models.CharField(_("result"), max_length=10, choices=MeasureResult, blank=True)
    result_on = models.DateField(_("day of the result"), null=True, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="eviction_measure_kind_is_known", condition=Q(kind__in=EvictionMeasureKind.values)
            ),
            models.CheckConstraint(
                name="eviction_measure_result_is_known_and_dated",
                condition=Q(result="", result_on__isnull=True)
                | Q(result__in=MeasureResult.values, result_on__isnull=False, result_on__gte=F("starts_on")),
                violation_error_message=_("A result comes after the measure began."),
            ),
        ]
        indexes = [models.Index(name="eviction_measure_by_case", fields=["eviction", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.eviction_id} {self.kind}"
