from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.appeal import Appeal
from people.history import tracked
from people.models import Employee, Household, Unit


@tracked()
class AppealGround(models.Model):
    """One ground of an appeal in the appellant's words (klagegrunn), and the unit's own assessment of it."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="grounds")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("ground"))
    assessment = models.TextField(_("our assessment"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="appeal_ground_number_once", fields=["appeal", "number"]),
            models.CheckConstraint(name="appeal_ground_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id}/{self.number}"


@tracked()
class AppealDocument(models.Model):
    """A line of the list of documents that went with a forwarded appeal (dokumentliste). `title` names nobody."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="listed")
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    dated = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="appeal_document_number_once", fields=["appeal", "number"]),
            models.UniqueConstraint(name="appeal_document_listed_once", fields=["appeal", "source"]),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id}/{self.number}"


class AppealHandedOn(models.Model):
    """An appeal lodged here that belongs elsewhere, handed on with a trace (videresendt klage). Never changed.

    What counts against its time is the day it was lodged here: forvaltningsloven section 11 on guidance.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="appeals_handed_on")
    received_on = models.DateField(_("received"))
    about = models.TextField(_("what it is about"))
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_body = models.CharField(_("other municipality or service"), max_length=200, blank=True)
    reason = models.CharField(_("why it belongs there"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appeal_handed_on_to_one_place",
                condition=Q(to_unit__isnull=False, to_body="") | (Q(to_unit__isnull=True) & ~Q(to_body="")),
                violation_error_message=_("Choose a unit, or write which other municipality or service."),
            ),
            models.CheckConstraint(name="appeal_handed_on_says_what_and_why", condition=~Q(about="") & ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.at:%Y-%m-%d}"

    @property
    def to(self) -> str:
        """Where it went, in words."""
        return self.to_unit.name if self.to_unit is not None else self.to_body
