"""A letter as it goes to somebody: in their language, to their name, and without a place where none may be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from cases.letters import Letter, Letterhead
from cases.locating import locating
from cases.recipients import Addressed, Recipient, Standing
from people.models import Household
from people.refusals import Refusal

L = TypeVar("L", bound=Letter)

#: What a letter may say of where somebody lives, by the fields that say it.
_OF_PLACES = ("place", "place_address", "room")


class TellsPlace(Refusal):
    """Somebody's address is protected, and the letter would name a place."""


def by_language(found: Addressed) -> dict[str, list[Recipient]]:
    """The recipients of each letter to be written: one letter a language."""
    letters: dict[str, list[Recipient]] = {}
    for one in found.recipients:
        letters.setdefault(one.language, []).append(one)
    return letters


def letter_to(letter: L, recipients: Sequence[Recipient], *, household: Household, tells_place: bool) -> L:
    """The letter to the first of the recipients, with the others as copies.

    Where no place may be told it comes from the municipality and not from an office, and names no provider, room or
    address.

    :param recipients: of one language, at least one
    :raises TellsPlace: when somebody has written a word in it that tells where they live or are followed
    """
    first = recipients[0]
    addressed = replace(
        letter,
        language=first.language,
        recipient=", ".join(part for part in (first.name, first.organisation) if part),
        recipient_address=tuple(line.strip() for line in first.address.split(",") if line.strip()),
        acts_for=first.on_behalf_of,
        acts_as="" if first.standing is Standing.PARTY else first.standing.value,
        copies=tuple(one.name for one in recipients[1:]),
        is_interpreted=any(one.explaining is not None for one in recipients),
    )
    return addressed if tells_place else _without_place(addressed, household)


def _without_place(letter: L, household: Household) -> L:
    blank: dict[str, Any] = {name: "" for name in _OF_PLACES if hasattr(letter, name)}
    office = Letterhead(unit=letter.sender.municipality, municipality=letter.sender.municipality)
    told = replace(letter, sender=replace(office, logo=letter.sender.logo), recipient_address=(), **blank)
    said = [text for text in _texts(told) if text != told.sender.municipality]
    if found := locating(said, _places_of(household)):
        raise TellsPlace(
            _("The address is protected, and the letter names %(place)s: take it out.") % {"place": found[0]}
        )
    return told


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
    for residence in household.residences.select_related("provider", "room", "dwelling"):
        for place in (residence.provider, residence.dwelling, residence.room):
            words += [getattr(place, "name", ""), getattr(place, "address", "")]
    for one in household.responsibilities.select_related("unit"):
        words += [one.unit.name, one.unit.address]
    for shared in household.co_responsibilities.select_related("unit"):
        words += [shared.unit.name, shared.unit.address]
    return [word for word in words if word]
