from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household, Unit


class Channel(models.TextChoices):
    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By phone")
    WRITTEN = "written", _("In writing")
    DIGITAL = "digital", _("Digitally")
    ON_CALL = "on_call", _("Through the on-call service")
    OTHER_SERVICE = "other_service", _("From another service")


class Outcome(models.TextChoices):
    """What came of a request the same day (utfall)."""

    OFFER = "offer", _("Offer given")
    REFUSED = "refused", _("Refused by decision")
    NO_PLACE = "no_place", _("No place found")
    BELOW_STANDARD = "below_standard", _("Place below standard")
    STEERED = "steered", _("Told to find something themselves")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PASSED_ON = "passed_on", _("Passed to the right unit")


#: Outcomes that the law does not allow for somebody without a place for the coming 24 hours; shown and counted.
UNLAWFUL = (Outcome.NO_PLACE, Outcome.STEERED)


@tracked()
class Request(models.Model):
    """Somebody asks for help (henvendelse), in whatever channel, also by word of mouth."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="requests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="requests")
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.CharField(_("who asked"), max_length=100, blank=True)
    channel = models.CharField(_("channel"), max_length=15, choices=Channel, default=Channel.COUNTER)
    lacks_place_tonight = models.BooleanField(_("lacks a place for the coming 24 hours"), default=True)
    about = models.TextField(_("what was asked for"), blank=True)
    received_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    outcome_note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="request_channel_is_known", condition=Q(channel__in=Channel.values)),
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
        indexes = [models.Index(name="request_unanswered", fields=["unit", "asked_at"], condition=Q(outcome=""))]

    def __str__(self) -> str:
        return f"{self.pk} {self.outcome or 'open'}"
