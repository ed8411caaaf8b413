"""Letters to many: made one at a time by the worker, once each, whoever dies in between."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob as Job

from cases.actions.batches import make_next
from cases.models import AnswerDelay, BatchItemState, Document, DocumentKind, LetterBatch, RequestKind
from people.models import Employee, ExportEntry, ExportKind, Household, Reading, Showing, Unit
from tests.factories.cases import RequestFactory
from tests.factories.people import AssignmentFactory, UnitFactory, caseworker
from tests.journeys import joined
from tests.outside.time import outbox
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

TOLD = {"reason": "Many have asked at the same time.", "due_on": "+30"}


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def kari(client: Client, unit: Unit) -> Employee:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    employee = caseworker(unit)
    sign_in(client, employee)
    return employee


def asking(unit: Unit, by: Employee | None) -> Household:
    """Somebody who asked for a dwelling three weeks ago and has heard nothing."""
    household = stay(unit, timezone.localdate() - timedelta(days=3))
    AssignmentFactory.create(household=household)
    if by is not None:
        joined(by, household)
    asked_at = timezone.now() - timedelta(days=21)
    told: dict[str, Any] = {"kind": RequestKind.DWELLING, "lacks_place_tonight": False, "asked_at": asked_at}
    RequestFactory.create(household=household, unit=unit, **told)
    return household


def made(batch: LetterBatch) -> LetterBatch:
    while make_next(batch_id=batch.pk, by=outbox(), at=timezone.now()):
        pass
    batch.refresh_from_db()
    return batch


def started(client: Client, households: list[Household], kind: str = "preliminary", **told: str) -> LetterBatch:
    address = reverse("cases:letters_to_many") + f"?kind={kind}"
    followed(client, send(client, address, {"ticked": [one.pk for one in households], **TOLD, **told}))
    return LetterBatch.objects.latest("pk")


def test_preliminary_answers_go_to_those_one_may_write_to_and_each_once(
    client: Client, kari: Employee, unit: Unit
) -> None:
    mine, anothers = [asking(unit, kari) for _ in range(3)], asking(unit, None)
    page = client.get(reverse("cases:letters_to_many")).content.decode()
    assert all(f'value="{one.pk}"' in page for one in mine) and f'value="{anothers.pk}"' not in page

    batch = started(client, mine)
    assert list(Job.objects.values_list("task_name", "queue_name", "args")) == [
        ("render", "letters", {"batch": batch.pk})
    ]
    here = reverse("cases:letter_batch", args=[batch.pk])
    waiting = client.get(here)
    assert "0 of 3" in text_of(waiting) and waiting.headers["Refresh"]

    made(batch)
    made(batch)

    assert AnswerDelay.objects.count() == 3
    assert Document.objects.filter(kind=DocumentKind.PRELIMINARY).count() == 3
    assert "Letters are done" in text_of(client.get("/"))
    told = client.get(here)
    assert "3 of 3" in text_of(told) and "Refresh" not in told.headers
    assert "Letters are done" not in text_of(client.get("/"))
    assert f'value="{mine[0].pk}"' not in client.get(reverse("cases:letters_to_many")).content.decode()


def test_one_that_cannot_be_sent_says_why_and_stops_nobody_else(client: Client, kari: Employee, unit: Unit) -> None:
    first, second = asking(unit, kari), asking(unit, kari)
    batch = started(client, [first, second])
    person = first.members.order_by("pk")[0].person
    person.died_on = timezone.localdate()
    person.save()

    made(batch)

    states = dict(batch.items.values_list("household", "state"))
    assert states == {first.pk: BatchItemState.REFUSED, second.pk: BatchItemState.DONE}
    assert not Document.objects.filter(household=first, kind=DocumentKind.PRELIMINARY).exists()
    assert batch.finished_at is not None
    assert "Could not be sent" in text_of(client.get(reverse("cases:letter_batch", args=[batch.pk])))


def test_a_look_at_the_first_keeps_nothing(client: Client, kari: Employee, unit: Unit) -> None:
    household = asking(unit, kari)

    answer = send(client, reverse("cases:letters_to_many"), {"ticked": [household.pk], **TOLD, "preview": ""})

    assert answer.headers["Content-Type"] == "application/pdf"
    assert not LetterBatch.objects.exists() and not Document.objects.filter(kind=DocumentKind.PRELIMINARY).exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"ticked": []}, "Tick at least one"), ({"due_on": "-1"}, "after today"), ({"reason": " "}, "")],
)
def test_what_is_missing_is_said_and_nothing_is_started(
    client: Client, kari: Employee, unit: Unit, wrong: dict[str, Any], sentence: str
) -> None:
    household = asking(unit, kari)
    data = {"ticked": [household.pk], **TOLD, **wrong}

    answer = send(client, reverse("cases:letters_to_many"), data)

    assert answer.status_code == 200 and sentence in text_of(answer)
    assert not LetterBatch.objects.exists()


def test_all_are_printed_as_one_file_that_is_entered(client: Client, kari: Employee, unit: Unit) -> None:
    households = [asking(unit, kari) for _ in range(2)]
    batch = made(started(client, households))
    address = reverse("cases:print_batch", args=[batch.pk])

    answer = send(client, address, {"reason": "Put in envelopes today"})

    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as joined_pdf:
        assert len(joined_pdf.pages) >= 2
    entry = ExportEntry.objects.get()
    assert (entry.kind, entry.rows) == (ExportKind.LETTERS, 2)
    read = Reading.objects.filter(what=Showing.PRINT, household_id__in=[one.pk for one in households])
    assert read.count() == 2


def test_a_colleague_s_batch_is_not_there(client: Client, kari: Employee, unit: Unit) -> None:
    batch = started(client, [asking(unit, kari)])
    sign_in(client, caseworker(unit))

    for name in ("letter_batch", "print_batch"):
        assert client.get(reverse(f"cases:{name}", args=[batch.pk])).status_code == 404


def test_those_without_a_plan_are_asked(client: Client, kari: Employee, unit: Unit) -> None:
    household = asking(unit, kari)

    batch = made(
        started(client, [household], kind="without_plan", needed="Come to a talk", consequence="We write to you again.")
    )

    assert list(batch.items.values_list("state", flat=True)) == [BatchItemState.DONE]
    assert Document.objects.filter(kind=DocumentKind.INFORMATION_REQUEST, household=household).count() == 1
