from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.employee import Employee
from people.models.household import Household
from people.models.person import Person


class SpecialClass(models.TextChoices):
    """What makes a note one of its own class (K4)."""

    DRUGS = "drugs", _("Drugs")
    VIOLENCE = "violence", _("Violence")
    HEALTH = "health", _("Health")
    CHILD_PROTECTION = "child_protection", _("Child protection")
    PRISON = "prison", _("Prison")


class SpecialNote(models.Model):
    """A note on drugs, violence, health, child protection or prison (særlig notat): class K4. Appended, never changed.

    Read by those on the case, and by others of the unit and by leaders with a reason; every reading is logged.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="special_notes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="special_notes")
    note_class = models.CharField(_("about"), max_length=20, choices=SpecialClass)
    text = models.TextField(_("note"), max_length=4000)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="special_note_class_is_known", condition=Q(note_class__in=SpecialClass.values)),
            models.CheckConstraint(name="special_note_says_something", condition=~Q(text="")),
        ]
        indexes = [models.Index(name="special_note_by_household", fields=["household", "-at"])]

    def __str__(self) -> str:
        return f"{self.note_class} {self.household_id}"
