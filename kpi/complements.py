"""What can be reckoned out of published numbers: by their conditions, which is part of which. Pure: standard library
only.

A number counts those of whom every condition of a set holds: one with more conditions counts some of those of one with
fewer, and what is left over is a number too, whether anybody prints it or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from kpi.suppression import Sum

#: Of what people or rows, and the conditions that all hold of them; none of them is all.
Cell = tuple[str, frozenset[str]]
#: Conditions that another one brings with it.
_IMPLIED: dict[str, tuple[str, ...]] = {"is_back_6": ("is_back_12", "is_back_24"), "is_back_12": ("is_back_24",)}
#: What begins the name of a number in which one may count in two parts: its parts do not add up.
DIFFERENT = "different "


def conditions(where: str) -> frozenset[str]:
    """The conditions that all hold, with those that they bring with them. One with an "or" in it stays whole."""
    if where == "TRUE":
        return frozenset()
    parts = [where] if " OR " in where else where.split(" AND ")
    return frozenset(one for part in parts for one in (part, *_IMPLIED.get(part, ())))


def with_sums(known: dict[Cell, int]) -> tuple[dict[Cell, int], list[Sum[Cell]]]:
    """Every number that one could reckon out of those known, and the sums by which one would."""
    cells, sums = dict(known), list[Sum[Cell]]()
    for (people, wide), (others, narrow) in permutations(known, 2):
        if people != others:
            continue
        if wide < narrow and known[people, narrow] <= known[people, wide]:
            rest = (people, wide | {f"not {sorted(narrow - wide)}"})
            cells[rest] = known[people, wide] - known[people, narrow]
            sums.append(Sum((people, wide), ((people, narrow), rest)))
        both = (people, wide & narrow)
        if is_opposite(wide, narrow) and _adds_up(people):
            cells.setdefault(both, known[people, wide] + known[people, narrow])
            sums.append(Sum(both, ((people, wide), (people, narrow))))
    for whole, parts in _divisions(known):
        left = known[whole] - sum(known[part] for part in parts)
        if left >= 0:
            rest = (whole[0], whole[1] | {f"none of {sorted(map(str, parts))}"})
            cells[rest] = left
            sums.append(Sum(whole, (*parts, rest)))
    return cells, sums


def _adds_up(people: str) -> bool:
    return DIFFERENT not in people


def is_opposite(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two differ in one condition alone, which holds for the one and not for the other."""
    [*mine], [*theirs] = one - other, other - one
    return len(mine) == len(theirs) == 1 and theirs[0] == f"NOT {mine[0]}"


def _divisions(known: dict[Cell, int]) -> Iterator[tuple[Cell, list[Cell]]]:
    """A number with those that part it by what one column says."""
    for people, within in known:
        if not _adds_up(people):
            continue
        alike: dict[str, list[Cell]] = {}
        for others, narrow in known:
            more = narrow - within
            if people == others and len(more) == 1 and within <= narrow | _any_of(within, narrow):
                [condition] = more
                column, is_one, _value = condition.partition(" = ")
                if is_one:
                    alike.setdefault(column, []).append((others, narrow))
        for parts in alike.values():
            if len(parts) > 1:
                yield (people, within), sorted(parts, key=lambda cell: sorted(cell[1]))


def _any_of(within: frozenset[str], narrow: frozenset[str]) -> frozenset[str]:
    """Of `column IN ('a', 'b')`, those that `column = 'a'` brings with it."""
    return frozenset(
        wide
        for wide in within
        for one in narrow
        if " IN (" in wide and " = " in one
        for column, _is, value in (one.partition(" = "),)
        if wide.startswith(f"{column} IN (") and value in wide
    )
