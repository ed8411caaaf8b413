"""The unit's evictions: families first, what its own control finds lacking, and what became of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from cases.questions.evictions import SHOWN, unit_evictions, year_of
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people.components import Tab
from people.roles import Permission


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "open"
    more = f"&unit={chosen.unit.ref}" if chosen.form else ""
    address = reverse("cases:unit_evictions")
    rows = unit_evictions(chosen.unit, employee, shown=shown, at=at)
    context = {
        "chosen": chosen,
        "today": localdate(at),
        "title": SHOWN[shown],
        "shown": shown,
        "tabs": [
            Tab(label=str(label), url=f"{address}?show={code}{more}", is_current=code == shown)
            for code, label in SHOWN.items()
        ],
        "rows": rows,
        "year": year_of(rows) if shown == "ended" else None,
    }
    return render(request, "cases/evictions/unit.html", context)
