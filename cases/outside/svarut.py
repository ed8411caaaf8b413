"""KS SvarUt, as its ForsendelseRestServiceV1 is documented: letters to a person's digital mailbox."""

from __future__ import annotations

import json
from typing import Any

from cases.outbox import words
from cases.outside.doors import Garbled, Parcel, Progress
from cases.outside.http import Http

_API = "tjenester/api/forsendelse/v1"
#: longer would not be a number of theirs
_LONGEST_NUMBER = 64


class SvarUt:
    def __init__(self, url: str, *, user: str = "", password: str = "", timeout: float = 60) -> None:
        self._http = Http(url, user=user, password=password, timeout=timeout)

    def reserve(self) -> str:
        return _number(self._http.ask("POST", f"{_API}/startNyForsendelse"))

    def send(self, number: str, parcel: Parcel) -> None:
        files = [
            ("forsendelse", (None, json.dumps(_consignment(parcel)), "application/json")),
            ("filer", (parcel.file_name, parcel.content, "application/pdf")),
        ]
        told = self._http.ask("POST", f"{_API}/{number}/sendForsendelse", files=files)
        if _number(told) != number:
            raise Garbled("another number")

    def progress(self, number: str) -> Progress:
        told = self._http.ask("GET", f"{_API}/{number}/status")
        if told is None:
            return Progress.UNKNOWN
        if told.get("forsendelsesId") not in (number, {"id": number}):
            raise Garbled("another number")
        return _meaning(str(told.get("status", "")))


def _number(told: dict[str, Any] | None) -> str:
    number = (told or {}).get("id")
    if not isinstance(number, str) or not number or len(number) > _LONGEST_NUMBER or not number.isascii():
        raise Garbled("no number")
    return number


def _meaning(status: str) -> Progress:
    known = words("svarut")
    if status in known.delivered:
        return Progress.DELIVERED
    if status in known.refused:
        return Progress.REFUSED
    if status in known.on_its_way:
        return Progress.ON_ITS_WAY
    raise Garbled("an unknown status")


def _consignment(parcel: Parcel) -> dict[str, Any]:
    """Digital only: an address never leaves the house, and what cannot be delivered comes back to a person."""
    return {
        "tittel": parcel.title,
        "avgivendeSystem": "Varig",
        "eksternReferanse": parcel.key,
        "kunDigitalLevering": True,
        "krevNiva4Innlogging": True,
        "mottaker": {"digitalAdresse": {"fodselsNummer": parcel.national_id}},
        "dokumenter": [{"filnavn": parcel.file_name, "mimeType": "application/pdf"}],
    }
