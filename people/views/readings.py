"""The read log: of a household, of an employee, one's own; and what was taken out."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.access import household_for, may, require, units_with
from people.act_forms import refuse
from people.components import Crumb
from people.decision import Purpose
from people.exporting import File, export
from people.forms.readings import PeriodForm, ReadLogExportForm
from people.lines import (
    Line,
    amounts_of,
    employees_of,
    of_employee,
    of_household,
    page_of,
    with_units,
)
from people.models import Employee, ExportEntry, ExportKind, Household, Reading
from people.parts import part_of_query
from people.refusals import Refusal
from people.roles import Permission
from people.sessions import require_fresh
from people.spreadsheets import XLSX, Cell, workbook
from people.told import told


def _employee(request: HttpRequest) -> Employee:
    assert isinstance(request.user, Employee)
    return request.user


@require_safe
def my_readings(request: HttpRequest) -> HttpResponse:
    employee, at = _employee(request), timezone.now()
    form = PeriodForm(request.GET, today=localdate(at))
    lines = of_employee(employee, form.lines, viewer=employee)
    page = page_of(lines, employee, at=at, after=request.GET.get("after"), before=request.GET.get("before"))
    return render(request, "people/readings/mine.html", {"form": form, "page": page})


@require_safe
def employees(request: HttpRequest) -> HttpResponse:
    employee, at = _employee(request), timezone.now()
    require(employee, Permission.CONTROL_READINGS, at=at)
    form = PeriodForm(request.GET, today=localdate(at))
    units = units_with(employee, Permission.CONTROL_READINGS, at=at)
    context = {"form": form, "amounts": amounts_of(units, form.period), "units": units, "query": _query(request)}
    return render(request, "people/readings/employees.html", context)


@require_safe
def employee_readings(request: HttpRequest, employee_id: int) -> HttpResponse:
    viewer, at = _employee(request), timezone.now()
    require(viewer, Permission.CONTROL_READINGS, at=at)
    form = PeriodForm(request.GET, today=localdate(at))
    units = units_with(viewer, Permission.CONTROL_READINGS, at=at)
    employee = employees_of(units, form.period).filter(pk=employee_id).first()
    if employee is None:
        raise Http404
    lines = of_employee(employee, form.lines, viewer=viewer)
    page = page_of(lines, viewer, at=at, after=request.GET.get("after"), before=request.GET.get("before"))
    crumbs = [Crumb(_("What employees have read"), reverse("people:employees_readings"))]
    context = {"form": form, "page": page, "employee": employee, "crumbs": crumbs}
    return render(request, "people/readings/employee.html", context)


@require_safe
def household_readings(request: HttpRequest, key: UUID) -> HttpResponse:
    employee, at = _employee(request), timezone.now()
    household = _on_the_case(employee, key, at=at)
    form = PeriodForm(request.GET, today=localdate(at))
    lines = of_household(household, form.lines)
    page = page_of(lines, None, at=at, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {"form": form, "page": page, "crumbs": _crumbs(household, employee, at=at), "household": household}
    return render(request, "people/readings/household.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export_household_readings(request: HttpRequest, key: UUID) -> HttpResponse:
    employee, at = _employee(request), timezone.now()
    household = _on_the_case(employee, key, at=at)
    require_fresh(request, at=at)
    form = ReadLogExportForm(request.POST or None, today=localdate(at))
    if request.method == "POST" and form.is_valid():
        layout, reason = form.cleaned_data["layout"], form.cleaned_data["reason"]
        try:
            return export(request, lambda: _file(household, layout), kind=ExportKind.READ_LOG, reason=reason, at=at)
        except Refusal as refusal:
            refuse(form, refusal)
    back = Crumb(_("Who has read"), reverse("people:household_readings", args=[household.key]))
    context = {
        "form": form,
        "title": _("Take out who has read"),
        "submit_label": _("Take out the file"),
        "back_url": back.url,
        "crumbs": [*_crumbs(household, employee, at=at), back],
    }
    return render(request, "people/readings/export.html", context)


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    employee, at = _employee(request), timezone.now()
    require(employee, Permission.CONTROL_READINGS, at=at)
    form = PeriodForm(request.GET, today=localdate(at))
    units = units_with(employee, Permission.CONTROL_READINGS, at=at)
    begins, ends = form.period.moments
    entries: QuerySet[ExportEntry] = ExportEntry.objects.filter(
        by__in=employees_of(units, form.period), at__gte=begins, at__lt=ends
    )
    rows = entries.select_related("by").order_by("-at", "-pk")
    page = part_of_query(rows, after=request.GET.get("after"), before=request.GET.get("before"))
    return render(request, "people/readings/exports.html", {"form": form, "page": page})


def _on_the_case(employee: Employee, key: UUID, *, at: datetime) -> Household:
    """The household, for those on its case and whoever leads its unit: a reading of its own.

    :raises Http404: when the employee may not see it
    :raises PermissionDenied: when the employee sees it and is neither
    """
    household = household_for(employee, Permission.VIEW_SUMMARY, key=key, at=at)
    is_own = household.sight.purpose in (Purpose.OWN_CASE, Purpose.SPECIAL_UNIT, Purpose.SYSTEM)
    if not (is_own or may(employee, Permission.LEAD, household, at=at)):
        raise PermissionDenied
    return household


def _crumbs(household: Household, employee: Employee, *, at: datetime) -> list[Crumb]:
    name = told([household.pk], employee, at=at)[household.pk].label
    return [Crumb(name, reverse("cases:household", args=[household.key]))]


def _query(request: HttpRequest) -> str:
    """The period that links carry on."""
    kept = request.GET.copy()
    for name in set(kept) - {"first_day", "last_day"}:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""


# ── for the person: what was read of them, and by which service, without the names of those who work there ────────


def _file(household: Household, layout: str) -> File:
    """Everything in the log about one household, oldest first. Roles and units, no names."""
    readings: QuerySet[Reading] = Reading.objects.filter(household_id=household.pk).order_by("at", "pk")
    lines = with_units(list(readings))
    content = _sheet(lines) if layout == "xlsx" else _json(lines)
    return File(
        name=f"read-log.{layout}",
        media_type=XLSX if layout == "xlsx" else "application/json",
        content=content,
        rows=len(lines),
        households=[household.pk],
    )


def _sheet(lines: list[Line]) -> bytes:
    heads = [_("When"), _("Role"), _("Unit"), _("How it was shown"), _("Ground"), _("Refused")]
    return workbook(_("Who has read"), heads, [_row(line) for line in lines])


def _row(line: Line) -> list[Cell]:
    reading = line.reading
    return [
        localtime(reading.at),
        line.role,
        line.unit,
        reading.get_what_display(),
        reading.get_purpose_display(),
        _("yes") if reading.is_refused else "",
    ]


def _json(lines: list[Line]) -> bytes:
    """Codes and not words, for a program; times in UTC."""
    rows = [
        {
            "at": line.reading.at.isoformat(),
            "role": line.reading.role,
            "unit": line.unit,
            "what": line.reading.what,
            "purpose": line.reading.purpose,
            "refused": line.reading.is_refused,
        }
        for line in lines
    ]
    return json.dumps({"read_log": rows}, ensure_ascii=False, indent=1).encode()
