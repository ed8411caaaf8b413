from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from people.history import tracked
from people.models import Employee


@tracked()
class CalendarFeed(models.Model):
    """An employee's secret address by which a calendar fetches the days of their tasks (kalenderabonnement).

    Kept as the SHA-256 of the secret: nobody can read the address out of the database. It tells kinds and numbers of
    tasks, never whom they are about.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="calendar_feeds")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="calendar_feed_one_live_an_employee", fields=["employee"], condition=Q(stopped_at__isnull=True)
            ),
            models.CheckConstraint(
                name="calendar_feed_keeps_no_secret", condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="calendar_feed_stopped_after_it_was_made",
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("made_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.made_at:%Y-%m-%d}"
