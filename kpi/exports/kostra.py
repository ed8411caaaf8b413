"""KOSTRA's form 13 as files: Excel in the form's order, PDF, and JSON. Of a locked report from its seal alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from cases.letters.printing import pdf_of_list
from kpi.exports.counting import PDF
from kpi.kostra import BLOCKS, LABELS
from kpi.sealing import canonical
from people.exporting import File
from people.spreadsheets import XLSX

JSON = "application/json"


def kostra_excel(content: Mapping[str, Any], *, is_draft: bool = False) -> File:
    """A row a cell, under its block. A draft says so, in its name too."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        # equal contents give equal bytes
        book.set_properties({"created": datetime.fromisoformat(content["known_at"]).replace(tzinfo=None)})
        bold, sheet = book.add_format({"bold": True}), book.add_worksheet("13")
        sheet.set_column(0, 0, 60)
        sheet.set_column(4, 4, 60)
        sheet.write_row(0, 0, [_("Cell"), str(content["year"]), _("Year before"), _("Rule"), _("Explanation")], bold)
        number, block = 0, ""
        for cell in content["cells"]:
            if cell["block"] != block:
                block, number = cell["block"], number + 1
                sheet.write_string(number, 0, str(BLOCKS[block]), bold)
            number += 1
            sheet.write_string(number, 0, str(LABELS[cell["key"]]))
            if cell["value"] is not None:
                sheet.write_number(number, 1, cell["value"])
            if cell["before"] is not None:
                sheet.write_number(number, 2, cell["before"])
            sheet.write_string(number, 3, cell["rule"])
            sheet.write_string(number, 4, cell["explanation"])
        if is_draft:
            sheet.write_string(number + 2, 0, _("Draft: not locked."), bold)
        _districts(book, bold, content["districts"])
    return _file(content, "xlsx", XLSX, buffer.getvalue(), is_draft=is_draft)


def _districts(book: xlsxwriter.Workbook, bold: Any, districts: list[dict[str, Any]]) -> None:
    """A sheet with a column a district, where the municipality has them."""
    if not districts:
        return
    sheet = book.add_worksheet(_("Districts"))
    sheet.set_column(0, 0, 60)
    sheet.write_row(0, 0, [_("Cell"), *(one["name"] for one in districts)], bold)
    for number, key in enumerate(districts[0]["values"], start=1):
        sheet.write_string(number, 0, str(LABELS[key]))
        values = [one["values"][key] for one in districts]
        sheet.write_row(number, 1, [_("held back") if value is None else value for value in values])


def kostra_pdf(content: Mapping[str, Any], *, place: str, is_draft: bool = False) -> File:
    cells = [{**cell, "label": LABELS[cell["key"]], "title": BLOCKS[cell["block"]]} for cell in content["cells"]]
    context: dict[str, object] = {"content": content, "cells": cells, "place": place, "is_draft": is_draft}
    return _file(content, "pdf", PDF, pdf_of_list("kpi/kostra/paper.html", context), is_draft=is_draft)


def kostra_json(content: Mapping[str, Any], *, is_draft: bool = False) -> File:
    """The very bytes that the digest was made of."""
    return _file(content, "json", JSON, canonical(content), is_draft=is_draft)


def _file(content: Mapping[str, Any], ending: str, media_type: str, made: bytes, *, is_draft: bool) -> File:
    which = _("draft") if is_draft else content["version"]
    name = f"kostra-13-{content['municipality']}-{content['year']}-{which}.{ending}"
    return File(name=name, media_type=media_type, content=made, rows=len(content["cells"]), households=[])
