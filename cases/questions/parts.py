"""A part of a list that is already in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from people.components import Page

PART = 50


def part_of(rows: Sequence[Any], *, after: str | None, before: str | None, size: int = PART) -> Page:
    """The part after or before a place in the list, as its own links say it; the first one where they make no sense."""
    last_start = max(len(rows) - 1, 0) // size * size
    start = min(_start(after, before, size), last_start)
    shown = rows[start : start + size]
    end = start + len(shown)
    return Page(
        rows=shown,
        first=start + 1 if shown else 0,
        last=end,
        total=len(rows),
        previous=str(start) if start else None,
        next=str(end) if end < len(rows) else None,
    )


def _start(after: str | None, before: str | None, size: int) -> int:
    if after is not None and after.isascii() and after.isdigit():
        return int(after[:9])
    if before is not None and before.isascii() and before.isdigit():
        return max(int(before[:9]) - size, 0)
    return 0
