"""The appeals of one's units."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.forms.appeal_list import AppealFilterForm
from cases.questions.appeal_list import FORWARDED, LATE, MISSING, OPEN, AppealList, appeals_listed, units_of_appeals
from cases.views.shell import signed_in
from people.access import require
from people.components import Counter
from people.roles import Permission


@require_safe
def appeal_list(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.VIEW_HOUSEHOLD, at=at)
    units = [(unit.ref, unit.name) for unit in units_of_appeals(employee, at=at)]
    filters = AppealFilterForm(request.GET, units=units)
    show, unit = filters.wish()
    after, before = request.GET.get("after"), request.GET.get("before")
    found = appeals_listed(employee, show, at=at, unit=unit, after=after, before=before)
    context = {"found": found, "filters": filters, "counters": _counters(found, show, unit)}
    return render(request, "cases/appeals/list.html", context)


def _counters(found: AppealList, chosen: str, unit: str) -> list[Counter]:
    words = {
        OPEN: _("Open"),
        LATE: _("Late"),
        FORWARDED: _("With the body of appeal"),
        MISSING: _("Decided, not carried out"),
    }
    kept = {"unit": unit} if unit else {}
    return [
        Counter(
            label=label,
            value=found.counts[show],
            url=f"?{urlencode({'show': show, **kept})}",
            is_chosen=show == chosen,
            color="danger" if show == LATE and found.counts[show] else "",
        )
        for show, label in words.items()
    ]
