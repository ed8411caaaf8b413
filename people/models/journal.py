from __future__ import annotations

from django.db import models

from people.models.employee import Employee


class JournalEntry(models.Model):
    """What was done, by whom, when and why (journal). Appended in the act's own transaction, never changed.

    Household and subject are plain values: the journal outlives what it tells of. `on` is the day the act concerns,
    `at` the moment it was written. `details` holds the act's dated facts as JSON, without names or national ids.
    """

    household_id = models.BigIntegerField()
    act = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(name="journal_by_household", fields=["household_id", "-at", "-id"])]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind} {self.subject_id}"


class FormKey(models.Model):
    """A form that was sent, so that sending it twice has one effect (engangsnokkel)."""

    key = models.UUIDField(primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField()
    #: where the first sending led, so that the second leads there too
    answer = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.key)
