from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases.models.application import HousingApplication
from cases.models.document import Document
from cases.models.meeting import AgendaItem
from housing.models import Dwelling
from people.history import tracked
from people.models import Employee, Household, Unit


class OfferStatus(models.TextChoices):
    SENT = "sent", pgettext_lazy("offer", "Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("offer", "Accepted")
    DECLINED = "declined", pgettext_lazy("offer", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("offer", "Not answered in time")
    MOVED_IN = "moved_in", pgettext_lazy("offer", "Moved in")


#: Statuses in which the dwelling is kept for the household.
LIVE_OFFERS = [OfferStatus.SENT, OfferStatus.ACCEPTED]
#: Statuses that ended without an answer in favour, and have an effect by the municipality's rule.
WITH_EFFECT = [OfferStatus.DECLINED, OfferStatus.EXPIRED]


class DeclineReason(models.TextChoices):
    NOT_ACCESSIBLE = "not_accessible", _("Health or disability: the dwelling does not fit")
    TOO_SMALL = "too_small", _("Too small for the household")
    UNSAFE = "unsafe", _("Not safe for them there")
    TOO_DEAR = "too_dear", _("The rent is too high")
    TOO_FAR = "too_far", _("Too far from school, work or network")
    AREA = "area", _("Wants another area")
    STANDARD = "standard", _("The dwelling's standard")
    FOUND_HOME = "found_home", _("Has found a home")
    OTHER = "other", _("Another reason")


#: Reasons that count as a good ground, whatever else the municipality has chosen.
WELL_FOUNDED = [DeclineReason.NOT_ACCESSIBLE, DeclineReason.TOO_SMALL, DeclineReason.UNSAFE]


class OfferEffect(models.TextChoices):
    """What declining, or not answering, means for the application, by the municipality's rule."""

    KEEPS = "keeps", _("Keeps the place on the waiting list")
    COUNTED = "counted", _("Counted: the next one like it ends the application")
    LAPSES = "lapses", _("The application lapses")


class WithdrawalReason(models.TextChoices):
    MOVED_ELSEWHERE = "moved_elsewhere", _("The household moved in somewhere else")
    DWELLING_GONE = "dwelling_gone", _("The dwelling is no longer available")
    NOT_NEEDED = "not_needed", _("The household no longer needs it")
    MISTAKE = "mistake", _("Made by mistake")


class OfferQuerySet(models.QuerySet["Offer"]):
    def live(self) -> Self:
        """Those for which a dwelling is kept."""
        return self.filter(status__in=LIVE_OFFERS)

    def unanswered(self) -> Self:
        return self.filter(status=OfferStatus.SENT)

    def run_out(self, on: date) -> Self:
        """Unanswered, with a last day to answer that has passed."""
        return self.unanswered().filter(expires_on__lt=on)

    def for_lists(self) -> Self:
        return self.select_related("household", "dwelling", "unit")


@tracked()
class Offer(ConcurrentTransitionMixin, models.Model):
    """A dwelling is offered to a household, which answers by a day (boligtilbud).

    `expires_on` is the last day to answer, `moves_in_from` the first day to move in. One dwelling has one live offer at
    a time. `effect` is what declining or silence meant by the municipality's rule on that day; nobody chooses it.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="offers")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="offers")
    #: the one that offers
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="offers")
    #: the one on the waiting list that it is an answer to
    application = models.ForeignKey(
        HousingApplication, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    agenda_item = models.OneToOneField(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="offer"
    )
    status = FSMField(max_length=10, choices=OfferStatus, default=OfferStatus.SENT, protected=True)
    sent_on = models.DateField(_("offered on"))
    expires_on = models.DateField(_("answer by"))
    moves_in_from = models.DateField(_("can move in from"))
    rent_a_month = models.PositiveIntegerField(_("rent a month"), null=True, blank=True)
    viewing = models.CharField(_("viewing"), max_length=300, blank=True)
    offered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    letter = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decline_reason = models.CharField(_("why it was declined"), max_length=15, choices=DeclineReason, blank=True)
    decline_note = models.TextField(_("in their own words"), blank=True)
    effect = models.CharField(_("what it meant"), max_length=10, choices=OfferEffect, blank=True)
    withdrawn_because = models.CharField(_("why"), max_length=20, choices=WithdrawalReason, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="offer_status_is_known", condition=Q(status__in=OfferStatus.values)),
            models.CheckConstraint(
                name="offer_can_be_answered_the_day_it_is_made",
                condition=Q(expires_on__gte=F("sent_on")),
                violation_error_message=_("The last day to answer cannot be before the offer."),
            ),
            models.CheckConstraint(
                name="offer_accepted_has_its_day",
                condition=(~Q(status__in=[OfferStatus.ACCEPTED, OfferStatus.MOVED_IN]) | Q(accepted_on__isnull=False))
                & (~Q(status__in=[OfferStatus.SENT, OfferStatus.EXPIRED]) | Q(accepted_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="offer_accepted_before_it_ran_out",
                condition=Q(accepted_on__isnull=True)
                | Q(accepted_on__gte=F("sent_on"), accepted_on__lte=F("expires_on")),
                violation_error_message=_("The time to answer has run out."),
            ),
            models.CheckConstraint(
                name="offer_ended_has_its_day",
                condition=Q(status__in=LIVE_OFFERS, ended_on__isnull=True)
                | (~Q(status__in=LIVE_OFFERS) & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="offer_declined_says_why",
                condition=Q(status=OfferStatus.DECLINED, decline_reason__in=DeclineReason.values)
                | (~Q(status=OfferStatus.DECLINED) & Q(decline_reason="", decline_note="")),
                violation_error_message=_("Say why it was declined."),
            ),
            models.CheckConstraint(
                name="offer_effect_follows_from_its_end",
                condition=Q(status__in=WITH_EFFECT, effect__in=OfferEffect.values)
                | (~Q(status__in=WITH_EFFECT) & Q(effect="")),
            ),
            models.CheckConstraint(
                name="offer_withdrawn_says_why",
                condition=Q(status=OfferStatus.WITHDRAWN, withdrawn_because__in=WithdrawalReason.values)
                | (~Q(status=OfferStatus.WITHDRAWN) & Q(withdrawn_because="")),
                violation_error_message=_("Say why it is withdrawn."),
            ),
            models.UniqueConstraint(
                name="offer_one_live_a_dwelling",
                fields=["dwelling"],
                condition=Q(status__in=LIVE_OFFERS),
                violation_error_message=_("The dwelling is not available: it is kept for another case."),
            ),
            models.UniqueConstraint(
                name="offer_one_accepted_a_household",
                fields=["household"],
                condition=Q(status=OfferStatus.ACCEPTED),
                violation_error_message=_("The household has accepted another offer."),
            ),
        ]
        indexes = [
            models.Index(name="offer_by_household", fields=["household", "sent_on"]),
            models.Index(name="offer_by_unit", fields=["unit", "status", "expires_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.dwelling_id} {self.status}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE_OFFERS

    @transition(field=status, source=OfferStatus.SENT, target=OfferStatus.ACCEPTED)
    def accept(self, on: date) -> None:
        """The household says yes."""
        self.accepted_on = on

    @transition(field=status, source=LIVE_OFFERS, target=OfferStatus.DECLINED)
    def decline(self, on: date) -> None:
        """The household says no, perhaps after a yes."""
        self.ended_on = on

    @transition(field=status, source=LIVE_OFFERS, target=OfferStatus.WITHDRAWN)
    def withdraw(self, on: date) -> None:
        """The unit takes it back."""
        self.ended_on = on

    @transition(field=status, source=OfferStatus.SENT, target=OfferStatus.EXPIRED)
    def expire(self, on: date) -> None:
        """Nobody answered in time."""
        self.ended_on = on

    @transition(field=status, source=OfferStatus.ACCEPTED, target=OfferStatus.MOVED_IN)
    def move_in(self, on: date) -> None:
        """The lease is signed."""
        self.ended_on = on

    @transition(field=status, source=[OfferStatus.MOVED_IN, OfferStatus.WITHDRAWN], target=OfferStatus.ACCEPTED)
    def stand_accepted(self) -> None:
        """The move that ended it is undone, and the household has said yes."""
        self.ended_on, self.withdrawn_because = None, ""

    @transition(field=status, source=[OfferStatus.MOVED_IN, OfferStatus.WITHDRAWN], target=OfferStatus.SENT)
    def stand_unanswered(self) -> None:
        """The move that ended it is undone, and the household has not answered."""
        self.ended_on, self.withdrawn_because = None, ""
        self.accepted_on, self.answered_by = None, None
