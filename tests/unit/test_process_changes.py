"""What moving a work process to another version changes, step by step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.process_changes import Change, Outcome, Planned, Running, moved

START, TODAY = date(2026, 1, 1), date(2026, 1, 11)


def running(code: str = "talk", days: int = 5, **more: Any) -> Running:
    told = {"pk": 1, "what": "Talk", "who": "Us", "paragraph": "", "is_settled": False, **more}
    return Running(code=code, due_on=START + timedelta(days=days), **told)


def planned(code: str = "talk", days: int = 5, **more: Any) -> Planned:
    return Planned(**{"pk": 7, "order": 1, "what": "Talk", "who": "Us", "paragraph": "", **more}, code=code, days=days)


def told(now: list[Running], then: list[Planned]) -> list[Outcome]:
    return moved(now, then, starts_on=START, on=TODAY)


def test_what_is_the_same_is_kept() -> None:
    [one] = told([running()], [planned()])

    assert one.change is Change.KEPT
    assert (one.was_what, one.was_due_on) == ("", None)


@pytest.mark.parametrize(
    "other",
    [{"what": "Meet"}, {"who": "Them"}, {"paragraph": "§ 1"}, {"days": 30}],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_is_changed(other: dict[str, Any]) -> None:
    [one] = told([running()], [planned(**other)])

    assert one.change is Change.CHANGED
    assert (one.was_what == "Talk") is ("what" in other)
    assert (one.was_due_on is not None) is ("days" in other)


@pytest.mark.parametrize("then", [[], [planned(what="Meet", days=30)]])
def test_what_somebody_did_stays(then: list[Planned]) -> None:
    [one] = told([running(is_settled=True)], then)

    assert (one.change, one.what, one.due_on) == (Change.KEPT, "Talk", START + timedelta(days=5))


def test_a_step_of_the_case_s_own_stays_and_one_that_the_version_lacks_goes() -> None:
    own, gone = told([running(code=""), running()], [])

    assert (own.change, gone.change) == (Change.KEPT, Change.REMOVED)


@pytest.mark.parametrize(
    ("days", "then", "due_on"),
    [
        # never back to a day that has passed, but not later than it is
        (5, 3, date(2026, 1, 6)),
        (10, 3, TODAY),
        (30, 3, TODAY),
        (30, 20, date(2026, 1, 21)),
        (3, 20, date(2026, 1, 21)),
    ],
)
def test_no_deadline_is_moved_back_to_a_day_that_has_passed(days: int, then: int, due_on: date) -> None:
    [one] = told([running(days=days)], [planned(days=then)])

    assert one.due_on == due_on


@pytest.mark.parametrize(("days", "due_on"), [(5, TODAY), (10, TODAY), (11, date(2026, 1, 12))])
def test_a_new_step_is_not_due_before_it_comes(days: int, due_on: date) -> None:
    [one] = told([], [planned(days=days)])

    assert (one.change, one.due_on) == (Change.ADDED, due_on)


_CODES = st.lists(st.sampled_from("abcdef"), unique=True)


@given(_CODES, _CODES, st.sets(st.sampled_from("abcdef")), st.integers(0, 20))
def test_every_step_has_one_outcome_and_moving_again_changes_nothing(
    now: list[str], then: list[str], settled: set[str], days: int
) -> None:
    steps = [running(code, days, pk=n, is_settled=code in settled) for n, code in enumerate(now)]
    version = [planned(code, n, pk=n, order=n) for n, code in enumerate(then)]

    outcomes = told(steps, version)

    assert sorted(one.running.pk for one in outcomes if one.running) == [step.pk for step in steps]
    assert [one.planned for one in outcomes if one.planned] == version
    assert not any(one.change in (Change.CHANGED, Change.REMOVED) for one in outcomes if _is_settled(one))
    after = [_after(one) for one in outcomes if one.change is not Change.REMOVED]
    again = told(after, version)
    assert {one.change for one in again} <= {Change.KEPT}


def _is_settled(one: Outcome) -> bool:
    return one.running is not None and one.running.is_settled


def _after(one: Outcome) -> Running:
    code = one.planned.code if one.planned else one.running.code if one.running else ""
    return Running(
        pk=0,
        code=code,
        what=one.what,
        who="Us",
        paragraph="",
        due_on=one.due_on,
        is_settled=_is_settled(one),
    )
