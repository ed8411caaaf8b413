from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.decision import Decision
from people.history import tracked
from people.models import Employee, Household, Language, Unit


class DocumentKind(models.TextChoices):
    DECISION = "decision", _("Decision letter")
    REQUISITION = "requisition", _("Requisition")
    CORRECTION = "correction", _("Corrected decision letter")
    PRELIMINARY = "preliminary", _("Preliminary answer")
    DELAY = "delay", _("Delay notice")
    INFORMATION_REQUEST = "information_request", _("Request for information")
    FORWARDING = "forwarding", _("Request forwarded")
    APPEAL_RECEIVED = "appeal_received", _("Appeal received")
    APPEAL_OUTCOME = "appeal_outcome", _("Outcome of an appeal")
    STATEMENT = "statement", _("Statement to the body of appeal")
    PLAN = "plan", _("Plan")
    MINUTES = "minutes", _("Minutes of a meeting")
    LEASE = "lease", _("Information on the lease")
    OFFER = "offer", _("Offer of a dwelling")
    COOPERATION = "cooperation", _("Co-operation letter to a landlord")
    INFORMATION = "information", _("Information letter")


#: Letters that a decision has once in each language.
ONCE_A_DECISION = [DocumentKind.DECISION, DocumentKind.REQUISITION]


@tracked(exclude=["content"])
class Document(models.Model):
    """A letter as it was printed (dokument): PDF/A bytes with their SHA-256, template version and language.

    `number` counts the household's letters. `tells_place`: whether it names where somebody stays, and so is masked with
    the place. `version` tells template, stylesheet and the municipality's standard texts.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    language = models.CharField(max_length=2, choices=Language)
    template_version = models.CharField(max_length=20)
    tells_place = models.BooleanField(default=False)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="document_once_a_decision",
                fields=["decision", "kind", "language"],
                condition=Q(kind__in=ONCE_A_DECISION),
            ),
            models.UniqueConstraint(name="document_number_once_a_household", fields=["household", "number"]),
            models.CheckConstraint(name="document_kind_is_known", condition=Q(kind__in=DocumentKind.values)),
            models.CheckConstraint(name="document_language_is_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(
                name="document_of_a_decision_names_it",
                condition=~Q(kind__in=["decision", "requisition", "correction"]) | Q(decision__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id}/{self.number}"
