"""The page of the homeless by name: every number is its list, whoever looks."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housing.models import ResidenceKind
from people.models import Protection, Role, Unit
from tests.factories.people import AT, UnitFactory, employee_with, team_leader
from tests.web.unit_life import shielded, stay, then

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


def some_months(unit: Unit) -> None:
    stay(unit, date(2026, 1, 5), name="Still Here", has_child=True)
    housed = stay(unit, date(2026, 1, 7), date(2026, 2, 10), name="Got Home")
    then(housed, ResidenceKind.OWNED, date(2026, 2, 10), ends_on=date(2026, 3, 2))
    then(housed, ResidenceKind.FRIENDS, date(2026, 3, 2))
    shielded(unit, date(2026, 2, 1))
    shielded(unit, date(2026, 2, 1), Protection.STRICTLY_CONFIDENTIAL)


@pytest.mark.parametrize("role", [Role.TEAM_LEADER, Role.CASEWORKER, Role.REPORTER, Role.AUDITOR])
def test_every_number_is_its_list_whoever_looks(client: Client, unit: Unit, role: Role) -> None:
    some_months(unit)
    client.force_login(employee_with(role, unit))
    page = client.get(reverse("kpi:by_name"))
    cells = [cell for month in page.context["months"][:3] for cell in month.cells]
    assert any(cell.value for cell in cells)
    for cell in cells:
        listed = client.get(cell.url)
        names = listed.context["names"]
        assert names.page.total + names.hidden == cell.value == listed.context["times"], cell.label
    for zero in page.context["zeros"]:
        for cell in (zero.active, zero.housed):
            assert client.get(cell.url).context["times"] == cell.value


def test_the_months_tell_who_came_and_went(client: Client, unit: Unit) -> None:
    some_months(unit)
    client.force_login(team_leader(unit))
    page = client.get(reverse("kpi:by_name"))
    march, february = page.context["months"][:2]
    assert [cell.value for cell in march.cells if "before" in cell.url or "after" in cell.url] == [2, 3]
    assert [cell.value for cell in february.cells if "home" in cell.url] == [1]
    text = page.content.decode()
    assert "Still Here" in text
    assert "Got Home" in text
    returned = next(cell for cell in march.cells if "came-returned" in cell.url)
    assert "Got Home" in client.get(returned.url).content.decode()


def test_of_a_group_it_is_not_told_how_many_are_hidden(client: Client, unit: Unit) -> None:
    some_months(unit)
    client.force_login(team_leader(unit))
    page = client.get(reverse("kpi:by_name"), {"group": "families"})
    assert (page.context["names"].page.total, page.context["names"].hidden) == (1, None)


@pytest.mark.parametrize(
    "path", [["2026-02-02", "after"], ["2026-99-01", "after"], ["2027-01-01", "after"], ["2026-02-01", "nobody"]]
)
def test_a_list_that_is_none_is_not_found(client: Client, unit: Unit, path: list[str]) -> None:
    client.force_login(team_leader(unit))
    assert client.get(reverse("kpi:by_name_list", args=path)).status_code == 404


@pytest.mark.parametrize("told", [{"last_day": "1.1.2030"}, {"last_day": "x"}, {"known_at": "x"}, {"group": "cats"}])
def test_what_cannot_be_asked_is_said_at_its_field(client: Client, unit: Unit, told: dict[str, str]) -> None:
    client.force_login(team_leader(unit))
    page = client.get(reverse("kpi:by_name"), told)
    assert list(page.context["form"].errors) == list(told)


def test_the_month_is_held_against_the_one_before_and_every_number_is_its_list(client: Client, unit: Unit) -> None:
    some_months(unit)
    client.force_login(team_leader(unit))
    page = client.get(reverse("kpi:month"))
    for row in page.context["rows"]:
        for shown, url in ((row.now, row.now_url), (row.before, row.before_url)):
            behind = client.get(url)
            assert behind.context["shown"].figure.value == shown.figure.value, url
            assert not behind.context["form"].errors
        explained = client.get(row.why_url)
        assert not explained.context["form"].errors
        assert explained.context["change"] == row.change
    assert [cell.value for cell in page.context["cells"]] == [2, 1, 0, 3]


def test_the_month_leads_to_what_the_checks_of_the_form_find(client: Client, unit: Unit) -> None:
    some_months(unit)
    client.force_login(team_leader(unit))

    checks = client.get(reverse("kpi:month")).context["checks"]

    form = client.get(checks.url)
    found = [one.finding for one in form.context["findings"] if one.finding.households]
    assert checks.texts, "stays without a decision are found"
    assert checks.texts == [str(one.check.text) for one in found]
    assert checks.households == len({household for one in found for household in one.households})
