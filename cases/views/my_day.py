"""The first page: what waits for whoever signs in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from cases.questions.batches import finished_unseen
from cases.questions.meetings import meetings_with
from cases.questions.my_day import my_day as what_waits
from cases.questions.person_plans import plans_with
from cases.views.shell import signed_in
from people.access import permissions_of
from people.alerts import count_open
from people.duty import KEEPERS, lacking, municipalities_kept_by
from people.holders import count_lapsing
from people.roles import Permission


@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    held = permissions_of(employee, at=at)
    kept: dict[str, Any] = {}
    if not held.isdisjoint(KEEPERS):
        kept["lapsing"] = count_lapsing(employee, at=at)
        kept["lacking"] = lacking(municipalities_kept_by(employee, at=at), on=localdate(at))
    if Permission.VIEW_HOUSEHOLD not in held:
        may_see_figures = Permission.VIEW_FIGURES in held
        mine = meetings_with(employee) if Permission.VIEW_MINIMUM in held else []
        plans = plans_with(employee, at=at) if Permission.VIEW_MINIMUM in held else []
        context = {"may_see_figures": may_see_figures, "meetings": mine, "my_plans": plans, **kept}
        return render(request, "cases/no_households.html", context)
    context = {
        "today": localdate(at),
        "day": what_waits(employee, at=at),
        "alerts": count_open(employee, at=at),
        "may_register": Permission.CHANGE_HOUSEHOLD in held,
        "batches": finished_unseen(employee),
        "meetings": meetings_with(employee),
        "my_plans": plans_with(employee, at=at),
        **kept,
    }
    return render(request, "cases/my_day.html", context)
