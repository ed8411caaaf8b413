"""Everything that a letter prints, gathered before it is printed. Pure: standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

#: Languages that every letter has a template in: bokmål and nynorsk.
LETTER_LANGUAGES = ("nb", "nn")


@dataclass(frozen=True)
class Sender:
    """The unit that writes, as its letterhead says."""

    unit: str
    municipality: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Official:
    """Somebody at the unit who puts their name to a letter. The phone is their own or the unit's."""

    name: str
    title: str = ""
    phone: str = ""


@dataclass(frozen=True)
class DecisionLetter:
    """The letter of a decision on temporary accommodation (vedtak om midlertidig botilbud).

    The period is half-open: `ends_on` is the day to move out. `told_at` is when it was given by word of mouth, in the
    municipality's own time. No national id and no birth date: sosialtjenesteloven § 44.
    """

    template: ClassVar[str] = "decision.html"

    language: str
    reference: str
    sender: Sender
    recipient: str
    issued_on: date
    told_at: datetime | None
    starts_on: date
    ends_on: date
    place: str
    place_address: str
    room: str
    persons: int
    facts: str
    considerations: str
    start_reason: str
    child_interest: str
    user_view: str
    caseworker: Official
    responsible: Official

    @property
    def nights(self) -> int:
        return (self.ends_on - self.starts_on).days


@dataclass(frozen=True)
class Requisition:
    """The order to a provider with the guarantee of payment (rekvisisjon), and no needless data.

    `guest` is the one who checks in; empty when nobody may be named, and then the reference is what they say at the
    desk. Prices in kroner; a price of 0 is one agreed elsewhere.
    """

    template: ClassVar[str] = "requisition.html"

    language: str
    reference: str
    sender: Sender
    provider: str
    provider_address: str
    issued_on: date
    starts_on: date
    ends_on: date
    room: str
    guest: str
    persons: int
    price_a_night: int
    contact: Official

    @property
    def nights(self) -> int:
        return (self.ends_on - self.starts_on).days

    @property
    def most(self) -> int:
        """The most that is guaranteed for, in kroner."""
        return self.nights * self.price_a_night


@dataclass(frozen=True)
class PackageSection:
    """A heading with its rows, each a tuple of (what, value) in the letter's language."""

    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class AccessLetter:
    """What is kept on a person, for the person (svar på innsynskrav): personvernforordningen article 15.

    `read_by`: rows of day, role, unit, how, what for and how often. Without `tells_places` the letter says that no
    place stands in it, because the address is protected.
    """

    template: ClassVar[str] = "access.html"

    language: str
    reference: str
    sender: Sender
    recipient: str
    received_on: date
    issued_on: date
    sections: tuple[PackageSection, ...]
    read_by: tuple[tuple[str, ...], ...]
    tells_places: bool


@dataclass(frozen=True)
class CorrectionLetter:
    """The refusal to correct something (avslag på rettingskrav): personvernforordningen articles 12 (4) and 16."""

    template: ClassVar[str] = "correction.html"

    language: str
    reference: str
    sender: Sender
    recipient: str
    received_on: date
    issued_on: date
    about: str
    refusal: str


Letter = DecisionLetter | Requisition | AccessLetter | CorrectionLetter
