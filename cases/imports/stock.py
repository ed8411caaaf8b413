"""A workbook of dwellings read in from a page: first looked at, then read in as it was looked at."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Collection
from datetime import datetime
from typing import IO

from cases.imports.faults import CannotImport, Fault
from cases.imports.importing import Imported, import_data, try_import
from cases.imports.sheets import Sheet, sheets_of
from cases.interchange.tables import DWELLINGS
from people.models import Employee

#: Bytes of a sheet packed out again: more is no sheet of dwellings.
_MOST = 20_000_000


def sheet_in(content: IO[bytes], *, name: str, municipalities: Collection[str]) -> Sheet:
    """The sheet of dwellings: the one called that, or the only one there is.

    :raises CannotImport: when there is none, or it speaks of dwellings of other municipalities
    """
    found = sheets_of(content, name=name)
    sheet = found.get(DWELLINGS.name) or (next(iter(found.values())) if len(found) == 1 else None)
    if sheet is None:
        raise CannotImport([Fault(name, None, f"holds no sheet called {DWELLINGS.name}")])
    refuse_others(sheet, municipalities)
    return sheet


def refuse_others(sheet: Sheet, municipalities: Collection[str]) -> None:
    """:raises CannotImport: naming each row of a municipality that is not among these"""
    if "municipality" not in sheet.header:
        return
    place = sheet.header.index("municipality")
    told = ((line, cells[place] if place < len(cells) else "") for line, cells in sheet.lines)
    faults = [
        Fault(
            DWELLINGS.file,
            line,
            f"municipality {number}: you keep no dwellings there (yours: {', '.join(municipalities)})",
        )
        for line, number in told
        if number and number.zfill(4) not in municipalities
    ]
    if faults:
        raise CannotImport(faults)


def preview(sheet: Sheet) -> Imported:
    """What reading the sheet in would do. :raises CannotImport: naming every faulty row"""
    return try_import(sheets={DWELLINGS.name: sheet})


def read_in(sheet: Sheet, *, by: Employee, at: datetime) -> Imported:
    """:raises CannotImport: naming every faulty row; nothing is changed"""
    return import_data(sheets={DWELLINGS.name: sheet}, by=by, at=at)


def packed(sheet: Sheet) -> str:
    """The sheet as a text that a form can carry from the page that shows what would be done to the one that does it."""
    told = json.dumps([sheet.header, sheet.lines], ensure_ascii=False)
    return base64.b64encode(zlib.compress(told.encode(), 9)).decode("ascii")


def unpacked(text: str) -> Sheet:
    """:raises ValueError: when it is not what `packed` gave"""
    try:
        unpacking = zlib.decompressobj()
        told = unpacking.decompress(base64.b64decode(text, validate=True), _MOST)
        if unpacking.unconsumed_tail:
            raise ValueError("too long")
        header, lines = json.loads(told)
        return Sheet(
            [str(name) for name in header], [(int(line), [str(cell) for cell in cells]) for line, cells in lines]
        )
    except (zlib.error, TypeError) as error:
        raise ValueError("not packed") from error
