"""A file leaves in one way: by somebody proved, with a reason, within the day's number, entered in the register."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Alert, AlertKind, ExportEntry, Household, Reading, Showing, Unit
from people.spreadsheets import workbook
from tests.factories.people import (
    AssignmentFactory,
    EmployeeFactory,
    UnitFactory,
    caseworker,
    reporter,
    team_leader,
)
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import shielded, stay

pytestmark = pytest.mark.django_db

URL = "/figures/2.2/households/export"
WHY = {"reason": "Asked for by the council"}
#: Over three months ago, whatever day it is.
OVER = timezone.localdate() - timedelta(days=200)
PAYLOADS = ["=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "0123"]


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(client: Client, unit: Unit) -> Client:
    return sign_in(client, team_leader(unit))


def cells_of(content: bytes) -> list[tuple[Any, ...]]:
    [sheet] = openpyxl.load_workbook(BytesIO(content)).worksheets
    return list(sheet.iter_rows())


def rows_of(content: bytes) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in cells_of(content)]


def test_the_list_behind_a_figure_is_a_file_with_its_rows(leader: Client, unit: Unit) -> None:
    household = stay(unit, OVER, name="Ingrid Nordmann", has_child=True)
    AssignmentFactory.create(household=household, employee=EmployeeFactory.create(name="Kari Saksbehandler"))

    file = send(leader, URL, WHY)

    heads, row = rows_of(file.content)
    assert file.headers["Content-Disposition"] == 'attachment; filename="figure-2.2.xlsx"'
    assert file.headers["Cache-Control"] == "no-store"
    assert len(heads) == len(row)
    assert row[:3] == (household.ref[:8], "Ingrid Nordmann", datetime.combine(OVER, time()))
    assert row[-1] == "Kari Saksbehandler"


def test_a_file_is_entered_with_its_reason_rows_and_hash_and_logged_a_line_a_household(
    leader: Client, unit: Unit
) -> None:
    households = {stay(unit, OVER).pk, stay(unit, OVER).pk}

    file = send(leader, URL, WHY)

    [entry] = ExportEntry.objects.all()
    lines = Reading.objects.filter(what=Showing.EXPORT)
    assert (entry.kind, entry.reason, entry.rows) == ("figure", WHY["reason"], 2)
    assert entry.sha256 == sha256(file.content).hexdigest()
    assert {line.household_id for line in lines} == households
    assert {line.employee_id for line in lines} == {entry.by_id}


def test_a_reporter_s_file_has_cases_and_no_names(client: Client, unit: Unit) -> None:
    household = stay(unit, OVER, name="Ingrid Nordmann")
    hidden = shielded(unit, OVER)

    rows = rows_of(send(sign_in(client, reporter(unit)), URL, WHY).content)

    assert [row[:2] for row in rows[1:]] == [(household.ref[:8], None)]
    assert hidden.ref[:8] not in str(rows)


@pytest.mark.parametrize("reason", ["", "because", "          "])
def test_without_a_reason_nothing_leaves(reason: str, leader: Client, unit: Unit) -> None:
    stay(unit, OVER)

    page = send(leader, URL, {"reason": reason})

    assert page.status_code == 200
    assert page.context["form"].errors["reason"]
    assert not ExportEntry.objects.exists()


def test_whoever_may_not_export_cannot(client: Client, unit: Unit) -> None:
    stay(unit, OVER)
    sign_in(client, caseworker(unit))

    assert client.get(URL).status_code == 403
    assert client.post(URL, WHY).status_code == 403
    assert URL not in client.get(reverse("kpi:behind", args=["2.2"])).content.decode()


def test_an_old_sign_in_must_prove_itself_again(client: Client, unit: Unit) -> None:
    sign_in(client, team_leader(unit), at=timezone.now() - timedelta(hours=1))

    for answer in (client.get(URL), client.post(URL, WHY)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("people:sign_in_again"))
    assert not ExportEntry.objects.exists()


def test_a_script_that_downloads_in_a_loop_is_stopped_and_the_leader_is_told(
    client: Client, unit: Unit, settings: LazySettings
) -> None:
    settings.VARIG_EXPORTS_A_DAY = 3
    stay(unit, OVER)
    script = reporter(unit)
    sign_in(client, script)
    form = {**WHY, "form_key": ""}

    answers = [client.post(URL, form) for _n in range(8)]

    files = [answer for answer in answers if answer.headers["Content-Type"].startswith("application/")]
    assert len(files) == ExportEntry.objects.count() == 3
    assert all(answer.context["form"].non_field_errors() for answer in answers[3:])
    assert str(settings.VARIG_EXPORTS_A_DAY) in answers[-1].context["form"].non_field_errors()[0]
    [alert] = Alert.objects.all()
    assert (alert.kind, alert.unit, alert.by) == (AlertKind.EXPORTS_STOPPED, unit, script)
    assert Reading.objects.filter(what=Showing.EXPORT).count() == 3


def test_the_next_day_one_may_again(
    client: Client, unit: Unit, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VARIG_EXPORTS_A_DAY = 1
    stay(unit, OVER)
    worker = reporter(unit)
    sign_in(client, worker)
    assert client.post(URL, WHY).headers["Content-Type"].startswith("application/")
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    sign_in(client, worker)

    assert client.post(URL, WHY).headers["Content-Type"].startswith("application/")


def test_the_register_shows_the_leader_what_the_unit_s_employees_took_out(client: Client, unit: Unit) -> None:
    stay(unit, OVER)
    worker = reporter(unit)
    send(sign_in(client, worker), URL, WHY)

    own = text_of(sign_in(client, team_leader(unit)).get(reverse("people:exports")))
    others = text_of(sign_in(client, team_leader(UnitFactory.create())).get(reverse("people:exports")))

    assert worker.name in own and WHY["reason"] in own
    assert worker.name not in others


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_in_a_file_is_a_formula(payload: str, leader: Client, unit: Unit) -> None:
    household = stay(unit, OVER, name=payload)
    AssignmentFactory.create(household=household, employee=EmployeeFactory.create(name=payload))
    Household.objects.filter(pk=household.pk).update(ref=payload)

    file = send(leader, URL, WHY)

    cells = [cell for row in cells_of(file.content)[1:] for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert [cell.value for cell in texts].count(payload) == (2 if len(payload) > 8 else 3)
    assert {cell.data_type for cell in texts} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_a_sheet_keeps_days_numbers_and_empty_cells_as_they_are() -> None:
    content = workbook("T", ["a", "b", "c", "d"], [[date(2026, 3, 10), 2.5, None, "=x"]])

    [_heads, row] = rows_of(content)

    assert row == (datetime(2026, 3, 10), 2.5, None, "=x")  # noqa: DTZ001 - Excel knows no zones
