"""Excel files whose cells are what they show: no text becomes a formula, a link or a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | datetime | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
#: Characters: wide enough to read, narrow enough to print.
_NARROWEST, _WIDEST = 10, 50


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with a bold, frozen head. Moments stand in local time as given; `title` at most 31 characters."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, _PLAIN) as book:
        head, day, moment = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"num_format": "dd.mm.yyyy"}),
            book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
        )
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        widths = [len(word) for word in heads]
        sheet.write_row(0, 0, heads, head)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, day=day, moment=moment)
                widths[column] = max(widths[column], len(str(value or "")))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width, _NARROWEST), _WIDEST) + 2)
    return buffer.getvalue()


def _write(sheet: Worksheet, row: int, column: int, value: Cell, *, day: Format, moment: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), day)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value)
