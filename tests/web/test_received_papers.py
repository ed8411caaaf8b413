"""A paper that somebody brings: taken in, listed, and handed out to those who may see what it is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import ReceivedPaper
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Protection, Reading, Showing, Unit
from people.uploads import LARGEST
from tests import files
from tests.factories.people import AssignmentFactory, UnitFactory, caseworker, team_leader
from tests.journeys import joined, opened_by
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

ABOUT = "Lease of the flat in Elveveien"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    """Somebody else's case."""
    household = stay(unit, timezone.localdate() - timedelta(days=3))
    AssignmentFactory.create(household=household)
    return household


@pytest.fixture
def kari(client: Client, unit: Unit, household: Household) -> Employee:
    """On the case too."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    employee = joined(caseworker(unit), household)
    sign_in(client, employee)
    return employee


def of(household: Household, name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def bring(client: Client, household: Household, content: bytes, name: str = "scan.pdf", **told: Any) -> Any:
    data = {"file": SimpleUploadedFile(name, content), "about": ABOUT, "received_on": "today", **told}
    return send(client, of(household, "receive_paper"), data)


def kept(household: Household, by: Employee, **told: Any) -> ReceivedPaper:
    today = timezone.localdate()
    content = {"content": b"%PDF", "sha256": "0" * 64, "media_type": "pdf", "about": ABOUT, "received_on": today}
    paper: ReceivedPaper = household.received_papers.create(by=by, at=timezone.now(), **{**content, **told})
    return paper


def test_a_paper_is_taken_in_listed_and_fetched_as_a_file_with_a_neutral_name(
    client: Client, household: Household, kari: Employee
) -> None:
    scan = files.pdf()
    page = followed(client, bring(client, household, scan, "Ingrid Nordmann 01818510159.pdf"))
    assert "The paper is saved." in text_of(page)
    assert ABOUT in text_of(page)

    paper = household.received_papers.get()
    answer = client.get(of(household, "received_paper", paper.pk))
    assert answer.content == scan
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="received-{paper.pk}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    last = Reading.objects.latest("pk")
    assert (last.what, last.household_id, last.route) == (Showing.PRINT, household.pk, "cases:received_paper")
    entry = JournalEntry.objects.get(act=Act.PAPER_RECEIVED)
    assert (entry.household_id, entry.by_id, entry.reason) == (household.pk, kari.pk, "")


@pytest.mark.usefixtures("kari")
def test_a_paper_sent_twice_with_the_same_form_is_kept_once(client: Client, household: Household) -> None:
    page = client.get(of(household, "receive_paper"))
    form_key = page.context["form"]["form_key"].value()
    for _ in range(2):
        data = {"file": SimpleUploadedFile("a.pdf", files.pdf()), "about": ABOUT, "received_on": "today"}
        told = {**data, "form_key": form_key, "version": household.version}
        assert client.post(of(household, "receive_paper"), told).status_code == 302

    assert household.received_papers.count() == 1


@pytest.mark.usefixtures("kari")
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (files.EICAR, "a.pdf", "The file is not what its name says."),
        (files.pdf() + b"PK\x05\x06" + bytes(18), "a.pdf", "The PDF holds another file too."),
        (files.png_bomb(), "a.png", "The picture has more than 40 million dots."),
        (files.pdf(), "../../etc/passwd", "Only PDF and pictures (JPEG, PNG) are taken in."),
        (bytes(LARGEST + 5), "a.pdf", "The file is larger than 10 MB."),
        (b"", "a.pdf", "The file is empty."),
    ],
    ids=["eicar", "polyglot", "bomb", "path", "too large", "empty"],
)
def test_what_is_not_taken_in_is_refused_in_a_sentence_at_the_file_and_nothing_is_kept(
    client: Client, household: Household, content: bytes, name: str, sentence: str
) -> None:
    answer = bring(client, household, content, name)

    assert answer.status_code == 200
    [error] = answer.context["form"].errors["file"]
    assert error.startswith(sentence)
    assert ABOUT in answer.content.decode()
    assert not ReceivedPaper.objects.exists()


@pytest.mark.usefixtures("kari")
def test_a_name_that_is_a_path_leads_nowhere(client: Client, household: Household) -> None:
    bring(client, household, files.pdf(), "../../../tmp/varig-was-here.pdf")

    paper = household.received_papers.get()
    row = {field.attname: getattr(paper, field.attname) for field in paper._meta.concrete_fields}
    assert not any("was-here" in str(value) for value in row.values())


@pytest.mark.usefixtures("kari")
@pytest.mark.parametrize(
    ("told", "sentence"),
    [({"about": " "}, "What it is"), ({"received_on": "tomorrow"}, "later than today"), ({"file": ""}, "File")],
)
def test_a_paper_says_what_it_is_and_when_it_came(
    client: Client, household: Household, told: dict[str, str], sentence: str
) -> None:
    answer = bring(client, household, files.pdf(), **told)

    assert sentence in text_of(answer)
    assert not ReceivedPaper.objects.exists()


def test_a_colleague_says_why_before_seeing_any_paper(
    client: Client, household: Household, kari: Employee, unit: Unit
) -> None:
    paper = kept(household, kari)
    other = caseworker(unit)
    sign_in(client, other)
    url = of(household, "received_paper", paper.pk)
    assert client.get(url).headers["Location"].startswith(of(household, "open"))

    opened_by(other, household)
    assert client.get(url).status_code == 200


def test_a_special_paper_is_named_and_handed_out_to_those_who_may_read_special_notes(
    client: Client, household: Household, kari: Employee, unit: Unit
) -> None:
    paper = kept(household, kari, is_special=True)
    assert ABOUT in text_of(client.get(of(household, "decisions")))
    assert client.get(of(household, "received_paper", paper.pk)).status_code == 200

    sign_in(client, team_leader(unit))
    page = client.get(of(household, "decisions"))
    assert ABOUT not in text_of(page)
    answer = client.get(of(household, "received_paper", paper.pk))
    assert answer.headers["Location"].startswith(of(household, "open"))


def test_once_the_address_is_protected_what_tells_a_place_is_masked(
    client: Client, household: Household, kari: Employee
) -> None:
    telling, silent = kept(household, kari), kept(household, kari, about="Payslip", tells_place=False)
    person = household.members.get().person
    person.protection, person.protection_from = Protection.CONFIDENTIAL, timezone.localdate()
    person.save(update_fields=["protection", "protection_from"])

    page = text_of(client.get(of(household, "decisions")))
    assert ABOUT not in page
    assert "Payslip" in page
    assert client.get(of(household, "received_paper", telling.pk)).status_code == 403
    assert client.get(of(household, "received_paper", silent.pk)).status_code == 200


def test_a_paper_is_not_found_at_another_household(
    client: Client, household: Household, kari: Employee, unit: Unit
) -> None:
    paper = kept(household, kari)
    other = stay(unit, timezone.localdate())

    assert client.get(of(other, "received_paper", paper.pk)).status_code == 404


def test_who_may_only_read_takes_nothing_in(client: Client, household: Household, unit: Unit) -> None:
    sign_in(client, team_leader(unit))

    assert client.get(of(household, "receive_paper")).status_code in {302, 403}
    assert client.post(of(household, "receive_paper"), {"about": ABOUT}).status_code in {302, 403}
    assert not ReceivedPaper.objects.exists()


def test_the_database_lets_nobody_change_a_paper(household: Household, kari: Employee) -> None:
    paper = kept(household, kari)
    for forge in (lambda: household.received_papers.update(about="Other"), paper.delete):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            forge()
