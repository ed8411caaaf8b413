"""Letters for the tests: complete, fictional, the same every time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cases import law
from cases.letters import DecisionLetter, Letterhead, Official, Requisition, appeal_rights

SENDER = Letterhead("NAV Nordvik", "Nordvik", "Storgata 12, 8650 Nordvik", "75 12 34 56")
CASEWORKER = Official("Anne Berg", "veileder", "75 12 34 60")
RESPONSIBLE = Official("Per Lunde", "avdelingsleder")


def decision_letter(language: str = "nb", **changes: Any) -> DecisionLetter:
    basis = law.basis("sotjl-27")
    told: dict[str, Any] = {
        "language": language,
        "kind": "temporary",
        "basis": basis,
        "appeal": appeal_rights(basis, on=date(2026, 3, 2)),
        "reference": "V-1042",
        "sender": SENDER,
        "recipient": "Kari Øygard Łoś",
        "issued_on": date(2026, 3, 2),
        "told_at": datetime(2026, 2, 27, 18, 30, tzinfo=ZoneInfo("Europe/Oslo")),
        "starts_on": date(2026, 2, 27),
        "ends_on": date(2026, 3, 13),
        "place": "Solbakken pensjonat",
        "place_address": "Strandveien 4, 8650 Nordvik",
        "room": "12",
        "persons": 3,
        "facts": "Leieforholdet tok slutt 27. februar.\n\nDere hadde ikke noe sted å være.",
        "considerations": "Det er ingen ledig bolig av riktig størrelse.",
        "start_reason": "Behovet oppsto denne dagen.",
        "child_interest": "Barna kan gå på samme skole.",
        "user_view": "Du vil helst bo nær skolen.",
        "caseworker": CASEWORKER,
        "responsible": RESPONSIBLE,
    }
    return DecisionLetter(**{**told, **changes})


def requisition(language: str = "nb", **changes: Any) -> Requisition:
    told: dict[str, Any] = {
        "language": language,
        "reference": "V-1042",
        "sender": SENDER,
        "provider": "Solbakken pensjonat",
        "provider_address": "Strandveien 4, 8650 Nordvik",
        "issued_on": date(2026, 3, 2),
        "starts_on": date(2026, 2, 27),
        "ends_on": date(2026, 3, 13),
        "room": "12",
        "guest": "Kari Øygard Łoś",
        "persons": 3,
        "price_a_night": 1150,
        "contact": CASEWORKER,
    }
    return Requisition(**{**told, **changes})
