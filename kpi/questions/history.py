"""What became known of households and dwellings between two moments, and whether it was told late or corrected."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.timezone import localdate

from kpi.as_known import KNOWN
from kpi.explaining import Part

#: Columns that move on as the case does: what they say is told by the dates beside them.
_OF_PROGRESS = frozenset({"status", "outcome"})
#: Days that nothing happened on.
_NO_DAYS = frozenset({"born_on", "split_on", "lease_ends_on"})
#: How a table's row tells whose it is, where it does not say so itself.
_HOUSEHOLDS = {
    "people_household": "e.id = s.id",
    "people_person": "e.id IN (SELECT m.person_id FROM people_memberevent m WHERE m.household_id = s.id)",
    "cases_responsibilitygroup": (
        "e.plan_id IN (SELECT i.id FROM cases_individualplanevent i WHERE i.household_id = s.id)"
    ),
    "housing_qualityagreement": (
        "e.provider_id IN (SELECT r.provider_id FROM housing_residenceevent r WHERE r.household_id = s.id)"
    ),
}
_DWELLINGS = {"housing_dwelling": "e.id = s.id"}


def belongs(table: str, *, is_of_dwellings: bool) -> str | None:
    """The condition on an event `e` of a table that it is of the subject `s`; None where it tells nothing of such."""
    special, column = (_DWELLINGS, "dwelling_id") if is_of_dwellings else (_HOUSEHOLDS, "household_id")
    return special.get(table) or (f"e.{column} = s.id" if column in KNOWN[table] else None)


def why_known(
    ids: Collection[int], *, since: datetime, until: datetime | None, is_of_dwellings: bool = False
) -> dict[int, Part]:
    """Of those of which something became known between the moments, why: corrected before told late, and that before
    what only happened after. What a household has from one it was split from counts as its own.
    """
    if not ids:
        return {}
    on, found = localdate(since), dict[int, Part]()
    weight = [Part.REAL, Part.LATE, Part.CORRECTED]
    for subject, before, after in _versions(ids, since, until, is_of_dwellings=is_of_dwellings):
        part = _why(before, after, on=on)
        if part is not None and (subject not in found or weight.index(part) > weight.index(found[subject])):
            found[subject] = part
    return found


def _versions(
    ids: Collection[int], since: datetime, until: datetime | None, *, is_of_dwellings: bool
) -> Iterator[tuple[int, dict[str, Any] | None, dict[str, Any] | None]]:
    selects = [
        _of_table(table, whose)
        for table in KNOWN
        if (whose := belongs(table, is_of_dwellings=is_of_dwellings)) is not None
    ]
    subject = _SUBJECTS[is_of_dwellings]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE {subject}\n" + "\nUNION ALL\n".join(selects),
            {"ids": list(ids), "since": since, "until": until},
        )
        for one, before, after in cursor.fetchall():
            yield one, _there(before), _there(after)


#: Each household with those it was split from, or each dwelling.
_SUBJECTS = {
    True: "s AS (SELECT id, id AS subject_id FROM unnest(%(ids)s::bigint[]) AS t(id))",
    False: """s AS (
    SELECT id, id AS subject_id FROM unnest(%(ids)s::bigint[]) AS t(id)
  UNION
    SELECT h.split_from_id, s.subject_id FROM s JOIN people_household h ON h.id = s.id WHERE h.split_from_id IS NOT NULL
)""",
}


def _of_table(table: str, whose: str) -> str:
    told = ", ".join(f"'{column}', e.\"{column}\"" for column in KNOWN[table])
    version = f"jsonb_build_object({told}, 'is_gone', e.pgh_label = 'delete')"
    last = f"(array_agg({version} ORDER BY e.pgh_id DESC) FILTER (WHERE e.pgh_created_at < {{0}}))[1]::text"
    before, after = (
        last.format(moment)
        for moment in ("%(since)s::timestamptz", "COALESCE(%(until)s::timestamptz, 'infinity'::timestamptz)")
    )
    return (
        f"SELECT s.subject_id, {before}, {after} FROM s JOIN {table}event e ON {whose}"
        " GROUP BY s.subject_id, e.pgh_obj_id HAVING max(e.pgh_created_at) >= %(since)s::timestamptz"
    )


def _there(version: str | None) -> dict[str, Any] | None:
    """A row as it was known, or None when it was not there."""
    if version is None:
        return None
    row: dict[str, Any] = json.loads(version)
    return None if row.pop("is_gone") else row


def _why(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, *, on: date) -> Part | None:
    """Of one row: what its change between two moments was, the first of them on the day `on`; None for no change."""
    if before is None:
        return None if after is None else _told(list(_days(after, after)), on=on)
    if after is None:
        return Part.CORRECTED
    changed = [column for column in before if before[column] != after[column]]
    if not changed:
        return None
    if all(_goes_on(column, before, after, on=on) for column in changed):
        return _told(list(_days(after, changed)), on=on) or Part.LATE
    return Part.CORRECTED


def _goes_on(column: str, before: Mapping[str, Any], after: Mapping[str, Any], *, on: date) -> bool:
    """Whether a column was filled in, or moved on, and nothing that had been said was taken back."""
    if column in _OF_PROGRESS or before[column] in (None, ""):
        return True
    return column in dict(_days(before, [column])) and date.fromisoformat(before[column]) >= on


def _told(days: list[tuple[str, date]], *, on: date) -> Part | None:
    """Late, when the first day told of was over; None when no day is told of."""
    if not days:
        return None
    return Part.LATE if min(day for _column, day in days) < on else Part.REAL


def _days(row: Mapping[str, Any], columns: Iterable[str]) -> Iterator[tuple[str, date]]:
    for column in columns:
        if (column == "on" or column.endswith("_on")) and column not in _NO_DAYS and row[column]:
            yield column, date.fromisoformat(row[column])
