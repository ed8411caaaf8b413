"""The proposal for a housing meeting: never worse than first-come order, and every line says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.proposal import HORIZON_DAYS, Because, Problem, Waiting, first_come, propose

TODAY = date(2026, 3, 2)
FREE = 100
LIVED_IN = 200


def waiting(number: int, **told: Any) -> Waiting:
    return Waiting(**{"number": number, "rank": number, "received_on": TODAY - timedelta(days=100 - number), **told})


def problem(*who: Waiting, free: dict[int, date] | None = None, fits: dict[Any, int], **more: Any) -> Problem:
    return Problem(today=TODAY, waiting=who, free={FREE: TODAY} if free is None else free, fits=fits, **more)


def said(found: Any, number: int) -> list[Because]:
    [line] = [line for line in found.lines if line.who == number]
    return [one.because for one in line.said]


def test_the_one_home_goes_where_it_saves_nights_over_three_months() -> None:
    late = waiting(2, limit_on=TODAY - timedelta(days=3))
    found = propose(problem(waiting(1), late, fits={(1, FREE): 5, (2, FREE): 0}))

    assert found.proposed.homes == {2: FREE}
    assert found.first_come.homes == {1: FREE}
    assert (found.proposed.nights_over, found.first_come.nights_over) == (0, HORIZON_DAYS)
    assert said(found, 2) == [Because.STAYS_WITHIN, Because.MORE_AT_STAKE]
    assert said(found, 1) == [Because.LESS_AT_STAKE]


def test_where_no_nights_are_at_stake_the_first_on_the_list_comes_first() -> None:
    found = propose(problem(waiting(1), waiting(2), fits={(1, FREE): 0, (2, FREE): 3}))

    assert found.proposed.homes == {1: FREE}
    assert said(found, 1) == [Because.FIRST_ON_LIST]
    assert said(found, 2) == [Because.FURTHER_DOWN]


def test_a_chain_gives_the_home_that_somebody_leaves_to_the_next() -> None:
    swapper = waiting(1, frees=LIVED_IN)
    late = waiting(2, limit_on=TODAY + timedelta(days=5))
    found = propose(problem(swapper, late, fits={(1, FREE): 0, (2, LIVED_IN): 0}))

    assert found.proposed.homes == {1: FREE, 2: LIVED_IN}
    assert said(found, 1) == [Because.FIRST_ON_LIST, Because.FREES_A_HOME]
    assert said(found, 2) == [Because.SAVES_NIGHTS, Because.NOBODY_BEFORE, Because.FREED_BY]
    assert found.lines[1].on == TODAY + timedelta(days=14)


def test_nobody_moves_in_a_ring_that_no_vacancy_begins() -> None:
    ring = [waiting(1, frees=201), waiting(2, frees=202)]

    assert propose(problem(*ring, free={}, fits={(1, 202): 9, (2, 201): 9})).proposed.homes == {}


def test_nobody_is_proposed_the_home_they_leave() -> None:
    assert propose(problem(waiting(1, frees=LIVED_IN), fits={(1, LIVED_IN): 9})).proposed.homes == {}


def test_what_somebody_has_decided_stands() -> None:
    late = waiting(2, limit_on=TODAY)
    found = propose(problem(waiting(1), late, fits={(1, FREE): 0, (2, FREE): 0}, fixed=frozenset({(1, FREE)})))

    assert found.proposed.homes == {1: FREE}
    assert said(found, 1)[0] == Because.DECIDED


def test_with_nothing_vacant_everybody_is_told_that_nothing_suits() -> None:
    found = propose(problem(waiting(1), free={}, fits={}))

    assert (found.proposed.homes, said(found, 1)) == ({}, [Because.NOTHING_SUITS])


def test_it_counts_those_who_leave_before_three_months() -> None:
    soon, over = waiting(1, limit_on=TODAY + timedelta(days=9)), waiting(2, limit_on=TODAY - timedelta(days=9))
    homes = {FREE: TODAY, FREE + 1: TODAY + timedelta(days=20)}
    found = propose(problem(soon, over, free=homes, fits={(1, FREE): 0, (2, FREE + 1): 0}))

    assert (found.nothing.avoiding, found.proposed.avoiding) == (0, 1)
    assert found.proposed.nights_over == 20


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Some wait, some of them for a swap, and some homes are vacant at once or later."""
    count, vacant = draw(st.integers(1, 9)), draw(st.integers(0, 4))
    days = st.integers(-120, 200)
    free = {FREE + n: TODAY + timedelta(days=draw(st.integers(-5, 90))) for n in range(vacant)}
    who = [
        waiting(
            number,
            received_on=TODAY - timedelta(days=draw(st.integers(0, 400))),
            limit_on=draw(st.none() | days.map(lambda day: TODAY + timedelta(days=day))),
            frees=LIVED_IN + number if draw(st.booleans()) and draw(st.booleans()) else None,
        )
        for number in range(1, count + 1)
    ]
    homes = [*free, *(one.frees for one in who if one.frees is not None)]
    pairs = [(one.number, home) for one in who for home in homes if one.frees != home and draw(st.booleans())]
    return problem(*who, free=free, fits={pair: draw(st.integers(-4, 6)) for pair in pairs})


@settings(max_examples=150, deadline=None)
@given(problems())
def test_it_is_never_worse_than_first_come_order_and_explains_every_line(given_problem: Problem) -> None:
    found = propose(given_problem)
    homes = found.proposed.homes
    frees = {one.number: one.frees for one in given_problem.waiting}

    assert found.proposed.nights_over <= found.first_come.nights_over <= found.nothing.nights_over
    assert found.first_come.homes == first_come(given_problem)
    if found.proposed.nights_over == found.first_come.nights_over:
        assert len(homes) >= len(found.first_come.homes)
    # nobody gets what does not suit, and no home goes to two
    assert all(pair in given_problem.fits for pair in homes.items())
    assert len(set(homes.values())) == len(homes)
    # a home that is lived in goes on only when whoever lives there moves, back to a vacancy
    leavers = {home: number for number, home in frees.items()}
    for number in homes:
        seen, link = {number}, number
        while homes[link] not in given_problem.free:
            link = leavers[homes[link]]
            assert link in homes and link not in seen
            seen.add(link)
    assert [line.who for line in found.lines] == sorted(frees)
    assert all(line.said for line in found.lines)
    assert sum(line.saved for line in found.lines) == found.nothing.nights_over - found.proposed.nights_over
    assert {line.who: line.home for line in found.lines if line.home is not None} == dict(homes)
