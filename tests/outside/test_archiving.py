"""Copies to an archive that misbehaves: each comes once, whole, and names nobody where it must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.conf import LazySettings
from lxml import etree

from cases.actions.archiving import CannotArchive, try_again
from cases.models import ArchiveEntry, ArchiveState, Fault
from cases.outside.arkivmelding import NAMESPACE, NotAnArkivmelding, check
from people.models import Protection, Role
from tests.factories.cases import DocumentFactory
from tests.factories.letters import ArchiveEntryFactory, DispatchFactory
from tests.factories.people import AT, employee_with
from tests.outside.receiver import Receiver, receiver
from tests.outside.time import archived

pytestmark = pytest.mark.django_db

ELEMENT = f"{{{NAMESPACE}}}"


@pytest.fixture
def archive(settings: LazySettings) -> Iterator[Receiver]:
    with receiver() as server:
        settings.VARIG_OUTSIDE = server.outside("archive")
        yield server


def texts(xml: bytes, name: str) -> list[str]:
    return [found.text or "" for found in etree.fromstring(xml).iter(f"{ELEMENT}{name}")]


def test_a_copy_goes_once_with_its_file_and_comes_back_with_the_archive_s_numbers(archive: Receiver) -> None:
    entry = archived(ArchiveEntryFactory.create())

    [(key, xml, content)] = archive.copies
    assert (entry.state, entry.archive_case, entry.archive_record) == (ArchiveState.RECEIVED, "2026/17", "2026/17-1")
    assert key == str(entry.key) == texts(xml, "meldingId")[0]
    assert content == bytes(entry.document.content)
    assert texts(xml, "sjekksum") == [sha256(content).hexdigest()] == [entry.document.sha256]
    assert (entry.xml.encode(), entry.xml_sha256) == (xml, sha256(xml).hexdigest())
    check(xml)


@pytest.mark.parametrize("how", ["down", "slow", "half", "nonsense", "wrong", "lost"])
@pytest.mark.parametrize("kind", ["deposit", "receipt"])
def test_whatever_goes_wrong_once_the_copy_comes_once(archive: Receiver, kind: str, how: str) -> None:
    archive.told[kind] = [how]

    entry = archived(ArchiveEntryFactory.create())

    assert (entry.state, entry.fault) == (ArchiveState.RECEIVED, "")
    assert {(key, xml) for key, xml, _ in archive.copies} == {(str(entry.key), entry.xml.encode())}
    assert len(archive.copies) == 1


def test_rejected_it_stays_until_somebody_tries_again_with_the_same_message(archive: Receiver) -> None:
    archive.told["deposit"] = ["refused"]
    entry = archived(ArchiveEntryFactory.create())
    assert (entry.state, entry.fault) == (ArchiveState.REJECTED, Fault.REFUSED)
    said = entry.xml
    operations = employee_with(Role.OPERATIONS, entry.document.unit)

    assert try_again(entry_ids=[entry.pk], by=operations, at=AT) == 1
    assert archived(entry).state == ArchiveState.RECEIVED

    assert entry.xml == said
    with pytest.raises(CannotArchive):
        try_again(entry_ids=[entry.pk], by=operations, at=AT)


def test_down_for_days_it_is_given_up_and_says_so(archive: Receiver) -> None:
    archive.told["deposit"] = ["down"] * 99

    entry = archived(ArchiveEntryFactory.create())

    assert (entry.state, entry.fault) == (ArchiveState.FAILED, Fault.UNREACHABLE)
    assert list(ArchiveEntry.objects.stuck()) == [entry]


def test_a_copy_that_the_archive_has_lost_goes_again_under_the_same_key_for_a_fortnight(archive: Receiver) -> None:
    entry = ArchiveEntryFactory.create()
    archive.message = "serverfeil"

    archived(entry)

    assert (entry.state, entry.fault) == (ArchiveState.FAILED, Fault.NO_RECEIPT)
    assert len(archive.copies) > 1
    assert {(key, xml) for key, xml, _ in archive.copies} == {(str(entry.key), entry.xml.encode())}


def test_titles_name_nobody_and_everything_is_screened(archive: Receiver) -> None:
    found = DispatchFactory.create()
    archived(ArchiveEntryFactory.create(document=found.document))

    [(_, xml, _)] = archive.copies
    name = found.person.name
    titles = [title for kind in ("tittel", "offentligTittel") for title in texts(xml, kind)]
    assert titles and not any(name in title for title in titles)
    assert texts(xml, "korrespondansepartNavn") == [name]
    assert len(texts(xml, "tilgangsrestriksjon")) == 3
    assert all("§ 13" in ground and "§ 44" in ground for ground in texts(xml, "skjermingshjemmel"))
    assert set(texts(xml, "skjermingMetadata")) == {"tittel", "korrespondansepart"}


@pytest.mark.parametrize("grade", [Protection.CONFIDENTIAL, Protection.STRICTLY_CONFIDENTIAL])
def test_of_somebody_protected_nothing_tells_who_or_where(archive: Receiver, grade: Protection) -> None:
    found = DispatchFactory.create()
    found.person.protection = grade
    found.person.save()
    archived(ArchiveEntryFactory.create(document=found.document))

    [(_, xml, _)] = archive.copies
    text = xml.decode()
    document = found.document
    for told in (found.person.name, document.unit.name, document.made_by.name):
        assert told not in text
    assert texts(xml, "korrespondansepartNavn") == ["Skjermet"]
    assert "administrativEnhet" in texts(xml, "skjermingMetadata")
    check(xml)


def test_of_somebody_protected_since_the_first_attempt_nothing_tells_who_or_where(archive: Receiver) -> None:
    archive.told["deposit"] = ["refused"]
    found = DispatchFactory.create()
    entry = archived(ArchiveEntryFactory.create(document=found.document))
    assert found.person.name in entry.xml
    found.person.protection = Protection.CONFIDENTIAL
    found.person.save()
    operations = employee_with(Role.OPERATIONS, entry.document.unit)

    try_again(entry_ids=[entry.pk], by=operations, at=AT)
    archived(entry)

    [(_, xml, _)] = archive.copies
    assert found.person.name not in xml.decode()
    assert (entry.xml.encode(), entry.xml_sha256) == (xml, sha256(xml).hexdigest())


def test_a_text_that_no_xml_may_hold_does_not_stop_the_archive(archive: Receiver) -> None:
    found = DispatchFactory.create()
    found.person.name = "Kari\x0b <Nordmann> & \ud7ff"
    found.person.save()

    assert archived(ArchiveEntryFactory.create(document=found.document)).state == ArchiveState.RECEIVED


def test_what_breaks_the_structure_never_leaves(archive: Receiver) -> None:
    document = DocumentFactory.create(sha256="")

    entry = archived(ArchiveEntryFactory.create(document=document))

    assert (entry.state, entry.fault, archive.asked) == (ArchiveState.REJECTED, Fault.INVALID, [])


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (rb"<skjerming>.*?</skjerming>", b""),
        (rb"<erSkjermet>true", b"<erSkjermet>false"),
        (rb"<sjekksum>.*?</sjekksum>", b""),
        (rb"<tittel>.*?</tittel>", b"<tittel> </tittel>"),
        (rb"saksmappe", b"mappe"),
        (rb"<antallFiler>1", b"<antallFiler>many"),
        (rb"\.pdf</filnavn>", b".exe</filnavn>"),
        (rb"<mappe", b"<other/><mappe"),
        (rb"<arkivmelding", b"<"),
    ],
)
def test_the_structure_is_held(archive: Receiver, pattern: bytes, instead: bytes) -> None:
    archived(ArchiveEntryFactory.create(document=DispatchFactory.create().document))
    [(_, xml, _)] = archive.copies
    broken = re.sub(pattern, instead, xml, count=1, flags=re.DOTALL)
    assert broken != xml

    with pytest.raises(NotAnArkivmelding):
        check(broken)
