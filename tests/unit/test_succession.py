"""Which municipality followed which: the facts hold together, and answer for a former number."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import people.succession
from people.succession import changes, followed_by, formed, given_up, last_name

_NUMBERS = Path(people.succession.__file__).parent / "data" / "municipalities.csv"
NOW = {row["number"]: row["name"] for row in csv.DictReader(_NUMBERS.read_text(encoding="utf-8").splitlines())}


@pytest.mark.parametrize(("on", "before", "after"), [(date(2020, 1, 1), 422, 356), (date(2024, 1, 1), 356, 357)])
def test_as_many_municipalities_went_away_as_the_country_lost(on: date, before: int, after: int) -> None:
    that_day = [one for one in changes() if one.on == on]
    assert len({one.former for one in that_day}) - len({one.follower for one in that_day}) == before - after


def test_every_former_number_leads_to_municipalities_of_today() -> None:
    for one in changes():
        assert set(followed_by(one.former)) <= NOW.keys()
        assert followed_by(one.former) or one.former in NOW


@pytest.mark.parametrize(
    ("number", "followers"),
    [
        ("0301", ()),
        ("1103", ()),
        ("5001", ()),
        ("9999", ()),
        ("0104", ("3103",)),
        ("3002", ("3103",)),
        ("1504", ("1508", "1580")),
        ("1850", ("1806", "1875")),
        ("0625", ("3301",)),
    ],
)
def test_a_former_number_is_followed(number: str, followers: tuple[str, ...]) -> None:
    assert followed_by(number) == followers


def test_a_former_number_says_its_name_and_when_it_was_given_up() -> None:
    assert (last_name("0625"), given_up("0625")) == ("Nedre Eiker", date(2020, 1, 1))
    assert (last_name("0301"), given_up("0301")) == ("", None)
    assert given_up("1103") is None


def test_borders_are_as_old_as_the_last_merger_or_division() -> None:
    assert formed("0301") is None
    assert formed("4601") is None, "Bergen got a new number only"
    moss = formed("3103")
    assert moss is not None
    assert (moss.on, [one.former for one in moss.formers], moss.is_divided) == (
        date(2020, 1, 1),
        ["0104", "0136"],
        False,
    )
    haram = formed("1580")
    assert haram is not None
    assert (haram.on, haram.is_divided) == (date(2024, 1, 1), True)
