"""A part of a list that is in order, in the database or at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from people.components import Page

PART = 50


def part_of_query(rows: QuerySet[Any, Any], *, after: str | None, before: str | None, size: int = PART) -> Page:
    """The part after or before a place in the list, as its own links say it; the first one where they make no sense."""
    return _part(rows, rows.count(), after=after, before=before, size=size)


def part_of(rows: Sequence[Any], *, after: str | None, before: str | None, size: int = PART) -> Page:
    """As `part_of_query`, of a list that is at hand."""
    return _part(rows, len(rows), after=after, before=before, size=size)


def _part(
    rows: QuerySet[Any, Any] | Sequence[Any], total: int, *, after: str | None, before: str | None, size: int
) -> Page:
    start = min(_start(after, before, size), max(total - 1, 0) // size * size)
    shown = list(rows[start : start + size])
    end = start + len(shown)
    return Page(
        rows=shown,
        first=start + 1 if shown else 0,
        last=end,
        total=total,
        previous=str(start) if start else None,
        next=str(end) if end < total else None,
    )


def _start(after: str | None, before: str | None, size: int) -> int:
    if after is not None and after.isascii() and after.isdigit():
        return int(after[:9])
    if before is not None and before.isascii() and before.isdigit():
        return max(int(before[:9]) - size, 0)
    return 0
