from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cases.letters.contents.frame import Letter


@dataclass(frozen=True)
class PackageSection:
    """A heading with its rows, each a tuple of (what, value) in the letter's language."""

    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, kw_only=True)
class AccessLetter(Letter):
    """What is kept on a person, for the person (svar på innsynskrav): personvernforordningen article 15.

    `read_by`: rows of day, role, unit, how, what for and how often. Without `tells_places` the letter says that no
    place stands in it, because the address is protected.
    """

    template: ClassVar[str] = "access.html"

    received_on: date
    sections: tuple[PackageSection, ...]
    read_by: tuple[tuple[str, ...], ...]
    tells_places: bool


@dataclass(frozen=True, kw_only=True)
class CorrectionLetter(Letter):
    """The refusal to correct something (avslag på rettingskrav): personvernforordningen articles 12 (4) and 16."""

    template: ClassVar[str] = "correction.html"

    received_on: date
    about: str
    refusal: str
