"""My day: what waits for whoever signs in, each thing once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from cases.models import Task, TaskKind
from cases.questions.my_day import my_day
from people.models import Employee, Role, Unit
from tests.factories.cases import DecisionFactory, HousingPlanFactory, RequestFactory
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    UnitFactory,
    caseworker,
    employee_with,
    reporter,
    team_leader,
)
from tests.web.pages import text_of
from tests.web.unit_life import shielded, stay

pytestmark = pytest.mark.django_db
URL = "cases:my_day"


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def kari(client: Client, unit: Unit) -> Employee:
    employee = caseworker(unit)
    client.force_login(employee)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return employee


def test_a_new_caseworker_is_led_to_registering(client: Client, kari: Employee) -> None:
    page = client.get(reverse(URL))
    assert page.context["day"].is_empty
    assert reverse("cases:register") in page.content.decode()


def test_it_shows_where_my_households_sleep_tonight(client: Client, kari: Employee, unit: Unit) -> None:
    AssignmentFactory.create(household=stay(unit, DAY, name="Ingrid Nordmann"), employee=kari)
    stay(unit, DAY, name="Annens Husstand")
    [night] = client.get(reverse(URL)).context["day"].nights
    assert (night.name, night.days) == ("Ingrid Nordmann", 0)


def test_a_request_without_an_answer_is_red_from_an_hour_before_closing_when_a_place_is_lacking(
    kari: Employee, unit: Unit
) -> None:
    RequestFactory.create(household=stay(unit, DAY), unit=unit)
    RequestFactory.create(household=stay(unit, DAY), unit=unit, lacks_place_tonight=False)
    half_past_two = AT.replace(hour=14, minute=30)
    for moment, late in ((AT, [False, False]), (half_past_two, [True, False])):
        assert [line.is_late for line in my_day(kari, at=moment).unanswered] == late


def test_what_a_colleague_s_case_asks_for_is_not_told(kari: Employee, unit: Unit) -> None:
    household = stay(unit, DAY)
    AssignmentFactory.create(household=household)
    RequestFactory.create(household=household, unit=unit, about="Has left the crisis centre")
    Task.objects.create(household=household, unit=unit, kind=TaskKind.OTHER, about="Ring the hospital", due_on=DAY)

    with translation.override("en"):
        day = my_day(kari, at=AT)
        assert [line.what for line in (*day.unanswered, *day.tasks)] == ["At the counter", "Other task"]


def test_a_task_of_nobody_s_is_the_unit_s_and_one_for_the_leader_the_leader_s(kari: Employee, unit: Unit) -> None:
    household = stay(unit, DAY)
    Task.objects.create(household=household, unit=unit, kind=TaskKind.OTHER, due_on=DAY)
    Task.objects.create(
        household=household, unit=unit, kind=TaskKind.LEADER_BELOW_STANDARD, due_on=DAY, for_leader=True
    )
    assert [task.kind for task in my_day(kari, at=AT).tasks] == [TaskKind.OTHER]
    assert len(my_day(team_leader(unit), at=AT).tasks) == 2


def test_a_plan_that_a_task_asks_for_stands_once(kari: Employee, unit: Unit) -> None:
    household = stay(unit, DAY - timedelta(days=20))
    AssignmentFactory.create(household=household, employee=kari)
    [due] = my_day(kari, at=AT).plans_due
    assert due.is_late
    task = Task.objects.create(household=household, unit=unit, kind=TaskKind.MAKE_PLAN, due_on=DAY, employee=kari)
    assert not my_day(kari, at=AT).plans_due
    task.delete()
    HousingPlanFactory.create(household=household)
    assert not my_day(kari, at=AT).plans_due


def test_a_decision_given_by_word_of_mouth_waits_to_be_written(kari: Employee, unit: Unit) -> None:
    household = stay(unit, DAY)
    AssignmentFactory.create(household=household, employee=kari)
    DecisionFactory.create(household=household, is_oral=True)
    assert len(my_day(kari, at=AT).unwritten) == 1


def test_a_shielded_household_s_request_is_not_told(kari: Employee, unit: Unit) -> None:
    RequestFactory.create(household=shielded(unit, DAY), unit=unit)
    assert not my_day(kari, at=AT).unanswered


def test_a_reporter_is_led_to_the_figures(client: Client, unit: Unit) -> None:
    client.force_login(reporter(unit))
    assert reverse("kpi:front") in client.get(reverse(URL)).content.decode()


def test_operations_are_told_that_they_see_no_household(client: Client, unit: Unit) -> None:
    client.force_login(employee_with(Role.OPERATIONS, unit))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get(reverse(URL))
    assert "Your role sees no household" in text_of(page)


def test_its_statements_do_not_grow_with_the_households(
    client: Client, kari: Employee, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        household = stay(unit, DAY - timedelta(days=number * 10))
        AssignmentFactory.create(household=household, employee=kari)
        RequestFactory.create(household=household, unit=unit)
        DecisionFactory.create(household=household, is_oral=True)
    client.get(reverse(URL))
    with django_assert_max_num_queries(20):
        client.get(reverse(URL))
