"""Fiks Arkiv, through a gateway of the municipality's that speaks Fiks IO: it takes a message under our key.

Fiks IO itself is a queue with envelopes encrypted for the receiver; the gateway does that. docs/archive.md says what
it must answer.
"""

from __future__ import annotations

from cases.outside.doors import Archived, Deposit, Garbled, Progress
from cases.outside.http import Http

_MEANING = {
    "sendt": Progress.ON_ITS_WAY,
    "mottatt": Progress.ON_ITS_WAY,
    "kvittering": Progress.DELIVERED,
    "ugyldigforespoersel": Progress.REFUSED,
    "serverfeil": Progress.UNKNOWN,
}
_LONGEST_ID = 64


class FiksArkiv:
    def __init__(self, url: str, *, user: str = "", password: str = "", timeout: float = 60) -> None:
        self._http = Http(url, user=user, password=password, timeout=timeout)

    def deposit(self, deposit: Deposit) -> None:
        files = [
            ("arkivmelding", ("arkivmelding.xml", deposit.xml, "application/xml")),
            ("fil", (deposit.file_name, deposit.content, "application/pdf")),
        ]
        told = self._http.ask("PUT", f"messages/{deposit.key}", files=files)
        if told is None or told.get("klientMeldingId") != deposit.key:
            raise Garbled("another key")

    def receipt(self, key: str) -> Archived:
        told = self._http.ask("GET", f"messages/{key}")
        if told is None:
            return Archived(progress=Progress.UNKNOWN)
        if told.get("klientMeldingId") != key:
            raise Garbled("another key")
        progress = _MEANING.get(str(told.get("meldingstype", "")))
        if progress is None:
            raise Garbled("an unknown kind of message")
        case_id, record_id = (str(told.get(name) or "")[:_LONGEST_ID] for name in ("saksmappe", "journalpost"))
        if progress is Progress.DELIVERED and not record_id:
            raise Garbled("a receipt without the record's number")
        return Archived(progress=progress, case_id=case_id, record_id=record_id)
