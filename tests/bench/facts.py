"""What a synthetic household has beside where it lives: applications, loans, plans, evictions and what else is counted.

How many have what is a guess of the size, not of Norway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import connection

from people.owner import as_owner

#: some day in the ten years from when the household is first known
YEARS = 10
#: What says nothing, by type, for columns that must say something.
_NEUTRAL: dict[str, object] = (
    dict.fromkeys(("varchar", "text"), "")
    | dict.fromkeys(("int2", "int4", "int8"), 0)
    | {"bool": False, "bytea": b"", "_varchar": [], "_date": []}
)

#: So many rows of a table come first, and are counted: how the rest is checked is planned by what they are like.
_FIRST = 10_000

Row = Mapping[str, object]


def load_facts(random: Random, households: Iterable[tuple[int, int, date]], *, employee: int) -> None:
    """`households`: id (a person of it has the same), the unit that answers first, and the day it is first known."""
    rows: dict[str, list[Row]] = {"cases_individualplan": [], "cases_responsibilitygroup": []}
    for household, unit, since in households:
        for table, share, told in _FACTS:
            if random.random() < share:
                on = since + timedelta(random.randrange(365 * YEARS))
                row = {"household_id": household, **told(random, on, employee)}
                if table in _OF_A_UNIT:
                    row["unit_id"] = unit
                rows.setdefault(table, []).append(row)
    rows["cases_individualplan"] = [
        {"id": number, "person_id": row["household_id"], **row}
        for number, row in enumerate(rows["cases_individualplan"], start=1)
    ]
    rows["cases_responsibilitygroup"] = [
        {"plan_id": row["id"], "formed_on": row["consented_on"]} for row in rows["cases_individualplan"][::3]
    ]
    for table, of_it in rows.items():
        copy_rows(table, of_it)


def copy_rows(table: str, rows: Sequence[Row]) -> None:
    """By COPY; columns that must say something and that no row names get what says nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, udt_name, is_nullable = 'YES' OR column_default IS NOT NULL OR is_identity = 'YES'"
            " FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        named = {name for row in rows for name in row}
        columns = {
            name: None if name in named else _NEUTRAL[type_]
            for name, type_, is_optional in cursor.fetchall()
            if name in named or not is_optional
        }
    _copy(table, columns, rows[:_FIRST])
    if len(rows) > _FIRST:
        with as_owner() as owner, owner.cursor() as cursor:
            cursor.execute(f"ANALYZE {table}")
        _copy(table, columns, rows[_FIRST:])


def _copy(table: str, columns: Mapping[str, object], rows: Sequence[Row]) -> None:
    """`columns`: what each has where a row does not say."""
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row.get(name, neutral) for name, neutral in columns.items()])


def _application(random: Random, on: date, _by: int) -> Row:
    told: dict[str, Any] = {
        "kind": random.choice(("new", "new", "new", "renewal", "swap")),
        "received_on": on,
        "confirmed_on": on,
        "main_reason": random.choice(("", "refugee", "mental_or_drugs", "other")),
        "support": "none",
        "status": "received",
        "granted_on": None,
        "ended_on": None,
        "ended_because": "",
    }
    if random.random() < 0.5:
        told |= {"status": "withdrawn", "ended_on": on + timedelta(90), "ended_because": "Fant bolig selv"}
        told["granted_on"] = on + timedelta(30) if random.random() < 0.5 else None
    return told


def _allowance(random: Random, on: date, _by: int) -> Row:
    ends_on = random.choice((None, on + timedelta(random.randint(30, 900))))
    answered = {"decided_on": on + timedelta(20), "outcome": "granted"}
    return {"kind": "bostotte", "applied_on": on, **answered, "starts_on": on, "ends_on": ends_on}


def _loan(random: Random, on: date, _by: int) -> Row:
    paid_on = on + timedelta(60) if random.random() < 0.7 else None
    return {
        "kind": random.choice(("startlan", "startlan", "establishment_grant")),
        "purpose": "purchase",
        "status": "paid_out" if paid_on else "preliminary",
        "opened_on": on,
        "applied_on": on,
        "decided_on": on + timedelta(14),
        "amount": 1_000_000,
        "paid_on": paid_on,
    }


def _mapping(random: Random, on: date, by: int) -> Row:
    return {
        "started_on": on,
        "finished_on": on + timedelta(10),
        "light": random.choice(("green", "yellow", "red")),
        "income_source": random.choice(("work", "social_assistance", "disability")),
        "drug_problem": random.choice(("none", "none", "drugs", "drugs_and_mental")),
        "by_id": by,
    }


def _survey(random: Random, on: date, by: int) -> Row:
    outcome, way = random.choice((("answered", "phone"), ("declined", "")))
    told = {"kind": "moved_in", "moved_in_on": on, "asked_on": on + timedelta(60), "by_id": by}
    return {**told, "outcome": outcome, "way": way}


def _eviction(random: Random, on: date, _by: int) -> Row:
    status = random.choice(("open", "averted", "carried_out"))
    told = {"notice_from": "landlord", "because": "rent_unpaid", "learnt_on": on, "petitioned_on": on}
    return {**told, "status": status, "ended_on": None if status == "open" else on + timedelta(40)}


def _transition(random: Random, on: date, by: int) -> Row:
    status, left_on = random.choice((("planned", None), ("arrived", on + timedelta(30))))
    kind = random.choice(("release", "discharge", "leaves_crisis_centre"))
    told = {"known_on": on, "expected_on": on + timedelta(30), "registered_by_id": by}
    return {**told, "kind": kind, "status": status, "left_on": left_on}


def _settlement(random: Random, on: date, _by: int) -> Row:
    settled_on = on + timedelta(random.randint(30, 300))
    return {"decided_on": on, "settled_on": settled_on, "unaccompanied_minor": random.random() < 0.1}


def _help(_random: Random, on: date, by: int) -> Row:
    return {"kind": "guarantee", "on": on, "by_id": by}


def _plan(_random: Random, on: date, by: int) -> Row:
    begun = {"offered_on": on, "consented_on": on, "starts_on": on, "next_revision_on": on + timedelta(180)}
    told = {"kind": "individual", "state": "active", "right": "asked", "revision": 1}
    return {**told, **begun, "offered_by_id": by, "coordinator_id": by}


def _request(random: Random, on: date, by: int) -> Row:
    asked_at = datetime.combine(on, time(12), UTC)
    answered = {"outcome": random.choice(("offer", "offer", "no_place")), "outcome_at": asked_at + timedelta(hours=2)}
    told = {"asked_at": asked_at, "kind": "place_tonight", "channel": "counter", "lacks_place_tonight": True}
    return {**told, **answered, "outcome_by_id": by, "received_by_id": by}


#: The table, the share of households that have such a row, and what it says.
_FACTS: tuple[tuple[str, float, Callable[[Random, date, int], Row]], ...] = (
    ("cases_housingapplication", 0.3, _application),
    ("cases_housingallowance", 0.3, _allowance),
    ("cases_loancase", 0.1, _loan),
    ("cases_needsmapping", 0.3, _mapping),
    ("cases_survey", 0.1, _survey),
    ("cases_evictioncase", 0.05, _eviction),
    ("cases_transition", 0.05, _transition),
    ("cases_refugeesettlement", 0.05, _settlement),
    ("cases_privatehelp", 0.1, _help),
    ("cases_individualplan", 0.1, _plan),
    ("cases_request", 0.5, _request),
)
_OF_A_UNIT = ("cases_housingapplication", "cases_request")
