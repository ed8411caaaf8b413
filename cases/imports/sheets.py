"""A folder of CSV files or a workbook, as sheets of text. Knows nothing of what the columns mean.

:raises CannotImport: where the source is none, or holds what no file of the interface is called
"""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cases.imports.faults import CannotImport, Fault
from cases.interchange.tables import TABLES

#: Line number in the file, and its cells: text, or what a workbook's cell holds.
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """A file's header and its lines that are not blank; `fault` where it could not be read to the end."""

    header: list[str]
    lines: list[Line]
    fault: Fault | None = None


def sheets_in(path: Path) -> dict[str, Sheet]:
    """The sheets found, by table name."""
    if path.is_dir():
        found = _in_folder(path)
    elif path.suffix.lower() == ".xlsx" and path.is_file():
        found = _in_workbook(path)
    else:
        raise CannotImport([Fault(str(path), None, "is neither a folder of CSV files nor an .xlsx workbook")])
    if not found:
        # a script that has the path wrong would take silence for success
        raise CannotImport([Fault(str(path), None, f"holds no file of the interface (allowed: {_allowed()})")])
    return found


def _allowed() -> str:
    return ", ".join(table.file for table in TABLES)


def _in_folder(folder: Path) -> dict[str, Sheet]:
    files = {file.stem: file for file in sorted(folder.iterdir()) if file.suffix.lower() == ".csv" and file.is_file()}
    _refuse_others((name, file.name) for name, file in files.items())
    return {name: _csv_sheet(file) for name, file in files.items()}


def _refuse_others(named: Iterable[tuple[str, str]]) -> None:
    allowed = [table.name for table in TABLES]
    faults = []
    for name, file in named:
        if name not in allowed:
            faults.append(Fault(file, None, f"is not a file of the interface (allowed: {_allowed()})"))
    if faults:
        raise CannotImport(faults)


def _csv_sheet(file: Path) -> Sheet:
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Sheet([], [], Fault(file.name, line, "is not UTF-8: save the file as “CSV UTF-8”"))
    first = text.partition("\n")[0]
    # no column of ours has either in its name
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    try:
        return _sheet(_numbered(reader))
    except csv.Error as error:
        return Sheet([], [], Fault(file.name, reader.line_num, f"cannot be read as CSV ({error})"))


def _numbered(reader: Iterator[list[str]]) -> Iterator[Line]:
    """Rows with the line each begins on: a quoted cell may go on over several."""
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1  # type: ignore[attr-defined]


def _in_workbook(file: Path) -> dict[str, Sheet]:
    with file.open("rb") as content:
        found = sheets_of(content, name=file.name)
    _refuse_others((name, f"sheet {name}") for name in found)
    return found


def sheets_of(content: IO[bytes], *, name: str) -> dict[str, Sheet]:
    """The sheets of a workbook that are not empty, whatever they are called.

    :param name: what the workbook is called where it cannot be read
    """
    try:
        workbook = load_workbook(content, read_only=True, data_only=True)
        try:
            return dict(_sheets(workbook))
        finally:
            workbook.close()
    except (BadZipFile, InvalidFileException, KeyError, ParseError, ValueError, zlib.error) as error:
        raise CannotImport([Fault(name, None, "cannot be read as an .xlsx workbook")]) from error


def _sheets(workbook: Workbook) -> Iterator[tuple[str, Sheet]]:
    for worksheet in workbook.worksheets:
        # a workbook may state a size that is not its own
        worksheet.reset_dimensions()
        rows = enumerate(worksheet.iter_rows(values_only=True), start=1)
        sheet = _workbook_sheet(rows)
        if sheet.header or sheet.lines:
            yield worksheet.title.strip().removesuffix(".csv"), sheet


def _workbook_sheet(rows: Iterable[tuple[int, tuple[object, ...]]]) -> Sheet:
    header: list[str] = []
    texts: list[Line] = []
    for number, values in rows:
        texts.append((number, [_text(value, header[at : at + 1]) for at, value in enumerate(values)]))
        header = header or [cell.strip() for cell in texts[0][1]]
    return _sheet(iter(texts))


def _text(value: object, column: list[str]) -> str:
    """What a workbook's cell says, as the same cell of a CSV file would."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case float() if value.is_integer():
            value = int(value)
    # a number has lost the zero it began with
    return str(value).zfill(4) if isinstance(value, int) and column == ["municipality"] else str(value)


def _sheet(lines: Iterator[Line]) -> Sheet:
    stripped = ((number, [cell.strip() for cell in cells]) for number, cells in lines)
    _first, header = next(stripped, (1, []))
    while header and not header[-1]:
        header.pop()
    return Sheet(header, [(number, cells) for number, cells in stripped if any(cells)])
