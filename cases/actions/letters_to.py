"""The letters to everybody: one a language, and without a place where none may be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace

from django.utils.translation import gettext_lazy as _

from cases.letters import Letter
from cases.locating import locating
from cases.recipients import Addressed
from people.models import Household
from people.refusals import Refusal


class TellsPlace(Refusal):
    """Somebody's address is protected, and the letter would name a place."""


def by_language(found: Addressed) -> list[Addressed]:
    """The recipients of each letter to be written: one letter a language, that of the first recipient first."""
    languages = dict.fromkeys(one.language for one in found.recipients)
    return [
        replace(found, recipients=tuple(one for one in found.recipients if one.language == language))
        for language in languages
    ]


def refuse_places(letters: Iterable[Letter], household: Household) -> None:
    """Stop letters to somebody protected in which a word tells where they live or have lived, or who follows them.

    :raises TellsPlace: naming the word
    """
    municipality = household.municipality.name
    said = [text for letter in letters for text in _texts(letter) if text != municipality]
    for place in locating(said, _places_of(household)):
        raise TellsPlace(_("The address is protected, and the letter names %(place)s: take it out.") % {"place": place})


def _texts(value: object) -> Iterator[str]:
    """Every text that a letter prints, those inside its parts too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _texts(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))


def _places_of(household: Household) -> list[str]:
    """Names and addresses of every place the household has had, and of every office that has followed it."""
    words: list[str] = []
    for residence in household.residences.select_related("provider", "dwelling"):
        for place in (residence.provider, residence.dwelling):
            words += [getattr(place, "name", ""), getattr(place, "address", "")]
    for one in household.responsibilities.select_related("unit"):
        words += [one.unit.name, one.unit.address]
    for shared in household.co_responsibilities.select_related("unit"):
        words += [shared.unit.name, shared.unit.address]
    return [word for word in words if word]
