"""The unit's follow-up and housing allowances: what waits, what is late, and who has what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.allowance import apply_by
from cases.questions.unit_follow_up import ALLOWANCES, FOLLOW_UPS, Row, allowances_of, follow_ups_of
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from cases.wording import day_in_words
from people.components import Tab
from people.roles import Permission


@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    return _page(request, "cases:unit_follow_up", _("Follow-up in the home"), FOLLOW_UPS, follow_ups_of)


@require_safe
def allowances(request: HttpRequest) -> HttpResponse:
    last = apply_by(localdate(timezone.now()))
    lead = _("Applications for this month's allowance are sent by %(day)s.") % {"day": day_in_words(last)}
    return _page(request, "cases:unit_allowances", _("Housing allowance"), ALLOWANCES, allowances_of, lead=lead)


def _page(
    request: HttpRequest,
    route: str,
    heading: str,
    kinds: Mapping[str, str | Promise],
    rows_of: Callable[..., list[Row]],
    **more: Any,
) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    shown = request.GET.get("show", "")
    shown = shown if shown in kinds else next(iter(kinds))
    unit = f"&unit={chosen.unit.ref}" if chosen.form else ""
    context = {
        "chosen": chosen,
        "heading": heading,
        "title": kinds[shown],
        "today": localdate(at),
        "tabs": [
            Tab(label=str(label), url=f"{reverse(route)}?show={code}{unit}", is_current=code == shown)
            for code, label in kinds.items()
        ],
        "rows": rows_of(chosen.unit, employee, shown=shown, at=at),
        **more,
    }
    return render(request, "cases/follow_up/unit.html", context)
