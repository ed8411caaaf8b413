"""What stands around every letter: whom it is from, whom it is for, who signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

#: Languages that every letter has a template and its wording in: bokmål, nynorsk and English.
LETTER_LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True)
class Letterhead:
    """The unit that writes, as its letterhead says (brevhode), with the municipality's own standard texts of the day.

    `logo` is a PNG or JPEG, printed above the unit's name; `version` tells which standard texts these are.
    """

    unit: str
    municipality: str
    address: str = ""
    phone: str = ""
    logo: bytes = b""
    opening: str = ""
    closing: str = ""
    signature: str = ""
    version: str = ""


@dataclass(frozen=True)
class Official:
    """Somebody at the unit who puts their name to a letter. The phone is their own or the unit's."""

    name: str
    title: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What every letter prints. No national id and no birth date: sosialtjenesteloven § 44.

    An empty `recipient` goes to the reference. `recipient_address` is by lines; none for whoever is protected.
    `acts_for` is whom the recipient acts for, and `acts_as` one of `ACTS_AS`. `copies` are who else gets it, by name.
    `is_interpreted`: somebody explains the letter with an interpreter. A draft says that it is one, on every page.
    """

    template: ClassVar[str] = ""
    #: what the reference is called, by its code in the common words
    reference_word: ClassVar[str] = "reference"
    #: what a draft says that it is, by its code in the common words
    draft_word: ClassVar[str] = "draft"

    language: str
    reference: str
    sender: Letterhead
    issued_on: date
    recipient: str = ""
    recipient_address: tuple[str, ...] = ()
    acts_for: str = ""
    acts_as: str = ""
    copies: tuple[str, ...] = ()
    is_interpreted: bool = False
    caseworker: Official | None = None
    responsible: Official | None = None
    is_draft: bool = False

    @property
    def heading(self) -> str:
        """The code of its title in the wording."""
        return self.template.removesuffix(".html")


#: As what a recipient may act for somebody: verge, fullmektig, foreldreansvar.
ACTS_AS = ("guardian", "agent", "parent")
