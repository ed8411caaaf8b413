"""`make bench`: how fast the main questions are, each beside a floor in the same run.

Prints a table a size: milliseconds (median), the floor's, their ratio, and the bar the ratio is held against. Times
differ between machines; ratios much less. Exit status 1 when a ratio is over its bar.

usage: python -m tests.bench [SHARE ...]      shares of the whole country; default 0.01 and 0.1
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from housing.actions.spells import rebuild, spell_differences  # noqa: E402
from kpi.measurement import Period, Question, measure  # noqa: E402
from people.models import Person  # noqa: E402
from people.search import persons_whose_name_begins  # noqa: E402
from tests import databases  # noqa: E402
from tests.bench import ledger, pages  # noqa: E402
from tests.bench.country import load  # noqa: E402

RUNS = 15
YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
MONTHS = [Period(date(2025, month, 1), date(2025 + month // 12, month % 12 + 1, 1)) for month in range(1, 13)]
#: later than everything loaded
AT = datetime(2100, 1, 1, tzinfo=UTC)

_FLOOR = """
SELECT state, count(*) FROM housing_spell
WHERE municipality_id = %(municipality)s AND state IN ('temporary', 'permanent') AND ends_on > %(from)s GROUP BY state
"""
_NATION_FLOOR = """
SELECT municipality_id, state, count(*) FROM housing_spell
WHERE state IN ('temporary', 'permanent') AND ends_on > %(from)s GROUP BY 1, 2
"""
_WORKLIST = """
SELECT s.household_id, s.starts_on, s.limit_on, p.name, r.provider_id
FROM housing_spell s
JOIN people_member m ON m.household_id = s.household_id AND m.role = 'applicant' AND m.ends_on IS NULL
JOIN people_person p ON p.id = m.person_id
JOIN housing_residence r ON r.household_id = s.household_id AND r.ends_on IS NULL
WHERE s.state = 'temporary' AND s.ends_on = DATE '9999-12-31' AND s.unit_id = %(unit)s
ORDER BY s.limit_on, s.id LIMIT 50
"""
_BY_ID = """
SELECT s.household_id, s.starts_on, s.limit_on, p.name, r.provider_id
FROM housing_spell s
JOIN people_member m ON m.household_id = s.household_id AND m.role = 'applicant' AND m.ends_on IS NULL
JOIN people_person p ON p.id = m.person_id
JOIN housing_residence r ON r.household_id = s.household_id AND r.ends_on IS NULL
WHERE s.id = ANY(%(ids)s)
"""


class Table:
    """The lines of one size, printed as they come."""

    def __init__(self) -> None:
        self.is_within = True
        print(f"{'question':44} {'ms':>9} {'floor ms':>9} {'ratio':>7} {'bar':>6}")

    def line(
        self, name: str, work: Callable[[], object], floor: Callable[[], object] | None = None, bar: float | None = None
    ) -> float:
        return self.measured(name, timed(work), timed(floor) if floor else None, bar)

    def measured(self, name: str, took: float, base: float | None, bar: float | None) -> float:
        ratio = took / base if base else None
        shown = f"{ratio:7.2f}" if ratio else " " * 7
        over = bar is not None and ratio is not None and ratio > bar
        self.is_within &= not over
        print(f"{name:44} {took:9.2f} {base or 0:9.2f} {shown} {bar or '':>6}{'  over' if over else ''}", flush=True)
        return took


def timed(work: Callable[[], object]) -> float:
    """Median milliseconds of `RUNS` runs after one that is not counted."""
    work()
    times = []
    for _ in range(RUNS):
        before = perf_counter()
        work()
        times.append((perf_counter() - before) * 1000)
    return median(times)


def query(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def bench(share: float) -> bool:
    before = perf_counter()
    count = load(share)
    spells = query("SELECT count(*) FROM housing_spell")[0][0]
    placements = query("SELECT count(*) FROM housing_residence WHERE kind = 'temporary'")[0][0]
    took = perf_counter() - before
    print(f"\n{share:g} of the country: {count} households, {placements} placements, {spells} spells, in {took:.1f} s")
    middle = query("SELECT municipality_id FROM housing_spell GROUP BY 1 ORDER BY count(*) OFFSET 178 LIMIT 1")[0][0]
    table = Table()
    _figures(table, "Oslo", "0301")
    _figures(table, "median municipality", str(middle))
    table.line(
        "figure set, the nation",
        lambda: measure(Question(), [YEAR]),
        lambda: query(_NATION_FLOOR, **{"from": YEAR.starts_on}),
    )
    table.line(
        "figure set as known now, Oslo",
        lambda: measure(Question(municipality="0301", known_at=AT), [YEAR]),
        lambda: measure(Question(municipality="0301", gap_nights=13), [YEAR]),
    )
    _lists(table)
    _placement(table)
    _pages(table)
    began = perf_counter()
    rebuild()
    differences = spell_differences()
    print(f"rebuild and compare: {perf_counter() - began:.1f} s, {len(differences)} differences")
    return table.is_within and not differences


def _figures(table: Table, name: str, municipality: str) -> None:
    one = Question(municipality=municipality)

    def floor() -> list[tuple[Any, ...]]:
        return query(_FLOOR, municipality=municipality, **{"from": YEAR.starts_on})

    def month_by_month() -> None:
        for month in MONTHS:
            measure(one, [month])

    table.line(f"figure set, {name}, a year", lambda: measure(one, [YEAR]), floor)
    table.line(f"  12 months in one statement, {name}", lambda: measure(one, MONTHS), month_by_month, 1.0)


def _lists(table: Table) -> None:
    unit = query("SELECT unit_id FROM housing_spell WHERE municipality_id = '0301' LIMIT 1")[0][0]
    ids = [row[0] for row in query("SELECT id FROM housing_spell WHERE state = 'temporary' ORDER BY id DESC LIMIT 50")]
    table.line(
        "worklist, 50 rows with names and places",
        lambda: query(_WORKLIST, unit=unit),
        lambda: query(_BY_ID, ids=ids),
        3.0,
    )

    def by_key() -> Person:
        return Person.objects.get(pk=77)

    table.line("search by national id", lambda: Person.objects.with_number("01818510159").first(), by_key, 2.0)
    table.line("search by prefix of a name", lambda: list(persons_whose_name_begins("sorbo an")[:25]), by_key, 10.0)
    table.line("search inside a word", lambda: list(Person.objects.filter(name_key__contains="atim")[:25]), by_key)


def _pages(table: Table) -> None:
    """Whole pages through every middleware, as a caseworker of a median unit gets them."""
    employee = pages.somebody_at_a_median_unit()
    for name, address in pages.pages(employee).items():
        took = pages.with_and_without(address, employee)
        table.measured(f"page '{name}' with the read log, and without", *took, 1.3)


def _placement(table: Table) -> None:
    """A placement as the database sees it: lock, move out, move in, history, spells; each undone."""
    household = query("SELECT household_id FROM housing_residence WHERE kind = 'temporary' ORDER BY id DESC LIMIT 1")[
        0
    ][0]
    provider, room = query("SELECT provider_id, id FROM housing_room ORDER BY id LIMIT 1")[0]

    def place() -> None:
        with transaction.atomic():
            query("SELECT id FROM people_household WHERE id = %(id)s FOR NO KEY UPDATE", id=household)
            query(
                "DELETE FROM housing_residence WHERE household_id = %(id)s AND ends_on IS NULL RETURNING id",
                id=household,
            )
            query(
                "INSERT INTO housing_residence (household_id, municipality_id, kind, starts_on, provider_id, room_id,"
                " lease, lease_reason, below_standard, is_undisclosed)"
                " SELECT id, municipality_id, 'temporary', DATE '2040-01-01', %(provider)s, %(room)s, '', '', '', false"
                " FROM people_household WHERE id = %(id)s RETURNING id",
                id=household,
                provider=provider,
                room=room,
            )
            query("SELECT refresh_spells(ARRAY[%(id)s]::bigint[])", id=household)
            transaction.set_rollback(True)

    def bare() -> None:
        with transaction.atomic():
            query("SELECT id FROM people_household WHERE id = %(id)s FOR NO KEY UPDATE", id=household)
            query("SELECT set_config('varig.nothing', '1', true)")
            query("SELECT 1")
            query("SELECT 1")
            transaction.set_rollback(True)

    table.line("placement in the database", place, bare, 12.0)
    table.measured("  with the ledger's triggers, and without", *ledger.with_and_without(place, RUNS), 1.3)


def main(shares: list[float]) -> int:
    is_within = True
    clean = databases.clean_database()
    name = "test_varig_bench"
    for share in shares:
        databases.copy(clean, name)
        try:
            with databases.named(name):
                is_within &= bench(share)
        finally:
            databases.drop(name)
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main([float(text) for text in sys.argv[1:]] or [0.01, 0.1]))
