"""Small numbers in what is published: which cells are held back, so that none of them can be computed from the rest.

A number from one to three points at people: it is held back, and with it as many others as it takes. Zero says of
nobody anything and is published. Pure: standard library only.
"""

from __future__ import annotations

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
    known = _solved(sums, hidden) | _cornered(cells, sums, hidden)
    return [key for key in cells if key in known]


def _solved(sums: Sequence[Sum[Key]], hidden: set[Key]) -> set[Key]:
    """Those that equations alone give: by elimination, a row with one unknown left."""
    order = sorted(hidden, key=repr)
    place = {key: n for n, key in enumerate(order)}
    rows: list[list[Fraction]] = []
    for one in sums:
        row = [Fraction(0)] * len(order)
        for key, sign in ((one.total, -1), *((part, 1) for part in one.parts)):
            if key in place:
                row[place[key]] += sign
        if any(row):
            rows.append(row)
    return {order[places[0]] for row in _reduced(rows) if len(places := [n for n, x in enumerate(row) if x]) == 1}


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Reduced row echelon form."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((n for n in range(done, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        first = rows[done][column]
        rows[done] = [x / first for x in rows[done]]
        for n, row in enumerate(rows):
            if n != done and row[column]:
                rows[n] = [x - row[column] * y for x, y in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]


def _cornered(cells: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key]) -> set[Key]:
    """Those that their sums leave no room: of two that make two together each is one."""
    lowest = {key: 1 if key in hidden else number for key, number in cells.items()}
    highest: dict[Key, int | None] = {key: None if key in hidden else number for key, number in cells.items()}
    while any(_narrowed(one, lowest, highest) for one in sums):
        pass
    return {key for key in hidden if lowest[key] == highest[key]}


def _narrowed(one: Sum[Key], lowest: dict[Key, int], highest: dict[Key, int | None]) -> bool:
    """Whether a sum says more of its total or of a part than was known; then it is known."""
    changed = False
    parts_low = sum(lowest[part] for part in one.parts)
    tops = [highest[part] for part in one.parts]
    parts_high = None if None in tops else sum(top for top in tops if top is not None)
    changed |= _keep(one.total, parts_low, parts_high, lowest, highest)
    top = highest[one.total]
    for part in one.parts:
        others_low = sum(lowest[other] for other in one.parts if other != part)
        others = [highest[other] for other in one.parts if other != part]
        others_high = None if None in others else sum(x for x in others if x is not None)
        low = lowest[part] if others_high is None else lowest[one.total] - others_high
        changed |= _keep(part, low, None if top is None else top - others_low, lowest, highest)
    return changed


def _keep(key: Key, low: int, high: int | None, lowest: dict[Key, int], highest: dict[Key, int | None]) -> bool:
    changed = False
    if low > lowest[key]:
        lowest[key], changed = low, True
    known = highest[key]
    if high is not None and (known is None or high < known):
        highest[key], changed = high, True
    return changed
