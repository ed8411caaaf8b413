"""The indicators, one of them with its trend, and the households behind it."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kpi import charts
from kpi.allotted import APPLICATIONS
from kpi.coming import COMING
from kpi.declaring import Indicator, Population, Unit
from kpi.exports import dwellings_file, list_behind
from kpi.homes import STOCK, USE
from kpi.measurement import Figure, measure
from kpi.questions.dwellings import all_dwellings_behind, dwellings_behind
from kpi.questions.households import all_households_behind, households_behind
from kpi.questions.trend import trend_of
from kpi.views.asking import (
    UNIT_WORDS,
    Asked,
    asked_of,
    decimals_of,
    indicator_of,
    query_of,
    shown_as,
)
from people import readings
from people.access import units_with
from people.act_forms import refuse
from people.components import Crumb, Tab
from people.exporting import File, export
from people.forms.readings import ExportForm
from people.models import ExportKind
from people.refusals import Refusal
from people.roles import Permission
from people.sessions import require_fresh

GOALS = {
    "1": gettext_lazy("From temporary to lasting homes"),
    "2": gettext_lazy("Nobody more than three months in temporary accommodation"),
    "3": gettext_lazy("Families with children and young people"),
    "4": gettext_lazy("Refugees settled quickly"),
    "5": gettext_lazy("A varied supply of homes"),
    "6": gettext_lazy("Good homes and neighbourhoods"),
    "7": gettext_lazy("A good home on the private market"),
    "8": gettext_lazy("From renting to owning"),
    "9": gettext_lazy("Safe in a home of one's own"),
    "10": gettext_lazy("Evictions prevented"),
    "13": gettext_lazy("What users say"),
    COMING: gettext_lazy("Out of prison and institutions"),
    STOCK: gettext_lazy("Dwellings, form 13"),
    APPLICATIONS: gettext_lazy("Applications, allotment and waiting list, form 13"),
    USE: gettext_lazy("Empty dwellings"),
    "": gettext_lazy("Our own figures"),
}


#: What is added up, by unit or by what a row of the population is.
_AMOUNTS = {
    Unit.NIGHTS: gettext_lazy("Nights"),
    Unit.NUMBER: gettext_lazy("Children"),
    Unit.DWELLING_DAYS: gettext_lazy("Days"),
    Unit.KRONER: gettext_lazy("Kroner"),
}
_ADDED = {
    Population.DEPARTURE: gettext_lazy("Stays"),
    Population.APPLIED: gettext_lazy("Applications"),
    Population.REFUSED: gettext_lazy("Applications"),
    Population.DWELLING_TIME: gettext_lazy("Days"),
    Population.GRANTED: gettext_lazy("Kroner"),
    Population.SETTLED: gettext_lazy("Persons"),
    Population.LENT: gettext_lazy("Loans"),
    Population.PETITION: gettext_lazy("Petitions"),
    Population.EVICTION_END: gettext_lazy("Evictions"),
}


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request)
    figures = measure(asked.question, [asked.period])
    # dwellings belong to no unit
    told = [f for f in figures if asked.place.unit is None or not f.indicator.is_of_dwellings]
    told.sort(key=lambda figure: _place_of(figure.indicator.code))
    goals = [(words, [shown_as(f) for f in told if f.indicator.goal == goal]) for goal, words in GOALS.items()]
    goals = [(words, shown) for words, shown in goals if shown]
    return render(request, "kpi/indicators.html", {**asked.context, "goals": goals})


def _place_of(code: str) -> tuple[bool, bool, int]:
    """Where the strategies' table has it within its objective: 3.1, 3.2, 3.s1. Others as they are declared."""
    numbered = re.fullmatch(r"\d+\.(s?)(\d+)", code)
    return (False, bool(numbered[1]), int(numbered[2])) if numbered else (True, False, 0)


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    asked, one = asked_of(request), indicator_of(code)
    [figure] = measure(asked.question, [asked.period], [one])
    months = trend_of(one, asked.listing, ends_on=asked.period.ends_on)
    context = {
        **asked.context,
        "shown": shown_as(figure),
        "indicator": one,
        "chart": _chart(one, months, localdate(asked.at)),
        "crumbs": [Crumb(_("Indicators"), reverse("kpi:indicators") + asked.query)],
    }
    return render(request, "kpi/indicator.html", context)


