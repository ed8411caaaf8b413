"""What is withheld in published figures cannot be reckoned out of the rest."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.complements import Cell, conditions, is_opposite, with_sums
from kpi.suppression import held_back, is_small

EVERYBODY: Cell = ("people", frozenset())


def cell(where: str) -> Cell:
    return ("people", conditions(where))


@st.composite
def counted(draw: st.DrawFn) -> dict[Cell, int]:
    """People in temporary accommodation by whether they are families and over, counted as the catalogue does."""
    parts = {(family, over): draw(st.integers(0, 9)) for family in (True, False) for over in (True, False)}
    return {
        EVERYBODY: sum(parts.values()),
        cell("is_over"): parts[True, True] + parts[False, True],
        cell("NOT is_over"): parts[True, False] + parts[False, False],
        cell("is_family"): parts[True, True] + parts[True, False],
        cell("is_family AND NOT is_over"): parts[True, False],
    }


@given(counted())
def test_no_difference_of_two_that_are_told_is_small(known: dict[Cell, int]) -> None:
    cells, sums = with_sums(known)
    told = {key: number for key, number in known.items() if key not in held_back(cells, sums)}

    assert not any(is_small(number) for number in told.values())
    for wide, all_of_them in told.items():
        for narrow, some in told.items():
            if wide[1] < narrow[1]:
                assert not is_small(all_of_them - some)


@given(counted())
def test_every_sum_holds(known: dict[Cell, int]) -> None:
    cells, sums = with_sums(known)

    for one in sums:
        assert cells[one.total] == sum(cells[part] for part in one.parts)


def test_parts_by_one_column_make_the_whole() -> None:
    known = {EVERYBODY: 20, cell("reason = 'a'"): 2, cell("reason = 'b'"): 8, cell("reason = 'c'"): 10}
    hidden = held_back(*with_sums(known))

    assert cell("reason = 'a'") in hidden
    # twenty less eight less ten would be the two
    assert hidden & {cell("reason = 'b'"), cell("reason = 'c'"), EVERYBODY}


def test_parts_of_those_of_some_kinds_make_them_all() -> None:
    known = {cell("status IN ('a', 'b')"): 12, cell("status = 'a'"): 10, cell("status = 'b'"): 2}
    hidden = held_back(*with_sums(known))

    assert {cell("status = 'a'"), cell("status = 'b'")} <= hidden or cell("status IN ('a', 'b')") in hidden


def test_conditions_are_taken_apart_where_all_hold() -> None:
    assert conditions("TRUE") == frozenset()
    assert conditions("a AND NOT b") == {"a", "NOT b"}
    assert conditions("a OR b AND c") == {"a OR b AND c"}
    assert conditions("(a OR b) AND NOT c") == {"a OR b", "NOT c"}
    assert conditions("NOT (a OR b) AND c") == {"NOT (a OR b)", "c"}
    assert conditions("(a AND b) AND (c)") == {"a", "b", "c"}
    assert conditions("(a) OR (b)") == {"(a) OR (b)"}
    assert conditions("is_back_6") > conditions("is_back_12") > conditions("is_back_24")
    assert is_opposite(conditions("a AND b"), conditions("a AND NOT b"))
    assert not is_opposite(conditions("a AND b"), conditions("a AND NOT c"))


def test_either_of_two_does_not_tell_of_the_few_who_are_both() -> None:
    """Ten families and eight young, seventeen of either: one is both."""
    known = {cell("is_family"): 10, cell("is_young"): 8, cell("is_family OR is_young"): 17}

    assert held_back(*with_sums(known)) & known.keys()
    assert not held_back(*with_sums({**known, cell("is_family OR is_young"): 14})) & known.keys()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_no_difference_of_what_is_told_of_either_is_small(many: list[int]) -> None:
    parts = dict(zip(product((True, False), repeat=3), many, strict=True))
    asked: dict[str, Callable[[bool, bool, bool], bool]] = {
        "is_family": lambda family, young, over: family,
        "is_young": lambda family, young, over: young,
        "is_family OR is_young": lambda family, young, over: family or young,
        "is_family AND NOT is_over": lambda family, young, over: family and not over,
        "is_young AND NOT is_over": lambda family, young, over: young and not over,
        "(is_family OR is_young) AND NOT is_over": lambda family, young, over: (family or young) and not over,
    }
    known = {cell(where): sum(some for one, some in parts.items() if holds(*one)) for where, holds in asked.items()}
    known[EVERYBODY] = sum(parts.values())
    cells, sums = with_sums(known)
    hidden = held_back(cells, sums)

    for one in sums:
        assert cells[one.total] == sum(cells[part] for part in one.parts)
    for more in ("", "AND NOT is_over"):
        a, b, both = (cell(f"({one}) {more}".strip()) for one in ("is_family", "is_young", "is_family OR is_young"))
        if not hidden & {a, b, both}:
            assert not any(map(is_small, (known[a] + known[b] - known[both], known[both] - known[a])))
