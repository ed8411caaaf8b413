from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases.models.document import Document
from cases.models.representative import Representative
from cases.recipients import Standing
from people.history import tracked
from people.models import Employee, Household, Person


class Way(models.TextChoices):
    """How a letter goes to somebody."""

    DIGITAL = "digital", _("Digital mailbox")
    POST = "post", _("Post")
    BY_HAND = "by_hand", _("By hand")
    READ_ALOUD = "read_aloud", _("Read aloud")


class DispatchState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Did not arrive")
    GIVEN_UP = "given_up", _("Given up")


class Fault(models.TextChoices):
    """Why something did not go out, or has not yet. Never their words: those may name somebody."""

    NONE = "", _("None")
    UNREACHABLE = "unreachable", _("No answer from the receiver")
    GARBLED = "garbled", _("An answer about something else")
    REFUSED = "refused", _("The receiver refused it")
    NO_RECEIPT = "no_receipt", _("No receipt came")
    NO_MAILBOX = "no_mailbox", _("No digital mailbox to send to")
    PROTECTED = "protected", _("The address is protected since")
    DEAD = "dead", _("The recipient is dead")
    RETURNED = "returned", _("Came back")
    STOPPED = "stopped", _("Stopped by hand")
    INVALID = "invalid", _("Not as the archive demands")


#: states in which the letter is on its way or has arrived
LIVE = [DispatchState.WAITING, DispatchState.SENT, DispatchState.DELIVERED]
#: ended without arriving
ENDED = [DispatchState.FAILED, DispatchState.GIVEN_UP]


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def due(self, at: datetime) -> Self:
        """What the worker is to look at by now."""
        return self.filter(next_at__lte=at)

    def to_print(self) -> Self:
        """What waits for somebody to put it in an envelope."""
        return self.filter(way=Way.POST, state=DispatchState.WAITING)


@tracked()
class Dispatch(ConcurrentTransitionMixin, models.Model):
    """One letter on its way to one recipient (utsending).

    The recipient is the party `person`, or a representative of theirs. `key` is what the receiver outside is given, the
    same at every attempt, and `external_id` the number reserved there before the first: so no attempt is a second
    letter. `next_at` is when the worker looks at it next: an attempt moves it ahead before it begins, and whoever dies
    in the middle leaves it due. Transitions set fields and nothing else.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="dispatches")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="dispatches")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, null=True, blank=True, related_name="dispatches"
    )
    standing = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Standing])
    way = models.CharField(_("how"), max_length=10, choices=Way)
    state = FSMField(max_length=10, choices=DispatchState, default=DispatchState.WAITING, protected=True)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    external_id = models.CharField(max_length=64, blank=True, db_collation="C")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=12, choices=Fault, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = DispatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dispatch_once_a_recipient",
                fields=["document", "person", "standing", "representative"],
                condition=Q(state__in=LIVE),
                nulls_distinct=False,
                violation_error_message=_("The letter is already on its way to this recipient."),
            ),
            models.UniqueConstraint(
                name="dispatch_external_number_once", fields=["external_id"], condition=~Q(external_id="")
            ),
            models.CheckConstraint(name="dispatch_way_is_known", condition=Q(way__in=Way.values)),
            models.CheckConstraint(name="dispatch_state_is_known", condition=Q(state__in=DispatchState.values)),
            models.CheckConstraint(name="dispatch_fault_is_known", condition=Q(fault__in=Fault.values)),
            models.CheckConstraint(
                name="dispatch_standing_is_known", condition=Q(standing__in=[one.value for one in Standing])
            ),
            models.CheckConstraint(
                name="dispatch_worker_takes_the_digital_alone",
                condition=Q(next_at__isnull=True)
                | Q(way=Way.DIGITAL, state__in=[DispatchState.WAITING, DispatchState.SENT]),
            ),
            models.CheckConstraint(
                name="dispatch_sent_says_when",
                condition=~Q(state__in=[DispatchState.SENT, DispatchState.DELIVERED]) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dispatch_delivered_says_when",
                condition=Q(state=DispatchState.DELIVERED, delivered_at__isnull=False)
                | (~Q(state=DispatchState.DELIVERED) & Q(delivered_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="dispatch_delivered_after_it_was_sent",
                condition=Q(delivered_at__isnull=True) | Q(delivered_at__gte=F("sent_at")),
            ),
            models.CheckConstraint(name="dispatch_that_failed_says_why", condition=~Q(state__in=ENDED) | ~Q(fault="")),
        ]
        indexes = [
            models.Index(name="dispatch_due", fields=["next_at"], condition=Q(next_at__isnull=False)),
            models.Index(name="dispatch_by_household", fields=["household", "-made_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.state} {self.document_id}"

    @transition(field=state, source=DispatchState.WAITING, target=DispatchState.SENT)
    def send(self, *, at: datetime, look_at: datetime | None) -> None:
        self.sent_at, self.next_at, self.attempts, self.fault = at, look_at, 0, Fault.NONE

    @transition(field=state, source=[DispatchState.WAITING, DispatchState.SENT], target=DispatchState.DELIVERED)
    def deliver(self, *, at: datetime) -> None:
        self.sent_at = self.sent_at or at
        self.delivered_at, self.next_at, self.fault = at, None, Fault.NONE

    @transition(field=state, source=[DispatchState.WAITING, DispatchState.SENT], target=DispatchState.FAILED)
    def fail(self, *, fault: Fault) -> None:
        self.fault, self.next_at = fault, None

    @transition(field=state, source=[DispatchState.WAITING, DispatchState.SENT], target=DispatchState.GIVEN_UP)
    def give_up(self, *, fault: Fault) -> None:
        self.fault, self.next_at = fault, None
