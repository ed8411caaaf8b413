"""What a person asks for about their own data: to see it, and to have it corrected."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.request import Channel
from people.history import tracked
from people.models import Employee, Household, JournalEntry, Person


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    def unanswered(self) -> Self:
        return self.filter(answered_at__isnull=True)


@tracked()
class AccessRequest(models.Model):
    """A person asks to see what is kept on them in one household (innsynskrav). One for each household they are in.

    The package is handed over and not kept: `pdf_sha256` and `json_sha256` tell later whether a file is the one given.
    `withheld` names the texts that whoever answered took out, as `model.field:id`.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="access_requests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="access_requests")
    channel = models.CharField(_("channel"), max_length=15, choices=Channel)
    received_on = models.DateField(_("received"))
    due_on = models.DateField()
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    withheld = models.JSONField(default=list, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    json_sha256 = models.CharField(max_length=64, blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="access_request_channel_is_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(
                name="access_request_is_due_after_it_came", condition=Q(due_on__gt=F("received_on"))
            ),
            models.CheckConstraint(
                name="access_request_is_answered_whole",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, pdf_sha256="", json_sha256="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(pdf_sha256="") & ~Q(json_sha256="")),
            ),
            models.UniqueConstraint(
                name="access_request_one_open_a_person",
                fields=["household", "person"],
                condition=Q(answered_at__isnull=True),
                violation_error_message=_("This person already waits for an answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} due {self.due_on}"


class CorrectionOutcome(models.TextChoices):
    CORRECTED = "corrected", _("Corrected")
    REFUSED = "refused", pgettext_lazy("correction", "Refused")


class CorrectionRequestQuerySet(models.QuerySet["CorrectionRequest"]):
    def undecided(self) -> Self:
        return self.filter(outcome="")


@tracked()
class CorrectionRequest(models.Model):
    """A person says that something kept on them is wrong (rettingskrav).

    `disputed` is the line of the journal that it is about, where one is. Corrected, it names the line of the act that
    did it; refused, the reason, and the person's own words stay beside what they dispute.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="correction_requests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="correction_requests")
    channel = models.CharField(_("channel"), max_length=15, choices=Channel)
    received_on = models.DateField(_("received"))
    due_on = models.DateField()
    about = models.TextField(_("what is wrong, and what is right"), max_length=4000)
    disputed = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    outcome = models.CharField(_("outcome"), max_length=10, choices=CorrectionOutcome, blank=True)
    corrected_by = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refusal = models.TextField(_("why it is refused"), max_length=4000, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="correction_request_channel_is_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(
                name="correction_request_is_due_after_it_came", condition=Q(due_on__gt=F("received_on"))
            ),
            models.CheckConstraint(name="correction_request_says_what", condition=~Q(about="")),
            models.CheckConstraint(
                name="correction_request_outcome_is_known", condition=Q(outcome__in=["", *CorrectionOutcome.values])
            ),
            models.CheckConstraint(
                name="correction_request_decided_by_somebody",
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="correction_request_corrected_names_the_act",
                condition=Q(outcome="corrected", corrected_by__isnull=False)
                | (~Q(outcome="corrected") & Q(corrected_by__isnull=True)),
                violation_error_message=_("Say which act corrected it."),
            ),
            models.CheckConstraint(
                name="correction_request_refused_says_why",
                condition=(Q(outcome="refused") & ~Q(refusal="")) | (~Q(outcome="refused") & Q(refusal="")),
                violation_error_message=_("Say why it is refused."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.outcome or 'open'}"
