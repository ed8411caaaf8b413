"""What a set of figures is held against: to count, index-only, the rows of the ranges that the set reads.

Nothing is looked up, added or grouped further: whatever is asked of these rows, they must be read.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

_NEVER = "DATE '9999-12-31'"
_HOMELESS = "kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre')"
_IN_YEAR = ">= %(from)s AND {0} < %(to)s"


def _in_year(column: str) -> str:
    return f"{column} {_IN_YEAR.format(column)}"


#: Each range: the table, and the condition that an index answers.
STAYS = (
    ("housing_spell", "state = 'temporary' AND ends_on > %(from)s"),
    ("housing_spell", f"state = 'temporary' AND {_in_year('ends_on')}"),
    ("housing_spell", f"state = 'permanent' AND homeless_since IS NOT NULL AND {_in_year('starts_on')}"),
    ("housing_residence", f"{_HOMELESS} AND COALESCE(ends_on, {_NEVER}) >= %(to)s"),
)
ALL = (
    *STAYS,
    ("housing_residence", f"{_HOMELESS} AND COALESCE(ends_on, {_NEVER}) > %(from)s"),
    ("housing_residence", f"kind IN ('prison', 'institution') AND {_in_year('ends_on')}"),
    ("housing_residence", f"kind IN ('municipal_rental', 'private_rental', 'owned') AND {_in_year('starts_on')}"),
    ("housing_residence", f"dwelling_id IS NOT NULL AND COALESCE(ends_on, {_NEVER}) >= %(to)s"),
    ("housing_dwelling", "disposed_on IS NULL"),
    ("cases_housingapplication", _in_year("received_on")),
    ("cases_housingapplication", f"kind = 'new' AND granted_on IS NOT NULL AND COALESCE(ended_on, {_NEVER}) >= %(to)s"),
    ("cases_housingallowance", f"outcome = 'granted' AND COALESCE(ends_on, {_NEVER}) > %(from)s"),
    ("cases_loancase", f"paid_on IS NOT NULL AND {_in_year('paid_on')}"),
    ("cases_needsmapping", "finished_on < %(to)s"),
    ("cases_survey", _in_year("asked_on")),
    ("cases_evictioncase", _in_year("petitioned_on")),
    ("cases_evictioncase", _in_year("ended_on")),
    ("cases_refugeesettlement", _in_year("settled_on")),
    ("cases_privatehelp", _in_year('"on"')),
    ("cases_request", f"lacks_place_tonight AND {_in_year('asked_at')}"),
)


class Floor:
    """The counts of some ranges for one municipality, or grouped for every one."""

    def __init__(self, ranges: tuple[tuple[str, str], ...], municipality: str | None, **year: Any) -> None:
        self._parameters = {"municipality": municipality, **year}
        of_it = "municipality_id = %(municipality)s AND " if municipality else ""
        grouped = "" if municipality else " GROUP BY municipality_id"
        self._sql = "\nUNION ALL\n".join(
            f"SELECT count(*) FROM {table} WHERE {of_it}{condition}{grouped}" for table, condition in ranges
        )

    def __call__(self) -> int:
        """How many rows there were."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, self._parameters)
            return sum(count for (count,) in cursor.fetchall())
