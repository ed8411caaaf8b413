"""The relations that figures are counted in, as text: of all that are written in kpi/sql, those that a select asks.

To read and plan the whole of them costs more than most figures do, so a statement carries what it needs and no more.
Pure: no database.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from pathlib import Path

from housing.night_dates import IS_SIMPLE, NIGHT_DATES
from kpi.as_known import relations_as_known

_SQL = Path(__file__).parent / "sql"
_HOUSING = Path(__file__).parent.parent / "housing" / "sql"
#: The files with the populations, those of a file after those that they ask.
POPULATIONS = (
    "populations.sql",
    "homes.sql",
    "following.sql",
    "planned.sql",
    "coming.sql",
    "heard.sql",
    "loans.sql",
    "evictions.sql",
    "beside.sql",
)
_RULE = "rule AS (\n    SELECT %(gap_nights)s::integer AS gap_nights\n)"
_SCOPE = """scope AS (
    SELECT id AS household_id FROM people_household
    WHERE %(municipality)s::text IS NULL OR municipality_id = %(municipality)s::text
)"""
_STORED = "spell AS NOT MATERIALIZED (\n    SELECT * FROM housing_spell\n)"
#: with the dates that the table makes of its sets of nights by itself
_DATES = ", ".join(f"{sql} AS {name}" for name, sql in NIGHT_DATES.items())
_DERIVED = f"spell AS MATERIALIZED (\n    SELECT *, {_DATES}, {IS_SIMPLE} AS is_simple FROM derived\n)"  # noqa: S608 - ours

#: Of one period, what populations.sql says of any number: no relation to join with, but values that an index begins at.
_ONE_PERIOD = """period AS NOT MATERIALIZED (
    SELECT 1 AS n, (%(starts)s::date[])[1] AS starts_on, (%(ends)s::date[])[1] AS ends_on,
           daterange((%(starts)s::date[])[1], (%(ends)s::date[])[1]) AS days
),
span AS NOT MATERIALIZED (
    SELECT (%(starts)s::date[])[1] AS starts_on, (%(ends)s::date[])[1] AS first_end, (%(ends)s::date[])[1] AS ends_on
)"""
#: Of periods that each begin and end after the one before: those that begin before the stay's end, but for those that
#: end before it begins. Otherwise each stay is held against each period.
_IN_ORDER = """met AS NOT MATERIALIZED (
    SELECT g.n::integer AS n, (%(starts)s::date[])[g.n] AS first_day, (%(ends)s::date[])[g.n] AS end_day, s.*
    FROM spell s
    CROSS JOIN LATERAL generate_series(width_bucket(s.nights_from, %(ends)s::date[]) + 1,
                                       width_bucket(s.nights_to - 1, %(starts)s::date[])) AS g(n)
    WHERE s.state = 'temporary' AND s.ends_on > (SELECT starts_on FROM span)
      AND (%(municipality)s::text IS NULL OR s.municipality_id = %(municipality)s::text)
)"""


class Periods(Enum):
    """What a statement may take for granted of the periods that it is asked for."""

    ONE = "one"
    IN_ORDER = "each begins and ends after the one before"
    ANY = "any"


_OF_PERIODS = {Periods.ONE: _ONE_PERIOD, Periods.IN_ORDER: _IN_ORDER}

#: An expression begins at the start of a line with its name; a remark runs to the end of its line.
_BEGINS = re.compile(r"^(\w+) AS (?:(?:NOT )?MATERIALIZED )?\($", re.MULTILINE)
_REMARK = re.compile(r"--[^\n]*")
_NAME = re.compile(r"\w+")


@lru_cache(maxsize=256)
def relations(select: str, *, is_stored: bool, is_as_known: bool, periods: Periods) -> str:
    """`WITH` and the expressions that `select` names, and those that these name, each after what it asks.

    Spells are the stored ones, or derived from facts, as they are or as they were known.
    """
    told, named = _told(is_stored, is_as_known, periods)
    wanted: set[str] = set()
    asked = [name for name in set(_NAME.findall(select)) if name in told]
    while asked:
        name = asked.pop()
        if name not in wanted:
            wanted.add(name)
            asked += named[name]
    return "WITH RECURSIVE\n" + ",\n".join(text for name, text in told.items() if name in wanted)


@lru_cache
def _told(is_stored: bool, is_as_known: bool, periods: Periods) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Each expression's text by its name, in order; and the names of others that stand in it."""
    texts = [_RULE]
    if is_as_known:
        texts.append(relations_as_known())
    texts += [_STORED] if is_stored else [_SCOPE, (_HOUSING / "spells.sql").read_text("utf-8"), _DERIVED]
    texts += [(_SQL / name).read_text("utf-8") for name in POPULATIONS]
    told = {name: text for one in texts for name, text in _expressions(one)}
    if text := _OF_PERIODS.get(periods):
        told |= _expressions(text)
    return told, {name: frozenset(_NAME.findall(text)) & told.keys() - {name} for name, text in told.items()}


def _expressions(text: str) -> list[tuple[str, str]]:
    bare = "\n".join(line.rstrip() for line in _REMARK.sub("", text).splitlines() if line.strip())
    starts = [found.start() for found in _BEGINS.finditer(bare)]
    parts = [bare[start:end].rstrip().rstrip(",") for start, end in zip(starts, [*starts[1:], len(bare)], strict=True)]
    return [(part.partition(" ")[0], part) for part in parts]
