"""The worklist and the searches."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from people.models import Person
from people.search import persons_whose_name_begins, search
from tests.bench.pages import somebody_at_a_median_unit
from tests.bench.table import Table, timed, times

_ROW = """
SELECT s.household_id, s.starts_on, s.limit_on, p.name, r.provider_id, s.id
FROM housing_spell s
JOIN people_member m ON m.household_id = s.household_id AND m.role = 'applicant' AND m.ends_on IS NULL
JOIN people_person p ON p.id = m.person_id
JOIN housing_residence r ON r.household_id = s.household_id AND r.ends_on IS NULL
"""
_PAGE = f"""{_ROW}
WHERE s.state = 'temporary' AND s.ends_on = DATE '9999-12-31' AND s.unit_id = %(unit)s
  AND (s.limit_on, s.id) > (%(limit)s, %(id)s)
ORDER BY s.limit_on, s.id LIMIT 50
"""
_BY_ID = f"{_ROW} WHERE s.id = ANY(%(ids)s)"
_BEGIN = {"limit": "1900-01-01", "id": 0}


def _rows(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def measured(table: Table) -> None:
    _worklist(table)
    _searches(table)


def _worklist(table: Table) -> None:
    """Open stays of the country's largest unit by when their three months pass; pages by key."""
    [(unit,)] = _rows(
        "SELECT unit_id FROM housing_spell WHERE state = 'temporary' AND ends_on = DATE '9999-12-31'"
        " GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    )
    first = _rows(_PAGE, unit=unit, **_BEGIN)
    by_id = timed(lambda: _rows(_BY_ID, ids=[row[5] for row in first]))
    page = times(lambda: _rows(_PAGE, unit=unit, **_BEGIN))
    table.measured("worklist, 50 rows with names and places, 95 % within, by 50 rows by id", page[-2], by_id, 1.5)
    last, pages = first, 1
    while pages < 19 and len(last) == 50:
        last, pages = _rows(_PAGE, unit=unit, limit=last[-1][2], id=last[-1][5]), pages + 1
    later = timed(lambda: _rows(_PAGE, unit=unit, limit=last[-1][2], id=last[-1][5]))
    table.measured(f"worklist, page {pages + 1} by page 1", later, page[len(page) // 2], 1.3)


def _searches(table: Table) -> None:
    def by_key() -> Person:
        return Person.objects.get(pk=77)

    table.line("search by national id", lambda: Person.objects.with_number("01818510159").first(), by_key, 2.0)
    table.line("search by prefix of a name", lambda: list(persons_whose_name_begins("sorbo an")[:25]), by_key, 3.0)
    inside = times(lambda: list(Person.objects.filter(name_key__contains="atim")[:25]))
    table.measured("search inside a word, 95 % within", inside[-2], None, 20)
    employee = somebody_at_a_median_unit()
    table.line(
        "the whole search, a name begun, by a caseworker", lambda: search("sorbo an", employee, at=timezone.now())
    )
