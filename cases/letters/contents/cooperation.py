from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cases.letters.contents.frame import Letter, Official


@dataclass(frozen=True, kw_only=True)
class CooperationLetter(Letter):
    """To a private landlord (samarbeidsbrev): whom to call about a tenancy, and what the municipality stands good for.

    Sent with the tenant's consent of a day, and no more about them than their name and the home. Money in kroner.
    """

    template: ClassVar[str] = "cooperation.html"

    landlord: str
    landlord_address: str
    contact_name: str
    tenant: str
    home: str
    starts_on: date
    guarantee: int
    guarantee_ends_on: date | None = None
    contact: Official
    consented_on: date
