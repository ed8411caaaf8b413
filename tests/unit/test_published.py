"""What is withheld in published figures cannot be reckoned out of the rest."""

from __future__ import annotations

from hypothesis import given
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
    assert conditions("is_back_6") > conditions("is_back_12") > conditions("is_back_24")
    assert is_opposite(conditions("a AND b"), conditions("a AND NOT b"))
    assert not is_opposite(conditions("a AND b"), conditions("a AND NOT c"))
