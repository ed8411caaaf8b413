from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household, InAMunicipality, Unit


class Channel(models.TextChoices):
    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By phone")
    WRITTEN = "written", _("In writing")
    DIGITAL = "digital", _("Digitally")
    ON_CALL = "on_call", _("Through the on-call service")
    OTHER_SERVICE = "other_service", _("From another service")


class RequestKind(models.TextChoices):
    """What is asked for; each kind starts the clock of an answer of its own."""

    PLACE_TONIGHT = "place_tonight", _("A place to stay tonight")
    #: boligsosialloven § 6
    HOUSING_HELP = "housing_help", _("Help to get or to keep a home")
    DWELLING = "dwelling", _("A municipal dwelling")
    LOAN_OR_GRANT = "loan_or_grant", _("Startlån or a grant")
    INDIVIDUAL_PLAN = "individual_plan", _("An individual plan")
    GUARANTEE_OR_DEPOSIT = "guarantee_or_deposit", _("A guarantee or a deposit")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    """What came of a request the same day (utfall)."""

    OFFER = "offer", _("Offer given")
    REFUSED = "refused", _("Refused by decision")
    NO_PLACE = "no_place", _("No place found")
    BELOW_STANDARD = "below_standard", _("Place below standard")
    STEERED = "steered", _("Steered to something informal, or told to find a place themselves")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PASSED_ON = "passed_on", _("Passed to the right unit")


#: Outcomes that the law does not allow for somebody without a place for the coming 24 hours; shown and counted. Such a
#: person gets an offer that is suitable and of proper standard, a decision, or is passed on (sosialtjenesteloven § 27).
UNLAWFUL = (Outcome.NO_PLACE, Outcome.BELOW_STANDARD, Outcome.STEERED)


IS_UNLAWFUL = Q(lacks_place_tonight=True, outcome__in=UNLAWFUL)


def no_answer_on_its_day(at: datetime) -> Q:
    """Of somebody who lacked a place and was not answered before the midnight after, as known at a moment."""
    day_before = localdate(at) - timedelta(days=1)
    late = Q(outcome_at__date__gt=TruncDate("asked_at")) | Q(outcome="")
    return Q(late, lacks_place_tonight=True, asked_at__date__lte=day_before)


class RequestQuerySet(models.QuerySet["Request"]):
    def unanswered(self) -> Self:
        return self.filter(outcome="")

    def lacking_a_place(self) -> Self:
        """Asked by somebody without a place for the coming 24 hours."""
        return self.filter(lacks_place_tonight=True)

    def without_answer_on_its_day(self, at: datetime) -> Self:
        """Of somebody who lacked a place, and was not answered before the midnight after: still open, or too late."""
        return self.filter(no_answer_on_its_day(at))

    def unlawful(self) -> Self:
        """Of somebody who lacked a place, with an outcome that the law does not allow."""
        return self.filter(IS_UNLAWFUL)

    def asked_within(self, starts: datetime, ends: datetime) -> Self:
        """Half-open."""
        return self.filter(asked_at__gte=starts, asked_at__lt=ends)


@tracked(exclude=["municipality"])
class Request(InAMunicipality):
    """Somebody asks for help (henvendelse), in whatever channel, also by word of mouth."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="requests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="requests")
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.CharField(_("who asked"), max_length=100, blank=True)
    kind = models.CharField(_("kind of request"), max_length=20, choices=RequestKind, default=RequestKind.PLACE_TONIGHT)
    channel = models.CharField(_("channel"), max_length=15, choices=Channel, default=Channel.COUNTER)
    lacks_place_tonight = models.BooleanField(_("lacks a place for the coming 24 hours"), default=True)
    about = models.TextField(_("what was asked for"), blank=True)
    received_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    outcome_note = models.TextField(_("note"), blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.CheckConstraint(name="request_channel_is_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="request_kind_is_known", condition=Q(kind__in=RequestKind.values)),
            models.CheckConstraint(
                name="request_for_tonight_lacks_a_place",
                condition=~Q(kind="place_tonight") | Q(lacks_place_tonight=True),
                violation_error_message=_("Who asks for a place tonight lacks one for the coming 24 hours."),
            ),
            models.CheckConstraint(name="request_outcome_is_known", condition=Q(outcome__in=["", *Outcome.values])),
            models.CheckConstraint(
                name="request_outcome_has_time_and_person",
                condition=Q(outcome="", outcome_at__isnull=True, outcome_by__isnull=True)
                | (~Q(outcome="") & Q(outcome_at__isnull=False, outcome_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="request_answered_after_it_was_asked",
                condition=Q(outcome_at__isnull=True) | Q(outcome_at__gte=F("asked_at")),
                violation_error_message=_("The outcome cannot be earlier than the request."),
            ),
        ]
        indexes = [
            models.Index(name="request_unanswered", fields=["unit", "asked_at"], condition=Q(outcome="")),
            models.Index(name="request_by_unit", fields=["unit", "asked_at"]),
            models.Index(
                name="request_tonight",
                fields=["municipality", "asked_at"],
                include=["household", "unit", "outcome"],
                condition=Q(lacks_place_tonight=True),
            ),
        ]

    @property
    def is_unlawful(self) -> bool:
        return self.lacks_place_tonight and self.outcome in UNLAWFUL

    def __str__(self) -> str:
        return f"{self.pk} {self.outcome or 'open'}"
