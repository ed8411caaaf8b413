"""What it costs that a patient ready for discharge stays on (utskrivningsklare pasienter). Pure: dated data.

Source: helse- og omsorgstjenesteloven § 11-4 and the prices of cases/law/discharge.toml.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """`nights` the municipality pays for, and what they cost; `priced_by` is the year of the last price used."""

    nights: int
    kroner: int
    priced_by: int


@lru_cache
def _prices() -> dict[int, int]:
    path = Path(__file__).parent / "law" / "discharge.toml"
    return {int(year): price for year, price in tomllib.loads(path.read_text(encoding="utf-8"))["price"].items()}


def price_in(year: int) -> tuple[int, int]:
    """(price a night in kroner, the year it is of): the year's own, or the last known before it.

    :raises LookupError: before the first year
    """
    known = [one for one in _prices() if one <= year]
    if not known:
        raise LookupError(year)
    return _prices()[max(known)], max(known)


def cost_of(pays_from: date, until: date) -> Cost:
    """The nights from `pays_from` up to the one before `until`, each at its own year's price."""
    nights = kroner = 0
    day = pays_from
    while day < until:
        end = min(until, date(day.year + 1, 1, 1))
        price, _year = price_in(day.year)
        nights, kroner = nights + (end - day).days, kroner + (end - day).days * price
        day = end
    return Cost(nights, kroner, price_in(max(pays_from, until).year)[1])
