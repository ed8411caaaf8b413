from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.decision import Decision
from people.history import tracked
from people.models import Employee


class SourceKind(models.TextChoices):
    RESIDENCE = "residence", _("Where they have lived")
    MEMBER = "member", _("Member of the household")
    REQUEST = "request", _("Request")
    NEED = "need", _("Need")
    NOTE = "note", _("Note")
    PAPER = "paper", _("Paper taken in")
    RULE = "rule", _("Rule")


@tracked()
class ReasonSource(models.Model):
    """What one sentence of a decision's reason rests on (kilde i arbeidskopi): a fact of the case, or a rule.

    `sentence` is the fingerprint of its words: of a sentence written otherwise since, the row tells nothing. `ref` is
    the fact's number, or the code of the rule or legal basis. For the working copy alone; it never leaves the office.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="reason_sources")
    part = models.CharField(max_length=40)
    sentence = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=SourceKind)
    ref = models.CharField(max_length=40)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="reason_source_kind_is_known", condition=Q(kind__in=SourceKind.values)),
            models.UniqueConstraint(
                name="reason_source_once_a_sentence", fields=["decision", "part", "sentence", "kind", "ref"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.part} {self.kind} {self.ref}"
