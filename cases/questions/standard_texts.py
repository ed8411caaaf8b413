"""The municipality's own texts as they stand on a day, for letters and for whoever keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import StandardText, TextPlace
from people.models import Municipality

#: A place of a letter in one language, for one kind of letter or for all.
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Own:
    """The texts in use by their place, the logo, and the rows that they are, which tell the version."""

    texts: dict[str, str]
    logo: bytes
    rows: tuple[int, ...]


def own_words(municipality: Municipality, *, kind: str, language: str, on: date) -> Own:
    """What stands in a letter of that kind and language on a day: a text for the kind goes before one for all."""
    rows = municipality.standard_texts.on(on).filter(letter_kind__in=["", kind], language__in=["", language])
    return chosen(list(rows), kind=kind)


def chosen(rows: list[StandardText], *, kind: str) -> Own:
    """Of rows that have begun, the latest first, the one that is used in each place."""
    found: dict[str, StandardText] = {}
    for wanted in (kind, ""):
        for row in rows:
            if row.letter_kind == wanted and row.place not in found and _says(row, rows):
                found[row.place] = row
    texts = {place: row.text for place, row in found.items() if row.text}
    logo = found.get(TextPlace.LOGO)
    used = sorted(row.pk for row in found.values() if row.text or row.picture)
    return Own(texts=texts, logo=bytes(logo.picture) if logo else b"", rows=tuple(used))


def _says(row: StandardText, rows: list[StandardText]) -> bool:
    """Whether it is the latest of its place and kind; an empty one for a kind leaves the one for all in use."""
    latest = next(each for each in rows if (each.place, each.letter_kind) == (row.place, row.letter_kind))
    return latest is row and (bool(row.text or row.picture) or row.letter_kind == "")


_UNLESS_WRITTEN: dict[TextPlace, str | Promise] = {
    TextPlace.OPENING: _("No text"),
    TextPlace.CLOSING: _("No text"),
    TextPlace.LOGO: _("No picture"),
    TextPlace.SIGNATURE: _("The usual greeting"),
}


@dataclass(frozen=True)
class PlaceNow:
    """One place with what is said there on a day and what is to come."""

    place: TextPlace
    now: list[StandardText]
    ahead: list[StandardText]

    @property
    def unless_written(self) -> str | Promise:
        """What the letter has there when the municipality has written nothing."""
        return _UNLESS_WRITTEN.get(self.place, _("The unit's own"))


def places_of(municipality: Municipality, *, language: str, on: date) -> list[PlaceNow]:
    """Every place in one language, each kind of letter with its own text beside the one for all."""
    rows = _rows(municipality, language)
    return [
        PlaceNow(
            place=place,
            now=_latest([row for row in rows if row.place == place and row.starts_on <= on]),
            ahead=[row for row in rows if row.place == place and row.starts_on > on],
        )
        for place in TextPlace
    ]


def _rows(municipality: Municipality, language: str) -> list[StandardText]:
    texts: QuerySet[StandardText] = municipality.standard_texts.filter(language__in=["", language])
    return list(texts.select_related("written_by").order_by("-starts_on", "-pk"))


def _latest(rows: list[StandardText]) -> list[StandardText]:
    latest: dict[str, StandardText] = {}
    for row in rows:
        latest.setdefault(row.letter_kind, row)
    return [row for _kind, row in sorted(latest.items()) if row.text or row.picture]
