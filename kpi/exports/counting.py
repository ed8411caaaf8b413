"""The count of the homeless as files for publishing: small numbers are held back."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.letters.printing import pdf_of_list
from kpi.questions.counting import Counted
from people.exporting import File
from people.spreadsheets import XLSX, Cell, workbook

PDF = "application/pdf"
#: What stands where a number is held back.
HELD_BACK = ":"


def counting_excel(counted: Counted) -> File:
    """One row a group, after the totals; `:` where a number is held back."""
    rows = list(_lines(counted))
    heads = [_("Counted by"), _("Group"), _("Persons")]
    return _file(counted, "xlsx", XLSX, workbook(date_format(counted.day, "Y-m-d"), heads, rows), rows=len(rows))


def counting_pdf(counted: Counted, *, place: str) -> File:
    """The same on paper, A4 and tagged."""
    content = pdf_of_list("kpi/counting/paper.html", {"counted": counted, "place": place})
    return _file(counted, "pdf", PDF, content, rows=len(list(_lines(counted))))


def _lines(counted: Counted) -> Iterator[list[Cell]]:
    for total in counted.totals:
        yield [_("All"), total.label, _cell(total.published)]
    for table in counted.tables:
        for group in table.groups:
            yield [table.label, group.label, _cell(group.published)]


def _cell(number: int | None) -> Cell:
    return HELD_BACK if number is None else number


def _file(counted: Counted, ending: str, media_type: str, content: bytes, *, rows: int) -> File:
    name = f"homeless-{counted.municipality}-{counted.day.isoformat()}.{ending}"
    return File(name=name, media_type=media_type, content=content, rows=rows, households=[])
