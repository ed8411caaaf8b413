"""One household behind a figure: which of its nights count, and which decisions they rest on."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.questions.standing import standings
from cases.views.shell import opened
from kpi.questions.nights import in_figure
from kpi.views.asking import asked_of, indicator_of
from kpi.wording import amount_label
from people.components import Crumb


@require_safe
def household_behind(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Whoever may not read the case is told no more of it here; nor is anybody of one that the lists leave out."""
    household, asked = opened(request, key).household, asked_of(request)
    one = indicator_of(code, asked)
    is_elsewhere = household.municipality_id != asked.place.municipality
    if is_elsewhere or household.pk in asked.listing.left_out or (one.is_special and not household.sight.special):
        raise Http404
    context = {
        **asked.context,
        "indicator": one,
        "household": household,
        "name": standings([household.pk], by=asked.employee, at=asked.at)[household.pk].name,
        "amount_label": amount_label(one, is_population=False),
        "found": in_figure(one, asked.listing, asked.period, household),
        "crumbs": [
            Crumb(one.code, reverse("kpi:indicator", args=[one.code]) + asked.query),
            Crumb(_("Households behind"), reverse("kpi:behind", args=[one.code]) + asked.query),
        ],
    }
    return render(request, "kpi/explaining/household.html", context)
