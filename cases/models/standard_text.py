from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.document import DocumentKind
from people.history import tracked
from people.models import Employee, Language, Municipality


class TextPlace(models.TextChoices):
    """Where in a letter a municipality's own text stands. There is no place for the text on appeal: the law has it."""

    NAME = "name", _("Letterhead: name of the office")
    ADDRESS = "address", _("Letterhead: address")
    PHONE = "phone", _("Letterhead: telephone")
    OPENING = "opening", _("After the outcome")
    CLOSING = "closing", _("Before the greeting")
    SIGNATURE = "signature", _("Greeting")
    LOGO = "logo", _("Letterhead: logo")


#: The letters that a text may be kept to, by the codes of `DocumentKind`; empty is all of them.
LETTER_KINDS = (
    "decision",
    "preliminary",
    "delay",
    "information_request",
    "forwarding",
    "appeal_received",
    "appeal_outcome",
    "statement",
    "plan",
    "minutes",
    "lease",
    "offer",
)


class StandardTextQuerySet(models.QuerySet["StandardText"]):
    def on(self, day: date) -> Self:
        """Those begun, the latest first. The first of each place, language and kind is the one in use."""
        return self.filter(starts_on__lte=day).order_by("-starts_on", "-pk")


@tracked(exclude=["picture"])
class StandardText(models.Model):
    """A municipality's own words in its letters from a day on (standardtekst): letterhead, opening, closing, greeting.

    The latest one begun is in use; an empty text takes an earlier one out of use. What is in use never changes: a new
    text is a new row. A logo is a picture and has no language.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="standard_texts")
    place = models.CharField(_("place in the letter"), max_length=10, choices=TextPlace)
    letter_kind = models.CharField(_("letters"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    text = models.TextField(_("text"), blank=True)
    picture = models.BinaryField(default=b"")
    starts_on = models.DateField(_("from"))
    written_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = StandardTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="standard_text_place_is_known", condition=Q(place__in=TextPlace.values)),
            models.CheckConstraint(
                name="standard_text_letter_kind_is_known", condition=Q(letter_kind__in=["", *LETTER_KINDS])
            ),
            models.CheckConstraint(
                name="standard_text_language_is_known",
                condition=Q(place="logo", language="") | (~Q(place="logo") & Q(language__in=Language.values)),
            ),
            models.CheckConstraint(
                name="standard_text_picture_is_the_logo_s", condition=Q(place="logo", text="") | Q(picture=b"")
            ),
            models.UniqueConstraint(
                name="standard_text_one_a_day",
                fields=["municipality", "place", "letter_kind", "language", "starts_on"],
                violation_error_message=_("There is already a text in this place from that day: choose a later day."),
            ),
        ]

    @property
    def kind_label(self) -> str:
        """The letters that it is kept to, in words."""
        return str(DocumentKind(self.letter_kind).label)

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.place} {self.language} {self.starts_on}"
