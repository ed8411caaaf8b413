"""The leader's overview of a unit, and the households behind each figure."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.questions.lacks import households_lacking
from cases.questions.overview import MEASURES, households_behind, month_of
from cases.questions.overview import overview as figures_of
from cases.questions.requests import Month, Only, requests_of
from cases.questions.standing import standings
from cases.views.asked import DEFINITIONS, LABELS
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people.components import Crumb
from people.hidden import left_out_of
from people.parts import part_of
from people.roles import Permission


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    today, chosen = localdate(at), chosen_unit(request, Permission.VIEW_UNIT, at=at)
    left_out = left_out_of(chosen.unit, signed_in(request), at=at)
    figures = figures_of(chosen.unit, today=today, left_out=left_out)
    asked = requests_of(chosen.unit, signed_in(request), Month(month_of(today)), at=at).counts
    context = {
        "chosen": chosen,
        "today": today,
        "asked": [(LABELS[only], asked[only], DEFINITIONS[only], only.value) for only in Only],
        "month": month_of(today),
        "measures": MEASURES,
        "counts": figures.counts,
        "sums": figures.sums,
        "lacking": households_lacking(chosen.unit, on=today, left_out=left_out),
    }
    return render(request, "cases/overview/overview.html", context)


@require_safe
def overview_list(request: HttpRequest, what: str) -> HttpResponse:
    measure = MEASURES.get(what)
    if measure is None:
        raise Http404
    employee, at = signed_in(request), timezone.now()
    today, chosen = localdate(at), chosen_unit(request, Permission.VIEW_UNIT, at=at)
    left_out = left_out_of(chosen.unit, employee, at=at)
    behind = households_behind(measure, chosen.unit, today=today, left_out=left_out)
    part = part_of(
        behind,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    shown = standings(part.rows, by=employee, at=at)
    context = {
        "chosen": chosen,
        "measure": measure,
        "page": part,
        "rows": [shown[household] for household in part.rows],
        "crumbs": [Crumb(_("Overview"), reverse("cases:overview") + chosen.query)],
        "today": today,
    }
    return render(request, "cases/overview/list.html", context)
