"""What can be reckoned out of published numbers: by their conditions, which is part of which. Pure: standard library
only.

A number counts those of whom every condition of a set holds: one with more conditions counts some of those of one with
fewer, and what is left over is a number too, whether anybody prints it or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate, permutations

from kpi.suppression import Sum

#: Of what people or rows, and the conditions that all hold of them; none of them is all.
Cell = tuple[str, frozenset[str]]
#: Conditions that another one brings with it.
_IMPLIED: dict[str, tuple[str, ...]] = {"is_back_6": ("is_back_12", "is_back_24"), "is_back_12": ("is_back_24",)}
#: What begins the name of a number in which one may count in two parts: its parts do not add up.
DIFFERENT = "different "


def conditions(where: str) -> frozenset[str]:
    """The conditions that all hold, with those that they bring with them. One with an "or" in it stays whole."""
    return frozenset(one for part in _all_of(where) for one in (part, *_IMPLIED.get(part, ())))


def _all_of(where: str) -> list[str]:
    """What is joined by "and", outside brackets; nothing of what holds for everybody."""
    if where == "TRUE":
        return []
    parts = _divided(where, " AND ") if len(_divided(where, " OR ")) == 1 else [where]
    if len(parts) > 1:
        return [one for part in parts for one in _all_of(part)]
    inside = where[1:-1]
    is_bracketed = where[0] + where[-1] == "()" and _depth_never_below_zero(inside)
    return _all_of(inside) if is_bracketed else [where]


def _depth_never_below_zero(text: str) -> bool:
    depths = accumulate((letter == "(") - (letter == ")") for letter in text)
    return all(depth >= 0 for depth in depths)


def _divided(text: str, by: str) -> list[str]:
    """A text divided where no bracket is open."""
    parts = [""]
    for piece in text.split(by):
        is_open = parts[-1].count("(") > parts[-1].count(")")
        if is_open:
            parts[-1] += by + piece
        elif parts == [""]:
            parts = [piece]
        else:
            parts.append(piece)
    return parts


def with_sums(known: dict[Cell, int]) -> tuple[dict[Cell, int], list[Sum[Cell]]]:
    """Every number that one could reckon out of those known, and the sums by which one would."""
    cells, sums = dict(known), list[Sum[Cell]]()
    for (people, wide), (others, narrow) in permutations(known, 2):
        if people != others:
            continue
        both = (people, wide & narrow)
        if is_opposite(wide, narrow) and _adds_up(people):
            cells.setdefault(both, known[people, wide] + known[people, narrow])
            sums.append(Sum(both, ((people, wide), (people, narrow))))
    apart = _either_apart(known, cells, sums)
    _leave_rests(known, cells, sums)
    _leave_rests(apart, cells, sums)
    for whole, parts in _divisions(known):
        left = known[whole] - sum(known[part] for part in parts)
        if left >= 0:
            rest = (whole[0], whole[1] | {f"none of {sorted(map(str, parts))}"})
            cells[rest] = left
            sums.append(Sum(whole, (*parts, rest)))
    return cells, sums


def _leave_rests(known: Mapping[Cell, int], cells: dict[Cell, int], sums: list[Sum[Cell]]) -> None:
    """What is left of each number when another that is part of it is taken away."""
    for (people, wide), (others, narrow) in permutations(known, 2):
        if people == others and wide < narrow and known[people, narrow] <= known[people, wide]:
            rest = (people, wide | {f"not {sorted(narrow - wide)}"})
            cells[rest] = known[people, wide] - known[people, narrow]
            sums.append(Sum((people, wide), ((people, narrow), rest)))


def _either_apart(known: Mapping[Cell, int], cells: dict[Cell, int], sums: list[Sum[Cell]]) -> dict[Cell, int]:
    """Of "a or b" beside a and b: those who are both, and those who are one alone."""
    apart: dict[Cell, int] = {}
    for (people, where), number in known.items():
        for either in where:
            base, sides = where - {either}, either.split(" OR ")
            a, b = ((people, base | {side}) for side in (sides[0], sides[-1]))
            if len(sides) != 2 or a not in known or b not in known or not _adds_up(people):
                continue
            both = (people, base | set(sides))
            alone = [(people, base | {side, f"NOT {other}"}) for side, other in (sides, sides[::-1])]
            numbers = known[a] + known[b] - number, number - known[b], number - known[a]
            if min(numbers) < 0:
                continue
            apart |= dict(zip((both, *alone), numbers, strict=True))
            sums += [Sum((people, where), (a, alone[1])), Sum((people, where), (b, alone[0]))]
            sums += [Sum(a, (both, alone[0])), Sum(b, (both, alone[1]))]
    cells |= apart
    return apart


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
