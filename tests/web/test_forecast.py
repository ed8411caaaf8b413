"""The forecast: what is expected, who nears three months by name, what more homes would do, how good it has been."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.models import Household, Protection, Reading, Unit
from tests.factories.housing import PlannedHomeFactory
from tests.factories.people import AT, DAY, UnitFactory, caseworker, reporter, team_leader
from tests.web.unit_life import shielded, stay

pytestmark = pytest.mark.django_db

#: The limit of who came on this day is twenty days ahead.
CAME = date(2025, 12, 30)


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(client: Client, unit: Unit) -> Client:
    client.force_login(team_leader(unit))
    return client


def ended(unit: Unit, count: int, *, nights: int = 30) -> None:
    """Stays that ended, a week between them."""
    for number in range(count):
        began = DAY - timedelta(days=100 + 7 * number)
        stay(unit, began, began + timedelta(days=nights))


def shown(client: Client, name: str = "forecast", **asked: Any) -> Any:
    page = client.get(reverse(f"kpi:{name}"), asked)
    assert page.status_code == 200
    return page


def listed(page: Any) -> list[int]:
    return [row.household_id for row in page.context["page"].rows]


def test_who_nears_three_months_stands_by_name_with_how_many_others_stayed_on(leader: Client, unit: Unit) -> None:
    ended(unit, 24)
    near = stay(unit, CAME, name="Hansen Kari")
    far = stay(unit, DAY - timedelta(days=40))
    over = stay(unit, date(2025, 11, 1))

    page = shown(leader)

    assert listed(page) == [near.pk]
    [row] = page.context["page"].rows
    assert (row.limit_on, row.days_left) == (date(2026, 3, 30), 20)
    assert 0 < row.chance < 1
    text = page.content.decode()
    assert "Hansen Kari" in text
    assert "in ten stayed on" in text
    assert listed(shown(leader, days=60)) == [near.pk, far.pk]
    assert over.pk not in listed(shown(leader, days=60))


def test_each_number_of_those_who_reach_three_months_leads_to_its_list(leader: Client, unit: Unit) -> None:
    ended(unit, 24)
    for days in (1, 20, 40, 50):
        stay(unit, DAY - timedelta(days=90 - days))

    for number, url in shown(leader).context["reach"]:
        assert len(listed(leader.get(reverse("kpi:forecast") + url))) == number
    assert [number for number, _url in shown(leader).context["reach"]] == [2, 4]


def test_what_is_expected_adds_up(leader: Client, unit: Unit) -> None:
    ended(unit, 24)
    stay(unit, CAME)

    found = shown(leader).context["found"]

    assert found.there == 1
    assert [window.days for window in found.windows] == [30, 60]
    for window in found.windows:
        expected = found.there + window.come.expected - window.leave.expected
        assert abs(window.there.expected - expected) < 0.01


def test_with_too_little_history_nothing_is_said_but_who_is_near(leader: Client, unit: Unit) -> None:
    near = stay(unit, CAME)

    page = shown(leader)

    assert listed(page) == [near.pk]
    assert page.context["found"].windows == ()
    assert "There is too little history" in page.content.decode()
    assert "in ten stayed on" not in page.content.decode()
    assert "too little history" in shown(leader, "forecast_tried").content.decode()


def test_an_agreed_move_is_said_in_place_of_a_chance(leader: Client, unit: Unit) -> None:
    ended(unit, 24)
    stay(unit, CAME, DAY + timedelta(days=5))

    page = shown(leader)

    assert page.context["page"].rows[0].chance == 0
    assert "moves out 15 Mar 2026" in page.content.decode()


def test_planned_homes_are_the_homes_more_unless_one_says_another_number(leader: Client, unit: Unit) -> None:
    ended(unit, 24)
    for _household in range(3):
        stay(unit, CAME)
    PlannedHomeFactory.create(count=2, expected_on=DAY + timedelta(days=10))
    PlannedHomeFactory.create(count=5, expected_on=DAY + timedelta(days=70))

    def helped(**asked: Any) -> list[tuple[int, int]]:
        return [(one.homes, one.helped) for one in shown(leader, **asked).context["answers"]]

    assert helped() == [(2, 2), (2, 2)]
    assert helped(homes=1) == [(1, 1), (1, 1)]
    assert helped(homes=4) == [(4, 3), (4, 3)]
    assert helped(homes=0) == [(0, 0), (0, 0)]
    [near, _far] = shown(leader).context["answers"]
    assert near.with_them.expected < near.without.expected


@pytest.mark.parametrize("homes", ["-1", "501", "two", "1.5"])
def test_a_number_of_homes_that_makes_no_sense_is_said_at_its_field(homes: str, leader: Client, unit: Unit) -> None:
    page = shown(leader, homes=homes)

    assert list(page.context["form"].errors) == ["homes"]
    assert "error-summary" in page.content.decode() or "Error:" in page.content.decode()


def test_days_that_are_not_offered_are_refused_and_thirty_shown(leader: Client, unit: Unit) -> None:
    page = shown(leader, days="45")

    assert list(page.context["form"].errors) == ["days"]
    assert page.context["ahead"] == 30


def test_a_reporter_gets_case_numbers_and_what_was_read_is_logged(client: Client, unit: Unit) -> None:
    near, hidden = stay(unit, CAME, name="Hansen Kari"), shielded(unit, CAME)
    client.force_login(reporter(unit))

    page = shown(client)

    assert listed(page) == [near.pk]
    text = page.content.decode()
    assert f"Case {near.ref[:8]}" in text
    assert "Hansen" not in text
    assert hidden.ref[:8] not in text
    assert list(Reading.objects.values_list("household_id", flat=True)) == [near.pk]


def test_the_shielded_are_counted_and_the_strictly_confidential_not(leader: Client, unit: Unit) -> None:
    ended(unit, 24)
    stay(unit, CAME)
    shielded(unit, CAME)
    shielded(unit, CAME, Protection.STRICTLY_CONFIDENTIAL)

    page = shown(leader)

    assert page.context["found"].there == 2
    assert page.context["reach"][0][0] == 2
    assert len(listed(page)) == 1


def test_a_unit_s_forecast_is_of_its_own_and_learns_from_all(client: Client, unit: Unit) -> None:
    other = UnitFactory.create()
    ended(other, 24)
    mine, _theirs = stay(unit, CAME), stay(other, CAME)
    client.force_login(team_leader(unit))

    page = shown(client, place=f"u{unit.pk}")

    assert page.context["found"].there == 1
    assert page.context["found"].hazard.departures == 24
    assert listed(page) == [mine.pk]


def test_another_municipality_s_forecast_is_not_there(leader: Client) -> None:
    assert leader.get(reverse("kpi:forecast"), {"place": "0301"}).status_code == 404
    assert leader.get(reverse("kpi:forecast_tried"), {"place": "u999999"}).status_code == 404


def test_it_has_been_tried_on_earlier_evenings(leader: Client, unit: Unit) -> None:
    ended(unit, 60, nights=45)

    page = shown(leader, "forecast_tried")

    assert page.context["trials"]
    for _label, one in page.context["evenings"]:
        assert one.low <= one.high
    assert "The simplest guess" in page.content.decode()


def test_the_page_asks_as_many_questions_however_many_there_are(
    client: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(caseworker(unit))
    for _household in range(12):
        stay(unit, CAME)

    with django_assert_max_num_queries(40):
        shown(client)


def test_nobody_is_written_to_by_looking(leader: Client, unit: Unit) -> None:
    near = stay(unit, CAME)
    version = near.version

    shown(leader, homes=3)

    assert Household.objects.get(pk=near.pk).version == version
