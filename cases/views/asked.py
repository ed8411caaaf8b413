"""What has been asked of a unit, and what whoever is on call answers tonight."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.forms.requests import MonthForm, places_of
from cases.law import value
from cases.questions.requests import Month, Only, on_call, requests_of, rows_of, units_not_on_call
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people import readings
from people.access import require, units_with
from people.components import Counter
from people.models.reading import Showing
from people.parts import part_of
from people.roles import Permission

LABELS: dict[Only, str | Promise] = {
    Only.OPEN: _("Without an outcome"),
    Only.RED: _("To be answered now"),
    Only.NO_ANSWER: _("No answer the same day"),
    Only.UNLAWFUL: _("Unlawful outcomes"),
    Only.UNDECIDED: _("Refused without a decision"),
    Only.HANDED_ON: _("Handed on again and again"),
}
DEFINITIONS: dict[Only, str | Promise] = {
    Only.OPEN: _("Everything that waits for its outcome, those without a place tonight first."),
    Only.RED: _("Lacks a place, and the unit is about to close or has closed, or the day has gone by."),
    Only.NO_ANSWER: _(
        "Lacked a place, and had no outcome before midnight. An outcome given later does not change that."
    ),
    Only.UNLAWFUL: _(
        "Lacked a place, and found none, got one below standard, or was told to find something: "
        "sosialtjenesteloven § 27."
    ),
    Only.UNDECIDED: _("Refused, and no decision that says no was given: sosialtjenesteloven § 41."),
    Only.HANDED_ON: _("Households whose requests were handed on so often in the last twelve months, each once."),
}
#: Of the chosen month; the others are of now.
OF_A_MONTH = (Only.NO_ANSWER, Only.UNLAWFUL, Only.UNDECIDED)


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    asked = {**request.GET.dict(), "unit": chosen.unit.ref}
    units = sorted(units_with(employee, Permission.VIEW_UNIT, at=at), key=lambda unit: (unit.name, unit.pk))
    form = MonthForm(asked, today=localdate(at), places=places_of(units))
    month = Month(form.starts_on)
    found = requests_of(chosen.unit, employee, month, at=at)
    only = Only(asked["only"]) if asked.get("only") in list(Only) else Only.OPEN
    page = part_of(found.ids[only], after=request.GET.get("after"), before=request.GET.get("before"))
    context = {
        "chosen": chosen,
        "form": form,
        "counters": _counters(found.counts, only, {"unit": chosen.unit.ref, "month": f"{month.starts_on:%Y-%m}"}),
        "page": page,
        "rows": rows_of(page.rows, employee, at=at),
        "label": LABELS[only],
        "definition": DEFINITIONS[only],
        "month": month if only in OF_A_MONTH else None,
        "only": only.value,
        "times": value("handed_on.times", on=localdate(at)),
        "may_lead": units_with(employee, Permission.LEAD, at=at).filter(pk=chosen.unit.pk).exists(),
    }
    return render(request, "cases/requests/unit.html", context)


@require_safe
def on_call_list(request: HttpRequest) -> HttpResponse:
    """Also of units without staff by day. `?print` gives it for paper, entered in the read log as such."""
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.VIEW_UNIT, at=at)
    is_print = "print" in request.GET
    if is_print:
        readings.showing(Showing.PRINT)
    units = units_with(employee, Permission.VIEW_UNIT, at=at).order_by("name", "pk")
    context = {
        "rows": on_call(employee, at=at),
        "units": [unit.name for unit in units],
        "others": units_not_on_call(employee, at=at),
        "at": at,
        "is_print": is_print,
    }
    return render(request, "cases/requests/on_call.html", context)


def _counters(counts: dict[str, int], chosen: Only, kept: dict[str, str]) -> list[Counter]:
    return [
        Counter(
            label=str(LABELS[only]),
            value=counts[only],
            url=f"?{urlencode({**kept, 'only': only.value})}",
            is_chosen=only is chosen,
            color="danger" if counts[only] and only is not Only.OPEN and only is not Only.HANDED_ON else "",
        )
        for only in Only
    ]
