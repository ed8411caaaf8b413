"""The plan of the municipality's dwellings, those that stand empty, the forecast, and one dwelling's days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from housing import forecast
from housing.availability import NEVER
from housing.forms.plan import PlanForm
from housing.models import Building, Dwelling
from housing.plan import EMPTY, Line, Part, Seen, Time, dwellings_of, empty_homes, plan_of
from housing.states import add_months
from people.access import permissions_of, units_with
from people.components import Crumb, Tab
from people.models import Employee
from people.parts import part_of, part_of_query
from people.roles import Permission

#: Months side by side.
MONTHS = 6
#: How many months a dwelling's own page looks back, and how many to find since when it is what it is today.
_BACK, _SINCE = 36, 120


@dataclass(frozen=True)
class Row:
    """A dwelling of the plan: what it is today, and its months."""

    line: Line
    today: Time | None
    months: list[list[Part]]


@dataclass(frozen=True)
class Group:
    """The dwellings of a building that stand on this part of the plan."""

    name: str
    rows: list[Row]


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    employee, at = _signed_in(request), timezone.now()
    today, numbers = localdate(at), municipalities_of(employee, at)
    buildings = Building.objects.filter(municipality__in=numbers).order_by("name", "pk")
    form = PlanForm(request.GET, today=today, buildings=[(str(one.pk), one.name) for one in buildings])
    starts_on, ends_on = form.starts_on, add_months(form.starts_on, MONTHS)
    dwellings = dwellings_of(numbers, starts_on, ends_on)
    if form.building_id is not None:
        dwellings = dwellings.filter(building=form.building_id)
    page = part_of_query(dwellings, after=request.GET.get("after"), before=request.GET.get("before"))
    # today's use is told with its first day, wherever the months lie
    looked_at = (add_months(min(starts_on, today), -_SINCE), max(ends_on, today + timedelta(days=1)))
    firsts = [add_months(starts_on, number) for number in range(MONTHS)]
    rows = [
        Row(line, line.on(today), [line.month(first) for first in firsts])
        for line in plan_of(list(page.rows), *looked_at, employee, at=at)
    ]
    context = {
        "form": form,
        "page": page,
        "groups": _grouped(rows),
        "months": firsts,
        "today": today,
        "tabs": _tabs("plan"),
        "earlier": _query(request, add_months(starts_on, -MONTHS), form),
        "later": _query(request, add_months(starts_on, MONTHS), form),
        "may_keep": _may_keep(employee, at),
    }
    return render(request, "housing/plan/plan.html", context)


@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    employee, at = _signed_in(request), timezone.now()
    today = localdate(at)
    homes = empty_homes(municipalities_of(employee, at), employee, day=today, at=at)
    page = part_of(homes, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {
        "page": page,
        "vacant": sum(home.time.seen is Seen.VACANT for home in homes),
        "void": sum(home.time.seen is Seen.VOID for home in homes),
        "rent_lost": sum(home.rent_lost or 0 for home in homes),
        "without_rent": sum(home.rent_lost is None for home in homes),
        "today": today,
        "tabs": _tabs("empty"),
        "may_keep": _may_keep(employee, at),
    }
    return render(request, "housing/plan/empty.html", context)


@require_safe
def vacancy_forecast(request: HttpRequest) -> HttpResponse:
    employee, at = _signed_in(request), timezone.now()
    today, numbers = localdate(at), municipalities_of(employee, at)
    found = forecast.coming(numbers, employee, day=today, at=at)
    page = part_of(found, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {
        "page": page,
        "months": forecast.by_month(found, day=today),
        "total": sum(one.homes for one in found),
        "whys": list(forecast.Why),
        "today": today,
        "last_day": forecast.last_day(day=today),
        "tabs": _tabs("forecast"),
    }
    return render(request, "housing/plan/forecast.html", context)


@require_safe
def dwelling_days(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    employee, at = _signed_in(request), timezone.now()
    today = localdate(at)
    dwelling = dwelling_for(employee, dwelling_id, at)
    [line] = plan_of([dwelling], add_months(today, -_BACK), NEVER, employee, at=at)
    times = [time for time in reversed(line.times) if time.seen is not Seen.NOT_OURS]
    now = line.on(today)
    context = {
        "dwelling": dwelling,
        "now": now,
        "is_empty": now is not None and now.seen in EMPTY,
        "times": times,
        "today": today,
        "may_keep": _may_keep(employee, at),
        "crumbs": crumbs(),
    }
    return render(request, "housing/plan/dwelling_days.html", context)


def municipalities_of(employee: Employee, at: datetime) -> list[str]:
    """Where the employee sees the unit's lists.

    :raises PermissionDenied: where that is nowhere
    """
    units = units_with(employee, Permission.VIEW_UNIT, at=at)
    numbers = sorted(set(units.values_list("municipality", flat=True)))
    if not numbers:
        raise PermissionDenied
    return numbers


def dwelling_for(employee: Employee, dwelling_id: int, at: datetime) -> Dwelling:
    """:raises Http404: unless the dwelling is of a municipality where the employee sees the unit's lists"""
    numbers = municipalities_of(employee, at)
    found: Dwelling = get_object_or_404(
        Dwelling.objects.select_related("building"), pk=dwelling_id, municipality__in=numbers
    )
    return found


def crumbs() -> list[Crumb]:
    return [Crumb(_("Plan and vacancies"), reverse("housing:plan"))]


def _grouped(rows: list[Row]) -> list[Group]:
    groups: list[Group] = []
    for row in rows:
        building = row.line.dwelling.building
        name = building.name if building else ""
        if not groups or groups[-1].name != name:
            groups.append(Group(name, []))
        groups[-1].rows.append(row)
    return groups


def _tabs(current: str) -> list[Tab]:
    ways = (("plan", _("Plan")), ("empty", _("Empty today")), ("forecast", _("Forecast")))
    names = {"plan": "plan", "empty": "empty_homes", "forecast": "vacancy_forecast"}
    return [Tab(label=label, url=reverse(f"housing:{names[code]}"), is_current=code == current) for code, label in ways]


def _query(request: HttpRequest, first: date, form: PlanForm) -> str:
    """The same plan from another month, where the form offers it."""
    code = f"{first:%Y-%m}"
    if code not in form.months:
        return ""
    kept = request.GET.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    kept["first_month"] = code
    return f"?{kept.urlencode()}"


def _may_keep(employee: Employee, at: datetime) -> bool:
    return Permission.MANAGE_DWELLINGS in permissions_of(employee, at=at)


def _signed_in(request: HttpRequest) -> Employee:
    assert isinstance(request.user, Employee)
    return request.user
