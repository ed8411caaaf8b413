"""An indicator's months and years as charts, each with its table, and the years beside the country's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kpi import charts
from kpi.declaring import Indicator, Unit
from kpi.measurement import Figure
from kpi.models import PublishedValue
from kpi.views.asking import Asked, Shown, decimals_of, query_for, shown_as
from kpi.wording import UNIT_WORDS


def months_chart(one: Indicator, months: list[Figure], *, today: date) -> charts.Chart:
    points = [(date_format(figure.period.starts_on, "M y", use_l10n=False), figure.value) for figure in months]
    return charts.trend(
        title=str(one.question),
        points=points,
        value_label=str(UNIT_WORDS[one.unit]),
        time_label=_("Month"),
        decimals=decimals_of(one),
        note=_("The last month is under way: up to and including today.") if _is_under_way(months, today) else "",
    )


def years_chart(one: Indicator, years: list[Figure], *, today: date) -> charts.Chart:
    """Year by year; with the country's baseline and target where those are a share, as a municipality's is."""
    is_share = one.unit is Unit.PERCENT
    return charts.trend(
        title=str(one.question),
        points=[(str(figure.period.starts_on.year), figure.value) for figure in years],
        value_label=str(UNIT_WORDS[one.unit]),
        time_label=_("Year"),
        target=one.target_value if is_share else None,
        baseline=one.baseline.value if is_share and one.baseline else None,
        decimals=decimals_of(one),
        note=_("The last year is under way: up to and including today.") if _is_under_way(years, today) else "",
    )


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """A year here, with its list and its change from the year before, and what is published of the whole country."""

    year: int
    shown: Shown | None
    url: str
    change: Decimal | None
    is_under_way: bool
    country: list[PublishedValue]


def years_beside(years: Sequence[Figure], published: Sequence[PublishedValue], asked: Asked) -> list[YearRow]:
    """The newest first; a year of which only the country is known stands there too."""
    here = {figure.period.starts_on.year: figure for figure in years}
    told = sorted({*here, *(one.year for one in published)}, reverse=True)
    return [
        _year_row(year, here, [one for one in published if one.year == year], asked, today=localdate(asked.at))
        for year in told
    ]


def _year_row(
    year: int, here: Mapping[int, Figure], country: list[PublishedValue], asked: Asked, *, today: date
) -> YearRow:
    figure, before = here.get(year), here.get(year - 1)
    if figure is None:
        return YearRow(year=year, shown=None, url="", change=None, is_under_way=False, country=country)
    was = before.value if before is not None else None
    url = reverse("kpi:behind", args=[figure.indicator.code])
    return YearRow(
        year=year,
        shown=shown_as(figure),
        url=url + query_for(asked.place, figure.period, asked.listing),
        change=None if figure.value is None or was is None else figure.value - was,
        is_under_way=figure.period.ends_on > today or figure.period.ends_on.month != 1,
        country=country,
    )


def _is_under_way(figures: list[Figure], today: date) -> bool:
    return figures[-1].period.ends_on > today
