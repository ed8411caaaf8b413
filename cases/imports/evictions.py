"""Petitions for eviction of a file: what each row must keep, and how it is written.

A file knows no more of an eviction than that; what the web has told of it stays. One that a file ends makes the home
safe again, as its act does; one that a file opens opens no need, since what tonight is follows from the residences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from cases.actions.home_at_risk import safe_again
from cases.interchange.rows import EvictionRow
from cases.models import EvictionBecause, EvictionCase, EvictionNoticeFrom, EvictionStatus
from people.journal import Act

if TYPE_CHECKING:
    from cases.imports.world import World
    from cases.imports.writing import Writer

_AT_A_TIME = 2_000
_ENDS = {
    EvictionStatus.AVERTED: Act.EVICTION_AVERTED,
    EvictionStatus.CARRIED_OUT: Act.EVICTION_CARRIED_OUT,
    EvictionStatus.WITHDRAWN: Act.EVICTION_WITHDRAWN,
}


def _ended_with_an_outcome(_world: World, row: EvictionRow) -> Iterator[str]:
    if row.outcome == EvictionStatus.OPEN and row.ended_on:
        yield f"ended_on {row.ended_on} without an outcome (averted, carried_out, withdrawn)"
    elif row.outcome != EvictionStatus.OPEN and not row.ended_on:
        yield f"outcome {row.outcome} without ended_on"
    elif row.ended_on and row.ended_on < row.petitioned_on:
        yield f"ended_on is before petitioned_on ({row.petitioned_on} → {row.ended_on})"


EVICTION_RULES: list[Callable[[World, EvictionRow], Iterator[str]]] = [_ended_with_an_outcome]


def write_evictions(writer: Writer) -> None:
    side = writer.world.evictions
    _correct(writer, side.changed)
    made = EvictionCase._default_manager.bulk_create((_new(writer, row) for row in side.created), batch_size=_AT_A_TIME)
    for eviction in made:
        _tell(writer, eviction, is_new=True)


def _new(writer: Writer, row: EvictionRow) -> EvictionCase:
    made: EvictionCase = EvictionCase(
        household_id=writer.ids["households"][row.household],
        notice_from=EvictionNoticeFrom.UNKNOWN,
        because=EvictionBecause.UNKNOWN,
        learnt_on=row.petitioned_on,
        petitioned_on=row.petitioned_on,
        status=row.outcome,
        ended_on=row.ended_on,
    )
    return made


def _correct(writer: Writer, pairs: list[tuple[EvictionRow, EvictionRow]]) -> None:
    stored = EvictionCase.objects.select_related("need").in_bulk([old.pk for old, _new in pairs])
    needs, rows = [], []
    for old, new in pairs:
        before = stored[old.pk]
        is_open = new.outcome == EvictionStatus.OPEN
        told: dict[str, Any] = {
            field.attname: getattr(before, field.attname) for field in EvictionCase._meta.concrete_fields
        }
        told |= {"status": new.outcome, "ended_on": new.ended_on}
        told |= {"outcome_note": ""} if is_open else {"need_id": None}
        rows.append(EvictionCase(**told))
        if not is_open and before.need is not None and new.ended_on is not None:
            needs.append((before.need, new.ended_on))
    if rows:
        # as for the other files: every row is there, and its machine was judged by the file
        EvictionCase._default_manager.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=["status", "ended_on", "outcome_note", "need"],
            batch_size=_AT_A_TIME,
        )
    for need, ended_on in needs:
        safe_again(need, on=ended_on)
    for eviction in rows:
        _tell(writer, eviction, is_new=False)


def _tell(writer: Writer, eviction: EvictionCase, *, is_new: bool) -> None:
    writer.respelled.add(eviction.household_id)
    if is_new:
        on = eviction.petitioned_on or eviction.learnt_on
        writer.story.tell(Act.EVICTION_REGISTERED, eviction.household_id, eviction, on=on)
    if eviction.ended_on is not None:
        writer.story.tell(_ENDS[EvictionStatus(eviction.status)], eviction.household_id, eviction, on=eviction.ended_on)
