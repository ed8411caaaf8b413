"""The worklist: who is on it, what its counters count, and that its statements do not grow with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from cases.models import CaseState, Task, TaskKind
from cases.questions.worklist import PAGE_SIZE, Filter, worklist
from housing.models import ResidenceKind
from people.models import Employee, Unit
from tests.factories.cases import CaseFactory
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    reporter,
)
from tests.web.pages import text_of
from tests.web.unit_life import shielded, stay, then

pytestmark = pytest.mark.django_db
URL = "cases:households"


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def kari(unit: Unit) -> Employee:
    return caseworker(unit)


@pytest.fixture
def page(client: Client, kari: Employee) -> Client:
    client.force_login(kari)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_a_household_stands_with_its_name_place_days_and_limit(page: Client, unit: Unit) -> None:
    stay(unit, DAY - timedelta(days=74), name="Ingrid Nordmann")
    words = text_of(page.get(reverse(URL)))
    assert "Ingrid Nordmann" in words
    assert "Guesthouse" in words
    assert "74" in words


def test_another_unit_s_household_is_not_there(page: Client) -> None:
    stay(UnitFactory.create(), DAY, name="Ola Annensteds")
    assert "Ola Annensteds" not in text_of(page.get(reverse(URL)))


def test_a_shielded_household_is_counted_and_not_named(kari: Employee, unit: Unit) -> None:
    hidden = shielded(unit, DAY)
    whole = Filter(municipality=unit.municipality_id)
    found = worklist(kari, chosen=whole, at=AT)
    assert (found.page.total, found.hidden) == (0, 1)
    AssignmentFactory.create(household=hidden, employee=kari)
    found = worklist(kari, chosen=whole, at=AT)
    assert (found.page.total, found.hidden) == (1, 0)
    assert worklist(kari, chosen=Filter(), at=AT).hidden is None


def test_each_counter_leads_to_exactly_as_many(page: Client, kari: Employee, unit: Unit) -> None:
    owned = stay(unit, DAY - timedelta(days=120), name="Over Grensen")
    AssignmentFactory.create(household=owned, employee=kari)
    CaseFactory.create(household=HouseholdFactory.create(unit=unit))
    late = stay(unit, DAY, name="Med Frist")
    Task.objects.create(household=late, unit=unit, kind=TaskKind.OTHER, due_on=DAY)
    counts = worklist(kari, chosen=Filter(), at=AT).counts
    assert (counts["open"], counts["over"], counts["unassigned"], counts["soon"]) == (3, 1, 2, 1)
    for code in ("over", "unassigned", "soon", CaseState.REGISTERED):
        assert len(page.get(reverse(URL), {"only": code}).context["found"].page.rows) == counts[code]


def test_a_page_holds_25_and_leads_to_the_next(page: Client, unit: Unit) -> None:
    for _number in range(PAGE_SIZE + 2):
        CaseFactory.create(household=HouseholdFactory.create(unit=unit))
    first = page.get(reverse(URL)).context["found"].page
    assert (first.first, first.last, first.total, first.previous) == (1, 25, 27, None)
    second = page.get(reverse(URL), {"after": first.next}).context["found"].page
    assert (second.first, second.last, second.next, second.previous) == (26, 27, None, "0")
    assert {row.key for row in first.rows}.isdisjoint(row.key for row in second.rows)


def test_the_owner_filter_keeps_one_colleague_s(page: Client, kari: Employee, unit: Unit) -> None:
    mine, other = stay(unit, DAY, name="Min Sak"), stay(unit, DAY, name="Annens Sak")
    AssignmentFactory.create(household=mine, employee=kari)
    AssignmentFactory.create(household=other, employee=caseworker(unit))
    words = text_of(page.get(reverse(URL), {"owner": kari.pk}))
    assert "Min Sak" in words
    assert "Annens Sak" not in words


@pytest.mark.parametrize("sort", ["name", "-name", "limit", "-limit", "owner", "state", "-deadline"])
def test_it_can_be_sorted_each_way(page: Client, unit: Unit, sort: str) -> None:
    stay(unit, DAY, name="Anne")
    then(stay(unit, DAY - timedelta(days=9), DAY, name="Bo"), ResidenceKind.OWNED, DAY)
    assert [row.name for row in page.get(reverse(URL), {"sort": sort}).context["found"].page.rows]


@pytest.mark.parametrize("query", ["only=nonsense", "after=-1", "after=%C2%B2", "owner=x", "sort=password"])
def test_a_filter_that_is_not_understood_is_left_out(page: Client, query: str) -> None:
    assert page.get(f"{reverse(URL)}?{query}").status_code == 200


def test_its_statements_do_not_grow_with_the_households(
    page: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        stay(unit, DAY - timedelta(days=number))
    page.get(reverse(URL))
    with django_assert_max_num_queries(10):
        page.get(reverse(URL))


def test_a_reporter_is_refused(client: Client, unit: Unit) -> None:
    client.force_login(reporter(unit))
    assert client.get(reverse(URL)).status_code == 403


def test_an_empty_list_leads_to_registering(page: Client) -> None:
    with translation.override("en"):
        assert reverse("cases:register") in page.get(reverse(URL)).content.decode()


def test_somebody_on_a_case_elsewhere_sees_it(client: Client, unit: Unit) -> None:
    kari = caseworker(unit)
    household = stay(UnitFactory.create(), DAY, name="Utlånt Sak")
    AssignmentFactory.create(household=household, employee=kari)
    client.force_login(kari)
    assert "Utlånt Sak" in text_of(client.get(reverse(URL)))
