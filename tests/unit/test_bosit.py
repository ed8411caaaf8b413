"""BOSIT's codes, and from which day to which each holds."""

from __future__ import annotations

from datetime import date

import pytest

from housing.states import Kind
from kpi.bosit import Lived, Time, code_list_on, code_lists, times_of

DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("private_rental", "1"),
        ("municipal_rental", "2"),
        ("owned", "3"),
        ("rough", "4"),
        ("temporary", "4"),
        ("night_shelter", "4"),
        ("friends", "4"),
        ("crisis_centre", "4"),
        ("prison", "5"),
        ("with_family", "5"),
        ("institution", "6"),
        ("deceased", ""),
        ("moved_away", ""),
        ("unknown", ""),
    ],
)
def test_each_kind_of_place_has_its_code(kind: str, code: str) -> None:
    assert code_list_on(DAY).code_of(Kind(kind), None, None, DAY) == code


def test_an_institution_is_no_home_two_months_before_discharge_to_none() -> None:
    codes = code_list_on(DAY)
    assert codes.code_of(Kind.INSTITUTION, date(2026, 5, 10), home_waits=False, day=DAY) == "4"
    assert codes.code_of(Kind.INSTITUTION, date(2026, 5, 11), home_waits=False, day=DAY) == "6"
    assert codes.code_of(Kind.INSTITUTION, date(2026, 4, 1), home_waits=True, day=DAY) == "6"
    assert codes.code_of(Kind.PRISON, date(2026, 4, 1), home_waits=False, day=DAY) == "5"


def test_a_crisis_centre_with_a_safe_home_waiting_is_another_place() -> None:
    assert code_list_on(DAY).code_of(Kind.CRISIS_CENTRE, None, home_waits=True, day=DAY) == "5"
    assert code_list_on(DAY).code_of(Kind.CRISIS_CENTRE, None, home_waits=False, day=DAY) == "4"


def test_every_code_has_a_name_in_each_language() -> None:
    for listed in code_lists():
        assert {"1", "2", "3", "4", "5", "6"} == set(listed.names)
        assert all(set(names) == {"nb", "nn", "en"} for names in listed.names.values())


def test_no_list_is_known_before_the_first() -> None:
    with pytest.raises(LookupError):
        code_list_on(date(2014, 12, 31))


def test_the_days_of_a_year_by_hand() -> None:
    lived = [
        Lived(kind=Kind.TEMPORARY, starts_on=date(2025, 11, 1), ends_on=date(2026, 1, 10)),
        Lived(kind=Kind.FRIENDS, starts_on=date(2026, 1, 10), ends_on=date(2026, 2, 1)),
        Lived(
            kind=Kind.INSTITUTION,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 6, 1),
            planned_end=date(2026, 6, 1),
            home_waits=False,
        ),
        Lived(kind=Kind.OWNED, starts_on=date(2026, 7, 1), ends_on=None),
    ]
    assert times_of(lived, date(2026, 1, 1), date(2027, 1, 1)) == [
        Time(starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1), code="4"),
        Time(starts_on=date(2026, 2, 1), ends_on=date(2026, 4, 1), code="6"),
        Time(starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 1), code="4"),
        Time(starts_on=date(2026, 7, 1), ends_on=date(2027, 1, 1), code="3"),
    ]
