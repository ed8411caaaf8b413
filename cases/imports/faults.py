"""What is wrong with the files, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cases.interchange.tables import TABLES

_ORDER = {table.file: place for place, table in enumerate(TABLES)}


@dataclass(frozen=True)
class Fault:
    """One thing to say about a row, or about a whole file where `line` is None."""

    file: str
    line: int | None
    text: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.text}"


class CannotImport(Exception):
    """Nothing was imported; `faults` says why, `warnings` what else was seen."""

    def __init__(self, faults: Iterable[Fault], warnings: Iterable[Fault] = ()) -> None:
        self.faults = in_order(faults)
        self.warnings = in_order(warnings)
        super().__init__(f"{len(self.faults)} faults")


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """By file as the interface lists them, then by line; each once."""

    def place(fault: Fault) -> tuple[int, str, int, str]:
        return _ORDER.get(fault.file, len(_ORDER)), fault.file, fault.line or 0, fault.text

    return sorted(set(faults), key=place)
