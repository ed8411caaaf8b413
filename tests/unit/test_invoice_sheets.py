"""Reading a provider's invoice lines from CSV and Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook

from housing.imports.invoice import CannotReadInvoice, Read, read
from people.sheet_files import CannotReadSheet, SheetLines, sheet_of

TODAY = date(2026, 4, 2)
HEAD = ["Room", "From", "To", "Nights", "Price", "Amount"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def of(*lines: list[str], head: list[str] | None = None) -> Read:
    return read(SheetLines(head or HEAD, list(enumerate(lines, start=2))), today=TODAY)


def uploaded(text: str, name: str = "invoice.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(encoding))


def workbook(*rows: Sequence[object]) -> SimpleUploadedFile:
    book, kept = Workbook(), BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(kept)
    return SimpleUploadedFile("invoice.xlsx", kept.getvalue())


def test_a_line_is_read_with_its_days_and_kroner() -> None:
    [line] = of(["4", "1.3.2026", "11.3.2026", "10", "kr 1 250,50", "12.505,00"]).lines

    assert (line.place, line.room, line.starts_on, line.ends_on) == (2, "4", date(2026, 3, 1), date(2026, 3, 11))
    assert (line.price, line.amount) == (Decimal("1250.50"), Decimal("12505.00"))


def test_what_follows_from_the_rest_may_be_left_out() -> None:
    by_nights = of(["4", "1.3.26", "10", "750"], head=["Rom", "Fra", "Døgn", "Pris per døgn"]).lines[0]
    by_amount = of(["4", "1.3.26", "11.3.26", "7500"], head=["Rom nr.", "Fra dato", "Til dato", "Beløp"]).lines[0]

    assert by_nights.ends_on == by_amount.ends_on == date(2026, 3, 11)
    assert by_nights.amount == by_amount.amount == Decimal(7500)
    assert by_amount.price == Decimal(750)


def test_a_guest_s_name_is_left_out_and_a_sum_below_is_no_line() -> None:
    found = of(
        ["4", "1.3.26", "2.3.26", "750", "Kari"],
        ["", "", "", "750", "Sum"],
        head=["Room", "From", "To", "Price", "Guest"],
    )

    assert len(found.lines) == 1
    assert found.left_out == ["Guest"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["", "1.3.26", "2.3.26", "", "750", ""], "Line 2, room: is missing"),
        (["4" * 51, "1.3.26", "2.3.26", "", "750", ""], "Line 2, room: is longer than 50 letters"),
        (["4", "soon", "2.3.26", "", "750", ""], "Line 2, from: is not a day, such as 1.3.2026"),
        (["4", "", "2.3.26", "", "750", ""], "Line 2, from: is missing"),
        (["4", "31.2.26", "2.3.26", "", "750", ""], "Line 2, from: is not a day, such as 1.3.2026"),
        (["4", "1.3.26", "1.3.26", "", "750", ""], "Line 2, to: must come after the first night"),
        (["4", "1.3.26", "1.3.28", "", "750", ""], "Line 2, to: is more than a year after the first night"),
        (["4", "1.3.26", "", "", "750", ""], "Line 2, to: is missing"),
        (["4", "1.3.26", "3.3.26", "3", "750", ""], "Line 2, nights: says 3, but the days are 2 nights"),
        (["4", "1.3.26", "", "none", "750", ""], "Line 2, nights: is not a number of nights"),
        (["4", "1.3.26", "3.3.26", "", "cheap", ""], "Line 2, price a night: is not an amount in kroner"),
        (["4", "1.3.26", "3.3.26", "", "-1", ""], "Line 2, price a night: is not an amount in kroner"),
        (["4", "1.3.26", "3.3.26", "", "NaN", ""], "Line 2, price a night: is not an amount in kroner"),
        (["4", "1.3.26", "3.3.26", "", "", ""], "Line 2, price a night: is missing"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_by_line_and_column(line: list[str], sentence: str) -> None:
    with pytest.raises(CannotReadInvoice) as refused:
        of(line)

    assert [str(fault) for fault in refused.value.faults] == [sentence]


def test_every_faulty_line_is_named_at_once() -> None:
    with pytest.raises(CannotReadInvoice) as refused:
        of(["", "1.3.26", "2.3.26", "", "750", ""], ["4", "x", "2.3.26", "", "750", ""])

    assert len(refused.value.faults) == 2


def test_columns_that_are_lacking_are_named() -> None:
    with pytest.raises(CannotReadInvoice) as refused:
        of(["4"], head=["Room"])

    columns = [str(fault).rpartition(": ")[2] for fault in refused.value.faults]
    assert columns == ["from", "to", "price a night"]


def test_a_file_without_lines_is_refused() -> None:
    with pytest.raises(CannotReadInvoice):
        of()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_csv_is_read_as_excel_saves_it(encoding: str) -> None:
    sheet = sheet_of(uploaded("Rom;Fra;Døgn;Beløp\n4;1.3.26;2;1500\n", encoding=encoding), most=10)

    assert read(sheet, today=TODAY).lines[0].amount == Decimal(1500)


def test_a_workbook_s_days_and_numbers_are_read() -> None:
    rows: tuple[list[object], ...] = (
        ["Room", "From", "To", "Price"],
        [4, date(2026, 3, 1), date(2026, 3, 3), 750.0],
        [],
    )

    [line] = read(sheet_of(workbook(*rows), most=10), today=TODAY).lines

    assert (line.room, line.ends_on, line.price) == ("4", date(2026, 3, 3), Decimal(750))


@pytest.mark.parametrize(
    "file",
    [
        uploaded(""),
        uploaded("\n\n"),
        uploaded("Room\n", name="invoice.pdf"),
        uploaded("no workbook", name="invoice.xlsx"),
        uploaded('Room\n"4'),
        uploaded("Room\n" + "4\n" * 11),
        workbook(["Room"], *([["4"]] * 11)),
    ],
    ids=["empty", "blank", "pdf", "no workbook", "open quote", "too long", "too long a workbook"],
)
def test_what_is_no_sheet_is_refused_at_its_field(file: SimpleUploadedFile) -> None:
    with pytest.raises(CannotReadSheet) as refused:
        sheet_of(file, most=10)

    assert refused.value.field == "file"
