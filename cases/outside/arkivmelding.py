"""The arkivmelding of one letter: what the archive is told, and the structure that it is held against.

Structure and reasons stand in docs/archive.md; the words in archive.toml. Titles name nobody.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivmelding/v2"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TYPE = f"{{{_XSI}}}type"
#: what no XML may hold, wherever somebody pasted it from
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HERE = Path(__file__).parent


class NotAnArkivmelding(ValueError):
    """It breaks the structure; the message names elements and never their text."""


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What the archive is to know of one letter. Of somebody protected the names are left out."""

    key: str
    made_at: datetime
    case_number: str
    case_key: str
    kind: str
    unit: str
    responsible: str
    made_by: str
    recipients: Sequence[str] = field(repr=False)
    is_protected: bool
    number: int
    file_name: str
    sha256: str
    size: int


def arkivmelding(filed: Filed) -> bytes:
    """The message, the same bytes for the same facts.

    :raises NotAnArkivmelding: when it would break the structure
    """
    root = etree.Element(
        f"{{{NAMESPACE}}}arkivmelding", nsmap={None: NAMESPACE, "xsi": _TYPE[1:].split("}", maxsplit=1)[0]}
    )
    _put(
        root,
        ("system", _words()["system"]),
        ("meldingId", filed.key),
        ("tidspunkt", _moment(filed.made_at)),
        ("antallFiler", "1"),
    )
    folder = _child(root, "mappe", "saksmappe")
    said = _words()
    _put(
        folder,
        ("tittel", said["case_title"].format(number=filed.case_number)),
        ("offentligTittel", said["public_case_title"]),
        ("dokumentmedium", said["medium"]),
    )
    _screen(folder, filed)
    _reference(folder, filed.case_key)
    _record(_child(folder, "registrering", "journalpost"), filed)
    _put(
        folder,
        ("saksdato", filed.made_at.date().isoformat()),
        ("administrativEnhet", said["hidden_unit"] if filed.is_protected else filed.unit),
        ("saksansvarlig", said["hidden_name"] if filed.is_protected else filed.responsible),
        ("saksstatus", said["case_status"]),
    )
    check(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def check(message: Any) -> None:
    """:raises NotAnArkivmelding: when a message, parsed or as bytes, breaks the structure"""
    if isinstance(message, bytes):
        try:
            message = etree.fromstring(message, _parser())
        except etree.XMLSyntaxError:
            raise NotAnArkivmelding("no XML") from None
    schema = _schema()
    if not schema.validate(message):
        wrong = sorted({f"line {entry.line}: {entry.type_name}" for entry in schema.error_log})
        raise NotAnArkivmelding("; ".join(wrong))


def _record(record: Any, filed: Filed) -> None:
    said = _words()
    moment, day = _moment(filed.made_at), filed.made_at.date().isoformat()
    _put(record, ("opprettetDato", moment), ("opprettetAv", _maker(filed)))
    _screen(record, filed)
    description = _child(record, "dokumentbeskrivelse")
    _put(
        description,
        ("dokumenttype", said["document_type"]),
        ("dokumentstatus", said["document_status"]),
        ("tittel", _title(filed)),
        ("opprettetDato", moment),
        ("opprettetAv", _maker(filed)),
        ("tilknyttetRegistreringSom", said["main_document"]),
        ("dokumentnummer", "1"),
    )
    _screen(description, filed)
    _put(
        _child(description, "dokumentobjekt"),
        ("versjonsnummer", "1"),
        ("variantformat", said["variant"]),
        ("format", said["format"]),
        ("mimeType", "application/pdf"),
        ("filnavn", filed.file_name),
        ("opprettetDato", moment),
        ("opprettetAv", _maker(filed)),
        ("referanseDokumentfil", filed.file_name),
        ("sjekksum", filed.sha256),
        ("sjekksumAlgoritme", said["checksum"]),
        ("filstoerrelse", str(filed.size)),
    )
    _put(record, ("tittel", _title(filed)), ("offentligTittel", said["public_title"]))
    for name in filed.recipients:
        _put(
            _child(record, "korrespondansepart"),
            ("korrespondanseparttype", said["recipient"]),
            ("korrespondansepartNavn", said["hidden_name"] if filed.is_protected else name),
            ("erSkjermet", "true"),
            ("erPersonnavn", "true"),
        )
    _reference(record, filed.key)
    _put(
        record,
        ("journalposttype", said["record_type"]),
        ("journalstatus", said["record_status"]),
        ("journaldato", day),
        ("dokumentetsDato", day),
    )


def _title(filed: Filed) -> str:
    titles = _words()["titles"]
    return f"{titles.get(filed.kind, titles['other'])} ({filed.case_number}/{filed.number})"


def _maker(filed: Filed) -> str:
    said: str = _words()["hidden_name"]
    return said if filed.is_protected else filed.made_by


def _screen(parent: Any, filed: Filed) -> None:
    said = _words()["screening"]
    prefix = "protected_" if filed.is_protected else ""
    _put(
        _child(parent, "skjerming"),
        ("tilgangsrestriksjon", said["restriction"]),
        ("skjermingshjemmel", said[f"{prefix}ground"]),
        *(("skjermingMetadata", name) for name in said[f"{prefix}metadata"]),
        ("skjermingDokument", said["document"]),
    )


def _reference(parent: Any, key: str) -> None:
    _put(_child(parent, "referanseEksternNoekkel"), ("fagsystem", _words()["system"]), ("noekkel", key))


def _child(parent: Any, name: str, kind: str = "") -> Any:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if kind:
        child.set(_TYPE, kind)
    return child


def _put(parent: Any, *texts: tuple[str, str]) -> None:
    for name, text in texts:
        _child(parent, name).text = _NOT_IN_XML.sub(" ", text)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((_HERE / "archive.toml").read_text(encoding="utf-8"))


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(_HERE / "arkivmelding.xsd"), _parser()))


def _parser() -> Any:
    """One that fetches nothing and expands nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
