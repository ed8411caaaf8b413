"""When follow-up is due, and who may be entitled to housing allowance: pure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.allowance import Facts, Met, Point, apply_by, covers, judged, may_be_entitled
from cases.follow_up import evaluation_due, silent_on, start_due_on, warning_due_on
from housing.states import Kind

DAY = date(2026, 3, 10)
MONTHS = (3, 6, 12)


@pytest.mark.parametrize(
    ("intensity", "days"),
    [("daily", 3), ("several_a_week", 7), ("weekly", 14), ("fortnightly", 28), ("monthly", 60), ("as_needed", 90)],
)
def test_the_contact_is_lost_after_twice_as_long_as_meant(intensity: str, days: int) -> None:
    assert silent_on(DAY, intensity) == DAY + timedelta(days=days + 1)


def test_an_offer_begins_within_a_fortnight_and_a_sign_is_handled_within_a_week() -> None:
    assert start_due_on(DAY) == date(2026, 3, 24)
    assert warning_due_on(DAY) == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("on", "held", "due"),
    [
        (date(2026, 5, 26), (), None),
        # a fortnight before three months are over
        (date(2026, 5, 27), (), 3),
        (date(2026, 5, 27), (3,), None),
        (date(2026, 8, 26), (), 3),
        # the next one takes its place
        (date(2026, 8, 27), (), 6),
        (date(2027, 2, 23), (3,), 6),
        (date(2027, 2, 24), (3, 6), 12),
        (date(2027, 9, 9), (), 12),
        # half a year after the last one it is too late to ask
        (date(2027, 9, 10), (), None),
    ],
)
def test_one_evaluation_has_its_turn_at_a_time(on: date, held: tuple[int, ...], due: int | None) -> None:
    assert evaluation_due(DAY, held, MONTHS, on=on) == due


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2026, 3, 1), date(2026, 3, 25)),
        (date(2026, 3, 25), date(2026, 3, 25)),
        (date(2026, 3, 26), date(2026, 4, 25)),
        (date(2026, 12, 31), date(2027, 1, 25)),
        (date(2026, 1, 31), date(2026, 2, 25)),
    ],
)
def test_the_allowance_is_applied_for_by_the_25th(on: date, last: date) -> None:
    assert apply_by(on) == last


def test_an_application_from_before_the_month_of_moving_in_is_for_another_home() -> None:
    moved_in_on = date(2026, 3, 10)

    assert covers(date(2026, 3, 1), moved_in_on)
    assert not covers(date(2026, 2, 28), moved_in_on)
    assert covers(date(2020, 1, 1), None)


def met(facts: Facts) -> dict[Point, Met]:
    return {one.point: one.met for one in judged(facts, on=DAY)}


def test_income_is_always_asked_about() -> None:
    facts = Facts(
        kind=Kind.MUNICIPAL_RENTAL, is_ours=True, born=[date(1990, 1, 1)], has_children=True, rent_a_month=9000
    )

    assert met(facts) == dict.fromkeys(Point, Met.YES) | {Point.INCOME: Met.ASK}
    assert may_be_entitled(facts, on=DAY)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.PRIVATE_RENTAL, Met.YES),
        (Kind.OWNED, Met.YES),
        (Kind.CARE_HOME, Met.ASK),
        (Kind.UNKNOWN, Met.ASK),
        (None, Met.ASK),
        (Kind.TEMPORARY, Met.NO),
        (Kind.ROUGH, Met.NO),
        (Kind.PRISON, Met.NO),
        (Kind.WITH_FAMILY, Met.NO),
    ],
)
def test_the_allowance_is_for_a_home_of_ones_own(kind: Kind | None, expected: Met) -> None:
    facts = Facts(kind=kind, born=[date(1990, 1, 1)])

    assert met(facts)[Point.HOME] == expected
    assert may_be_entitled(facts, on=DAY) is (expected is not Met.NO)


def test_somebody_under_18_needs_a_child_of_their_own() -> None:
    young = Facts(kind=Kind.PRIVATE_RENTAL, born=[date(2008, 3, 11)])

    assert met(young)[Point.ADULT] is Met.NO
    assert met(Facts(kind=Kind.PRIVATE_RENTAL, born=[date(2008, 3, 10)]))[Point.ADULT] is Met.YES
    assert met(Facts(kind=Kind.PRIVATE_RENTAL, born=[date(2008, 3, 11)], has_children=True))[Point.ADULT] is Met.YES
    assert met(Facts(kind=Kind.PRIVATE_RENTAL))[Point.ADULT] is Met.ASK
