"""Giving and ending roles and clearances at a unit, and letting its employees in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people.act_forms import ActForm, perform
from people.actions import roles as acts
from people.components import Crumb
from people.forms.roles import (
    AddEmployeeForm,
    EndForm,
    GiveClearanceForm,
    GiveRoleByNameForm,
    GiveRoleForm,
    ReasonForm,
)
from people.holders import employees_at, owned_cases
from people.models import Clearance, Employee, Role, RoleGrant
from people.notices import notify
from people.views.roles import Desk, desk_at

_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, kw_only=True)
class Page:
    """What stands on the page of one act."""

    title: str
    submit: str
    done: str
    lead: str = ""
    is_danger: bool = False
    employee: Employee | None = None


def _answer(
    request: HttpRequest, desk: Desk, form: ActForm, page: Page, do: Callable[[dict[str, Any]], int], *, back: str = ""
) -> HttpResponse:
    """Show the form, or carry out the act on the employee whose id `do` answers, and go to their page."""

    def carry_out() -> str:
        return desk.page(do(form.cleaned_data))

    if request.method == "POST" and form.is_valid():
        done = perform(request, form, carry_out, at=desk.at)
        if done is not None:
            notify(request, page.done)
            return done
    crumbs = [*desk.crumbs, *([Crumb(page.employee.name, desk.page(page.employee.pk))] if page.employee else [])]
    context = {
        "form": form,
        "title": page.title,
        "text": page.lead,
        "submit_label": page.submit,
        "is_danger": page.is_danger,
        "back_url": back or crumbs[-1].url,
        "crumbs": crumbs,
        "employee": page.employee,
    }
    return render(request, "people/roles/act.html", context)


# ── giving ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _asked(told: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """What every act that gives a role takes."""
    return {
        "unit_id": desk.unit.pk,
        "role": Role(told["role"]),
        "starts_on": told["starts_on"],
        "ends_on": told["ends_on"],
        "reason": told["reason"],
        "by": desk.by,
        "at": desk.at,
    }


@require_http_methods(_METHODS)
def add(request: HttpRequest, unit_id: int) -> HttpResponse:
    desk = desk_at(request, unit_id)
    form = AddEmployeeForm(request.POST or None, today=desk.today, initial={"starts_on": desk.today})
    page = Page(
        title=_("Add an employee"),
        submit=_("Add the employee"),
        done=_("The employee is added, with a role at the unit."),
        lead=_(
            "For somebody who signs in by a provider that gives nobody roles. Where groups give roles, the first "
            "sign-in adds the employee by itself."
        ),
    )

    def do(told: dict[str, Any]) -> int:
        new = {name: told[name] for name in ("username", "name", "title")}
        return acts.add_employee(**new, **_asked(told, desk)).pk

    return _answer(request, desk, form, page, do)


@require_http_methods(_METHODS)
def give_by_name(request: HttpRequest, unit_id: int) -> HttpResponse:
    """For somebody who works elsewhere, by the user name that they or their own unit administrator tell."""
    desk = desk_at(request, unit_id)
    form = GiveRoleByNameForm(request.POST or None, today=desk.today, initial={"starts_on": desk.today})
    page = Page(
        title=_("Give a role to somebody from another unit"),
        submit=_("Give the role"),
        done=_("The role is given."),
    )

    def do(told: dict[str, Any]) -> int:
        employee = Employee.objects.filter(username=told["username"], is_system=False).first()
        if employee is None:
            raise acts.CannotGive(_("There is no employee with this user name."), field="username")
        acts.give_role(employee_id=employee.pk, **_asked(told, desk))
        return employee.pk

    return _answer(request, desk, form, page, do)


def _at_unit(desk: Desk, employee_id: int) -> Employee:
    return get_object_or_404(employees_at(desk.unit), pk=employee_id)


@require_http_methods(_METHODS)
def give(request: HttpRequest, unit_id: int, employee_id: int) -> HttpResponse:
    desk = desk_at(request, unit_id)
    employee = _at_unit(desk, employee_id)
    form = GiveRoleForm(request.POST or None, today=desk.today, initial={"starts_on": desk.today})
    page = Page(title=_("Give a role"), submit=_("Give the role"), done=_("The role is given."), employee=employee)

    def do(told: dict[str, Any]) -> int:
        return acts.give_role(employee_id=employee.pk, **_asked(told, desk)).employee_id

    return _answer(request, desk, form, page, do)


@require_http_methods(_METHODS)
def clear(request: HttpRequest, unit_id: int, employee_id: int) -> HttpResponse:
    desk = desk_at(request, unit_id)
    employee = _at_unit(desk, employee_id)
    form = GiveClearanceForm(request.POST or None, today=desk.today, initial={"starts_on": desk.today})
    page = Page(
        title=_("Clear for confidential addresses"),
        submit=_("Clear the employee"),
        done=_("The employee is cleared."),
        lead=_(
            "A cleared employee sees where shielded households are, in the cases they are on or lead, in the whole "
            "municipality."
        ),
        employee=employee,
    )

    def do(told: dict[str, Any]) -> int:
        period = {name: told[name] for name in ("starts_on", "ends_on", "reason")}
        given = acts.give_clearance(employee_id=employee.pk, unit_id=desk.unit.pk, **period, by=desk.by, at=desk.at)
        return given.employee_id

    return _answer(request, desk, form, page, do)


# ── ending ────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_http_methods(_METHODS)
def end(request: HttpRequest, unit_id: int, grant_id: int) -> HttpResponse:
    desk = desk_at(request, unit_id)
    grant = get_object_or_404(RoleGrant.objects.select_related("employee"), pk=grant_id, unit=desk.unit)
    form = EndForm(request.POST or None, today=desk.today, initial={"on": desk.today})
    page = Page(
        title=_("End the role: %(role)s") % {"role": grant.get_role_display()},
        submit=_("End the role"),
        done=_("The role is ended."),
        lead=_leaves(grant.employee, desk.today),
        employee=grant.employee,
        is_danger=True,
    )

    def do(told: dict[str, Any]) -> int:
        acts.end_role(grant_id=grant.pk, on=told["on"], reason=told["reason"], by=desk.by, at=desk.at)
        return grant.employee_id

    return _answer(request, desk, form, page, do)


@require_http_methods(_METHODS)
def unclear(request: HttpRequest, unit_id: int, clearance_id: int) -> HttpResponse:
    desk = desk_at(request, unit_id)
    given = get_object_or_404(Clearance.objects.select_related("employee"), pk=clearance_id, unit=desk.unit)
    form = EndForm(request.POST or None, today=desk.today, initial={"on": desk.today})
    page = Page(
        title=_("End the clearance"),
        submit=_("End the clearance"),
        done=_("The clearance is ended."),
        employee=given.employee,
        is_danger=True,
    )

    def do(told: dict[str, Any]) -> int:
        acts.end_clearance(clearance_id=given.pk, on=told["on"], reason=told["reason"], by=desk.by, at=desk.at)
        return given.employee_id

    return _answer(request, desk, form, page, do)


@require_http_methods(_METHODS)
def disable(request: HttpRequest, unit_id: int, employee_id: int) -> HttpResponse:
    desk = desk_at(request, unit_id)
    employee = _at_unit(desk, employee_id)
    page = Page(
        title=_("Disable the employee"),
        submit=_("Disable the employee"),
        done=_("The employee is disabled, and out from their next click."),
        lead=_leaves(employee, desk.today),
        employee=employee,
        is_danger=True,
    )
    return _let(request, desk, page, acts.disable_employee, employee)


@require_http_methods(_METHODS)
def enable(request: HttpRequest, unit_id: int, employee_id: int) -> HttpResponse:
    desk = desk_at(request, unit_id)
    employee = _at_unit(desk, employee_id)
    page = Page(
        title=_("Enable the employee"),
        submit=_("Enable the employee"),
        done=_("The employee can sign in again."),
        lead=_("The roles that have neither ended nor lapsed hold again at once. Look through them first."),
        employee=employee,
    )
    return _let(request, desk, page, acts.enable_employee, employee)


def _let(
    request: HttpRequest, desk: Desk, page: Page, act: Callable[..., Employee], employee: Employee
) -> HttpResponse:
    form = ReasonForm(request.POST or None, today=desk.today)

    def do(told: dict[str, Any]) -> int:
        return act(employee_id=employee.pk, unit_id=desk.unit.pk, reason=told["reason"], by=desk.by, at=desk.at).pk

    return _answer(request, desk, form, page, do)


def _leaves(employee: Employee, today: date) -> str:
    """What becomes of the cases of somebody who is about to lose access."""
    number = owned_cases(employee, on=today)
    if not number:
        return ""
    return ngettext(
        "Responsible for %(number)d case now: have the leader give it to somebody else.",
        "Responsible for %(number)d cases now: have the leader give them to somebody else.",
        number,
    ) % {"number": number}
