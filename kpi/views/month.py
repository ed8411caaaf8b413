"""The leader's month: what changed since the month before, each figure with its list and its why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kpi.balance import Month
from kpi.catalogue import BY_CODE
from kpi.declaring import Rule
from kpi.forms.by_name import ByNameForm
from kpi.forms.why import Against
from kpi.measurement import Figure, Period, measure
from kpi.periods import months_up_to
from kpi.questions.balance import balance, known_of
from kpi.questions.form_checks import fact_findings
from kpi.questions.kostra import listing_of, period_of
from kpi.views.asking import Asked, Shown, asked_of, query_for, shown_as
from kpi.views.by_name import AFTER, BEFORE, CAME_IN, WENT_OUT, Cell, cell_of
from people.components import Crumb

#: What a leader asks of a month.
CODES = ("2.s2", "2.2", "3.2", "2.s1", "nights", "child_nights", "exits_permanent", "time_home")


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A figure of this month and of the one before, their lists, and where the change is explained."""

    now: Shown
    before: Shown
    now_url: str
    before_url: str
    change: Decimal | None
    why_url: str


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request, ByNameForm)
    months = months_up_to(asked.period.ends_on, 2)
    periods = [Period(*one) for one in months]
    figures = measure(asked.listing, periods, [BY_CODE[code] for code in CODES])
    pairs = zip(figures[::2], figures[1::2], strict=True)
    told = balance(known_of(asked.listing, months), months, asked.form.cleaned_data["group"])
    context = {
        **asked.context,
        "month": _name(periods[1]),
        "month_before": _name(periods[0]),
        "rows": [_changed(before, now, asked) for before, now in pairs],
        "cells": _cells(told[-1], asked),
        "checks": _checks(asked),
        "crumbs": [Crumb(_("Indicators"), reverse("kpi:indicators"))],
    }
    return render(request, "kpi/by_name/month.html", context)


@dataclass(frozen=True, kw_only=True)
class Checks:
    """What the checks of the year's KOSTRA form find in the municipality's facts so far."""

    year: int
    texts: list[str]
    households: int
    url: str


def _checks(asked: Asked) -> Checks:
    municipality, year = asked.place.municipality, (asked.period.ends_on - timedelta(days=1)).year
    period = period_of(year, today=localdate(asked.at))
    found = fact_findings(listing_of(municipality, Rule.KOSTRA, at=asked.at), period)
    return Checks(
        year=year,
        texts=[str(one.check.text) for one in found],
        households=len({household for one in found for household in one.households}),
        url=f"{reverse('kpi:kostra', args=[year])}?{urlencode({'place': municipality})}",
    )


def _name(period: Period) -> str:
    return date_format(period.starts_on, "F Y", use_l10n=False)


def _cells(told: Month, asked: Asked) -> list[Cell]:
    group = asked.form.cleaned_data["group"]
    name = date_format(told.starts_on, "F Y", use_l10n=False)
    return [cell_of(told, what, group, asked, name=name) for what in (BEFORE, CAME_IN, WENT_OUT, AFTER)]


def _changed(before: Figure, now: Figure, asked: Asked) -> Changed:
    was, became = before.value, now.value
    last_day = before.period.ends_on - timedelta(days=1)
    compared = {
        "against": Against.OWN.value,
        "then_first_day": before.period.starts_on.isoformat(),
        "then_last_day": last_day.isoformat(),
    }
    url = reverse("kpi:behind", args=[now.indicator.code])
    why_query = query_for(asked.place, now.period, asked.listing, **compared)
    return Changed(
        now=shown_as(now),
        before=shown_as(before),
        now_url=url + query_for(asked.place, now.period, asked.listing),
        before_url=url + query_for(asked.place, before.period, asked.listing),
        change=None if was is None or became is None else became - was,
        why_url=reverse("kpi:why", args=[now.indicator.code]) + why_query,
    )
