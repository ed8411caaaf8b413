"""The indicators, one of them with its trend, and the households behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kpi.declaring import Indicator
from kpi.exports import dwellings_file, list_behind
from kpi.forms.figures import FigureForm
from kpi.forms.why import Against
from kpi.groups import NAMES, groups_of, narrowed
from kpi.measurement import measure
from kpi.questions.dwellings import all_dwellings_behind, dwellings_behind
from kpi.questions.households import all_households_behind, households_behind
from kpi.questions.trend import published_of, trend_of, years_of
from kpi.views.asking import (
    Asked,
    Shown,
    asked_of,
    indicator_of,
    query_of,
    shown_as,
)
from kpi.views.trends import months_chart, years_beside, years_chart
from kpi.wording import GOALS, amount_label
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
    asked = asked_of(request)
    one = indicator_of(code, asked)
    [figure] = measure(asked.question, [asked.period], [one])
    months = trend_of(one, asked.listing, ends_on=asked.period.ends_on)
    years = years_of(one, asked.listing, ends_on=asked.period.ends_on, whole=asked.of_whole_years)
    context = {
        **asked.context,
        **_beside(request, one, asked),
        "groups": _groups(one, asked),
        "beside": years_beside(years, published_of(one.code), asked),
        "years": years_chart(one, years, today=localdate(asked.at)) if years else None,
        "why_url": reverse("kpi:why", args=[one.code]) + asked.query,
        "shown": shown_as(figure),
        "indicator": one,
        "chart": months_chart(one, months, today=localdate(asked.at)),
        "crumbs": [Crumb(_("Indicators"), reverse("kpi:indicators") + asked.query)],
    }
    return render(request, "kpi/indicator.html", context)


@require_safe
def behind(request: HttpRequest, code: str) -> HttpResponse:
    asked = asked_of(request)
    one = _of_group(request, indicator_of(code, asked))
    is_population = _is_population(request, one)
    [figure] = measure(asked.question, [asked.period], [one])
    context = {
        **_beside(request, one, asked),
        "group": NAMES.get(request.GET.get("group", "")),
        **asked.context,
        "shown": shown_as(figure),
        "indicator": one,
        "tabs": _which(request, one, is_population),
        "amount_label": amount_label(one, is_population=is_population),
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
    asked = asked_of(request)
    one = _of_group(request, indicator_of(code, asked))
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


def _which(request: HttpRequest, one: Indicator, is_population: bool) -> list[Tab]:
    """Those counted and those they are a share of; nothing to choose where there is only one list."""
    if one.numerator is None or one.denominator is None:
        return []
    url = reverse("kpi:behind", args=[one.code])
    counted, everyone = (url + _list_query(request, of=of) for of in ("", "population"))
    return [
        Tab(label=_("Those counted"), url=counted, is_current=not is_population),
        Tab(label=_("All they are a share of"), url=everyone, is_current=is_population),
    ]


def _list_query(request: HttpRequest, *, of: str | None = None) -> str:
    """As `query_of`, with which of the two lists it is, and of which group."""
    told = {"of": request.GET.get("of") if of is None else of, "group": request.GET.get("group")}
    query, more = query_of(request), {"of": told["of"] == "population", "group": told["group"] in NAMES}
    added = urlencode({name: told[name] for name, is_told in more.items() if is_told})
    return f"{query}{'&' if query else '?'}{added}" if added else query


def _of_group(request: HttpRequest, one: Indicator) -> Indicator:
    """The indicator of the group that the address asks for.

    :raises Http404: for one it cannot be divided into
    """
    group = request.GET.get("group")
    if not group:
        return one
    if group not in groups_of(one):
        raise Http404
    return narrowed(one, group)


def _beside(request: HttpRequest, one: Indicator, asked: Asked) -> dict[str, Any]:
    """Beside a figure as it was known: as it is known now, and where the difference is explained."""
    if asked.known_at is None:
        return {}
    [figure] = measure(replace(asked.question, known_at=None), [asked.period], [one])
    kept = {name: value for name, value in request.GET.items() if name in FigureForm.base_fields and value}
    known_at = kept.pop("known_at")
    group = request.GET.get("group")
    return {
        "now": shown_as(figure),
        "now_query": f"?{urlencode({**kept, **({'group': group} if group else {})})}",
        "why_query": f"?{urlencode({**kept, 'against': Against.SAME, 'then_known_at': known_at})}",
    }


def _is_population(request: HttpRequest, one: Indicator) -> bool:
    return one.denominator is not None and (request.GET.get("of") == "population" or one.numerator is None)


def _file(asked: Asked, one: Indicator, request: HttpRequest) -> File:
    is_population = _is_population(request, one)
    label, is_as_known = amount_label(one, is_population=is_population), asked.known_at is not None
    if one.side(is_population=is_population)[0].is_of_dwellings:
        dwellings = all_dwellings_behind(
            one, asked.listing, asked.period, asked.employee, is_population=is_population, at=asked.at
        )
        return dwellings_file(one, dwellings, amount_label=label, is_as_known=is_as_known)
    rows = all_households_behind(
        one, asked.listing, asked.period, asked.employee, is_population=is_population, at=asked.at
    )
    return list_behind(one, rows, amount_label=label, is_as_known=is_as_known)


@dataclass(frozen=True, kw_only=True)
class GroupShown:
    """One group's figure, and where its list is."""

    label: str | Promise
    shown: Shown
    url: str


def _groups(one: Indicator, asked: Asked) -> list[GroupShown]:
    """The figure of each group by itself, in one statement; a share's groups are not added up."""
    groups = groups_of(one)
    if not groups:
        return []
    # one statement keeps figures apart by their codes
    each = [replace(narrowed(one, group), code=f"{one.code} {group}") for group in groups]
    figures = measure(asked.listing, [asked.period], each)
    url, joined = reverse("kpi:behind", args=[one.code]) + asked.query, "&" if asked.query else "?"
    return [
        GroupShown(label=NAMES[group], shown=shown_as(figure), url=f"{url}{joined}group={group}")
        for group, figure in zip(groups, figures, strict=True)
    ]
