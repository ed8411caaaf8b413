"""Small numbers in what is published: which cells are held back, so that none of them can be computed from the rest.

A number from one to three points at people: it is held back, and with it as many others as it takes. Zero says of
nobody anything and is published. Pure: standard library only.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

#: The smallest number, zero aside, that is published.
SMALLEST = 4

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """What anybody can reckon with: `total` is the sum of `parts`, which have nothing in common."""

    total: Key
    parts: tuple[Key, ...]


def is_small(number: int) -> bool:
    return 0 < number < SMALLEST


def held_back(cells: Mapping[Key, int], sums: Sequence[Sum[Key]], *, also: Iterable[Key] = ()) -> frozenset[Key]:
    """The cells that are not published: the small ones, those in `also`, and those that would give one of them away.

    Whoever reads the rest, knows the sums and knows that a cell held back is at least one, is left with more than one
    possible number for each cell held back. The same cells give the same answer.

    :param cells: numbers of people or households, none below zero, in which every sum holds
    """
    hidden = {key for key, number in cells.items() if is_small(number)} | {key for key in also if cells[key]}
    while exposed := _exposed(cells, sums, hidden):
        hidden.add(_next(cells, sums, hidden, exposed))
    return frozenset(hidden)


def _next(cells: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key], exposed: list[Key]) -> Key:
    """One more to hold back: the smallest part beside an exposed cell, a total where no part is left.

    Where nothing beside it is left, what its sums lead to is asked.
    """
    near = set(exposed)
    while True:
        around = [one for one in sums if near & {one.total, *one.parts}]
        parts = [key for one in around for key in one.parts if cells[key] and key not in hidden]
        if parts:
            return min(parts, key=lambda key: (cells[key], repr(key)))
        totals = [one.total for one in around if cells[one.total] and one.total not in hidden]
        if totals:
            return min(totals, key=lambda key: (cells[key], repr(key)))
        reached = near.union(*({one.total, *one.parts} for one in around))
        # with all that hangs together held back, any multiple of it would do as well
        assert reached != near
        near = reached


def _exposed(cells: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key]) -> list[Key]:
    """Those held back of which only one number is possible, in the cells' order."""
    order = sorted(hidden, key=repr)
    rows = _rows(cells, sums, order)
    reduced = _reduced(rows)
    known = {order[n] for n in _solved(reduced) | _cornered([*rows, *reduced], [cells[key] for key in order])}
    return [key for key in cells if key in known]


#: What the numbers held back are multiplied by to make the last of the row.
_Row = list[Fraction]


def _rows(cells: Mapping[Key, int], sums: Sequence[Sum[Key]], order: list[Key]) -> list[_Row]:
    """The sums as equations of what is held back."""
    place = {key: n for n, key in enumerate(order)}
    rows: list[_Row] = []
    for one in sums:
        row = [Fraction(0)] * (len(order) + 1)
        for key, sign in ((one.total, -1), *((part, 1) for part in one.parts)):
            if key in place:
                row[place[key]] += sign
            else:
                row[-1] -= sign * cells[key]
        if any(row[:-1]):
            rows.append(row)
    return rows


def _solved(reduced: list[_Row]) -> set[int]:
    """Those that equations alone give: a row with one unknown left."""
    return {places[0] for row in reduced if len(places := [n for n, x in enumerate(row[:-1]) if x]) == 1}


def _reduced(rows: list[_Row]) -> list[_Row]:
    """Reduced row echelon form."""
    rows, done = [list(row) for row in rows], 0
    for column in range(len(rows[0]) - 1 if rows else 0):
        pivot = next((n for n in range(done, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        first = rows[done][column]
        rows[done] = [x / first if x else x for x in rows[done]]
        for n, row in enumerate(rows):
            if n != done and (times := row[column]):
                rows[n] = [x - times * y if y else x for x, y in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]


def _cornered(rows: list[_Row], numbers: list[int]) -> set[int]:
    """Those that their sums leave no room: of two that make two together each is one."""
    lowest = [1] * len(numbers)
    highest: list[int | None] = [None] * len(numbers)
    while any(_narrowed(row, lowest, highest) for row in rows):
        pass
    return {n for n, low in enumerate(lowest) if low == highest[n]}


def _narrowed(row: _Row, lowest: list[int], highest: list[int | None]) -> bool:
    """Whether an equation says more of one of its numbers than was known; then it is known."""
    changed = False
    parts = [(n, x) for n, x in enumerate(row[:-1]) if x]
    for n, x in parts:
        others = [(m, y) for m, y in parts if m != n]
        least = _sum(others, lowest, highest, is_most=False)
        most = _sum(others, lowest, highest, is_most=True)
        # x times the number is what is left of the row's last
        up, down = (least, most) if x > 0 else (most, least)
        if down is not None and (low := math.ceil((row[-1] - down) / x)) > lowest[n]:
            lowest[n], changed = low, True
        high, top = None if up is None else math.floor((row[-1] - up) / x), highest[n]
        if high is not None and (top is None or high < top):
            highest[n], changed = high, True
    return changed


def _sum(
    parts: list[tuple[int, Fraction]], lowest: list[int], highest: list[int | None], *, is_most: bool
) -> Fraction | None:
    """The least or the most that some numbers can make; None where there is no end to it."""
    total = Fraction(0)
    for n, x in parts:
        end = highest[n] if (x > 0) is is_most else lowest[n]
        if end is None:
            return None
        total += x * end
    return total
