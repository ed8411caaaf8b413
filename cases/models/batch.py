from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases.models.document import Document
from cases.models.request import Request
from people.history import tracked
from people.models import Employee, Household, Language, Unit


class BatchKind(models.TextChoices):
    """Which letter goes to whom."""

    PRELIMINARY = "preliminary", _("Preliminary answer to those who wait")
    WITHOUT_PLAN = "without_plan", _("Ask those without a housing plan")
    IN_TEMPORARY = "in_temporary", _("Ask everybody in temporary accommodation")


class BatchItemState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Sent")
    REFUSED = "refused", _("Could not be sent")


@tracked()
class LetterBatch(models.Model):
    """One letter to many households, made by the worker one at a time (masseutsending)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letter_batches")
    kind = models.CharField(max_length=15, choices=BatchKind)
    #: what the letters say: the same to all, so nothing about anybody
    reason = models.TextField(blank=True)
    needed = models.TextField(blank=True)
    consequence = models.TextField(blank=True)
    due_on = models.DateField()
    language = models.CharField(max_length=2, choices=Language, blank=True)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="letter_batches")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    #: when whoever made it saw that it was finished
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="letter_batch_kind_is_known", condition=Q(kind__in=BatchKind.values)),
            models.CheckConstraint(
                name="letter_batch_language_is_known", condition=Q(language__in=["", *Language.values])
            ),
            models.CheckConstraint(name="letter_batch_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="letter_batch_seen_after_it_is_finished",
                condition=Q(seen_at__isnull=True) | Q(finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


@tracked()
class LetterBatchItem(ConcurrentTransitionMixin, models.Model):
    """One household's letter of a batch (post i masseutsending): waiting, sent, or why it could not be."""

    batch = models.ForeignKey(LetterBatch, on_delete=models.PROTECT, related_name="items")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="letter_batch_items")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = FSMField(max_length=10, choices=BatchItemState, default=BatchItemState.WAITING, protected=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refusal = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="letter_batch_item_once_a_household", fields=["batch", "household"]),
            models.CheckConstraint(
                name="letter_batch_item_state_is_known", condition=Q(state__in=BatchItemState.values)
            ),
            models.CheckConstraint(
                name="letter_batch_item_done_has_its_letter",
                condition=Q(state="waiting", document__isnull=True, refusal="", done_at__isnull=True)
                | Q(state="done", document__isnull=False, refusal="", done_at__isnull=False)
                | (Q(state="refused", document__isnull=True, done_at__isnull=False) & ~Q(refusal=""))
                | ~Q(state__in=BatchItemState.values),
            ),
        ]
        indexes = [models.Index(name="letter_batch_item_waiting", fields=["batch", "id"], condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.household_id} {self.state}"

    @transition(field=state, source=BatchItemState.WAITING, target=BatchItemState.DONE)
    def finish(self, document: Document, *, at: datetime) -> None:
        self.document, self.done_at = document, at

    @transition(field=state, source=BatchItemState.WAITING, target=BatchItemState.REFUSED)
    def refuse(self, sentence: str, *, at: datetime) -> None:
        self.refusal, self.done_at = sentence, at
