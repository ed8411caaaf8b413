"""What benefits.csv must keep, and what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.imports.areas import Area
from cases.imports.world import World
from cases.interchange import tables
from cases.interchange.rows import BenefitRow
from cases.models import AllowanceOutcome, HousingAllowance
from people.journal import Act


def _answered_on_a_day(world: World, row: BenefitRow) -> Iterator[str]:
    if bool(row.outcome) != (row.decided_on is not None):
        yield "outcome and decided_on go together"
    elif row.decided_on is not None and row.decided_on < row.applied_on:
        yield f"decided before applied for ({row.applied_on} → {row.decided_on})"


def _paid_when_granted(world: World, row: BenefitRow) -> Iterator[str]:
    if row.outcome != AllowanceOutcome.GRANTED and (row.starts_on or row.ends_on):
        yield "from and to are for what is granted"
    elif row.ends_on is not None and row.starts_on is not None and row.ends_on <= row.starts_on:
        yield f"period ends before it begins ({row.starts_on} → {row.ends_on})"


def _values(row: BenefitRow) -> dict[str, Any]:
    names = ("kind", "applied_on", "decided_on", "outcome", "starts_on", "ends_on")
    return {name: getattr(row, name) for name in names}


BENEFITS: Area[BenefitRow] = Area(
    table=tables.BENEFITS,
    model=HousingAllowance,
    rules=(_answered_on_a_day, _paid_when_granted),
    values=_values,
    on="applied_on",
    created=Act.ALLOWANCE_APPLIED,
    changed=Act.ALLOWANCE_CHANGED,
)
