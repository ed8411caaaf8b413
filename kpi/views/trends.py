"""An indicator's months and years as charts, each with its table."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kpi import charts
from kpi.declaring import Indicator, Unit
from kpi.measurement import Figure
from kpi.views.asking import decimals_of
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


def _is_under_way(figures: list[Figure], today: date) -> bool:
    return figures[-1].period.ends_on > today
