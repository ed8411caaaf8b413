# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases.models import Task, TaskKind
from housing.models import QualityAgreement
from people.models import AssignmentRole, Employee, Household, Protection, Unit
from tests.factories.cases import CaseFactory
from tests.factories.housing import ProviderFactory
from tests.factories.people import (
    LONG_AGO,
    AssignmentFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    team_leader,
)
from tests.factories.providers import ProviderInspectionFactory
from tests.factories.tasks import AuthorityLetterFactory, TaskFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


TODAY = localdate(timezone.now())


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def kari(unit: Unit, client: Client) -> Employee:
    kari = caseworker(unit)
    client.force_login(kari)
    return kari


def followed_by(employee: Employee, unit: Unit) -> Household:
    household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=household)
    AssignmentFactory.create(household=household, employee=employee)
    return household


def listed(client: Client, query: str = "") -> Any:
    return client.get(reverse("cases:tasks") + query).context["found"]


def test_each_count_is_as_long_as_its_list(client: Client, kari: Employee, unit: Unit) -> None:
    mine, others = followed_by(kari, unit), followed_by(caseworker(unit), unit)
    TaskFactory.create(household=mine, employee=kari, due_on=TODAY - timedelta(days=1), escalated_on=TODAY)
    TaskFactory.create(household=mine, due_on=TODAY)
    TaskFactory.create(household=others, employee=others.assignments.get().employee, due_on=TODAY)
    TaskFactory.create(household=followed_by(caseworker(UnitFactory.create()), UnitFactory.create()))

    assert listed(client).counts == {"mine": 1, "team": 3, "late": 1, "escalated": 0}
    for show, n in (("mine", 1), ("team", 3), ("late", 1)):
        assert len(listed(client, f"?show={show}").lines) == n
    client.force_login(team_leader(unit))
    assert len(listed(client, "?show=escalated").lines) == listed(client).counts["escalated"] == 1


def test_the_list_is_filtered_by_kind(client: Client, kari: Employee, unit: Unit) -> None:
    household = followed_by(kari, unit)
    for kind in (TaskKind.OTHER, TaskKind.FOLLOW_UP):
        TaskFactory.create(household=household, employee=kari, kind=kind)

    assert [line.kind for line in listed(client, "?kind=follow_up").lines] == ["follow_up"]
    assert len(listed(client, "?kind=nonsense&show=nonsense").lines) == 2


def test_who_stands_in_finds_the_tasks_among_their_own(client: Client, kari: Employee, unit: Unit) -> None:
    owner = caseworker(unit)
    household = followed_by(owner, unit)
    AssignmentFactory.create(household=household, employee=kari, role=AssignmentRole.SUBSTITUTE)
    TaskFactory.create(household=household, employee=owner)

    assert len(listed(client).lines) == 1


def test_a_colleague_s_task_does_not_say_what_it_is_about(client: Client, kari: Employee, unit: Unit) -> None:
    TaskFactory.create(household=followed_by(caseworker(unit), unit), about="Ring the crisis centre")

    [line] = listed(client, "?show=team").lines
    assert "crisis centre" not in line.what


def test_a_task_of_a_shielded_household_stands_in_no_list(client: Client, kari: Employee, unit: Unit) -> None:
    household = followed_by(caseworker(unit), unit)
    person = household.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])
    TaskFactory.create(household=household)

    assert listed(client, "?show=team").counts["team"] == 0


def test_an_agreement_s_task_names_the_provider_and_leads_there(client: Client, kari: Employee, unit: Unit) -> None:
    provider = ProviderFactory.create(municipality=unit.municipality, name="Pensjonat Fjord")
    agreement = QualityAgreement.objects.create(provider=provider, starts_on=LONG_AGO, ends_on=TODAY)
    task = Task.objects.create(
        unit=unit,
        kind=TaskKind.AGREEMENT_LAPSES,
        subject_kind="qualityagreement",
        subject_id=agreement.pk,
        due_on=TODAY,
    )
    [line] = listed(client, "?show=team").lines
    assert line.about == "Pensjonat Fjord"
    page = client.get(reverse("cases:unit_task", args=[task.pk])).content.decode()
    assert reverse("housing:provider", args=[provider.pk]) in page
    assert "Pensjonat Fjord" in client.get("/").content.decode()
    client.force_login(caseworker(UnitFactory.create()))
    assert client.get(reverse("cases:unit_task", args=[task.pk])).status_code == 404


