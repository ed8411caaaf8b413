"""What colleagues have done to a household since a form of it was opened, in words."""

from __future__ import annotations

from django.utils.formats import time_format
from django.utils.timezone import localtime

from people.journal import Act
from people.models import Household, JournalEntry

#: As much as a sentence has room for.
MOST = 5


def done_since(household: Household, version: int) -> list[str]:
    """As many of the last acts as the household has gone up in versions, each with who did it and when, latest first.

    An act counts it up by one and may write several lines: the first stands for it.
    """
    acts = min(max(household.version - version, 0), MOST)
    told: dict[tuple[object, int], str] = {}
    lines = JournalEntry.objects.filter(household_id=household.pk).select_related("by").order_by("-at", "pk")
    for line in lines[: acts * MOST]:
        told.setdefault((line.at, line.by_id), _in_words(line))
    return list(told.values())[:acts]


def _in_words(line: JournalEntry) -> str:
    return f"{Act(line.act).label} ({line.by.name}, {time_format(localtime(line.at), 'H:i')})"
