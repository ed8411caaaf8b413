from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.employee import Employee

#: A reason shorter than this says nothing.
SHORTEST_REASON = 10


class ExportKind(models.TextChoices):
    """What was taken out."""

    FIGURE = "figure", _("Households behind a figure")
    READ_LOG = "read_log", _("Who has read a household")
    INSPECTION = "inspection", _("Inspection")
    LETTERS = "letters", _("Letters to many")
    ACCESS = "access", _("Access for the person")


class ExportEntry(models.Model):
    """One file with personal data that left the system (eksportregister): who, what, why. Appended, never changed.

    `rows` is the number of lines in it; `sha256` of its bytes, in hexadecimal, tells it again.
    """

    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=ExportKind)
    reason = models.CharField(_("reason"), max_length=300)
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="export_entry_kind_is_known", condition=Q(kind__in=ExportKind.values)),
            models.CheckConstraint(
                name="export_entry_says_why",
                condition=Q(reason__regex=rf"\S.{{{SHORTEST_REASON - 2},}}\S"),
                violation_error_message=_("Write why, in at least ten characters."),
            ),
            models.CheckConstraint(name="export_entry_tells_its_file", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]
        indexes = [models.Index(name="export_entry_by_employee", fields=["by", "-at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.rows}"
