"""Stays in temporary accommodation as the command line tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from housing.spells import GAP_NIGHTS

_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, kw_only=True)
class Stay:
    """A household's unbroken time in temporary accommodation (sammenhengende opphold), seen from a day.

    `nights` are the distinct nights up to and including that day's; `days_left` is limit minus day, negative in breach.
    Placements are all of the stay as known: provider's ref, from, to (None when open), in order.
    """

    household: str
    first_night: date
    limit: date
    nights: int
    days_left: int
    placements: list[dict[str, Any]]
    is_family: bool
    is_young: bool


def stays_on(municipality: str, day: date, *, gap_nights: int = GAP_NIGHTS) -> list[Stay]:
    """Every stay with a placement on that day's night; least days left first, then first night, then reference."""
    rows = _rows(municipality, gap_nights, {"on": day, "ended_from": None, "ended_to": None})
    return _sorted(_stay(row, asked_on=day) for row in rows)


def stays_ended(municipality: str, starts_on: date, ends_on: date, *, gap_nights: int = GAP_NIGHTS) -> list[Stay]:
    """Stays whose last move-out lies in the half-open period, each judged on that date; same order."""
    rows = _rows(municipality, gap_nights, {"on": None, "ended_from": starts_on, "ended_to": ends_on})
    return _sorted(_stay(row, asked_on=row[3]) for row in rows)


def _stay(row: tuple[Any, ...], *, asked_on: date) -> Stay:
    ref, first_night, limit, _ends_on, nights, placements, is_family, is_young = row
    return Stay(
        household=ref,
        first_night=first_night,
        limit=limit,
        nights=nights,
        days_left=(limit - asked_on).days,
        placements=placements,
        is_family=is_family,
        is_young=is_young,
    )


def _sorted(stays: Any) -> list[Stay]:
    return sorted(stays, key=lambda stay: (stay.days_left, stay.first_night, stay.household))


def _rows(municipality: str, gap_nights: int, asked: dict[str, date | None]) -> list[tuple[Any, ...]]:
    scope = "SELECT id AS household_id FROM people_household WHERE municipality_id = %(municipality)s"
    sql = (
        "WITH RECURSIVE rule AS (SELECT %(gap_nights)s::integer AS gap_nights),\n"
        f"scope AS ({scope}),\n{(_SQL / 'spells.sql').read_text('utf-8')}\n{(_SQL / 'stays.sql').read_text('utf-8')}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"municipality": municipality, "gap_nights": gap_nights, **asked})
        return list(cursor.fetchall())
