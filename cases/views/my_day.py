"""The first page: what waits for whoever signs in."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from cases.questions.my_day import my_day as what_waits
from cases.views.shell import signed_in
from people.access import has_permission
from people.alerts import count_open
from people.duty import lacking, municipalities_kept_by
from people.holders import count_lapsing
from people.models import Employee
from people.roles import Permission


@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    if not has_permission(employee, Permission.VIEW_HOUSEHOLD, at=at):
        may_see_figures = has_permission(employee, Permission.VIEW_FIGURES, at=at)
        told = {
            "may_see_figures": may_see_figures,
            "lapsing": count_lapsing(employee, at=at),
            "lacking": _lacking(employee, at),
        }
        return render(request, "cases/no_households.html", told)
    context = {
        "today": localdate(at),
        "day": what_waits(employee, at=at),
        "alerts": count_open(employee, at=at),
        "lapsing": count_lapsing(employee, at=at),
        "lacking": _lacking(employee, at),
        "may_register": has_permission(employee, Permission.CHANGE_HOUSEHOLD, at=at),
    }
    return render(request, "cases/my_day.html", context)


def _lacking(employee: Employee, at: datetime) -> list[str]:
    """What the municipality must have and has not, for those who see to it."""
    return lacking(municipalities_kept_by(employee, at=at), on=localdate(at))
