"""The unit's planned arrivals month by month, who has no home to come to, and refugees to be settled."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.questions.coming import Which, by_month, coming_to
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people.components import Counter
from people.roles import Permission


@require_safe
def unit_coming(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    found = coming_to(chosen.unit, signed_in(request), at=at)
    only = request.GET.get("only")
    which = Which(only) if only in list(Which) else Which.NO_HOME
    labels = {
        Which.NO_HOME: _("No home waits"),
        Which.ALL: _("All planned arrivals"),
        Which.INSIDE: _("Inside, nothing planned"),
        Which.PAYS: _("Ready for discharge, we pay"),
        Which.REFUGEES: _("Refugees to settle"),
    }
    counters = [
        Counter(
            label=label,
            value=found.count(code),
            url=f"?unit={chosen.unit.ref}&only={code.value}",
            is_chosen=code is which,
            color="danger" if found.count(code) and code is Which.NO_HOME else "",
        )
        for code, label in labels.items()
    ]
    context = {
        "chosen": chosen,
        "counters": counters,
        "which": which.value,
        "label": labels[which],
        "months": by_month(found.shown(which)),
        "insides": found.insides if which is Which.INSIDE else [],
        "settlings": found.settlings if which is Which.REFUGEES else [],
        "today": localdate(at),
    }
    return render(request, "cases/coming/unit.html", context)
