"""The parts of a change sum to it exactly, on generated rows of any kind of figure. No database."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpi.explaining import Corner, Corners, Explained, Kind, Part, Told, explain, shown, value

AMOUNTS = st.integers(0, 40).map(Fraction)
GROUPS = st.sampled_from(["family", "young", "other"])
KNOWN = st.dictionaries(st.integers(1, 8), st.sampled_from([Part.LATE, Part.CORRECTED, Part.REAL]), max_size=8)


@st.composite
def told(draw: st.DrawFn) -> Told:
    population = draw(AMOUNTS)
    counted = draw(st.integers(0, int(population)).map(Fraction))
    return Told(
        counted=counted,
        population=population,
        group=draw(GROUPS),
        values=tuple(draw(st.lists(AMOUNTS, max_size=3))),
    )


def a_corner() -> st.SearchStrategy[Corner]:
    return st.dictionaries(st.integers(1, 8), told(), max_size=8)


def some_corners() -> st.SearchStrategy[Corners]:
    """Corners of which each is like the one before as often as not."""
    corner = a_corner()
    pairs = st.tuples(corner, corner, corner, corner, st.lists(st.booleans(), min_size=3, max_size=3))

    def kept(drawn: tuple[Corner, Corner, Corner, Corner, list[bool]]) -> Corners:
        then, known, ruled, now, same = drawn
        known = then if same[0] else known
        ruled = known if same[1] else ruled
        return Corners(then=then, known_now=known, by_rule=ruled, now=ruled if same[2] else now)

    return pairs.map(kept)


@given(some_corners(), KNOWN, st.sampled_from(Kind), st.booleans())
def test_the_parts_sum_to_the_change(corners: Corners, why: dict[int, Part], kind: Kind, is_of_group: bool) -> None:
    explained = explain(corners, why, kind, is_of_group=is_of_group)
    changes = [part.change for part in explained.parts.values()]
    if explained.change is None:
        assert changes == [None] * len(Part)
    else:
        assert sum(change for change in changes if change is not None) == explained.change


@given(some_corners(), KNOWN, st.sampled_from(Kind), st.booleans())
def test_what_is_counted_and_of_how_many_sums_by_household(
    corners: Corners, why: dict[int, Part], kind: Kind, is_of_group: bool
) -> None:
    explained = explain(corners, why, kind, is_of_group=is_of_group)
    for attribute in ("counted", "population"):
        change = _total(corners.now, attribute) - _total(corners.then, attribute)
        assert sum(getattr(part, attribute) for part in explained.parts.values()) == change
        for part in explained.parts.values():
            assert sum(getattr(one, attribute) for one in part.moved) == getattr(part, attribute)


@given(some_corners(), KNOWN)
def test_the_groups_of_a_share_sum_to_its_last_step(corners: Corners, why: dict[int, Part]) -> None:
    explained = explain(corners, why, Kind.SHARE)
    before, after = value(corners.by_rule, Kind.SHARE), value(corners.now, Kind.SHARE)
    if before is not None and after is not None and explained.change is not None:
        assert sum(group.composition + group.real for group in explained.groups) == after - before


@given(a_corner(), st.sampled_from(Kind))
def test_a_figure_that_nothing_has_changed_is_explained_by_nothing(corner: Corner, kind: Kind) -> None:
    explained = explain(Corners(then=corner, known_now=corner, by_rule=corner, now=corner), {}, kind)
    assert not any(part.change for part in explained.parts.values())
    assert not any(part.moved for part in explained.parts.values())


@given(st.lists(st.fractions(-50, 50, max_denominator=60), min_size=1, max_size=6), st.integers(-60, 60))
def test_what_is_shown_in_whole_units_sums_to_the_whole(amounts: list[Fraction], total: int) -> None:
    assert sum(shown(amounts, Fraction(total))) == total


def test_whole_amounts_are_shown_as_they_are() -> None:
    assert shown([Fraction(3), Fraction(-2), Fraction(0)], Fraction(1)) == [3, -2, 0]


def test_by_hand_a_count_of_the_long_stays() -> None:
    """Four last year as it was known: one was told late, one was never there, one left, one came, one turned 18."""
    one = Told(counted=Fraction(1), group="family")
    gone = Told(group="other")
    corners = Corners(
        then={"a": one, "b": one, "c": one, "d": one},
        known_now={"a": one, "b": one, "c": one, "late": one},
        by_rule={"a": one, "b": one, "c": one, "late": one},
        now={"a": one, "c": gone, "late": one, "new": one},
    )
    explained = explain(corners, {"late": Part.LATE, "d": Part.CORRECTED}, Kind.SUM, is_of_group=True)
    assert changes(explained) == {"late": 1, "corrected": -1, "rule": 0, "composition": -1, "real": 0}
    assert [moved.key for moved in explained.parts[Part.REAL].moved] == ["b", "new"]
    assert [moved.key for moved in explained.parts[Part.COMPOSITION].moved] == ["c"]


def test_by_hand_a_share_that_falls_since_there_are_more_families() -> None:
    """Of families half stay short, of others all; nobody's share moved, and there are two families more."""
    short, long = Told(counted=Fraction(1), population=Fraction(1)), Told(population=Fraction(1))
    family, other = {"group": "family"}, {"group": "other"}

    def with_group(told: Told, of: dict[str, str]) -> Told:
        return Told(counted=told.counted, population=told.population, group=of["group"])

    before = {1: with_group(short, family), 2: with_group(long, family), 3: with_group(short, other)}
    after = {**before, 4: with_group(short, family), 5: with_group(long, family)}
    explained = explain(Corners(then=before, known_now=before, by_rule=before, now=after), {}, Kind.SHARE)
    assert (explained.before, explained.after) == (Fraction(200, 3), Fraction(60))
    assert changes(explained) == {"late": 0, "corrected": 0, "rule": 0, "composition": Fraction(-20, 3), "real": 0}
    by_part = {part: [(one.key, one.counted, one.population) for one in explained.parts[part].moved] for part in Part}
    assert by_part[Part.COMPOSITION] == [(4, Fraction(0), Fraction(1)), (5, Fraction(0), Fraction(1))]
    assert by_part[Part.REAL] == [(4, Fraction(1), Fraction(0)), (5, Fraction(0), Fraction(0))]


def test_a_share_that_was_of_nobody_is_not_explained() -> None:
    there = {1: Told(counted=Fraction(1), population=Fraction(1))}
    explained = explain(Corners(then={}, known_now={}, by_rule={}, now=there), {}, Kind.SHARE)
    assert explained.change is None
    assert explained.parts[Part.REAL].change is None
    assert explained.parts[Part.REAL].counted == 1


def changes(explained: Explained) -> dict[str, Fraction | None]:
    return {part.value: share.change for part, share in explained.parts.items()}


def _total(corner: Corner, attribute: str) -> Fraction:
    return sum((getattr(told, attribute) for told in corner.values()), Fraction(0))
