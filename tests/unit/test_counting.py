"""Who counts as homeless on a day, and in which group."""

from __future__ import annotations

from datetime import date

import pytest

from housing.states import Kind
from kpi.counting import (
    Counts,
    Dimension,
    Family,
    Person,
    Release,
    Sex,
    Situation,
    age_group,
    counts,
    duration_group,
    group_of,
    sex_by,
)

DAY = date(2026, 3, 10)


@pytest.mark.parametrize("kind", ["rough", "temporary", "night_shelter", "friends", "crisis_centre"])
def test_whoever_has_no_home_tonight_counts(kind: str) -> None:
    assert counts(Kind(kind), None, None, DAY) is Counts.YES


@pytest.mark.parametrize("kind", ["owned", "private_rental", "with_family", "reception_centre", "unknown"])
def test_whoever_lives_somewhere_else_does_not(kind: str) -> None:
    assert counts(Kind(kind), None, None, DAY) is Counts.NO


@pytest.mark.parametrize("kind", [Kind.PRISON, Kind.INSTITUTION])
@pytest.mark.parametrize(
    ("planned_end", "home_waits", "answer"),
    [
        (date(2026, 5, 10), False, Counts.YES),
        (date(2026, 5, 11), False, Counts.NO),
        # the end of February is two months before the end of April
        (date(2026, 4, 30), False, Counts.YES),
        # should have been out already
        (date(2026, 3, 1), False, Counts.YES),
        (date(2026, 4, 1), True, Counts.NO),
        (date(2026, 12, 1), None, Counts.NO),
        (date(2026, 4, 1), None, Counts.UNKNOWN),
        (None, False, Counts.UNKNOWN),
        (None, None, Counts.UNKNOWN),
        (None, True, Counts.NO),
    ],
)
def test_prison_and_institution_count_two_months_before_release_to_no_home(
    kind: Kind, planned_end: date | None, home_waits: bool | None, answer: Counts
) -> None:
    assert counts(kind, planned_end, home_waits, DAY) is answer


@pytest.mark.parametrize(
    ("born_on", "group"),
    [
        (date(2008, 3, 11), "0"),
        (date(2008, 3, 10), "18"),
        (date(2001, 3, 10), "25"),
        (date(1960, 1, 1), "55"),
        (date(1959, 3, 10), "67"),
    ],
)
def test_the_age_is_that_of_the_day(born_on: date, group: str) -> None:
    assert age_group(born_on, DAY) == group


@pytest.mark.parametrize(
    ("since", "group"),
    [
        (None, "unknown"),
        (date(2026, 3, 10), "0"),
        (date(2025, 12, 10), "0"),
        (date(2025, 12, 9), "3"),
        (date(2025, 9, 9), "6"),
        (date(2025, 3, 9), "12"),
        (date(2023, 3, 9), "36"),
    ],
)
def test_the_time_homeless_is_in_calendar_months(since: date | None, group: str) -> None:
    assert duration_group(since, DAY) == group


def test_the_ninth_digit_tells_the_sex_and_other_numbers_do_not() -> None:
    assert sex_by("01819012345") is Sex.MAN
    assert sex_by("01819012245") is Sex.WOMAN
    assert sex_by("") is None
    assert sex_by("201612345678") is None


def _one(**told: object) -> Person:
    usual = {
        "household_id": 1,
        "person_id": 1,
        "kind": Kind.ROUGH,
        "born_on": date(1990, 1, 1),
        "sex": None,
        "has_partner": False,
        "children": 0,
        "income": "",
        "homeless_since": None,
        "came_from": None,
    }
    return Person(**(usual | told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "dimension", "group"),
    [
        ({"kind": Kind.CRISIS_CENTRE}, Dimension.SITUATION, Situation.REFERRED),
        ({"kind": Kind.NIGHT_SHELTER}, Dimension.SITUATION, Situation.REFERRED),
        ({"kind": Kind.FRIENDS}, Dimension.PLACE, Kind.FRIENDS),
        ({}, Dimension.SEX, "unknown"),
        ({}, Dimension.INCOME, "unknown"),
        ({}, Dimension.FAMILY, Family.ALONE),
        ({"children": 2}, Dimension.FAMILY, Family.ALONE_WITH_CHILDREN),
        ({"has_partner": True}, Dimension.FAMILY, Family.COUPLE),
        ({"has_partner": True, "children": 1}, Dimension.FAMILY, Family.COUPLE_WITH_CHILDREN),
        ({"kind": Kind.PRISON, "came_from": Release.INSTITUTION_BEFORE}, Dimension.RELEASE, Release.PRISON_AHEAD),
        ({"kind": Kind.INSTITUTION}, Dimension.RELEASE, Release.INSTITUTION_AHEAD),
        ({"came_from": Release.PRISON_BEFORE}, Dimension.RELEASE, Release.PRISON_BEFORE),
        ({}, Dimension.RELEASE, Release.NEITHER),
    ],
)
def test_each_is_in_one_group(told: dict[str, object], dimension: Dimension, group: str) -> None:
    assert group_of(dimension, _one(**told), DAY) == group
