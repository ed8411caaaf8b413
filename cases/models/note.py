from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Household, Person, SpecialClass

#: How far ahead of the clock a note may say that something happened: the two clocks need not agree.
_SLACK = timedelta(minutes=5)


class NoteKind(models.TextChoices):
    """What a note is of (notattype)."""

    PHONE = "phone", _("Phone call")
    MEETING = "meeting", _("Meeting")
    HOME_VISIT = "home_visit", _("Home visit")
    CONVERSATION = "conversation", _("Conversation")
    MESSAGE = "message", _("E-mail or letter received")
    ASSESSMENT = "assessment", _("Assessment")
    OTHER = "other", _("Something else")


class NoteClass(models.TextChoices):
    """How confidential a note is (fortrolighetsgrad)."""

    ORDINARY = "ordinary", _("Ordinary")
    #: on drugs, violence, health, child protection or prison (K4)
    SPECIAL = "special", _("Special: drugs, violence, health, child protection or prison")
    #: organinternt dokument, forvaltningsloven section 18 a: the party has no right to see it
    INTERNAL = "internal", _("Internal working document")


class NoteQuerySet(models.QuerySet["Note"]):
    def classed(self) -> Self:
        """With `class_now`: the confidentiality of the newest correction, else the note's own."""
        newest = NoteCorrection.objects.filter(note=OuterRef("pk")).order_by("-pk").values("note_class")[:1]
        return self.annotate(class_now=Coalesce(Subquery(newest), F("note_class")))

    def special(self) -> Self:
        return self.classed().filter(class_now=NoteClass.SPECIAL)


class Note(models.Model):
    """A note in the journal (notat): what happened, when, and who took part. Appended, never changed.

    A correction stands beside it and strikes it out. One of a special kind (K4) is read through the door of special
    notes and is nothing to anybody else. `person` is the member it is about, none when about all.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="notes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    kind = models.CharField(_("kind"), max_length=15, choices=NoteKind)
    note_class = models.CharField(_("confidentiality"), max_length=10, choices=NoteClass, default=NoteClass.ORDINARY)
    special_about = models.CharField(_("about"), max_length=20, choices=SpecialClass, blank=True)
    tells_place = models.BooleanField(default=False)
    happened_at = models.DateTimeField(_("when it happened"))
    participants = models.CharField(_("who took part"), max_length=500, blank=True)
    text = models.TextField(_("note"), max_length=8000)
    decision = models.ForeignKey("cases.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    task = models.ForeignKey("cases.Task", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    request = models.ForeignKey("cases.Request", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    #: annotated by `classed`
    class_now: str

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="note_kind_is_known", condition=Q(kind__in=NoteKind.values)),
            models.CheckConstraint(name="note_class_is_known", condition=Q(note_class__in=NoteClass.values)),
            models.CheckConstraint(
                name="note_of_a_special_kind_says_which",
                condition=Q(note_class="special", special_about__in=SpecialClass.values)
                | (~Q(note_class="special") & Q(special_about="")),
                violation_error_message=_("Say what the special note is about."),
            ),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="note_is_of_what_has_happened",
                condition=Q(happened_at__lte=F("at") + _SLACK),
                violation_error_message=_("A note tells of what has happened."),
            ),
        ]
        indexes = [models.Index(name="note_by_household", fields=["household", "-at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id}"


class NoteCorrection(models.Model):
    """What a note should have said (retting av notat): the words before stay, struck out. Appended, never changed.

    An empty text strikes the note out and puts nothing in its place.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(_("note"), max_length=8000, blank=True)
    note_class = models.CharField(_("confidentiality"), max_length=10, choices=NoteClass)
    reason = models.CharField(_("why it is corrected"), max_length=300)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="note_correction_class_is_known", condition=Q(note_class__in=NoteClass.values)),
            models.CheckConstraint(name="note_correction_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.at}"
