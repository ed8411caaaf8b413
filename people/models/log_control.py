"""What a leader found when the reads of a month were gone through."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.employee import Employee
from people.models.unit import Unit


class FindingOutcome(models.TextChoices):
    EXPLAINED = "explained", _("Explained")
    FOLLOW_UP = "follow_up", _("To be followed up")


_SIGNED_STANDS = """
    IF EXISTS (SELECT 1 FROM people_logcontrol c WHERE c.unit_id = NEW.unit_id AND c.month = NEW.month) THEN
        RAISE EXCEPTION 'the month is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_mark_not_in_a_signed_month';
    END IF;
    RETURN NULL;
"""


class FindingMark(models.Model):
    """What a leader made of one finding of the monthly log control (vurdering av funn). Appended; the newest counts.

    A finding is about what one employee read of one household, about one employee, or about one household. Household
    is a plain value, as in the read log. `signs` and `weight` tell what was found when it was marked.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="finding_marks")
    month = models.DateField(help_text="the first day of the month")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    household_id = models.BigIntegerField(null=True)
    signs = models.JSONField(default=list)
    weight = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=FindingOutcome)
    note = models.CharField(_("note"), max_length=500)
    marked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="finding_mark_outcome_is_known", condition=Q(outcome__in=FindingOutcome.values)
            ),
            models.CheckConstraint(name="finding_mark_is_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="finding_mark_is_about_somebody",
                condition=Q(employee__isnull=False) | Q(household_id__isnull=False),
            ),
            models.CheckConstraint(
                name="finding_mark_says_why",
                condition=~Q(note=""),
                violation_error_message=_("Write what explains it, or what is to be done."),
            ),
            models.CheckConstraint(
                name="finding_mark_is_by_somebody_else",
                condition=Q(employee__isnull=True) | ~Q(employee=F("marked_by")),
                violation_error_message=_("Somebody else must look at what you have read yourself."),
            ),
        ]
        indexes = [models.Index(name="finding_mark_by_month", fields=["unit", "month"])]
        triggers = [
            pgtrigger.Trigger(
                name="signed_stands",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_SIGNED_STANDS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month} {self.outcome}"


class LogControl(models.Model):
    """A leader went through the reads of a unit and a month (månedlig loggkontroll). Once, and never changed.

    With the numbers as they were: reads, findings, those to be followed up, and those about the signer's own reads,
    which somebody else must look at.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="log_controls")
    month = models.DateField(help_text="the first day of the month")
    reads = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()
    followed_up = models.PositiveIntegerField()
    left_to_others = models.PositiveIntegerField()
    note = models.TextField(_("note"), blank=True)
    signed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="log_control_signed_once",
                fields=["unit", "month"],
                violation_error_message=_("The month is already signed."),
            ),
            models.CheckConstraint(name="log_control_is_of_a_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"


#: Rules a trigger guards, with the sentence a refused person reads.
TRIGGER_MESSAGES = {
    "finding_mark_not_in_a_signed_month": _("The month is signed: what was found stands as it was."),
}
