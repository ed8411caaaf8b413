"""Periods that may not meet: one place a night, one household a dwelling, one absence at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, TypeVar

from cases.imports.world import Side, World
from cases.interchange.rows import DatedRow, Unread

D = TypeVar("D", bound=DatedRow)


def check_overlaps(world: World) -> None:
    """Every residence and absence that meets one it may not meet, each said at the later line."""
    _check(world.residences, lambda row: row.household, "overlaps")
    _check(world.residences, lambda row: row.dwelling or None, "is in the same dwelling at the same time as")
    _check(world.residences, world.room_of, "is in the same room at the same time as")
    _check(world.absences, lambda row: row.household, "overlaps")


def _check(side: Side[D], group: Callable[[D], Hashable], verb: str) -> None:
    for row, other in meetings(side.now(), group):
        if row.line is not None:
            side.say(row, f"{row.period} {verb} {named(side, other)}")


def meetings(rows: Iterable[D], group: Callable[[D], Hashable]) -> Iterator[tuple[D, D]]:
    """Pairs of the same group that share a day, the one of the later line first; every row that meets one is in a pair.

    Rows of the group None are in none.
    """
    groups: dict[Hashable, list[D]] = {}
    for row in rows:
        if is_dated(row) and (key := _key(row, group)) is not None:
            groups.setdefault(key, []).append(row)
    for members in groups.values():
        yield from _meeting(members)


def _meeting(rows: list[D]) -> Iterator[tuple[D, D]]:
    longest: D | None = None
    for row in sorted(rows, key=lambda row: row.starts_on):
        if longest is not None and longest.overlaps(row):
            first, second = sorted((longest, row), key=lambda row: row.line or 0)
            yield second, first
        if longest is None or row.end > longest.end:
            longest = row


def named(side: Side[Any], row: DatedRow) -> str:
    """The other row of a pair: where it stands, or since when it is registered."""
    if row.line is not None:
        return f"{side.file}:{row.line} ({row.period})"
    return f"{row.household}, already registered {row.period}"


def is_dated(row: DatedRow) -> bool:
    """Whether both ends could be read and have a day between them."""
    try:
        return row.starts_on < row.end
    except Unread:
        return False


def _key(row: D, group: Callable[[D], Hashable]) -> Hashable:
    try:
        return group(row)
    except Unread:
        return None
