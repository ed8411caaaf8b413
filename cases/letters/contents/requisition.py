from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cases.letters.contents.frame import Letter, Official


@dataclass(frozen=True, kw_only=True)
class Requisition(Letter):
    """The order to a provider with the guarantee of payment (rekvisisjon), and no needless data.

    `guest` is the one who checks in; empty when nobody may be named, and then the reference is what they say at the
    desk. Prices in kroner; a price of 0 is one agreed elsewhere.
    """

    template: ClassVar[str] = "requisition.html"
    reference_word: ClassVar[str] = "invoice_reference"

    provider: str
    provider_address: str
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
