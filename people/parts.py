"""A part of a list that is in order, in the database or at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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


def part_shown(rows: Sequence[Any], *, after: int, total: int, size: int) -> Page:
    """The part that begins after so many of a list of `total`, whose rows are made already, `size` to a page.

    Its link back says after how many the page before begins; that of the others says before which row it ends.
    """
    end = after + len(rows)
    return Page(
        rows=rows,
        first=after + 1 if rows else 0,
        last=end,
        total=total,
        previous=str(max(after - size, 0)) if after > 0 else None,
        next=str(end) if end < total else None,
    )


def _part(
    rows: QuerySet[Any, Any] | Sequence[Any], total: int, *, after: str | None, before: str | None, size: int
) -> Page:
    start = min(_start(after, before, size), max(total - 1, 0) // size * size)
    part = part_shown(list(rows[start : start + size]), after=start, total=total, size=size)
    return replace(part, previous=str(start) if start else None)


def _start(after: str | None, before: str | None, size: int) -> int:
    if after is not None and after.isascii() and after.isdigit():
        return int(after[:9])
    if before is not None and before.isascii() and before.isdigit():
        return max(int(before[:9]) - size, 0)
    return 0
