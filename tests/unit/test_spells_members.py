"""On which nights a household in temporary accommodation is a family with children, and on which it is young."""

from __future__ import annotations

import pytest

from housing.spells import Membership, Range, Spell, Stretch, derive
from tests.facts import day, member, placed


def stay_of(members: list[Membership], *stretches: Stretch) -> Spell:
    [stay] = derive(stretches or [placed("2026-03-01", "2026-03-11")], members)
    return stay


def ranges(*pairs: tuple[str, str]) -> tuple[Range, ...]:
    return tuple((day(start), day(end)) for start, end in pairs)


ALL_NIGHTS = ranges(("2026-03-01", "2026-03-11"))


def test_a_household_without_members_is_neither_family_nor_young() -> None:
    stay = stay_of([])

    assert (stay.family_in, stay.young_in) == ((), ())


def test_a_household_with_a_child_is_a_family_every_night() -> None:
    assert stay_of([member("child", "2020-06-15")]).family_in == ALL_NIGHTS


# The birthday's own night is the first that does not count: the 18th (25th) year is full on that date.
@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        ("2008-03-01", ()),
        ("2008-03-02", ranges(("2026-03-01", "2026-03-02"))),
        ("2008-03-10", ranges(("2026-03-01", "2026-03-10"))),
        ("2008-03-11", ALL_NIGHTS),
        ("2008-02-29", ()),
    ],
)
def test_a_child_is_one_until_the_night_of_the_eighteenth_birthday(born_on: str, expected: tuple[Range, ...]) -> None:
    assert stay_of([member("child", born_on)]).family_in == expected


def test_a_child_born_on_a_leap_day_is_eighteen_on_the_28th_of_february() -> None:
    stay = stay_of([member("child", "2008-02-29")], placed("2026-02-20", "2026-03-10"))

    assert stay.family_in == ranges(("2026-02-20", "2026-02-28"))


@pytest.mark.parametrize("role", ["applicant", "partner"])
@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        ("2001-03-01", ()),
        ("2001-03-05", ranges(("2026-03-01", "2026-03-05"))),
        ("2001-03-11", ALL_NIGHTS),
        ("2009-01-01", ALL_NIGHTS),
        ("1980-01-01", ()),
    ],
)
def test_an_applicant_or_partner_is_young_until_the_night_of_the_25th_birthday(
    role: str, born_on: str, expected: tuple[Range, ...]
) -> None:
    assert stay_of([member(role, born_on)]).young_in == expected


def test_an_applicant_born_on_a_leap_day_is_25_on_the_28th_of_february() -> None:
    stay = stay_of([member("applicant", "2000-02-29")], placed("2025-02-20", "2025-03-10"))

    assert stay.young_in == ranges(("2025-02-20", "2025-02-28"))


@pytest.mark.parametrize("role", ["applicant", "partner", "other", "child_visit"])
def test_only_the_role_child_makes_a_family(role: str) -> None:
    assert stay_of([member(role, "2012-01-01")]).family_in == ()


@pytest.mark.parametrize("role", ["child", "child_visit", "other"])
def test_only_applicant_and_partner_make_a_household_young(role: str) -> None:
    assert stay_of([member(role, "2005-01-01")]).young_in == ()


def test_a_young_family_is_both() -> None:
    stay = stay_of([member("applicant", "2004-01-01"), member("child", "2024-01-01")])

    assert (stay.family_in, stay.young_in) == (ALL_NIGHTS, ALL_NIGHTS)


def test_a_child_born_during_the_stay_makes_a_family_from_its_birth() -> None:
    assert stay_of([member("child", "2026-03-05")]).family_in == ranges(("2026-03-05", "2026-03-11"))


def test_a_child_who_comes_and_leaves_counts_only_in_between() -> None:
    child = member("child", "2015-01-01", "2026-03-03", "2026-03-06")

    assert stay_of([child]).family_in == ranges(("2026-03-03", "2026-03-06"))


def test_a_child_who_leaves_on_the_first_night_makes_no_family() -> None:
    assert stay_of([member("child", "2015-01-01", "2020-01-01", "2026-03-01")]).family_in == ()


def test_two_children_in_turn_make_one_unbroken_range() -> None:
    first = member("child", "2015-01-01", "2026-03-01", "2026-03-04", person="first")
    second = member("child", "2016-01-01", "2026-03-04", "2026-03-08", person="second")

    assert stay_of([second, first]).family_in == ranges(("2026-03-01", "2026-03-08"))


def test_overlapping_children_are_not_counted_twice() -> None:
    long = member("child", "2015-01-01", "2026-03-01", "2026-03-09", person="long")
    short = member("child", "2016-01-01", "2026-03-02", "2026-03-04", person="short")

    assert stay_of([long, short]).family_in == ranges(("2026-03-01", "2026-03-09"))


def test_a_child_who_is_there_only_in_the_break_makes_no_family() -> None:
    child = member("child", "2015-01-01", "2026-03-05", "2026-03-08")

    assert stay_of([child], placed("2026-03-01", "2026-03-05"), placed("2026-03-08", "2026-03-10")).family_in == ()


def test_a_break_parts_the_nights_of_a_family_too() -> None:
    stay = stay_of(
        [member("child", "2015-01-01")], placed("2026-03-01", "2026-03-05"), placed("2026-03-08", "2026-03-11")
    )

    assert stay.family_in == stay.nights == ranges(("2026-03-01", "2026-03-05"), ("2026-03-08", "2026-03-11"))


def test_an_open_stay_of_a_family_ends_being_one_on_the_birthday() -> None:
    stay = stay_of([member("child", "2010-07-01")], placed("2026-03-01"))

    assert stay.family_in == ranges(("2026-03-01", "2028-07-01"))