def test_what_an_inspection_found_leads_to_the_provider(client: Client, kari: Employee, unit: Unit) -> None:
    provider = ProviderFactory.create(municipality=unit.municipality, name="Pensjonat Fjord")
    inspection = ProviderInspectionFactory.create(provider=provider, put_right_by=TODAY)
    task = Task.objects.create(
        unit=unit,
        kind=TaskKind.FAULT_OVERDUE,
        subject_kind="providerinspection",
        subject_id=inspection.pk,
        due_on=TODAY,
    )
    [line] = listed(client, "?show=team").lines
    assert line.about == "Pensjonat Fjord"
    page = client.get(reverse("cases:unit_task", args=[task.pk])).content.decode()
    assert reverse("housing:provider", args=[provider.pk]) in page


def give(client: Client, employee: Employee, *tasks: Task) -> Any:
    sent = {"tasks": [task.pk for task in tasks], "employee": employee.pk, "form_key": str(uuid4())}
    return client.post(reverse("cases:reassign_tasks") + "?show=team", sent)


def test_a_leader_gives_ticked_tasks_to_a_colleague(client: Client, unit: Unit) -> None:
    colleague = caseworker(unit)
    task = TaskFactory.create(household=followed_by(caseworker(unit), unit))
    client.force_login(team_leader(unit))

    answer = give(client, colleague, task)

    assert answer.headers["Location"].endswith("?show=team")
    task.refresh_from_db()
    assert task.employee == colleague


def test_giving_without_a_tick_says_so_and_keeps_the_list(client: Client, unit: Unit) -> None:
    colleague = caseworker(unit)
    TaskFactory.create(household=followed_by(caseworker(unit), unit))
    client.force_login(team_leader(unit))

    assert "Choose at least one task." in give(client, colleague).content.decode()


def test_a_caseworker_gives_no_tasks_away(client: Client, kari: Employee, unit: Unit) -> None:
    assert give(client, caseworker(unit), TaskFactory.create()).status_code == 403


def test_a_task_is_written_down_and_taken_over(client: Client, kari: Employee, unit: Unit) -> None:
    household = followed_by(kari, unit)
    sent = {"about": "Ring the school", "due_on": "+2", "employee": "", "form_key": str(uuid4())}
    assert client.post(reverse("cases:add_task", args=[household.key]), sent).status_code == 302
    task = household.tasks.get()
    assert (task.about, task.employee) == ("Ring the school", None)

    client.post(reverse("cases:task", args=[household.key, task.pk]) + "?take")

    task.refresh_from_db()
    assert task.employee == kari


def test_an_authority_s_letter_is_registered_and_answered_from_its_page(
    client: Client, kari: Employee, unit: Unit
) -> None:
    household = followed_by(kari, unit)
    sent = {
        "authority": "statsforvalteren",
        "asks": "A statement",
        "received_on": "today",
        "due_on": "+10",
        "form_key": str(uuid4()),
    }
    assert client.post(reverse("cases:add_authority_letter", args=[household.key]), sent).status_code == 302
    letter = household.authority_letters.get()
    url = reverse("cases:answer_authority_letter", args=[household.key, letter.pk])
    assert url in client.get(reverse("cases:task", args=[household.key, household.tasks.get().pk])).content.decode()

    client.post(url, {"answered_on": "today", "answer": "Sent", "form_key": str(uuid4())})

    letter.refresh_from_db()
    assert letter.answered_by == kari
    assert "Sent" in client.get(reverse("cases:authority_letters", args=[household.key])).content.decode()


def test_another_household_s_letter_is_not_found(client: Client, kari: Employee, unit: Unit) -> None:
    household = followed_by(kari, unit)
    letter = AuthorityLetterFactory.create()
    url = reverse("cases:answer_authority_letter", args=[household.key, letter.pk])
    assert client.get(url).status_code == 404


def test_the_list_asks_as_many_statements_for_many_as_for_one(
    client: Client, kari: Employee, unit: Unit, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        TaskFactory.create(household=followed_by(kari, unit), employee=kari, about="Ring")
    listed(client)
    with django_assert_max_num_queries(13):
        listed(client, "?show=team")
