from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.decision import Decision
from cases.models.document import Document
from cases.models.representative import Representative
from cases.models.request import Channel
from cases.recipients import Standing
from people.history import tracked
from people.models import Employee, Household, Person


class NoticeWay(models.TextChoices):
    """How the notice reached somebody; the codes are `cases.appeal_time.How`."""

    HANDED_OVER = "handed_over", _("Handed over")
    READ_ALOUD = "read_aloud", _("Read aloud and explained")
    POST = "post", _("By post")
    DIGITAL = "digital", _("Digitally")
    BY_AGENT = "by_agent", _("Through the agent or guardian")
    OTHER = "other", _("In another way")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def standing(self) -> Self:
        """Those that nobody has struck."""
        return self.filter(struck_at__isnull=True)

    def of_decision(self) -> Self:
        """Of the decision itself, not of the dismissal of an appeal."""
        return self.filter(dismissal__isnull=True)


@tracked()
class Notice(models.Model):
    """That the notice of a decision reached somebody who is to have it (underretning), and how.

    The day it reached the party starts the time to appeal. It is a day somebody knows, or one presumed by the rule data
    from the day of sending. A wrong one is struck with its reason, never changed. `dismissal` is the appeal whose
    dismissal was told, where it is not the decision itself.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="notices")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="notices")
    dismissal = models.ForeignKey("Appeal", on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    #: the party, also where a representative got it
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    recipient_standing = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Standing])
    way = models.CharField(_("how"), max_length=12, choices=NoticeWay)
    sent_on = models.DateField(_("sent"), null=True, blank=True)
    reached_on = models.DateField(_("reached them"))
    is_presumed = models.BooleanField(default=False)
    note = models.CharField(_("how we know"), max_length=300, blank=True)
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    struck_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_because = models.CharField(_("what was wrong"), max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="notice_way_is_known", condition=Q(way__in=NoticeWay.values)),
            models.CheckConstraint(
                name="notice_recipient_standing_is_known",
                condition=Q(recipient_standing__in=[one.value for one in Standing]),
            ),
            models.CheckConstraint(
                name="notice_reached_them_after_it_was_sent",
                condition=Q(sent_on__isnull=True) | Q(reached_on__gte=F("sent_on")),
                violation_error_message=_("It cannot have reached them before it was sent."),
            ),
            models.CheckConstraint(
                name="notice_presumed_says_when_it_was_sent",
                condition=Q(is_presumed=False) | Q(sent_on__isnull=False),
                violation_error_message=_("Say when it was sent."),
            ),
            models.CheckConstraint(
                name="notice_struck_says_by_whom_and_why",
                condition=Q(struck_at__isnull=True, struck_by__isnull=True, struck_because="")
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_because="")),
                violation_error_message=_("Say what was wrong."),
            ),
            models.UniqueConstraint(
                name="notice_once_a_recipient",
                fields=["decision", "dismissal", "person", "recipient_standing", "representative"],
                condition=Q(struck_at__isnull=True),
                nulls_distinct=False,
                violation_error_message=_("It is registered already that they have got it: strike that one first."),
            ),
        ]
        indexes = [models.Index(name="notice_by_household", fields=["household", "reached_on"])]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.way} {self.reached_on}"

    @property
    def key(self) -> str:
        """What the recipients call whoever got it."""
        return f"{self.recipient_standing}-{self.representative_id or self.person_id}"


class ReasonsRequestQuerySet(models.QuerySet["ReasonsRequest"]):
    def unanswered(self) -> Self:
        return self.filter(answered_on__isnull=True)


@tracked()
class ReasonsRequest(models.Model):
    """A party asks for the reasons of a decision (anmodning om begrunnelse). In time, it interrupts the time to appeal.

    The time runs anew from the day that the reasons reached the party: forvaltningsloven sections 24 and 29.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="reasons_requests")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reasons_requests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("channel"), max_length=15, choices=Channel)
    asked_on = models.DateField(_("asked"))
    due_on = models.DateField()
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    reasons = models.TextField(_("the reasons given"), blank=True)
    answered_on = models.DateField(_("given"), null=True, blank=True)
    reached_on = models.DateField(_("reached the party"), null=True, blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReasonsRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="reasons_request_channel_is_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="reasons_request_is_due_after_it_came", condition=Q(due_on__gt=F("asked_on"))),
            models.CheckConstraint(
                name="reasons_request_is_answered_whole",
                condition=Q(answered_on__isnull=True, reached_on__isnull=True, answered_by__isnull=True, reasons="")
                | (
                    Q(answered_on__isnull=False, reached_on__isnull=False, answered_by__isnull=False)
                    & Q(answered_on__gte=F("asked_on"), reached_on__gte=F("answered_on"))
                    & ~Q(reasons="")
                ),
                violation_error_message=_("Write the reasons, when they were given and when they reached the party."),
            ),
            models.UniqueConstraint(
                name="reasons_request_one_open_a_party",
                fields=["decision", "person"],
                condition=Q(answered_on__isnull=True),
                violation_error_message=_("This party waits for the reasons already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.asked_on}"


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def undecided(self) -> Self:
        return self.filter(decided_on__isnull=True)


@tracked()
class Suspension(models.Model):
    """That a decision is to wait until an appeal is decided (utsatt iverksetting): asked for, decided with a reason.

    `until` left out is until the appeal is decided. Source: forvaltningsloven section 42.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="suspensions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="suspensions")
    asked_on = models.DateField(_("asked"))
    asked_because = models.TextField(_("why it should wait"), blank=True)
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    is_granted = models.BooleanField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="suspension_is_decided_whole",
                condition=Q(
                    is_granted__isnull=True, decided_on__isnull=True, decided_by__isnull=True, reason="", until=None
                )
                | (Q(is_granted__isnull=False, decided_on__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="suspension_lasts_only_when_granted",
                condition=Q(until__isnull=True) | Q(is_granted=True, until__gt=F("decided_on")),
                violation_error_message=_("The last day must come after today."),
            ),
            models.UniqueConstraint(
                name="suspension_one_undecided_a_decision",
                fields=["decision"],
                condition=Q(decided_on__isnull=True),
                violation_error_message=_("It is asked for already, and waits to be decided."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.asked_on}"
