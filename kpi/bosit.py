"""BOSIT: the housing situation that KOSTRA's extract 11F has of each person (bosituasjon). Pure: dated code lists.

The codes stand in kpi/data/bosit.toml; a list holds from its day until the next one begins.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from housing.states import Kind, add_months
from kpi.counting import MONTHS_AHEAD, Counts, counts

_FILE = Path(__file__).parent / "data" / "bosit.toml"


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """One published list: `names` by code and language, `codes` by kind of residence."""

    since: date
    source: str
    names: dict[str, dict[str, str]]
    codes: dict[Kind, str]
    of_those_coming_out: frozenset[Kind]
    soon_without_home: str
    home_waits: dict[Kind, str]

    def code_of(self, kind: Kind, planned_end: date | None, home_waits: bool | None, day: date) -> str:
        """The code of whoever lives in such a place on the day; empty where the list has none, or it is not known."""
        if kind in self.of_those_coming_out and counts(kind, planned_end, home_waits, day) is Counts.YES:
            return self.soon_without_home
        if home_waits and kind in self.home_waits:
            return self.home_waits[kind]
        return self.codes.get(kind, "")


@lru_cache
def code_lists() -> tuple[CodeList, ...]:
    """The lists, oldest first."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["list"]
    lists = (
        CodeList(
            since=one["since"],
            source=one["source"],
            names={code["code"]: code["name"] for code in one["code"]},
            codes={Kind(kind): code["code"] for code in one["code"] for kind in code["kinds"]},
            of_those_coming_out=frozenset(Kind(kind) for kind in one["of_those_coming_out"]),
            soon_without_home=one["soon_without_home"],
            home_waits={Kind(kind): code for kind, code in one["home_waits"].items()},
        )
        for one in told
    )
    return tuple(sorted(lists, key=lambda one: one.since))


def code_list_on(day: date) -> CodeList:
    """The list that held on a day.

    :raises LookupError: before the first list
    """
    held = [one for one in code_lists() if one.since <= day]
    if not held:
        raise LookupError(day)
    return held[-1]


@dataclass(frozen=True, kw_only=True)
class Lived:
    """A residence as BOSIT asks about it, half-open; `ends_on` None has no end."""

    kind: Kind
    starts_on: date
    ends_on: date | None
    planned_end: date | None = None
    home_waits: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Time:
    """A run of days with one code, half-open."""

    starts_on: date
    ends_on: date
    code: str


def times_of(lived: Iterable[Lived], starts_on: date, ends_on: date) -> list[Time]:
    """What the code was on each day of the half-open period, in order; days without a known code are left out.

    :raises LookupError: when the period begins before the first code list
    """
    code_list_on(starts_on)
    found: list[Time] = []
    for one in sorted(lived, key=lambda one: one.starts_on):
        last = min(one.ends_on or ends_on, ends_on)
        days = _turns(one, max(one.starts_on, starts_on), last)
        for day, following in pairwise(days):
            code = code_list_on(day).code_of(one.kind, one.planned_end, one.home_waits, day)
            if found and found[-1].ends_on == day and found[-1].code == code:
                found[-1] = replace(found[-1], ends_on=following)
            elif code:
                found.append(Time(starts_on=day, ends_on=following, code=code))
    return found


def _turns(one: Lived, first: date, last: date) -> list[date]:
    """The days within a residence on which its code can change, and the two ends."""
    if first >= last:
        return []
    ahead = [add_months(one.planned_end, -MONTHS_AHEAD)] if one.planned_end else []
    within = {day for day in [*ahead, *(listed.since for listed in code_lists())] if first < day < last}
    return [first, *sorted(within), last]
