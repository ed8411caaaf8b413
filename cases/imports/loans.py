"""What loans.csv must keep, and what it writes: loans and grants that were granted, paid out or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.imports.areas import Area
from cases.imports.world import World
from cases.interchange import tables
from cases.interchange.rows import LoanRow
from cases.models import LoanCase, LoanStatus
from people.journal import Act


def _paid_after_decided(world: World, row: LoanRow) -> Iterator[str]:
    if row.paid_on is not None and row.paid_on < row.decided_on:
        yield f"paid_on is before decided_on ({row.decided_on} → {row.paid_on})"


def _as_we_know_it(world: World, row: LoanRow) -> Iterator[str]:
    """A home that they bid on, or bought, is followed here: no column tells of it."""
    before = world.areas["loans"].before(row)
    if before is None or before == row:
        return
    if LoanCase.objects.filter(pk=before.pk, status__in=[LoanStatus.BIDDING, LoanStatus.BOUGHT]).exists():
        yield "the household bids with this loan, or has bought: pay it out, or let it lapse, where it is followed"


def _values(row: LoanRow) -> dict[str, Any]:
    names = ("kind", "purpose", "decided_on", "paid_on", "amount")
    status = LoanStatus.PAID_OUT if row.paid_on else LoanStatus.PRELIMINARY
    return {name: getattr(row, name) for name in names} | {"status": status}


LOANS: Area[LoanRow] = Area(
    table=tables.LOANS,
    model=LoanCase,
    rules=(_paid_after_decided, _as_we_know_it),
    values=_values,
    only_new=lambda row: {"opened_on": row.decided_on},
    on="decided_on",
    created=Act.LOAN_COMMITTED,
    changed=Act.LOAN_CORRECTED,
)
