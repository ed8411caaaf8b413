"""An indicator month by month."""

from __future__ import annotations

from datetime import date

from kpi.declaring import Indicator
from kpi.measurement import Figure, Period, Question, measure
from kpi.periods import months_up_to


def trend_of(indicator: Indicator, question: Question, *, ends_on: date) -> list[Figure]:
    """The twelve months up to `ends_on`, oldest first, in one statement. The last month may be under way."""
    return measure(question, [Period(*month) for month in months_up_to(ends_on)], [indicator])
