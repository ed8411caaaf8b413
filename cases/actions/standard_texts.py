"""Keeping the municipality's own texts in letters: from a day on, never backwards, and never the text on appeal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.letters import LETTER_LANGUAGES
from cases.letters.own_words import faults_of, field_names
from cases.models import LETTER_KINDS, StandardText, TextPlace
from people.access import units_with
from people.models import Employee, Municipality
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act
from people.uploads import MediaType, TakenIn

#: Letters of each place, at most: what stands in the letterhead is one line.
LONGEST = {
    TextPlace.NAME: 100,
    TextPlace.ADDRESS: 200,
    TextPlace.PHONE: 40,
    TextPlace.OPENING: 2000,
    TextPlace.CLOSING: 2000,
    TextPlace.SIGNATURE: 100,
}
#: bytes of a logo, which stands in every letter
LARGEST_LOGO = 200_000


class CannotWrite(Refusal):
    """The text cannot stand in a letter."""


@dataclass(frozen=True, kw_only=True)
class NewText:
    """A text for a place from a day on. An empty text takes the earlier one out of use."""

    place: TextPlace
    language: str
    text: str
    starts_on: date
    letter_kind: str = ""


@act
def write_standard_text(*, municipality_id: str, new: NewText, by: Employee, at: datetime) -> StandardText:
    """Let a text stand in the municipality's letters from a day on, as a leader there.

    :raises CannotWrite: with a field that is not known, in a place that is not there, too long, or backwards
    """
    municipality = _led(municipality_id, by=by, at=at)
    refuse_faults(new, on=localdate(at))
    return StandardText.objects.create(
        municipality=municipality,
        place=new.place,
        letter_kind=new.letter_kind,
        language=new.language,
        text=new.text.strip(),
        starts_on=new.starts_on,
        written_by=by,
        written_at=at,
    )


@act
def set_logo(
    *, municipality_id: str, file: TakenIn | None, starts_on: date, by: Employee, at: datetime
) -> StandardText:
    """Let a picture stand above the letterhead from a day on; without one, no picture.

    :raises CannotWrite: when it is no picture, too large, or backwards
    """
    municipality = _led(municipality_id, by=by, at=at)
    if file is not None and file.media_type not in (MediaType.PNG, MediaType.JPEG):
        raise CannotWrite(_("A logo is a picture: PNG or JPEG."), field="file")
    if file is not None and len(file.content) > LARGEST_LOGO:
        raise CannotWrite(_("The logo is larger than 200 kB: it stands in every letter."), field="file")
    _refuse_backwards(starts_on, on=localdate(at))
    return StandardText.objects.create(
        municipality=municipality,
        place=TextPlace.LOGO,
        picture=file.content if file else b"",
        starts_on=starts_on,
        written_by=by,
        written_at=at,
    )


@act
def withdraw_standard_text(*, text_id: int, by: Employee, at: datetime) -> None:
    """Take back a text that has not begun. What has stood in letters stays.

    :raises CannotWrite: when it has begun
    """
    found = StandardText.objects.select_for_update(no_key=True).filter(pk=text_id).first()
    if found is None:
        raise Http404
    _led(found.municipality_id, by=by, at=at)
    if found.starts_on <= localdate(at):
        raise CannotWrite(_("The text is in use: write a new one from a later day instead."))
    found.delete()


def refuse_faults(new: NewText, *, on: date) -> None:
    """Stop what cannot stand in a letter, naming the field that is not known.

    :raises CannotWrite: as the name says
    """
    if new.place not in LONGEST or new.letter_kind not in ("", *LETTER_KINDS):
        raise CannotWrite(_("There is no such place in a letter."), field="place")
    if new.language not in LETTER_LANGUAGES:
        raise CannotWrite(_("There is no letter in that language."), field="language")
    _refuse_backwards(new.starts_on, on=on)
    longest = LONGEST[new.place]
    if len(new.text.strip()) > longest:
        raise CannotWrite(_("At most %(n)s letters in this place.") % {"n": longest}, field="text")
    faults = faults_of(new.text, new.language)
    if faults.unknown:
        sentence = ngettext_lazy(
            "There is no field %(unknown)s. Known are: %(known)s.",
            "There are no fields %(unknown)s. Known are: %(known)s.",
            len(faults.unknown),
        )
        told = {"unknown": _braced(faults.unknown), "known": _braced(field_names(new.language))}
        raise CannotWrite(sentence % told, field="text")
    if faults.has_stray_braces:
        raise CannotWrite(_("Braces stand only around a field, two on each side."), field="text")


def _refuse_backwards(starts_on: date, *, on: date) -> None:
    if starts_on < on:
        raise CannotWrite(_("What stood in letters before stays: choose today or later."), field="starts_on")


def _led(municipality_id: str, *, by: Employee, at: datetime) -> Municipality:
    """:raises PermissionDenied: for whoever leads no unit of the municipality"""
    if not units_with(by, Permission.LEAD, at=at).filter(municipality=municipality_id).exists():
        raise PermissionDenied
    return Municipality.objects.get(pk=municipality_id)


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in names)
