"""What refugees.csv must keep, and what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.imports.areas import Area
from cases.imports.world import World
from cases.interchange import tables
from cases.interchange.rows import RefugeeRow
from cases.models import RefugeeSettlement, SettlementAnswer
from people.journal import Act


def _settled_after(world: World, row: RefugeeRow) -> Iterator[str]:
    if row.settled_on is not None and row.settled_on < row.decided_on:
        yield f"settled before decided ({row.decided_on} → {row.settled_on})"


def _as_we_know_it(world: World, row: RefugeeRow) -> Iterator[str]:
    """What no column tells stays as it is, and must go with what does."""
    before = world.areas["refugees"].before(row)
    known = RefugeeSettlement.objects.filter(pk=before.pk).first() if before and row.settled_on else None
    if known is None or row.settled_on is None:
        return
    if known.answer == SettlementAnswer.DECLINED:
        yield "the settlement was declined here: change the answer first"
    if known.home_found_on is not None and known.home_found_on > row.settled_on:
        yield f"settled ({row.settled_on}) before the home was found ({known.home_found_on})"


def _values(row: RefugeeRow) -> dict[str, Any]:
    names = ("decided_on", "settled_on", "unaccompanied_minor")
    return {name: getattr(row, name) for name in names}


REFUGEES: Area[RefugeeRow] = Area(
    table=tables.REFUGEES,
    model=RefugeeSettlement,
    rules=(_settled_after, _as_we_know_it),
    values=_values,
    on="decided_on",
    created=Act.SETTLEMENT_REGISTERED,
    changed=Act.SETTLEMENT_CHANGED,
)
