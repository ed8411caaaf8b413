from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.document import Document
from cases.models.request import Request
from people.history import tracked
from people.models import Employee, Household


class AnswerDelayKind(models.TextChoices):
    PRELIMINARY = "preliminary", _("Preliminary answer")
    DELAY = "delay", _("Delay notice")


class AnswerDelayQuerySet(models.QuerySet["AnswerDelay"]):
    def latest_first(self) -> Self:
        return self.order_by("-sent_on", "-pk")


@tracked()
class AnswerDelay(models.Model):
    """That an answer takes time, told by letter (foreløpig svar, forsinkelsesvarsel): when, why, and until when.

    Forvaltningsloven section 11 a; the act of 2025 section 17. The request's last row tells what was promised.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="answer_delays")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="delays")
    kind = models.CharField(max_length=12, choices=AnswerDelayKind)
    sent_on = models.DateField(_("sent"))
    expected_by = models.DateField(_("answer expected by"))
    reason = models.TextField(_("why it takes time"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    objects = AnswerDelayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="answer_delay_kind_is_known", condition=Q(kind__in=AnswerDelayKind.values)),
            models.CheckConstraint(
                name="answer_delay_expects_a_day_ahead",
                condition=Q(expected_by__gt=F("sent_on")),
                violation_error_message=_("The answer is expected after the letter is sent."),
            ),
            models.CheckConstraint(name="answer_delay_says_why", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="answer_delay_one_preliminary_a_request",
                fields=["request"],
                condition=Q(kind="preliminary"),
                violation_error_message=_("The request already has a preliminary answer: send a delay notice."),
            ),
        ]
        indexes = [models.Index(name="answer_delay_by_request", fields=["request", "-sent_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.request_id}"


@tracked()
class InformationRequest(models.Model):
    """A letter that asks for what a case lacks (innhenting av opplysninger), with the day to answer by."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="information_requests")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sent_on = models.DateField(_("sent"))
    needed = models.TextField(_("what we need"))
    why = models.TextField(_("why we need it"))
    consequence = models.TextField(_("what happens without it"))
    answer_by = models.DateField(_("answer by"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(_("answered"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="information_request_gives_time",
                condition=Q(answer_by__gt=F("sent_on")),
                violation_error_message=_("Give a day to answer by that is after today."),
            ),
            models.CheckConstraint(
                name="information_request_says_what_why_and_else",
                condition=~Q(needed="") & ~Q(why="") & ~Q(consequence=""),
            ),
            models.CheckConstraint(
                name="information_request_answered_after_it_was_sent",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("sent_on")),
                violation_error_message=_("The answer cannot have come before the letter was sent."),
            ),
        ]
        indexes = [models.Index(name="information_request_open", fields=["household", "answer_by"])]

    def __str__(self) -> str:
        return f"{self.household_id} {self.answer_by}"
