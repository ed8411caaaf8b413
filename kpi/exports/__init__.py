"""The list behind a figure as a file, with what the page shows and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from kpi.declaring import Indicator
from kpi.questions.dwellings import DwellingRow
from kpi.questions.households import Row
from people.exporting import File
from people.spreadsheets import XLSX, Cell, workbook


def list_behind(indicator: Indicator, rows: Mapping[int, Row], *, amount_label: str, is_as_known: bool) -> File:
    """An Excel file, a row a household. A name stands only where whoever takes it out may see the household.

    `is_as_known`: the list is as it was known at a moment, and has beside it what is known now.
    """
    heads = [
        _("Case"),
        _("Name"),
        _("First night"),
        _("Moved out"),
        amount_label or _("Counted"),
        *([_("As known now")] if is_as_known else []),
        _("Family"),
        _("Young"),
        _("Responsible"),
    ]
    return File(
        name=f"figure-{indicator.code}.xlsx",
        media_type=XLSX,
        content=workbook(indicator.code, heads, [_cells(row, is_as_known=is_as_known) for row in rows.values()]),
        rows=len(rows),
        households=rows.keys(),
    )


def _now(amount: float | None) -> Cell:
    return _("not counted") if amount is None else amount


def _cells(row: Row, *, is_as_known: bool) -> list[Cell]:
    return [
        row.case,
        row.name,
        row.first_night,
        row.moved_out,
        row.amount,
        *([_now(row.amount_now)] if is_as_known else []),
        _("yes") if row.is_family else "",
        _("yes") if row.is_young else "",
        row.owner,
    ]


def dwellings_file(indicator: Indicator, rows: Sequence[DwellingRow], *, amount_label: str, is_as_known: bool) -> File:
    """An Excel file, a row a dwelling. An address stands only where whoever takes it out sees the unit's lists.

    `is_as_known`: as for `list_behind`.
    """
    heads = [
        _("Dwelling"),
        _("Address"),
        _("Tenure"),
        _("Rooms"),
        _("Area, m²"),
        _("In the stock from"),
        amount_label or _("Counted"),
        *([_("As known now")] if is_as_known else []),
    ]
    cells: list[list[Cell]] = [
        [row.ref, row.address, row.tenure, row.rooms, row.area_m2, row.acquired_on, row.amount]
        + ([_now(row.amount_now)] if is_as_known else [])
        for row in rows
    ]
    return File(
        name=f"figure-{indicator.code}.xlsx",
        media_type=XLSX,
        content=workbook(indicator.code, heads, cells),
        rows=len(rows),
        households=[],
    )
