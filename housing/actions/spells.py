"""Keeping spells in line with residences: the app may not write them, the owner's functions do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

#: Households in one statement, whose plan is made for few.
_AT_A_TIME = 100


@dataclass(frozen=True)
class SpellDifference:
    """A spell that only one `side` has: `missing` is derived but not stored, `surplus` stored but not derived."""

    side: str
    household: int
    state: str
    starts_on: date
    ends_on: date


def refresh(household_ids: Iterable[int]) -> int:
    """Derive the spells of these households, and of those split from them, anew. → the number of rows written.

    To be called in the transaction that changed a residence, a membership or who is responsible.
    """
    ids, written = sorted(household_ids), 0
    with connection.cursor() as cursor:
        for start in range(0, len(ids), _AT_A_TIME):
            cursor.execute("SELECT refresh_spells(%s)", [ids[start : start + _AT_A_TIME]])
            [(some,)] = cursor.fetchall()
            written += some
    return written


def rebuild() -> int:
    """Derive every spell anew; write those that differ, remove those that nothing derives. → how many were written."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT rebuild_spells()")
        [(written,)] = cursor.fetchall()
    return int(written)


def spell_differences() -> list[SpellDifference]:
    """Every spell that the derivation and the table do not agree on, by household: expected to be none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT side, household_id, state, starts_on, ends_on FROM spell_differences() ORDER BY 2, 4, 3, 1"
        )
        return [SpellDifference(*row) for row in cursor.fetchall()]
