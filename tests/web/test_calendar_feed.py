# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from icalendar import Calendar

from cases.models import CalendarFeed, TaskKind
from people.models import AssignmentRole, Employee, Household, Unit
from tests.factories.people import AssignmentFactory, HouseholdFactory, UnitFactory, caseworker
from tests.factories.tasks import TaskFactory

pytestmark = pytest.mark.django_db

TODAY = localdate(timezone.now())


@pytest.fixture
def kari() -> Employee:
    return caseworker(UnitFactory.create())


def unit_of(employee: Employee) -> Unit:
    return employee.role_grants.get().unit


def household_of(owner: Employee, unit: Unit) -> Household:
    household = HouseholdFactory.create(unit=unit, applicant__person__name="Ingrid Nordmann")
    AssignmentFactory.create(household=household, employee=owner)
    return household


def made(client: Client, employee: Employee) -> str:
    """The path of a new address."""
    client.force_login(employee)
    address: str = client.post(reverse("cases:calendar_feed")).context["address"]
    return urlsplit(address).path


def events(path: str) -> list[tuple[object, str]]:
    """Day and summary, as somebody without a session fetches them."""
    answer = Client().get(path)
    assert answer.status_code == 200
    return [
        (event.decoded("dtstart"), str(event["summary"])) for event in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


def test_a_calendar_shows_own_and_stood_in_tasks_by_day_and_kind(client: Client, kari: Employee) -> None:
    unit, colleague = unit_of(kari), caseworker(unit_of(kari))
    mine, theirs, others = household_of(kari, unit), household_of(colleague, unit), household_of(caseworker(unit), unit)
    AssignmentFactory.create(household=theirs, employee=kari, role=AssignmentRole.SUBSTITUTE)
    for household, employee in ((mine, kari), (theirs, colleague), (others, colleague)):
        TaskFactory.create(household=household, employee=employee, kind=TaskKind.FOLLOW_UP, due_on=TODAY)
    TaskFactory.create(household=mine, employee=kari, due_on=TODAY + timedelta(days=1), about="Ring Ingrid")

    found = events(made(client, kari))

    assert [day for day, _summary in found] == [TODAY, TODAY + timedelta(days=1)]
    assert found[0][1].endswith(": 2")


def test_it_tells_nothing_of_whom_the_tasks_are_about(client: Client, kari: Employee) -> None:
    household = household_of(kari, unit_of(kari))
    TaskFactory.create(household=household, employee=kari, about="Ring Ingrid Nordmann")

    told = Client().get(made(client, kari)).content.decode()

    for secret in ("Ingrid", "Nordmann", household.ref, str(household.key), "Ring", unit_of(kari).name):
        assert secret not in told


def test_the_secret_is_kept_as_its_fingerprint_alone_and_shown_once(client: Client, kari: Employee) -> None:
    secret = made(client, kari).removeprefix("/calendar/").removesuffix(".ics")

    assert CalendarFeed.objects.get().fingerprint != secret and len(secret) > 40
    assert secret not in client.get(reverse("cases:calendar_feed")).content.decode()


def test_a_new_address_stops_the_old_and_a_stopped_one_answers_no_more(client: Client, kari: Employee) -> None:
    first = made(client, kari)
    second = made(client, kari)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200

    client.post(reverse("cases:calendar_feed"), {"stop": "1"})

    assert Client().get(second).status_code == 404


def test_whoever_has_left_has_no_calendar(client: Client, kari: Employee) -> None:
    path = made(client, kari)
    kari.is_active = False
    kari.save(update_fields=["is_active"])

    assert Client().get(path).status_code == 404
    assert Client().get(reverse("cases:calendar", args=["x" * 43])).status_code == 404


def test_the_answer_is_not_stored_on_the_way(client: Client, kari: Employee) -> None:
    answer = Client().get(made(client, kari))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
