"""When a unit is open: its week, its single days, and the red days that close it by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.unit_hours import forget_day as week_holds
from cases.actions.unit_hours import set_day, set_week
from cases.forms.requests import DayForm, WeekForm
from cases.models import UnitDay, UnitHours
from cases.questions.unit_hours import calendars_of
from cases.same_day import Calendar, Hours
from cases.views.shell import signed_in
from cases.views.units import Chosen, chosen_unit
from people.act_forms import ActForm, perform
from people.models import Employee, Unit
from people.notices import notify
from people.roles import Permission
from people.working_days import public_holidays

#: Red days told of ahead.
AHEAD = timedelta(days=365)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_hours(request: HttpRequest) -> HttpResponse:
    """Two forms on one page: the one that was sent says which by its button."""
    at = timezone.now()
    chosen, today = chosen_unit(request, Permission.LEAD, at=at), localdate(at)
    calendar = calendars_of([chosen.unit.pk])[chosen.unit.pk]
    is_day, is_sent = "day_form" in request.POST, request.method == "POST"
    week = WeekForm(request.POST if is_sent and not is_day else None, today=today, initial=_initial(calendar, today))
    day = DayForm(request.POST if is_sent and is_day else None, today=today)
    form: ActForm = day if is_day else week
    do = _act(chosen, week, day, is_day=is_day, by=signed_in(request), at=at)
    if is_sent and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("The opening hours are saved."))
        return done
    context = {
        "chosen": chosen,
        "week": week,
        "day": day,
        "is_day": is_day,
        "today": today,
        "is_open": calendar.is_open(at),
        "weeks": _weeks(chosen.unit, today),
        "special": UnitDay.objects.filter(unit=chosen.unit, day__gte=today).order_by("day"),
        "red_days": _red_days(today),
    }
    return render(request, "cases/requests/unit_hours.html", context)


@require_POST
def forget_day(request: HttpRequest, day_id: int) -> HttpResponse:
    """Let the week hold on a day again."""
    unit = week_holds(day_id=day_id, by=signed_in(request), at=timezone.now())
    notify(request, _("The opening hours are saved."))
    return redirect(f"{reverse('cases:unit_hours')}?{urlencode({'unit': unit.ref})}")


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week that was entered, in its half-open period."""

    starts_on: date
    ends_on: date | None
    days: list[tuple[str, Hours | None]]


def _act(
    chosen: Chosen, week: WeekForm, day: DayForm, *, is_day: bool, by: Employee, at: datetime
) -> Callable[[], str]:
    def do() -> str:
        if is_day:
            told = day.cleaned_data
            set_day(unit_id=chosen.unit.pk, day=told["day"], hours=day.hours(), why=told["why"], by=by, at=at)
        else:
            starts_on = week.cleaned_data["starts_on"]
            set_week(unit_id=chosen.unit.pk, week=week.week(), starts_on=starts_on, by=by, at=at)
        return reverse("cases:unit_hours") + chosen.query

    return do


def _initial(calendar: Calendar, today: date) -> dict[str, Any]:
    """The week as it is: its next seven days, by weekday, red days left out."""
    told: dict[str, Any] = {"starts_on": today}
    for weekday, hours in calendar.week_on(today).items():
        told |= {f"opens_{weekday}": hours.opens, f"closes_{weekday}": hours.closes} if hours else {}
    return told


def _weeks(unit: Unit, today: date) -> list[Week]:
    """Those entered that hold today or later, the first one first."""
    lasting = UnitHours.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), unit=unit)
    periods: dict[tuple[date, date | None], list[tuple[str, Hours | None]]] = {}
    for row in lasting.order_by("starts_on", "weekday"):
        hours = Hours(row.opens, row.closes) if row.opens is not None and row.closes is not None else None
        periods.setdefault((row.starts_on, row.ends_on), []).append((row.get_weekday_display(), hours))
    return [Week(starts_on=first, ends_on=last, days=days) for (first, last), days in periods.items()]


def _red_days(today: date) -> list[date]:
    """Those of the coming year that would else be working days."""
    found = public_holidays(today.year) | public_holidays(today.year + 1)
    return sorted(day for day in found if today <= day <= today + AHEAD and day.weekday() < _SATURDAY)


_SATURDAY = 5
