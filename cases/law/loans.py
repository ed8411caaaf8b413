"""What a start loan turns on, as dated data: rates, conditions with their exceptions, and what is to be explained."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from cases.law.catalogue import ACTS, NO_CHOICES, Act, Choices, NotInForce, cited

_READ = tomllib.loads((Path(__file__).parent / "loans.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Kroner a month, or per cent a year, from a day. `is_own`: set by the municipality."""

    code: str
    starts: date
    value: Decimal
    is_own: bool = False
    is_checked: bool = True


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What must be met, and by which exceptions it may be waived."""

    code: str
    act: Act
    paragraph: str
    says: str
    exceptions: tuple[str, ...]

    @property
    def citation(self) -> str:
        return cited(self.act, self.paragraph)


def rate(code: str, *, on: date, choices: Choices = NO_CHOICES) -> Rate:
    """The rate of a day: the municipality's own where it is the newer one, but of what one lives on never the lower.

    :raises KeyError: when there is no such rate
    :raises NotInForce: when none had begun
    """
    shipped = [one for one in RATES[code] if one.starts <= on]
    own = [
        Rate(code=code, starts=first, value=Decimal(value), is_own=True)
        for first, value in choices.get(code, ())
        if first <= on
    ]
    found = sorted([*shipped, *own], key=lambda one: (one.starts, one.is_own))
    if not found:
        raise NotInForce(code)
    latest = found[-1]
    if code.startswith("living_") and shipped:
        return max(latest, shipped[-1], key=lambda one: one.value)
    return latest


def conditions(*, on: date) -> list[Condition]:
    """What a household must meet on a day to be given a start loan, in the order they are asked."""
    return [one for one in CONDITIONS.values() if one.act.is_in_force(on, NO_CHOICES)]


def long_conditions(*, on: date) -> list[Condition]:
    """What must be met on a day to repay over more than the ordinary years; `exceptions` waive."""
    return [one for one in LONG_CONDITIONS.values() if one.act.is_in_force(on, NO_CHOICES)]


def _rates() -> dict[str, list[Rate]]:
    found: dict[str, list[Rate]] = {}
    for row in _READ["rate"]:
        one = Rate(
            code=row["code"],
            starts=row["from"],
            value=Decimal(row["value"]),
            is_checked=row.get("checked", True),
        )
        found.setdefault(one.code, []).append(one)
    return found


def _conditions(table: str, exceptions: str) -> dict[str, Condition]:
    return {
        row["code"]: Condition(
            code=row["code"],
            act=ACTS[row["act"]],
            paragraph=row["paragraph"],
            says=row["says"],
            exceptions=tuple(row[exceptions]),
        )
        for row in _READ[table]
    }


RATES = _rates()
CONDITIONS = _conditions("condition", "exceptions")
LONG_CONDITIONS = _conditions("long", "waived")
THEMES: tuple[str, ...] = tuple(row["code"] for row in _READ["theme"])
