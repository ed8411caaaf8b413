"""Dwellings read in from Excel: looked at first, five thousand within a minute, all or nothing."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from time import monotonic
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from cases.imports.stock import packed, unpacked
from housing.models import Dwelling, ResidenceKind, Tenure
from people.models import Unit
from tests.factories.housing import AgreementFactory, DwellingFactory, ResidenceFactory
from tests.factories.people import KONGSBERG, LONG_AGO, OSLO_NUMBER, UnitFactory, caseworker
from tests.web.pages import text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

HEADER = ["ref", "municipality", "tenure", "address", "area_m2", "rooms", "accessible", "acquired_on", "disposed_on"]
_SHEET = re.compile(r'name="sheet" value="([^"]+)"')


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(client: Client, unit: Unit) -> Client:
    client.cookies["django_language"] = "en"
    return sign_in(client, caseworker(unit))


def row(number: int, **changed: object) -> list[object]:
    facts: dict[str, object] = {
        "ref": f"D-{number:05}",
        "municipality": int(KONGSBERG),
        "tenure": "owned",
        "address": f"Testveien {number}",
        "area_m2": 40 + number % 50,
        "rooms": 1 + number % 4,
        "accessible": number % 3 == 0,
        "acquired_on": date(2015, 1, 1),
        "disposed_on": None,
        **changed,
    }
    return [facts[name] for name in HEADER]


def workbook(*rows: list[object], header: list[str] = HEADER, title: str = "dwellings") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    lines: tuple[list[Any], ...] = (header, *rows)
    for cells in lines:
        sheet.append(cells)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def look(client: Client, content: bytes, name: str = "stock.xlsx") -> str:
    answer = client.post(reverse("cases:import_dwellings"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    return str(answer.content.decode())


def say_yes(client: Client, page: str) -> str:
    hidden = dict(re.findall(r'name="([a-z_]+)"[^>]*? value="([^"]*)"', page))
    answer = client.post(reverse("cases:read_in_dwellings"), {**hidden, "sheet": _SHEET.findall(page)[0]})
    return answer.headers["Location"] if answer.status_code == 302 else text_of(answer)


def test_five_thousand_dwellings_are_looked_at_and_read_in_within_a_minute(tmp_path: Path) -> None:
    file = tmp_path / "stock.xlsx"
    file.write_bytes(workbook(*(row(number) for number in range(5_000))))
    call_command("import_data", str(file), stdout=StringIO())
    file.write_bytes(workbook(*(row(number, area_m2=99) for number in range(5_000))))
    out = StringIO()

    began = monotonic()
    call_command("import_data", str(file), "--dry-run", "--diff", stdout=out)
    took = monotonic() - began

    assert took < 60
    lines = out.getvalue().splitlines()
    changed = sum("area_m2" in line for line in lines)
    assert lines[0] == f"dwellings.csv: 0 would be created, {changed} would be changed, {5_000 - changed} left alone"
    assert "dwellings.csv D-00001: area_m2 41 → 99" in lines
    assert Dwelling.objects.filter(area_m2=99).count() == 0


def test_a_workbook_is_looked_at_before_it_is_read_in(worker: Client) -> None:
    DwellingFactory.create(ref="D-00001", address="The old address", acquired_on=date(2015, 1, 1))

    page = look(worker, workbook(row(1), row(2)))

    assert "The old address" in page and "Testveien 1" in page
    assert Dwelling.objects.count() == 1
    assert say_yes(worker, page) == reverse("housing:dwellings")
    assert set(Dwelling.objects.values_list("address", flat=True)) == {"Testveien 1", "Testveien 2"}
    assert "Read it in" not in look(worker, workbook(row(1), row(2)))


def test_a_sheet_of_another_name_is_read_when_it_is_the_only_one(worker: Client) -> None:
    assert "Read it in" in look(worker, workbook(row(1), title="Sheet1"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"area_m2": 0}, "area_m2"),
        ({"tenure": "squatted"}, "owned"),
        ({"municipality": OSLO_NUMBER}, "you keep no dwellings there"),
        ({"disposed_on": date(2014, 1, 1)}, "disposed_on is not after acquired_on"),
    ],
)
def test_what_cannot_be_is_listed_by_row_and_nothing_is_read_in(
    changed: dict[str, object], told: str, worker: Client
) -> None:
    page = look(worker, workbook(row(1), row(2, **changed)))

    assert "1 fault in the file. Nothing was changed." in page
    assert "Row 3" in page and told in page
    assert not Dwelling.objects.exists()


def test_a_file_that_is_no_workbook_is_refused(worker: Client) -> None:
    assert "cannot be read as an .xlsx workbook" in look(worker, b"not a workbook")
    broken = BytesIO()
    with ZipFile(BytesIO(workbook(row(1)))) as whole, ZipFile(broken, "w") as half:
        for one in whole.namelist():
            half.writestr(one, whole.read(one)[:300] if one.endswith("sheet1.xml") else whole.read(one))
    assert "cannot be read as an .xlsx workbook" in look(worker, broken.getvalue())
    assert "Choose an .xlsx file." in look(worker, b"ref;tenure", name="stock.csv")


def test_a_dwelling_that_is_let_or_under_an_agreement_is_not_changed_under_it(worker: Client) -> None:
    let = DwellingFactory.create(ref="D-00001")
    ResidenceFactory.create(dwelling=let, kind=ResidenceKind.MUNICIPAL_RENTAL, lease="ordinary", starts_on=LONG_AGO)
    DwellingFactory.create(ref="D-00002", tenure=Tenure.REFERRAL_AGREEMENT, agreement=AgreementFactory.create())

    page = look(worker, workbook(row(1, disposed_on=date(2026, 1, 1)), row(2)))

    assert "the dwelling is let or held on 2026-01-01 or later" in page
    assert "the dwelling stands under an agreement" in page


def test_a_sheet_sent_with_a_municipality_of_others_is_refused_again(worker: Client) -> None:
    page = look(worker, workbook(row(1)))
    [text] = _SHEET.findall(page)
    sheet = unpacked(text)
    others = [[cell.replace(KONGSBERG, OSLO_NUMBER) for cell in cells] for _line, cells in sheet.lines]
    sheet.lines[:] = list(enumerate(others, start=2))

    assert "you keep no dwellings there" in say_yes(worker, page.replace(text, packed(sheet)))
    assert "Choose the file again." in say_yes(worker, page.replace(text, "bm90IHBhY2tlZA=="))
    assert not Dwelling.objects.exists()
