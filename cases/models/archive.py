from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases.models.dispatch import Fault
from cases.models.document import Document
from people.history import tracked
from people.models import Household


class ArchiveState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    RECEIVED = "received", _("In the archive")
    FAILED = "failed", _("Given up")
    REJECTED = "rejected", _("Rejected by the archive")


class ArchiveEntryQuerySet(models.QuerySet["ArchiveEntry"]):
    def due(self, at: datetime) -> Self:
        """What the worker is to look at by now."""
        return self.filter(next_at__lte=at)

    def stuck(self) -> Self:
        """What does not get into the archive by itself any more."""
        return self.filter(state__in=[ArchiveState.FAILED, ArchiveState.REJECTED])


@tracked(exclude=["xml"])
class ArchiveEntry(ConcurrentTransitionMixin, models.Model):
    """A kept letter's way into the municipality's archive (arkivpost).

    `key` is what the archive is given, the same at every attempt. `xml` is the arkivmelding, made at the first attempt
    and the same at every later one, unless somebody is protected since; `xml_sha256` tells it. `next_at` as on a
    dispatch.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="archive_entries")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="archive_entry")
    state = FSMField(max_length=10, choices=ArchiveState, default=ArchiveState.WAITING, protected=True)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    xml = models.TextField(blank=True)
    xml_sha256 = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=12, choices=Fault, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    #: the archive's own numbers
    archive_case = models.CharField(max_length=64, blank=True)
    archive_record = models.CharField(max_length=64, blank=True)

    objects = ArchiveEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="archive_entry_state_is_known", condition=Q(state__in=ArchiveState.values)),
            models.CheckConstraint(name="archive_entry_fault_is_known", condition=Q(fault__in=Fault.values)),
            models.CheckConstraint(
                name="archive_entry_received_has_the_archive_s_number",
                condition=~Q(state=ArchiveState.RECEIVED) | (Q(received_at__isnull=False) & ~Q(archive_record="")),
            ),
            models.CheckConstraint(
                name="archive_entry_sent_says_what_and_when",
                condition=~Q(state__in=[ArchiveState.SENT, ArchiveState.RECEIVED])
                | (Q(sent_at__isnull=False) & ~Q(xml="") & ~Q(xml_sha256="")),
            ),
            models.CheckConstraint(
                name="archive_entry_that_is_stuck_says_why",
                condition=~Q(state__in=[ArchiveState.FAILED, ArchiveState.REJECTED])
                | (Q(next_at__isnull=True) & ~Q(fault="")),
            ),
        ]
        indexes = [
            models.Index(name="archive_entry_due", fields=["next_at"], condition=Q(next_at__isnull=False)),
            models.Index(name="archive_entry_by_household", fields=["household"]),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.document_id}"

    @transition(field=state, source=ArchiveState.WAITING, target=ArchiveState.SENT)
    def send(self, *, at: datetime, look_at: datetime | None) -> None:
        self.sent_at = self.sent_at or at
        self.next_at, self.attempts, self.fault = look_at, 0, Fault.NONE

    @transition(field=state, source=ArchiveState.SENT, target=ArchiveState.WAITING)
    def lose(self, *, again_at: datetime | None) -> None:
        """They had it, and know nothing of it now."""
        self.next_at, self.fault = again_at, Fault.GARBLED

    @transition(field=state, source=[ArchiveState.WAITING, ArchiveState.SENT], target=ArchiveState.RECEIVED)
    def receive(self, *, at: datetime, case: str, record: str) -> None:
        self.sent_at = self.sent_at or at
        self.received_at, self.next_at, self.fault = at, None, Fault.NONE
        self.archive_case, self.archive_record = case, record

    @transition(field=state, source=[ArchiveState.WAITING, ArchiveState.SENT], target=ArchiveState.FAILED)
    def fail(self, *, fault: Fault) -> None:
        self.fault, self.next_at = fault, None

    @transition(field=state, source=[ArchiveState.WAITING, ArchiveState.SENT], target=ArchiveState.REJECTED)
    def reject(self, *, fault: Fault) -> None:
        self.fault, self.next_at = fault, None

    @transition(
        field=state,
        source=[ArchiveState.FAILED, ArchiveState.REJECTED],
        target=ArchiveState.WAITING,
    )
    def wait_again(self, *, at: datetime) -> None:
        self.next_at, self.attempts, self.sent_at = at, 0, None
