"""`make bench`: how fast the main questions are, each beside a floor in the same run.

First every figure is held against its list, the plain algebra and history; then a table a size is printed:
milliseconds (median), the floor's, their ratio, and the bar. Times differ between machines; ratios much less. Exit
status 1 when something does not agree or is over its bar. With --write the tables go to docs/performance.md.

usage: python -m tests.bench [--write] [SHARE ...]      shares of the whole country; default 0.1, the whole is 1
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from functools import partial
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from housing.actions.spells import rebuild, spell_differences  # noqa: E402
from kpi.catalogue import CATALOGUE, STAYS  # noqa: E402
from kpi.measurement import Period, Question, measure  # noqa: E402
from people.models import Person  # noqa: E402
from people.search import persons_whose_name_begins  # noqa: E402
from tests import databases  # noqa: E402
from tests.bench import ledger, pages  # noqa: E402
from tests.bench.agreement import disagreements  # noqa: E402
from tests.bench.country import load  # noqa: E402
from tests.bench.table import RUNS, Table, timed, times, write  # noqa: E402

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
MONTHS = [
    Period(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))
    for year in range(2016, 2026)
    for month in range(1, 13)
]
TREND = tuple(one for one in STAYS if one.code in ("2.1", "2.s2", "3.2", "nights"))
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


def query(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def bench(share: float) -> tuple[Table, bool]:
    """The table of a share of the country, and whether everything in it agreed."""
    before = perf_counter()
    count = load(share)
    spells = query("SELECT count(*) FROM housing_spell")[0][0]
    placements = query("SELECT count(*) FROM housing_residence WHERE kind = 'temporary'")[0][0]
    title = f"{share:g} of the country: {count} households, {placements} placements, {spells} spells"
    print(f"loaded in {perf_counter() - before:.1f} s", flush=True)
    by_size = [
        str(row[0]) for row in query("SELECT municipality_id FROM housing_spell GROUP BY 1 ORDER BY count(*), 1")
    ]
    middle = by_size[len(by_size) // 2]
    wrong = [f"{where}: {what}" for where in ("0301", middle) for what in disagreements(where, YEAR, at=AT)]
    print(
        "\n".join(wrong) or f"all {len(CATALOGUE)} figures agree with their lists, the algebra and history", flush=True
    )
    table = Table(title)
    _figures(table, "Oslo", "0301")
    _figures(table, "median municipality", middle)
    _everywhere(table, by_size)
    _lists(table)
    _placement(table)
    _pages(table)
    began = perf_counter()
    rebuild()
    differences = spell_differences()
    table.measured("spells rebuilt and compared, everybody's", (perf_counter() - began) * 1000, None, 30_000)
    return table, not wrong and not differences


def _figures(table: Table, name: str, municipality: str) -> None:
    one = Question(municipality=municipality)

    def floor() -> list[tuple[Any, ...]]:
        return query(_FLOOR, municipality=municipality, **{"from": YEAR.starts_on})

    def month_by_month() -> None:
        for month in MONTHS:
            measure(one, [month], TREND)

    base = timed(floor)
    stays = timed(lambda: measure(one, [YEAR], STAYS))
    table.measured(f"{len(STAYS)} stay figures, {name}, a year", stays, base, 3.0, above=2.5)
    table.measured(f"{len(CATALOGUE)} figures, {name}, a year", timed(lambda: measure(one, [YEAR])), base, 6.0)
    months = timed(lambda: measure(one, MONTHS, TREND), 5)
    table.measured(
        f"{len(MONTHS)} months in one statement, {name}, by one pass",
        months,
        timed(lambda: measure(one, [YEAR], TREND)),
        12,
    )
    table.measured(f"{len(MONTHS)} months, {name}, by as many statements", months, timed(month_by_month, 1), 0.2)

    def one_by_one() -> None:
        for indicator in STAYS:
            measure(one, [YEAR], [indicator])

    table.measured(f"the stay figures, {name}, by a statement each", stays, timed(one_by_one, 5), 1.0)
    table.line(
        f"the stay figures as known now, {name}, by deriving them",
        lambda: measure(Question(municipality=municipality, known_at=AT), [YEAR], STAYS),
        lambda: measure(Question(municipality=municipality, gap_nights=13), [YEAR], STAYS),
        2.0,
        runs=5,
    )


def _everywhere(table: Table, by_size: list[str]) -> None:
    table.line(
        f"{len(STAYS)} stay figures, the nation and each municipality",
        lambda: measure(Question(), [YEAR], STAYS),
        lambda: query(_NATION_FLOOR, **{"from": YEAR.starts_on}),
        2.0,
    )
    each = sorted(timed(partial(measure, Question(municipality=here), [YEAR]), 3) for here in by_size[::6])
    table.measured(
        f"{len(CATALOGUE)} figures, 95 % of the municipalities within", each[int(len(each) * 0.95)], None, 10
    )


def _lists(table: Table) -> None:
    unit = query("SELECT unit_id FROM housing_spell WHERE municipality_id = '0301' LIMIT 1")[0][0]
    ids = [row[0] for row in query("SELECT id FROM housing_spell WHERE state = 'temporary' ORDER BY id DESC LIMIT 50")]
    base = timed(lambda: query(_BY_ID, ids=ids))
    table.measured(
        "worklist, 50 rows with names and places, 95 % within",
        times(lambda: query(_WORKLIST, unit=unit))[-1],
        base,
        1.5,
    )

    def by_key() -> Person:
        return Person.objects.get(pk=77)

    table.line("search by national id", lambda: Person.objects.with_number("01818510159").first(), by_key, 2.0)
    table.line("search by prefix of a name", lambda: list(persons_whose_name_begins("sorbo an")[:25]), by_key, 3.0)
    inside = times(lambda: list(Person.objects.filter(name_key__contains="atim")[:25]))
    table.measured("search inside a word, 95 % within", inside[-1], None, 20)


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

    table.measured("a placement: lock, history, spells", timed(place), None, 1.5)
    table.line("  by a transaction of as many statements", place, bare)
    table.measured("  with the ledger's triggers, and without", *ledger.with_and_without(place, RUNS), 1.3)


def main(shares: list[float], *, is_written: bool) -> int:
    is_within = True
    tables = []
    clean = databases.clean_database()
    name = "test_varig_bench"
    for share in shares:
        databases.copy(clean, name)
        try:
            with databases.named(name):
                table, agrees = bench(share)
        finally:
            databases.drop(name)
        tables.append(table)
        is_within &= table.is_within and agrees
    if is_written:
        write(tables)
    return 0 if is_within else 1


if __name__ == "__main__":
    asked = [text for text in sys.argv[1:] if text != "--write"]
    sys.exit(main([float(text) for text in asked] or [0.1], is_written="--write" in sys.argv))
