"""KOSTRA's form 13 from draft to sent, by two people, and its files."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from kpi.actions.report import answer_cells
from kpi.kostra import cells_of
from kpi.models import Report, ReportState, SentCell
from people.models import Employee, Role, Unit
from tests.factories.people import KONGSBERG, UnitFactory, employee_with
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

YEAR = localdate(now()).year - 1
PAGE = "kpi:kostra"


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def reporter(unit: Unit) -> Employee:
    return employee_with(Role.REPORTER, unit)


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return employee_with(Role.TEAM_LEADER, unit)


def step(client: Client, by: Employee, name: str) -> str:
    sign_in(client, by)
    answer = client.post(reverse(PAGE, args=[YEAR]), {"step": name, "form_key": uuid4()}, follow=True)
    assert answer.status_code == 200
    if name == "begin":
        answer_cells(report_id=Report.objects.get().pk, values={"inhabitants": 27_000}, by=by, at=now())
    return answer.content.decode()


def locked(client: Client, reporter: Employee, leader: Employee) -> Report:
    for by, name in (
        (reporter, "begin"),
        (reporter, "check"),
        (reporter, "explain"),
        (leader, "approve"),
        (reporter, "lock"),
    ):
        step(client, by, name)
    report: Report = Report.objects.get()
    assert report.state == ReportState.LOCKED
    return report


def test_a_year_goes_from_draft_to_sent_by_two_people(client: Client, reporter: Employee, leader: Employee) -> None:
    locked(client, reporter, leader)
    step(client, reporter, "send")

    assert Report.objects.get().state == ReportState.SENT


def test_it_is_not_locked_without_a_second_person(client: Client, reporter: Employee) -> None:
    for name in ("begin", "check", "explain"):
        step(client, reporter, name)

    assert "Somebody else approves it" in step(client, reporter, "approve")
    assert "waits for somebody else" in step(client, reporter, "lock")
    assert Report.objects.get().state == ReportState.EXPLAINED


def test_every_cell_of_the_page_leads_to_a_list(client: Client, leader: Employee) -> None:
    sign_in(client, leader)
    page = client.get(reverse(PAGE, args=[YEAR]))

    shown = [one for _words, lines in page.context["blocks"] for one in lines]
    assert [one.line.cell.key for one in shown] == [cell.key for cell in cells_of(YEAR)]
    for url in {one.url for one in shown}:
        assert client.get(url).status_code == 200


def test_a_great_change_is_explained_before_it_goes_on(client: Client, reporter: Employee) -> None:
    sign_in(client, reporter)
    client.post(reverse("kpi:kostra_sent", args=[YEAR]), {"temporary": "20", "form_key": uuid4()})
    assert SentCell.objects.get().value == 20
    step(client, reporter, "begin")
    step(client, reporter, "check")

    assert "Explain each of them" in step(client, reporter, "explain")
    client.post(
        reverse("kpi:kostra_remark", args=[YEAR, "explanation", "temporary"]),
        {"text": "The place was closed.", "form_key": uuid4()},
    )
    step(client, reporter, "explain")
    assert Report.objects.get().state == ReportState.EXPLAINED


@pytest.mark.parametrize("ending", ["json", "excel", "pdf"])
def test_a_locked_one_gives_the_same_bytes_again(
    ending: str, client: Client, reporter: Employee, leader: Employee
) -> None:
    locked(client, reporter, leader)
    url = reverse("kpi:kostra_file", args=[YEAR, ending])

    first, again = client.get(url), client.get(url)

    assert first.status_code == 200
    assert first.content == again.content


def test_a_seal_that_was_tampered_with_gives_no_file(client: Client, reporter: Employee, leader: Employee) -> None:
    report = locked(client, reporter, leader)
    content = json.loads(json.dumps(report.content))
    content["cells"][0]["value"] += 1
    Report.objects.update(content=content)

    assert client.get(reverse("kpi:kostra_file", args=[YEAR, "json"])).status_code == 409
    assert "The seal is broken" in client.get(reverse(PAGE, args=[YEAR])).content.decode()


def test_a_value_that_is_no_number_is_refused_at_its_field(client: Client, reporter: Employee) -> None:
    sign_in(client, reporter)
    answer = client.post(reverse("kpi:kostra_sent", args=[YEAR]), {"temporary": "-1", "form_key": uuid4()})

    assert answer.status_code == 200
    assert answer.context["form"].errors["temporary"]
    assert not SentCell.objects.exists()


def test_another_municipality_s_page_is_not_found(client: Client, leader: Employee) -> None:
    sign_in(client, leader)

    assert client.get(reverse(PAGE, args=[YEAR]), {"place": "0301"}).status_code == 404
    assert client.get(reverse(PAGE, args=[1999]), {"place": KONGSBERG}).status_code == 404
