"""`make bench`: how fast the main questions are, each beside a floor in the same run.

First every figure is held against its list, the plain algebra and history; then a table a size is printed:
milliseconds (median), the floor's, their ratio, and the bar. Times differ between machines; ratios much less. Exit
status 1 when something does not agree or is over its bar. With --write the tables go to docs/performance.md.

usage: python -m tests.bench [--write] [SHARE ...]   shares of the whole country; default 0.01 and 0.1, the whole is 1
"""

from __future__ import annotations

import os
import sys
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from kpi.catalogue import CATALOGUE  # noqa: E402
from tests import databases  # noqa: E402
from tests.bench import figures, lists, pages, writing  # noqa: E402
from tests.bench.agreement import disagreements  # noqa: E402
from tests.bench.country import FIXED, load  # noqa: E402
from tests.bench.table import Table, write  # noqa: E402


def _rows(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [str(row[0]) for row in cursor.fetchall()]


def bench(share: float) -> tuple[Table, bool]:
    """The table of a share of the country, and whether everything in it agreed."""
    before = perf_counter()
    count = load(share)
    spells = _rows("SELECT count(*) FROM housing_spell")[0]
    placements = _rows("SELECT count(*) FROM housing_residence WHERE kind = 'temporary'")[0]
    history = _rows(
        "SELECT sum(reltuples)::bigint FROM pg_class WHERE relname LIKE '%event' AND relkind = 'r' AND reltuples > 0"
    )[0]
    of_it = f"{count} households, {placements} placements, {spells} spells, {history} rows of history"
    print(f"loaded in {perf_counter() - before:.1f} s", flush=True)
    by_size = _rows("SELECT municipality_id FROM housing_spell GROUP BY 1 ORDER BY count(*), 1")
    middle = by_size[len(by_size) // 2]
    wrong = [
        f"{where}: {what}" for where in ("0301", middle) for what in disagreements(where, figures.YEAR, at=figures.AT)
    ]
    told = f"All {len(CATALOGUE)} figures of Oslo and of a median municipality agree with lists, algebra and history"
    print("\n".join(wrong) or told, flush=True)
    table = Table(f"{share:g} of the country: {of_it}")
    table.note(told if not wrong else f"{len(wrong)} figures do not agree")
    for name, municipality in (("Oslo", "0301"), ("median municipality", middle)):
        figures.of_a_municipality(table, name, municipality)
    figures.of_all(table, by_size)
    figures.of_the_fixed(table, FIXED)
    figures.by_hand(table, middle)
    lists.measured(table)
    pages.measured(table)
    is_right = writing.measured(table)
    return table, not wrong and is_right


def main(shares: list[float], *, is_written: bool) -> int:
    is_right = True
    tables: dict[float, Table] = {}
    clean = databases.clean_database()
    name = "test_varig_bench"
    for share in shares:
        databases.copy(clean, name)
        try:
            with databases.named(name):
                tables[share], agrees = bench(share)
        finally:
            databases.drop(name)
        is_right &= agrees
    in_order = [tables[share] for share in sorted(tables)]
    if len(in_order) > 1:
        first, last = (table.times_its_floor(figures.OF_THE_FIXED) for table in (in_order[0], in_order[-1]))
        grown = f"growth: times its floor, the same municipality, by the same at {min(tables):g} of the country"
        in_order[-1].measured(grown, last, first, 1.5)
    if is_written:
        write(in_order)
    return 0 if is_right and all(table.is_within for table in in_order) else 1


if __name__ == "__main__":
    asked = [text for text in sys.argv[1:] if text != "--write"]
    sys.exit(main([float(text) for text in asked] or [0.01, 0.1], is_written="--write" in sys.argv))
