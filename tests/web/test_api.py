"""The figures' interface: what it tells with a key, what it withholds, and everything it refuses."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housing.models import ResidenceKind
from kpi.catalogue import BY_CODE, CATALOGUE
from kpi.measurement import Period, Question, measure
from kpi.views.api import THROTTLE
from people.models import Household, Protection, Reading, Role, Unit
from tests.factories.people import AT, DAY, KONGSBERG, OSLO_NUMBER, UnitFactory, employee_with, team_leader
from tests.factories.tokens import ApiTokenFactory
from tests.web.unit_life import shielded, stay, then

pytestmark = pytest.mark.django_db

BASE = "/api/figures"
LONG_STAY = (date(2025, 1, 10), date(2025, 6, 1))
SHORT_STAY = (date(2025, 2, 1), date(2025, 3, 1))


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def key(db: None) -> str:
    ApiTokenFactory.create(secret="mine")
    return "mine"


def asked(client: Client, path: str, key: str = "mine", **query: Any) -> Any:
    return client.get(f"{BASE}{path}", query, headers={"Authorization": f"Bearer {key}"})


def told(client: Client, path: str, **query: Any) -> Any:
    answer = asked(client, path, **query)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def values(client: Client, year: int = 2025) -> dict[str, dict[str, Any]]:
    return {row["indicator"]: row for row in told(client, f"/years/{year}")["values"]}


def stays(unit: Unit, count: int, days: tuple[date, date]) -> list[Household]:
    return [stay(unit, *days, name=f"Canary{number} Wren") for number in range(count)]


def test_the_catalogue_is_told_with_the_years_there_are(client: Client, unit: Unit, key: str) -> None:
    stay(unit, date(2023, 5, 1), date(2023, 6, 1))

    found = told(client, "/indicators")

    assert found["municipality"] == KONGSBERG
    assert found["years"] == [2025, 2024, 2023]
    assert [one["code"] for one in found["indicators"]] == [one.code for one in CATALOGUE]


def test_every_figure_of_a_year_that_is_not_small_is_what_the_pages_say(client: Client, unit: Unit, key: str) -> None:
    stays(unit, 5, LONG_STAY)
    stays(unit, 6, SHORT_STAY)

    found = values(client)

    counted = measure(Question(municipality=KONGSBERG), [Period(date(2025, 1, 1), date(2026, 1, 1))])
    assert set(found) == set(BY_CODE)
    for figure in counted:
        row = found[figure.indicator.code]
        if not row["is_withheld"]:
            assert row["value"] == (None if figure.value is None else float(figure.value))
            assert row["numerator"] == figure.numerator
    assert (found["2.2"]["value"], found["2.s2"]["value"], found["2.1"]["value"]) == (5, 11, 54.5)


def test_a_small_number_is_withheld_with_what_would_give_it_away(client: Client, unit: Unit, key: str) -> None:
    stays(unit, 2, LONG_STAY)
    stays(unit, 6, SHORT_STAY)

    found = values(client)

    assert found["2.2"] | {"value": None, "numerator": None, "is_withheld": True} == found["2.2"]
    # eight less the six would be the two
    assert found["2.1"]["is_withheld"] and found["2.1"]["numerator"] is None and found["2.1"]["value"] is None
    assert found["2.s2"]["value"] == 8


def test_nights_of_few_households_are_withheld_and_of_nobody_are_none(client: Client, unit: Unit, key: str) -> None:
    stays(unit, 3, SHORT_STAY)

    found = values(client)

    assert found["nights"]["is_withheld"] and found["nights"]["value"] is None
    assert (found["2.s1"]["value"], found["2.s1"]["is_withheld"]) == (0, False)


def test_parts_of_one_whole_do_not_give_the_smallest_away(client: Client, unit: Unit, key: str) -> None:
    for days in ((date(2023, 1, 10), date(2023, 2, 1)), (date(2023, 3, 10), date(2023, 9, 1))):
        for household in stays(unit, 5, days):
            then(household, ResidenceKind.MUNICIPAL_RENTAL, days[1], lease="ordinary", ends_on=days[1] + timedelta(30))
            then(household, ResidenceKind.FRIENDS, days[1] + timedelta(30))

    found = values(client, 2023)

    assert (found["returns_6"]["value"], found["returns_12"]["value"]) == (100, 100)


def test_who_is_homeless_again_is_not_told_while_they_are_followed(client: Client, unit: Unit, key: str) -> None:
    for household in stays(unit, 5, (date(2025, 1, 10), date(2025, 2, 1))):
        then(household, ResidenceKind.OWNED, date(2025, 2, 1))

    found = values(client)["returns_12"]

    assert (found["numerator"], found["value"], found["is_withheld"]) == (None, None, True)
    assert found["denominator"] == 5


def test_an_indicator_is_told_of_every_year(client: Client, unit: Unit, key: str) -> None:
    stay(unit, date(2023, 5, 1), date(2023, 6, 1))
    stays(unit, 5, LONG_STAY)

    found = told(client, "/indicators/2.s2")

    assert found["indicator"]["question"] == "How many households were in temporary accommodation?"
    assert [(row["year"], row["value"]) for row in found["values"]] == [(2025, 5), (2024, 0), (2023, None)]
    assert [row["is_withheld"] for row in found["values"]] == [False, False, True]


def test_the_rule_of_counting_is_the_one_asked_for(client: Client, unit: Unit, key: str) -> None:
    stays(unit, 5, (date(2024, 10, 20), date(2025, 2, 1)))

    assert values(client)["2.2"]["value"] == 5
    by_kostra = {row["indicator"]: row for row in told(client, "/years/2025", rule="kostra")["values"]}
    assert (by_kostra["2.2"]["value"], by_kostra["2.2"]["rule"]) == (0, "kostra")


def test_it_tells_of_the_key_s_own_municipality_alone(client: Client, unit: Unit, key: str) -> None:
    stays(UnitFactory.create(municipality_id=OSLO_NUMBER), 7, LONG_STAY)
    stays(unit, 5, LONG_STAY)

    assert {row["municipality"] for row in values(client).values()} == {KONGSBERG}
    assert values(client)["2.s2"]["value"] == 5


def test_nothing_it_tells_is_of_anybody_and_nothing_is_read(client: Client, unit: Unit, key: str) -> None:
    people = [*stays(unit, 5, LONG_STAY), shielded(unit, LONG_STAY[0])]
    people.append(shielded(unit, LONG_STAY[0], Protection.STRICTLY_CONFIDENTIAL))

    for path in ("/indicators", "/indicators/2.s2", "/years/2025"):
        text = asked(client, path).content.decode()
        assert "Wren" not in text
        for household in people:
            assert household.ref not in text and str(household.key) not in text
    assert not Reading.objects.exists()
    assert values(client)["2.s2"]["value"] == 7


def opened_by(client: Client, header: str | None) -> Any:
    return client.get(f"{BASE}/years/2025", headers={} if header is None else {"Authorization": header})


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic bWluZTo=", "mine"])
def test_without_a_key_that_opens_nothing_is_told(header: str | None, client: Client, key: str) -> None:
    answer = opened_by(client, header)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert list(json.loads(answer.content)) == ["detail"]


def test_a_key_run_out_and_a_withdrawn_one_are_refused_alike(client: Client) -> None:
    ApiTokenFactory.create(secret="old", expires_on=DAY - timedelta(days=1))
    ApiTokenFactory.create(
        secret="gone", withdrawn_at=AT, withdrawn_by=employee_with(Role.OPERATIONS, UnitFactory.create())
    )

    answers = [opened_by(client, f"Bearer {secret}") for secret in ("old", "gone", "never")]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1


def test_a_session_opens_nothing_here(client: Client, unit: Unit) -> None:
    client.force_login(team_leader(unit))

    assert client.get(f"{BASE}/years/2025").status_code == 401


def test_a_key_opens_no_page(client: Client, key: str) -> None:
    answer = client.get(reverse("kpi:indicators"), headers={"Authorization": "Bearer mine"})

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("year", [2026, 2027, 2024, 1900, 0, -1, 10**30])
def test_a_year_not_over_or_before_what_there_is_is_not_there(year: int, client: Client, unit: Unit, key: str) -> None:
    stay(unit, *LONG_STAY)

    answer = asked(client, f"/years/{year}")

    assert answer.status_code == 404
    assert "no figures of this year" in answer.content.decode()


def test_without_any_data_there_are_no_years(client: Client, key: str) -> None:
    assert told(client, "/indicators")["years"] == []
    assert asked(client, "/years/2025").status_code == 404
    assert told(client, "/indicators/2.1")["values"] == []


@pytest.mark.parametrize(
    ("path", "query", "status", "said"),
    [
        ("/indicators/99.9", {}, 404, "no such indicator"),
        ("/years/last", {}, 422, "year"),
        ("/years/2025", {"rule": "guess"}, 422, "rule"),
        ("/years/2025", {"unit": "1"}, 422, "unit"),
        ("/indicators", {"names": "yes"}, 422, "names"),
        ("/indicators/2.1", {"municipality": "0301"}, 422, "municipality"),
    ],
)
def test_what_cannot_be_answered_is_said_by_name(
    path: str, query: dict[str, str], status: int, said: str, client: Client, unit: Unit, key: str
) -> None:
    stay(unit, *LONG_STAY)

    answer = asked(client, path, **query)

    assert answer.status_code == status
    assert said in json.loads(answer.content)["detail"]


def test_who_asks_too_often_is_told_to_wait(client: Client, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(THROTTLE, "num_requests", 2)
    ApiTokenFactory.create(secret="other", name="Another system")

    answers = [asked(client, "/indicators") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert json.loads(answers[-1].content) == {"detail": "Too many questions. Wait a minute."}
    assert asked(client, "/indicators", key="other").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method: str, client: Client, key: str) -> None:
    for path in ("/indicators", "/indicators/2.1", "/years/2025"):
        answer = getattr(client, method)(f"{BASE}{path}", headers={"Authorization": "Bearer mine"})
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


def test_the_description_is_open_and_the_document_names_every_address(client: Client) -> None:
    described = json.loads(client.get(f"{BASE}/openapi.json").content)
    document = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")

    assert sorted(described["paths"]) == [
        f"{BASE}/indicators",
        f"{BASE}/indicators/{{code}}",
        f"{BASE}/years/{{year}}",
    ]
    for path, methods in described["paths"].items():
        assert list(methods) == ["get"]
        assert methods["get"]["security"]
        assert path in document
    for schema in ("Value", "About"):
        for field in described["components"]["schemas"][schema]["properties"]:
            assert f"`{field}`" in document
