"""What is held back of published numbers, against whoever tries every number that could stand there."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.suppression import Sum, held_back, is_small


def _possible(cells: dict[str, int], sums: list[Sum[str]], hidden: frozenset[str]) -> dict[str, set[int]]:
    """By cell held back every number, from one up, with which all sums hold: by trying them all.

    What is no total is tried; totals follow from it, each after those that it is made of.
    """
    totals = {one.total for one in sums}
    tried = sorted(hidden - totals)
    most = max(cells[key] for key in cells if key not in totals) + 2
    found: dict[str, set[int]] = {key: set() for key in hidden}
    for numbers in product(range(1, most + 1), repeat=len(tried)):
        guess = cells | dict(zip(tried, numbers, strict=True))
        for one in sums:
            guess[one.total] = sum(guess[part] for part in one.parts)
        if all(guess[key] == cells[key] for key in totals - hidden):
            for key in hidden:
                found[key].add(guess[key])
    return found


def test_a_small_number_takes_its_complement_with_it() -> None:
    of_temporary = [Sum("all", ("over", "within"))]
    assert held_back({"all": 12, "over": 2, "within": 10}, of_temporary) == {"over", "within"}


def test_a_small_complement_is_held_back_though_nobody_prints_it() -> None:
    of_temporary = [Sum("all", ("over", "within"))]
    assert held_back({"all": 12, "over": 10, "within": 2}, of_temporary) == {"over", "within"}


def test_zero_is_published() -> None:
    assert held_back({"all": 12, "over": 0, "within": 12}, [Sum("all", ("over", "within"))]) == set()


def test_two_that_make_two_together_are_one_each_and_so_a_third_is_held_back() -> None:
    by_kind = [Sum("all", ("rough", "friends", "temporary"))]
    assert held_back({"all": 30, "rough": 1, "friends": 1, "temporary": 28}, by_kind) == {
        "rough",
        "friends",
        "temporary",
    }


def test_a_small_total_takes_all_that_it_is_made_of() -> None:
    cells = {"all": 3, "rough": 3, "friends": 0}
    assert held_back(cells, [Sum("all", ("rough", "friends"))]) == {"all", "rough"}


def test_the_smallest_of_the_others_is_held_back_first() -> None:
    cells = {"all": 62, "rough": 2, "friends": 20, "temporary": 40}
    assert held_back(cells, [Sum("all", ("rough", "friends", "temporary"))]) == {"rough", "friends"}


def test_what_hangs_together_through_a_total_is_followed() -> None:
    cells = {"all": 14, "men": 13, "women": 1, "homeless": 14, "housed": 20, "everyone": 34}
    sums = [Sum("all", ("men", "women")), Sum("everyone", ("all", "housed"))]
    hidden = held_back(cells, sums)
    assert hidden >= {"men", "women"}
    assert all(len(numbers) > 1 for numbers in _possible(cells, sums, hidden).values())


def test_what_two_totals_say_together_gives_nothing_away() -> None:
    """The last of three by three: the rows' and the columns' totals together leave two to share two."""
    cells = {"01": 3, "02": 3, "10": 4, "20": 1, "21": 1, "22": 1, "r0": 6, "r1": 4, "r2": 3, "c0": 5, "c1": 4, "c2": 4}
    cells["all"] = 13
    sums = [
        Sum("r0", ("01", "02")),
        Sum("r1", ("10",)),
        Sum("r2", ("20", "21", "22")),
        Sum("c0", ("10", "20")),
        Sum("c1", ("01", "21")),
        Sum("c2", ("02", "22")),
        Sum("all", ("r0", "r1", "r2")),
        Sum("all", ("c0", "c1", "c2")),
    ]
    _nothing_is_computed(cells, sums)


def test_what_is_named_is_held_back_too() -> None:
    """Five stays of two households."""
    cells = {"all": 40, "home": 5, "elsewhere": 35}
    assert held_back(cells, [Sum("all", ("home", "elsewhere"))], also=["home"]) == {"home", "elsewhere"}


def test_nothing_small_holds_nothing_back() -> None:
    assert held_back({"all": 9, "a": 4, "b": 5}, [Sum("all", ("a", "b"))]) == set()


_NUMBERS = st.one_of(st.integers(0, 4), st.integers(0, 7))


@given(st.lists(_NUMBERS, min_size=1, max_size=4))
@settings(deadline=None)
def test_no_part_of_a_total_can_be_computed(parts: list[int]) -> None:
    cells = {f"p{n}": number for n, number in enumerate(parts)} | {"all": sum(parts)}
    _nothing_is_computed(cells, [Sum("all", tuple(f"p{n}" for n in range(len(parts))))])


@given(_NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS)
@settings(deadline=None)
def test_no_cell_of_a_table_with_its_totals_can_be_computed(a: int, b: int, c: int, d: int) -> None:
    """Families and others, over three months and within."""
    cells = {"a": a, "b": b, "c": c, "d": d, "ab": a + b, "cd": c + d, "ac": a + c, "bd": b + d}
    sums = [Sum("ab", ("a", "b")), Sum("cd", ("c", "d")), Sum("ac", ("a", "c")), Sum("bd", ("b", "d"))]
    _nothing_is_computed(cells, sums)


@given(st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=1, max_size=2))
@settings(deadline=None)
def test_no_part_of_a_part_can_be_computed(pairs: list[tuple[int, int]]) -> None:
    cells: dict[str, int] = {}
    sums: list[Sum[str]] = []
    for n, (one, other) in enumerate(pairs):
        cells |= {f"s{n}": one + other, f"s{n}a": one, f"s{n}b": other}
        sums.append(Sum(f"s{n}", (f"s{n}a", f"s{n}b")))
    sums.append(Sum("all", tuple(f"s{n}" for n in range(len(pairs)))))
    _nothing_is_computed(cells | {"all": sum(one + other for one, other in pairs)}, sums)


def _nothing_is_computed(cells: dict[str, int], sums: list[Sum[str]]) -> None:
    hidden = held_back(cells, sums)
    assert not any(is_small(number) for key, number in cells.items() if key not in hidden)
    assert not any(cells[key] == 0 for key in hidden)
    assert all(len(numbers) > 1 for numbers in _possible(cells, sums, hidden).values())
