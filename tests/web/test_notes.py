# mypy: disable-error-code="no-untyped-call"
"""The journal's pages: a phone note in a breath, files with it, corrections beside it, special ones for few."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Note, NoteClass
from people.models import Employee, Household, Protection, Unit
from tests import files
from tests.factories.noted import NoteFactory
from tests.factories.people import AssignmentFactory, UnitFactory, caseworker, team_leader
from tests.journeys import joined, opened_by
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

SAID = "Rang: the key does not fit"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    household = stay(unit, timezone.localdate() - timedelta(days=3), name="Ingrid Nordmann")
    AssignmentFactory.create(household=household)
    return household


@pytest.fixture
def kari(client: Client, unit: Unit, household: Household) -> Employee:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    employee = joined(caseworker(unit), household)
    sign_in(client, employee)
    return employee


def of(household: Household, name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def filled(client: Client, household: Household, **told: Any) -> dict[str, Any]:
    """What the form comes filled in with, and what is typed."""
    form = client.get(of(household, "add_note")).context["form"]
    begun = {field.name: field.value() for field in form.visible_fields() if field.value()}
    return {**begun, "happened_on": "today", "text": SAID, **told}


def write(client: Client, household: Household, **told: Any) -> Any:
    return send(client, of(household, "add_note"), filled(client, household, **told))


def test_a_phone_note_asks_for_what_was_said_and_nothing_else(
    client: Client, household: Household, kari: Employee
) -> None:
    assert "Write a phone note" in text_of(client.get(of(household, "household")))

    page = followed(client, write(client, household))

    assert SAID in text_of(page)
    assert "Phone call" in text_of(page)
    note = Note.objects.get()
    assert (note.kind, note.note_class, note.by_id) == ("phone", "ordinary", kari.pk)


def test_what_was_typed_stands_when_something_is_wrong(client: Client, household: Household, kari: Employee) -> None:
    told = {"note_class": "special", "participants": "Per at the desk", "happened_time": "25:70"}
    page = write(client, household, **told)

    assert page.status_code == 200
    assert SAID in page.content.decode()
    assert "Per at the desk" in page.content.decode()
    assert '<details class="varig-details" open>' in page.content.decode()
    assert not Note.objects.exists()


def test_a_note_sent_twice_is_one(client: Client, household: Household, kari: Employee) -> None:
    data = filled(client, household)
    form = client.get(of(household, "add_note")).context["form"]
    data |= {"form_key": str(form["form_key"].value())}

    answers = [client.post(of(household, "add_note"), data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Note.objects.count() == 1


def test_a_note_is_kept_although_somebody_else_changed_the_household_meanwhile(
    client: Client, household: Household, kari: Employee
) -> None:
    data = filled(client, household)
    form = client.get(of(household, "add_note")).context["form"]
    household.version += 1
    household.save(update_fields=["version"])

    assert (
        client.post(of(household, "add_note"), {**data, "form_key": str(form["form_key"].value())}).status_code == 302
    )


def test_files_come_with_a_note_and_a_bad_one_stops_it_with_a_sentence(
    client: Client, household: Household, kari: Employee
) -> None:
    bad = [SimpleUploadedFile("a.pdf", files.pdf()), SimpleUploadedFile("b.exe", b"MZ")]
    page = write(client, household, attached=bad)
    assert "Only PDF and pictures" in text_of(page)
    assert not Note.objects.exists()

    many = [SimpleUploadedFile(f"{n}.pdf", files.pdf()) for n in range(6)]
    assert "At most five files at a time." in text_of(write(client, household, attached=many))

    good = [SimpleUploadedFile(name, files.pdf()) for name in ("Ingrid Nordmann.pdf", "c.pdf")]
    page = followed(client, write(client, household, attached=good, files_about="The lock"))

    assert "The lock (2)" in text_of(page)
    assert "Ingrid Nordmann.pdf" not in page.content.decode()
    paper = Note.objects.get().files.first()
    assert paper is not None
    assert client.get(of(household, "received_paper", paper.pk)).content.startswith(b"%PDF")
    assert "The lock" not in text_of(client.get(of(household, "decisions")))


def test_a_correction_is_marked_and_what_stood_is_struck_out(
    client: Client, household: Household, kari: Employee
) -> None:
    note = NoteFactory.create(household=household, text="Said she has two children")
    followed(client, write(client, household))
    url = of(household, "correct_note", note.pk)
    assert send(client, url, {"text": "x", "note_class": "ordinary", "reason": " "}).status_code == 200
    assert note.corrections.count() == 0

    told = {"text": "Said she has three children", "note_class": "ordinary", "reason": "Misheard"}
    followed(client, send(client, url, told))

    page = client.get(of(household, "note", note.pk)).content.decode()
    assert "<s>Said she has two children</s>" in page
    assert "Said she has three children" in page
    assert "Misheard" in page


def test_a_special_note_is_for_those_on_the_case_and_the_unit_with_a_reason(
    client: Client, household: Household, unit: Unit, kari: Employee
) -> None:
    followed(client, write(client, household, note_class="special", special_about="health", text="Helsefugl"))
    note = Note.objects.get()
    for page in (of(household, "journal"), of(household, "special_notes"), of(household, "note", note.pk)):
        assert "Helsefugl" in text_of(client.get(page))

    leader = team_leader(unit)
    sign_in(client, leader)
    journal = client.get(of(household, "journal"))
    assert "Helsefugl" not in text_of(journal)
    assert client.get(of(household, "journal"), {"kind": "notes"}).context["page"].total == 0
    assert "/open?next=" in client.get(of(household, "note", note.pk)).headers["Location"]

    opened_by(leader, household)
    assert "Helsefugl" in text_of(client.get(of(household, "journal")))


def test_a_file_of_a_note_that_became_special_goes_through_the_same_door(
    client: Client, household: Household, unit: Unit, kari: Employee
) -> None:
    scan = SimpleUploadedFile("a.pdf", files.pdf())
    followed(client, write(client, household, attached=[scan]))
    note = Note.objects.get()
    told = {"text": SAID, "note_class": "special", "reason": "Tells of health"}
    followed(client, send(client, of(household, "correct_note", note.pk), told))
    paper = note.files.get()
    assert client.get(of(household, "received_paper", paper.pk)).status_code == 200

    sign_in(client, team_leader(unit))

    assert "/open?next=" in client.get(of(household, "received_paper", paper.pk)).headers["Location"]


def test_a_note_that_tells_of_a_place_is_masked_with_the_place(
    client: Client, household: Household, kari: Employee
) -> None:
    NoteFactory.create(household=household)
    followed(client, write(client, household, text="Bor i Hemmeligveien", tells_place="on"))
    person = household.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])

    page = text_of(client.get(of(household, "journal")))

    assert "Hemmeligveien" not in page
    assert "which is masked" in page


def test_a_note_of_another_household_is_not_found(client: Client, household: Household, kari: Employee) -> None:
    theirs = NoteFactory.create()
    for name in ("note", "correct_note"):
        assert client.get(of(household, name, theirs.pk)).status_code == 404


def test_the_journal_of_many_notes_asks_a_constant_number_of_statements(
    client: Client, household: Household, kari: Employee, django_assert_max_num_queries: Any
) -> None:
    url = of(household, "journal")
    for n in range(6):
        followed(client, write(client, household, text=f"Note {n}", note_class=NoteClass.INTERNAL))
    with django_assert_max_num_queries(45):
        page = text_of(client.get(url))
    assert page.count("Internal working document") >= 6
