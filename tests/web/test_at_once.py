"""Many sending at the same moment: one form has one effect, and of many who change the same thing one wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housing.models import Absence
from people.journal import Act
from people.models import Employee, FormKey, Household, JournalEntry
from tests.factories.people import UnitFactory, caseworker
from tests.journeys import joined, worker_for
from tests.web.pages import text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db(transaction=True)

POSTS, EDITS = 50, 20
#: Threads that send: the server has fewer.
AT_ONCE = 10
WHERE = "Kongsberg hospital"


@pytest.fixture
def household() -> Household:
    return stay(UnitFactory.create(), timezone.localdate() - timedelta(days=3))


@pytest.fixture
def url(household: Household) -> str:
    return reverse("cases:record_absence", args=[household.key])


def browser(employee: Employee) -> Client:
    client = Client(headers={"accept-language": "en"})
    return sign_in(client, employee)


def filled_in(client: Client, url: str, **told: str) -> dict[str, Any]:
    """The form as it came, filled in and not sent yet."""
    form = client.get(url).context["form"]
    hidden = {name: form[name].value() for name in ("form_key", "version")}
    return {**hidden, "starts_on": "today", "where": WHERE, **told}


def all_at_once(sendings: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each was answered; as many at a time as there are threads, the first of them at the same moment."""
    ready = Barrier(AT_ONCE, timeout=60)

    def run(number: int, send: Callable[[], Any]) -> Any:
        if number < AT_ONCE:
            ready.wait()
        try:
            return send()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return [sent.result() for sent in [threads.submit(run, *one) for one in enumerate(sendings)]]


def test_fifty_postings_of_one_form_are_one_row_and_one_line_in_the_journal(household: Household, url: str) -> None:
    worker = worker_for(household)
    first = browser(worker)
    data = filled_in(first, url)
    clients = [first, *(browser(worker) for _ in range(AT_ONCE - 1))]

    answers = all_at_once([lambda n=n: clients[n % AT_ONCE].post(url, data) for n in range(POSTS)])  # type: ignore[misc]

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Absence.objects.filter(household=household).count() == 1
    assert JournalEntry.objects.filter(household_id=household.pk, act=Act.ABSENCE_RECORDED).count() == 1
    assert FormKey.objects.filter(key=data["form_key"]).count() == 1


def test_of_twenty_who_change_the_same_household_one_wins_and_nineteen_are_told_and_keep_what_they_wrote(
    household: Household, url: str
) -> None:
    unit = household.responsibilities.get().unit
    clients = [browser(joined(caseworker(unit), household)) for _ in range(EDITS)]
    forms = [filled_in(client, url, where=f"Hospital {n}") for n, client in enumerate(clients)]
    household.refresh_from_db()
    before = household.version

    answers = all_at_once(
        [
            lambda client=client, data=data: client.post(url, data)  # type: ignore[misc]
            for client, data in zip(clients, forms, strict=True)
        ]
    )

    won = [answer for answer in answers if answer.status_code == 302]
    told = [(n, answer) for n, answer in enumerate(answers) if answer.status_code == 200]
    assert (len(won), len(told)) == (1, EDITS - 1)
    for n, answer in told:
        assert "Somebody else has changed this household since you opened the page." in text_of(answer)
        assert f"Hospital {n}" in answer.content.decode()
    household.refresh_from_db()
    assert household.version == before + 1
    assert Absence.objects.filter(household=household).count() == 1
