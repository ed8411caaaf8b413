"""What a municipality's nights in temporary accommodation cost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from cases.questions.night_costs import costs_of
from cases.views.units import chosen_unit
from housing.forms.invoices import YearForm
from people.roles import Permission


@require_safe
def night_costs(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    chosen, today = chosen_unit(request, Permission.VIEW_FIGURES, at=at), localdate(at)
    form = YearForm(request.GET if "year" in request.GET else None, today=today, initial={"year": today.year})
    found = costs_of(chosen.unit.municipality_id, form.chosen(), today=today)
    context = {"chosen": chosen, "form": form, "found": found, "total": found.total}
    return render(request, "cases/tonight/costs.html", context)
