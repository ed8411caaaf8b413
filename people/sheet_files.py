"""A CSV file or Excel workbook that somebody uploads, as a head and numbered lines of text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from people.refusals import Refusal

#: bytes, of the file and of all that a workbook packs together
LARGEST, MOST_UNPACKED = 10 * 1024 * 1024, 200 * 1024 * 1024


class CannotReadSheet(Refusal):
    """The file is neither CSV nor Excel, too large, or damaged."""


@dataclass(frozen=True)
class SheetLines:
    """The head's words, and each line that is not blank with its number in the file. Cells are stripped text."""

    head: list[str]
    lines: list[tuple[int, list[str]]]


def sheet_of(file: UploadedFile[bytes], *, most: int, field: str = "file") -> SheetLines:
    """The first sheet of what was uploaded.

    :param most: lines that are read at most
    :raises CannotReadSheet: with a sentence that says what to do instead, at the field
    """
    try:
        return _sheet_of(file, most)
    except CannotReadSheet as refusal:
        refusal.field = field
        raise


def _sheet_of(file: UploadedFile[bytes], most: int) -> SheetLines:
    if not file.size:
        raise CannotReadSheet(_("The file is empty."))
    if file.size > LARGEST:
        raise CannotReadSheet(_("The file is larger than 10 MB."))
    content, name = file.read(), (file.name or "").lower()
    if name.endswith(".xlsx"):
        rows = _workbook_rows(content, most)
    elif name.endswith(".csv"):
        rows = _csv_rows(content)
    else:
        raise CannotReadSheet(_("Only CSV and Excel (.xlsx) are read."))
    lines = [(number, cells) for number, cells in rows if any(cells)]
    if not lines:
        raise CannotReadSheet(_("The file has no lines."))
    if len(lines) > most + 1:
        raise CannotReadSheet(_("The file has more than %(most)s lines.") % {"most": most})
    return SheetLines(lines[0][1], lines[1:])


def _csv_rows(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # what Excel saves as plain CSV here
        text = content.decode("cp1252", errors="replace")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise CannotReadSheet(_("Line %(line)s cannot be read as CSV.") % {"line": line}) from error
    return rows


def _workbook_rows(content: bytes, most: int) -> list[tuple[int, list[str]]]:
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise CannotReadSheet(_("The workbook unpacks to far more than it is."))
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise CannotReadSheet(_("The file cannot be read as an Excel workbook.")) from error
    try:
        sheet = book.worksheets[0]
        # a workbook may state a size that is not its own
        sheet.reset_dimensions()
        return list(_numbered(sheet.iter_rows(values_only=True), most))
    finally:
        book.close()


def _numbered(rows: Iterable[tuple[object, ...]], most: int) -> Iterable[tuple[int, list[str]]]:
    filled = 0
    for number, values in enumerate(rows, start=1):
        cells = [_text(value) for value in values]
        filled += any(cells)
        yield number, cells
        if filled > most + 1:
            return


def _text(value: object) -> str:
    """What a workbook's cell says, as the same cell of a CSV file would."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value).strip()