@require_safe
def behind(request: HttpRequest, code: str) -> HttpResponse:
    asked, one = asked_of(request), indicator_of(code)
    is_population = _is_population(request, one)
    [figure] = measure(asked.question, [asked.period], [one])
    context = {
        **asked.context,
        "shown": shown_as(figure),
        "indicator": one,
        "tabs": _which(one, asked, is_population),
        "amount_label": _amount_label(one, is_population=is_population),
        "export_url": reverse("kpi:export_behind", args=[one.code]) + _list_query(request),
        "crumbs": [
            Crumb(_("Indicators"), reverse("kpi:indicators") + asked.query),
            Crumb(one.code, reverse("kpi:indicator", args=[one.code]) + asked.query),
        ],
    }
    cursor = {"after": request.GET.get("after"), "before": request.GET.get("before")}
    if one.side(is_population=is_population)[0].is_of_dwellings:
        dwellings = dwellings_behind(
            one, asked.listing, asked.period, asked.employee, is_population=is_population, at=asked.at, **cursor
        )
        return render(request, "kpi/behind_dwellings.html", {**context, "listed": dwellings})
    listed = households_behind(
        one,
        asked.listing,
        asked.period,
        asked.employee,
        is_population=is_population,
        at=asked.at,
        **cursor,
    )
    # a row without a link to its household is read too
    readings.note_shown(row.household_id for row in listed.page.rows if row.key is None)
    return render(request, "kpi/behind.html", {**context, "listed": listed})


@require_http_methods(["GET", "HEAD", "POST"])
def export_behind(request: HttpRequest, code: str) -> HttpResponse:
    asked, one = asked_of(request), indicator_of(code)
    units = units_with(asked.employee, Permission.EXPORT, at=asked.at)
    if not units.filter(municipality=asked.place.municipality).exists():
        raise PermissionDenied
    require_fresh(request, at=asked.at)
    form = ExportForm(request.POST or None, today=localdate(asked.at))
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            return export(
                request, lambda: _file(asked, one, request), kind=ExportKind.FIGURE, reason=reason, at=asked.at
            )
        except Refusal as refusal:
            refuse(form, refusal)
    listed = reverse("kpi:behind", args=[one.code]) + _list_query(request)
    context = {
        "form": form,
        "title": _("Take out the list"),
        "submit_label": _("Take out the file"),
        "back_url": listed,
        "indicator": one,
        **{name: asked.context[name] for name in ("place", "period", "last_day", "rule")},
        "crumbs": [Crumb(_("Indicators"), reverse("kpi:indicators") + asked.query), Crumb(one.code, listed)],
    }
    return render(request, "kpi/export_behind.html", context)


def _amount_label(one: Indicator, *, is_population: bool) -> str:
    """What a household or a dwelling adds to the figure, where that is not simply one."""
    population, _side = one.side(is_population=is_population)
    if one.unit in _AMOUNTS and not (one.unit is Unit.NUMBER and population in _ADDED):
        return str(_AMOUNTS[one.unit])
    if population in (Population.HOME_FOUND, Population.RELET) or one.value is not None:
        return _("Days")
    return str(_ADDED.get(population, ""))


def _which(one: Indicator, asked: Asked, is_population: bool) -> list[Tab]:
    """Those counted and those they are a share of; nothing to choose where there is only one list."""
    if one.numerator is None or one.denominator is None:
        return []
    counted = reverse("kpi:behind", args=[one.code]) + asked.query
    everyone = f"{counted}{'&' if asked.query else '?'}of=population"
    return [
        Tab(label=_("Those counted"), url=counted, is_current=not is_population),
        Tab(label=_("All they are a share of"), url=everyone, is_current=is_population),
    ]


def _list_query(request: HttpRequest) -> str:
    """As `query_of`, with which of the two lists it is."""
    query = query_of(request)
    if request.GET.get("of") != "population":
        return query
    return f"{query}{'&' if query else '?'}of=population"


def _is_population(request: HttpRequest, one: Indicator) -> bool:
    return one.denominator is not None and (request.GET.get("of") == "population" or one.numerator is None)


def _file(asked: Asked, one: Indicator, request: HttpRequest) -> File:
    is_population = _is_population(request, one)
    label = _amount_label(one, is_population=is_population)
    if one.side(is_population=is_population)[0].is_of_dwellings:
        dwellings = all_dwellings_behind(
            one, asked.listing, asked.period, asked.employee, is_population=is_population, at=asked.at
        )
        return dwellings_file(one, dwellings, amount_label=label)
    rows = all_households_behind(
        one, asked.listing, asked.period, asked.employee, is_population=is_population, at=asked.at
    )
    return list_behind(one, rows, amount_label=label)


def _chart(one: Indicator, months: list[Figure], today: date) -> charts.Chart:
    points = [(date_format(figure.period.starts_on, "M y", use_l10n=False), figure.value) for figure in months]
    under_way = months[-1].period.ends_on > today
    return charts.trend(
        title=str(one.question),
        points=points,
        value_label=str(UNIT_WORDS[one.unit]),
        time_label=_("Month"),
        decimals=decimals_of(one),
        note=_("The last month is under way: up to and including today.") if under_way else "",
    )
