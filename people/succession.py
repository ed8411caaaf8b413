"""Which municipality followed which, as numbers and borders changed. Pure: the standard library and a file of facts.

`data/municipality_changes.csv`: on a day a former municipality was followed by another. One alone that is followed by
one alone has a new number only; several that share a follower were merged; one with several followers was divided.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "municipality_changes.csv"


@dataclass(frozen=True, order=True)
class Change:
    """On a day, `former` (with the name it then had) was followed by `follower`."""

    on: date
    former: str
    name: str
    follower: str


@dataclass(frozen=True)
class Formed:
    """When a municipality got the borders it has, of which former ones, and whether one of them was divided."""

    on: date
    formers: tuple[Change, ...]
    is_divided: bool


@lru_cache
def changes() -> tuple[Change, ...]:
    """Every change, oldest first."""
    with _DATA.open(encoding="utf-8", newline="") as rows:
        return tuple(sorted(Change(date.fromisoformat(row.pop("on")), **row) for row in csv.DictReader(rows)))


def followed_by(number: str) -> tuple[str, ...]:
    """The numbers today of what followed the municipality that had a number; empty for one that has not changed."""
    found = _followers(number, date.min)
    return tuple(sorted(found - {number})) if number not in found else ()


def last_name(number: str) -> str:
    """What the last municipality with a former number was called; empty for a number that was never given up."""
    return next((one.name for one in reversed(changes()) if one.former == number), "")


def given_up(number: str) -> date | None:
    """The day that a number was last followed by another."""
    return next((one.on for one in reversed(changes()) if one.former == number != one.follower), None)


def formed(number: str) -> Formed | None:
    """When the municipality got its borders; None for one whose borders have not changed since the first change."""
    before = date.max
    while True:
        into = [one for one in changes() if one.follower == number and one.on < before]
        if not into:
            return None
        before = into[-1].on
        formers = tuple(one for one in into if one.on == before)
        is_divided = any(len(_out_of(one.former, before)) > 1 for one in formers)
        if len(formers) > 1 or is_divided:
            return Formed(before, formers, is_divided)
        number = formers[0].former


def _out_of(number: str, on: date) -> list[Change]:
    return [one for one in changes() if one.former == number and one.on == on]


def _followers(number: str, after: date) -> frozenset[str]:
    left = [one.on for one in changes() if one.former == number and one.on > after]
    if not left:
        return frozenset({number})
    on = left[0]
    return frozenset().union(*(_followers(one.follower, on) for one in _out_of(number, on)))
