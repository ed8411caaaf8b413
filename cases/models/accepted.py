from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household


class AcceptedFindingQuerySet(models.QuerySet["AcceptedFinding"]):
    def on(self, day: date) -> Self:
        """In force that day: neither run out nor taken back."""
        return self.filter(withdrawn_on__isnull=True, until__gte=day)


@tracked()
class AcceptedFinding(models.Model):
    """Somebody answers for that a lack stands, until a day (akseptert funn).

    It holds one finding as it was: its check, its subject and the day it counted from. With other facts it is another
    finding, and stands open again.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="accepted_findings")
    check_number = models.CharField(max_length=3)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    since = models.DateField()
    reason = models.CharField(_("reason"), max_length=500)
    until = models.DateField(_("accepted until"))
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = AcceptedFindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accepted_finding_names_a_check", condition=Q(check_number__regex=r"^L[0-9]{2}$")
            ),
            models.CheckConstraint(
                name="accepted_finding_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why it is accepted."),
            ),
            models.CheckConstraint(name="accepted_finding_lasts_past_its_start", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(
                name="accepted_finding_withdrawn_has_day_and_person",
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="accepted_finding_once",
                fields=["household", "check_number", "subject_kind", "subject_id", "since", "until"],
                condition=Q(withdrawn_on__isnull=True),
                violation_error_message=_("This is already accepted until that day."),
            ),
        ]

    @property
    def key(self) -> tuple[int, str, str, int, date]:
        """As `Finding.key`."""
        return (self.household_id, self.check_number, self.subject_kind, self.subject_id, self.since)

    def __str__(self) -> str:
        return f"{self.check_number} {self.household_id}"
