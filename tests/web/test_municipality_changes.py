"""A period before a municipality's data, or before its borders, and a number that another municipality followed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kpi.questions.trend import data_begins
from people.models import Municipality, Role
from tests.factories.people import AT, UnitFactory, employee_with, team_leader
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

URL = "kpi:indicators"


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def _asked(client: Client, number: str, first_night: date, **asked: str) -> dict[str, list[str]]:
    unit = UnitFactory.create(municipality=Municipality.objects.get(pk=number))
    stay(unit, first_night)
    client.force_login(team_leader(unit))
    page = client.get(reverse(URL), asked, headers={"accept-language": "en"})
    assert page.status_code == 200
    assert page.context["place"].municipality == number
    return {name: list(errors) for name, errors in page.context["form"].errors.items()}


def test_a_period_before_the_data_is_told_so(client: Client) -> None:
    asked = {"period": "own", "first_day": "1.1.2020", "last_day": "31.1.2026"}
    assert _asked(client, "0301", date(2026, 2, 1), **asked) == {
        "first_day": ["Nothing is registered from before Feb. 1, 2026. Choose a later period."]
    }
    assert _asked(client, "0301", date(2026, 2, 1), period="last_year").keys() == {"period"}


def test_a_period_across_a_merger_is_told_of_it(client: Client) -> None:
    asked = {"period": "own", "first_day": "31.12.2019", "last_day": "31.1.2020"}
    [told] = _asked(client, "3103", date(2019, 1, 1), **asked)["first_day"]
    assert told.endswith("was formed on Jan. 1, 2020 of Moss (0104) and Rygge (0136). Choose a period from that day.")
    assert not _asked(client, "3103", date(2019, 1, 1), **asked | {"first_day": "1.1.2020"})
    up_to_now = asked | {"first_day": "1.1.2015", "last_day": "10.3.2026"}
    assert _asked(client, "3103", date(2019, 1, 1), **up_to_now).keys() == {"first_day"}
    assert not _asked(client, "4601", date(2019, 1, 1), **asked), "Bergen got a new number only"


def test_a_period_before_a_division_is_told_of_it(client: Client) -> None:
    asked = {"period": "own", "first_day": "1.1.2023", "last_day": "31.12.2023"}
    [told] = _asked(client, "1580", date(2019, 1, 1), **asked)["first_day"]
    assert "was a part of Ålesund (1507) until Jan. 1, 2024." in told
    assert data_begins("1580") == date(2024, 1, 1)


def test_a_former_number_shows_what_followed_it_and_says_so(client: Client) -> None:
    [told] = _asked(client, "3103", date(2026, 1, 1), place="0136")["place"]
    assert told == "0136 Rygge is no municipality since Jan. 1, 2020. What followed it is 3103 Moss."


@pytest.mark.parametrize("url", ["kpi:front", "kpi:kostra_now", "kpi:result_report", "kpi:counting"])
def test_a_page_of_a_municipality_shows_what_followed_a_former_number(url: str, client: Client) -> None:
    unit = UnitFactory.create(municipality=Municipality.objects.get(pk="3103"))
    client.force_login(employee_with(Role.REPORTER, unit))
    address = reverse(url)

    page = client.get(address, {"place": "0136"}, headers={"accept-language": "en"}, follow=True)

    assert page.status_code == 200
    told = [str(one) for one in page.context["messages"]]
    assert told == ["0136 Rygge is no municipality since Jan. 1, 2020. What followed it is 3103 Moss."]
    assert client.get(address, {"place": "0104"}, follow=True).status_code == 200
    assert client.get(address, {"place": "1901"}, follow=True).status_code == 404
    assert client.post(address, {}, query_params={"place": "0136"}).status_code in (404, 405)


def test_a_number_of_somebody_else_s_is_not_found(client: Client) -> None:
    client.force_login(team_leader(UnitFactory.create()))
    assert client.get(reverse(URL), {"place": "0136"}).status_code == 404


def test_a_command_says_what_followed_a_former_number() -> None:
    with pytest.raises(CommandError, match="There is no municipality 1504; it is now 1508 and 1580"):
        call_command("measure", "--municipality", "1504", "--from", "2026-01-01", "--to", "2026-02-01")
