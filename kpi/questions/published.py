"""A municipality's figures of whole years as anybody may have them: nothing small, and nothing that gives it away.

A year is published when it is over: figures asked day by day would tell of each household by what it changed.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from kpi import publishing
from kpi.catalogue import CATALOGUE
from kpi.declaring import Indicator, Rule
from kpi.measurement import Period, Question
from kpi.publishing import Published

#: So many years back at most.
YEARS = 10


class YearNotPublished(LookupError):
    """The year is not over, or before what the municipality has."""


def years_of(municipality: str, *, today: date) -> list[int]:
    """The years that are over, of which the municipality has anything, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(starts_on) FROM housing_spell WHERE municipality_id = %s", [municipality])
        [(first,)] = cursor.fetchall()
    if first is None:
        return []
    return list(range(today.year - 1, max(first.year, today.year - YEARS) - 1, -1))


def published(municipality: str, year: int, *, rule: Rule, today: date) -> list[Published]:
    """Every indicator of a year, in the catalogue's order.

    :raises YearNotPublished: when it is not over, or before what the municipality has
    """
    if year not in years_of(municipality, today=today):
        raise YearNotPublished
    return publishing.published(Question(municipality=municipality, rule=rule), [_period(year)], today=today)


def published_years(indicator: Indicator, municipality: str, *, rule: Rule, today: date) -> list[Published]:
    """One indicator of every year that is over, the newest first: what is withheld depends on all of the year's."""
    years = years_of(municipality, today=today)
    if not years:
        return []
    question, periods = Question(municipality=municipality, rule=rule), [_period(year) for year in years]
    found = publishing.published(question, periods, today=today)
    place = CATALOGUE.index(indicator)
    return found[place * len(years) : (place + 1) * len(years)]


def _period(year: int) -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1))
