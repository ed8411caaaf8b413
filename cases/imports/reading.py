"""From sheets of text to typed rows, with every cell that cannot be read named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Generic, TypeVar

from cases.imports.faults import Fault
from cases.imports.sheets import Sheet
from cases.interchange.rows import Key, Row, Unread
from cases.interchange.tables import Column, Table
from cases.interchange.values import CannotRead, shown_ref, written

R = TypeVar("R", bound=Row)


@dataclass
class Read(Generic[R]):
    """One file as read. `by_key` holds the rows whose identity could be read, each identity once.

    `is_whole` is False where rows may be missing from it, so that nobody says of a ref that it is unknown.
    """

    table: Table[R]
    rows: list[R] = field(default_factory=list)
    by_key: dict[Key, R] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_whole: bool = True
    is_present: bool = False

    def say(self, row: Row, text: str) -> None:
        self.faults.append(Fault(self.table.file, row.line, text))


def read(table: Table[R], sheet: Sheet | None) -> Read[R]:
    found = Read(table)
    if sheet is None:
        return found
    found.is_present = True
    if sheet.fault is not None:
        found.faults.append(sheet.fault)
        found.is_whole = False
        return found
    places = _places(found, sheet.header)
    for line, cells in sheet.lines:
        row = _row(found, line, cells, places, width=len(sheet.header))
        found.rows.append(row)
        _keep(found, row)
    return found


def _places(found: Read[Any], header: list[str]) -> dict[str, int]:
    """Where each column stands. Columns that are unknown, missing or there twice are faults of line 1."""
    names = [column.name for column in found.table.columns]
    allowed = f"(allowed: {', '.join(names)})"
    texts = [f"unknown column {_shown(name)} {allowed}" for name in header if name not in names]
    texts += [f"the column {name} is there twice" for name in names if header.count(name) > 1]
    musts = [column.name for column in found.table.columns if column.must]
    texts += [f"the column {name} is missing {allowed}" for name in musts if name not in header]
    found.faults += [Fault(found.table.file, 1, text) for text in texts]
    return {name: header.index(name) for name in names if name in header}


def _row(found: Read[R], line: int, cells: list[str], places: dict[str, int], *, width: int) -> R:
    """The row with what could be read of it; the rest is left out, and raises `Unread` when asked for."""
    values: dict[str, object] = {}
    for column in found.table.columns:
        try:
            values[column.to] = _value(column, cells, places)
        except CannotRead as error:
            found.faults.append(Fault(found.table.file, line, f"{column.name}: {error}"))
        except Unread:
            pass
    if any(cells[width:]):
        found.faults.append(Fault(found.table.file, line, "the row has more cells than there are columns"))
    made = object.__new__(found.table.row)
    for part in fields(found.table.row):
        if part.name in values:
            object.__setattr__(made, part.name, values[part.name])
        elif part.default is not MISSING:
            object.__setattr__(made, part.name, part.default)
    object.__setattr__(made, "line", line)
    return made


def _value(column: Column, cells: list[str], places: dict[str, int]) -> object:
    """:raises Unread: where the column is missing and must not be: that is said once, of the header"""
    if column.name not in places:
        if column.must:
            raise Unread(column.name)
        return column.empty
    place = places[column.name]
    text = cells[place] if place < len(cells) else ""
    if text:
        return column.read(text)
    if column.must:
        raise CannotRead("is missing")
    return column.empty


def _keep(found: Read[R], row: R) -> None:
    try:
        key = found.table.key(row)
    except Unread:
        found.is_whole = False
        return
    first = found.by_key.setdefault(key, row)
    if first is not row:
        identity = " and ".join(_names(found.table))
        shown = ", ".join(shown_ref(written(part)) for part in key)
        found.say(row, f"the same {identity} as {found.table.file}:{first.line} ({shown})")


def _names(table: Table[Any]) -> Iterator[str]:
    return (column.name for column in table.columns if column.to in table.identity)


def _shown(name: str) -> str:
    return f"“{name[:40]}”"
