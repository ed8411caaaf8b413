"""The unit's leases: what ends, what is to be put right, what still stands for homes that are left."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from cases.questions.unit_leases import SHOWN, unit_leases, unsettled_securities
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people.components import Tab
from people.roles import Permission


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "ending"
    more = f"&unit={chosen.unit.ref}" if chosen.form else ""
    address = reverse("cases:unit_leases")
    context = {
        "chosen": chosen,
        "today": localdate(at),
        "title": SHOWN[shown],
        "tabs": [
            Tab(label=str(label), url=f"{address}?show={code}{more}", is_current=code == shown)
            for code, label in SHOWN.items()
        ],
        "leases": unit_leases(chosen.unit, employee, shown=shown, at=at),
        "unsettled": unsettled_securities(chosen.unit, employee, at=at) if shown == "ending" else [],
    }
    return render(request, "cases/leases/unit.html", context)
