"""The indicators, one of them with its trend, and the households behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from housing.states import add_months
from kpi import charts
from kpi.allotted import APPLICATIONS
from kpi.catalogue import BY_CODE
from kpi.coming import COMING
from kpi.declaring import Indicator, Population, Rule, Unit
from kpi.exports import dwellings_file, list_behind
from kpi.forms.figures import RULE_DEFINITIONS, RULES, FigureForm
from kpi.homes import STOCK, USE
from kpi.measurement import Figure, Period, Question, measure
from kpi.questions.dwellings import all_dwellings_behind, dwellings_behind
from kpi.questions.households import all_households_behind, households_behind
from kpi.questions.places import Place, places_of
from kpi.questions.trend import trend_of
from people import readings
from people.access import units_with
from people.act_forms import refuse
from people.components import Crumb, Tab
from people.exporting import File, export
from people.forms.readings import ExportForm
from people.models import Employee, ExportKind
from people.refusals import Refusal
from people.roles import Permission
from people.sessions import require_fresh
from people.special_unit import strictly_confidential

UNIT_WORDS = {
    Unit.PERCENT: gettext_lazy("Per cent"),
    Unit.HOUSEHOLDS: gettext_lazy("Households"),
    Unit.STAYS: gettext_lazy("Stays"),
    Unit.NIGHTS: gettext_lazy("Nights"),
    Unit.DAYS: gettext_lazy("Days"),
    Unit.NUMBER: gettext_lazy("Number"),
    Unit.DWELLINGS: gettext_lazy("Dwellings"),
    Unit.APPLICATIONS: gettext_lazy("Applications"),
    Unit.DWELLING_DAYS: gettext_lazy("Days"),
    Unit.KRONER: gettext_lazy("Kroner"),
}
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


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a page of figures is asked: by whom, when, and the question. The form says what could not be read."""

    employee: Employee
    at: datetime
    form: FigureForm
    place: Place
    period: Period
    rule: Rule
    query: str

    @property
    def question(self) -> Question:
        """The strictly confidential count in a municipality's calendar year alone: any smaller figure would point at
        them, and so would two long periods a day apart.
        """
        begins = self.period.starts_on
        is_a_year = (begins.month, begins.day) == (1, 1) and self.period.ends_on == add_months(begins, 12)
        is_total = self.place.unit is None and is_a_year
        return replace(self.listing, left_out=()) if is_total else self.listing

    @cached_property
    def listing(self) -> Question:
        """What the lists and the months of the question are asked: without the strictly confidential."""
        left_out = strictly_confidential(self.place.municipality, on=localdate(self.at))
        return Question(municipality=self.place.municipality, unit=self.place.unit, rule=self.rule, left_out=left_out)

    @property
    def context(self) -> dict[str, Any]:
        last_day = self.period.ends_on - timedelta(days=1)
        return {
            "form": self.form,
            "place": self.place,
            "period": self.period,
            "last_day": last_day,
            "is_under_way": last_day >= localdate(self.at),
            "rule": RULES[self.rule],
            "rule_definition": RULE_DEFINITIONS[self.rule],
            "query": self.query,
        }


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    figures = measure(asked.question, [asked.period])
    # dwellings belong to no unit
    asked_of = [f for f in figures if asked.place.unit is None or not f.indicator.is_of_dwellings]
    asked_of.sort(key=lambda figure: _place_of(figure.indicator.code))
    goals = [(words, [_shown(f) for f in asked_of if f.indicator.goal == goal]) for goal, words in GOALS.items()]
    goals = [(words, shown) for words, shown in goals if shown]
    return render(request, "kpi/indicators.html", {**asked.context, "goals": goals})


def _place_of(code: str) -> tuple[bool, bool, int]:
    """Where the strategies' table has it within its objective: 3.1, 3.2, 3.s1. Others as they are declared."""
    numbered = re.fullmatch(r"\d+\.(s?)(\d+)", code)
    return (False, bool(numbered[1]), int(numbered[2])) if numbered else (True, False, 0)


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    asked, one = _asked(request), _indicator(code)
    [figure] = measure(asked.question, [asked.period], [one])
    months = trend_of(one, asked.listing, ends_on=asked.period.ends_on)
    context = {
        **asked.context,
        "shown": _shown(figure),
        "indicator": one,
        "chart": _chart(one, months, localdate(asked.at)),
        "crumbs": [Crumb(_("Indicators"), reverse("kpi:indicators") + asked.query)],
    }
    return render(request, "kpi/indicator.html", context)


@require_safe
def behind(request: HttpRequest, code: str) -> HttpResponse:
    asked, one = _asked(request), _indicator(code)
    is_population = _is_population(request, one)
    [figure] = measure(asked.question, [asked.period], [one])
    context = {
        **asked.context,
        "shown": _shown(figure),
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
    asked, one = _asked(request), _indicator(code)
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


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A figure as pages show it: the sign after the number, its decimals, and whether it is a share."""

    figure: Figure
    sign: str
    decimals: int

    @property
    def indicator(self) -> Indicator:
        return self.figure.indicator

    @property
    def is_share(self) -> bool:
        return self.figure.numerator is not None and self.figure.denominator is not None


def _shown(figure: Figure) -> Shown:
    return Shown(figure=figure, sign=_sign(figure.indicator), decimals=decimals_of(figure.indicator))


def _sign(one: Indicator) -> str:
    return {Unit.PERCENT: "%", Unit.DAYS: _("days"), Unit.KRONER: "kr"}.get(one.unit, "")


def decimals_of(one: Indicator) -> int:
    return 1 if one.unit in (Unit.PERCENT, Unit.DAYS) else 0


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


def _asked(request: HttpRequest) -> Asked:
    """:raises PermissionDenied: when the employee may see no figures
    :raises Http404: when the place asked for is not theirs
    """
    employee, at = request.user, timezone.now()
    assert isinstance(employee, Employee)
    places = places_of(employee, at=at)
    if not places:
        raise PermissionDenied
    code = request.GET.get("place") or places[0].code
    place = next((place for place in places if place.code == code), None)
    if place is None:
        raise Http404
    form = FigureForm(
        {**request.GET.dict(), "place": code},
        today=localdate(at),
        places=[(place.code, place.name) for place in places],
    )
    is_readable = form.is_valid()
    chosen = form.cleaned_data
    return Asked(
        employee=employee,
        at=at,
        form=form,
        place=place,
        period=Period(chosen["starts_on"], chosen["ends_on"]),
        rule=chosen["rule"],
        query=_query(request) if is_readable else "",
    )


def _query(request: HttpRequest) -> str:
    """The choices that links carry on: those of the form, not the place in a list."""
    kept = request.GET.copy()
    for name in set(kept) - set(FigureForm.base_fields):
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""


def _list_query(request: HttpRequest) -> str:
    """As `_query`, with which of the two lists it is."""
    query = _query(request)
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


def _indicator(code: str) -> Indicator:
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


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
