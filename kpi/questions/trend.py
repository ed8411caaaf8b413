"""An indicator month by month, and year by year."""

from __future__ import annotations

from datetime import date

from django.db.models import Min

from housing.models import Dwelling, Residence
from kpi.declaring import Indicator
from kpi.measurement import Figure, Period, Question, measure
from kpi.models import PublishedValue
from kpi.periods import TREND_YEARS, months_up_to, years_up_to
from people.succession import formed


def trend_of(indicator: Indicator, question: Question, *, ends_on: date) -> list[Figure]:
    """The twelve months up to `ends_on`, oldest first, in one statement. The last month may be under way."""
    return measure(question, [Period(*month) for month in months_up_to(ends_on)], [indicator])


def years_of(indicator: Indicator, question: Question, *, ends_on: date, whole: Question) -> list[Figure]:
    """The ten years up to `ends_on`, oldest first, without those before the municipality's data: in one statement, but
    where a whole calendar year (`whole`) counts some whom the year under way leaves out.

    The last year may be under way. Of a year that nobody registered anything in, nothing is known.
    """
    begins = data_begins(question.municipality)
    if begins is None:
        return []
    periods = [Period(*year) for year in years_up_to(ends_on, TREND_YEARS) if year[1] > begins]
    under_way = [period for period in periods if period.ends_on.month != 1 or period.ends_on.day != 1]
    if whole == question or not under_way:
        return measure(whole, periods, [indicator]) if periods else []
    over = [period for period in periods if period not in under_way]
    years = measure(whole, over, [indicator]) if over else []
    return [*years, *measure(question, under_way, [indicator])]


def published_of(code: str) -> list[PublishedValue]:
    """What the sources print of the whole country for the rows that an indicator counts here, by year."""
    rows = PublishedValue.objects.filter(row__computed_by=code).select_related("row__objective__strategy")
    return [one for one in rows.order_by("year", "row__code") if one.is_known]


def data_begins(municipality: str | None) -> date | None:
    """The first day that the municipality has registered anything of, and with the borders it has; None where it has
    nothing.
    """
    lived = Residence.objects.filter(municipality=municipality).aggregate(first=Min("starts_on"))["first"]
    had = Dwelling.objects.filter(municipality=municipality).aggregate(first=Min("acquired_on"))["first"]
    first = min((day for day in (lived, had) if day is not None), default=None)
    borders = formed(municipality) if municipality else None
    return max(first, borders.on) if first and borders else first
