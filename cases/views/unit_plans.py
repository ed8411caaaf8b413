"""The persons' plans of a unit: what is to be looked at again, what runs, what is offered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from cases.models import CoordinatingUnit
from cases.questions.unit_plans import SHOWN, plans_of_unit
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people.access import has_permission
from people.components import Tab
from people.roles import Permission


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "late"
    more = f"&unit={chosen.unit.ref}" if chosen.form else ""
    address = reverse("cases:unit_plans")
    context = {
        "chosen": chosen,
        "today": localdate(at),
        "title": SHOWN[shown],
        "tabs": [
            Tab(label=str(label), url=f"{address}?show={code}{more}", is_current=code == shown)
            for code, label in SHOWN.items()
        ],
        "rows": plans_of_unit(chosen.unit, employee, shown=shown, at=at),
        "coordinating": CoordinatingUnit.objects.filter(municipality=chosen.unit.municipality_id).first(),
        "coordinating_url": reverse("cases:coordinating_unit") + chosen.query,
        "may_lead": has_permission(employee, Permission.LEAD, at=at),
    }
    return render(request, "cases/person_plans/unit.html", context)
