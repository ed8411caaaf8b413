"""What a stay's sets of nights come to as plain dates, in SQL: the table keeps it and an index holds it. Pure.

A stay is simple when its nights are one run with one break at most, and the nights on which the household was a family,
or young, are all of its nights between two days. Nearly every stay is; how many nights it had in a period, of which
kind, is then arithmetic on these dates. See `nights_in` in sql/functions/10_spells.sql.
"""

from __future__ import annotations

_BREAKS = "(datemultirange(range_merge(nights)) - nights)"

#: Each column by its name. `…_from` is the first such day, `…_to` the day after the last; NULL of nothing.
NIGHT_DATES = {
    "nights_from": "lower(nights)",
    "nights_to": "upper(nights)",
    "break_from": f"lower({_BREAKS})",
    "break_to": f"upper({_BREAKS})",
    "family_from": "lower(family_in)",
    "family_to": "upper(family_in)",
    "young_from": "lower(young_in)",
    "young_to": "upper(young_in)",
}
IS_SIMPLE = (
    f"{_BREAKS} = datemultirange(range_merge({_BREAKS}))"
    " AND family_in = nights * datemultirange(range_merge(family_in))"
    " AND young_in = nights * datemultirange(range_merge(young_in))"
)
