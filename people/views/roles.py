"""Who holds which roles and clearances at a unit, and confirming them. An act asks for a fresh proof of who one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import units_with
from people.act_forms import perform
from people.actions import roles as acts
from people.components import Crumb, Tab
from people.forms.roles import LookedThroughForm
from people.holders import clearances_ever, employees_at, holders_at, roles_ever, to_confirm
from people.models import Employee, RoleGrant, Unit
from people.notices import notify
from people.refusals import REFUSABLE, refusal_of
from people.roles import Permission
from people.sessions import require_fresh

_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who is at work on which unit's roles, and when."""

    by: Employee
    at: datetime
    unit: Unit

    @property
    def today(self) -> date:
        return localdate(self.at)

    def page(self, employee_id: int) -> str:
        return reverse("people:holder", args=[self.unit.pk, employee_id])

    @property
    def crumbs(self) -> list[Crumb]:
        return [self.way_up, Crumb(self.unit.name, reverse("people:unit_roles", args=[self.unit.pk]))]

    @property
    def way_up(self) -> Crumb:
        return Crumb(_("Access"), reverse("people:access_hub"))


def desk_at(request: HttpRequest, unit_id: int, *, is_act: bool = True) -> Desk:
    """:raises Http404: for a unit where one gives no roles
    :raises ProofNeeded: for an act, when who one is was proved too long ago
    """
    by, at = request.user, timezone.now()
    assert isinstance(by, Employee)
    unit = units_with(by, Permission.GIVE_ROLES, at=at).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    if is_act:
        require_fresh(request, at=at)
    return Desk(by=by, at=at, unit=unit)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """To the first of the units where one gives roles."""
    by = request.user
    assert isinstance(by, Employee)
    first = units_with(by, Permission.GIVE_ROLES, at=timezone.now()).order_by("name", "pk").first()
    if first is None:
        raise PermissionDenied
    return redirect("people:unit_roles", first.pk)


@require_safe
def unit_roles(request: HttpRequest, unit_id: int) -> HttpResponse:
    desk = desk_at(request, unit_id, is_act=False)
    holders = holders_at(desk.unit, on=desk.today)
    units = units_with(desk.by, Permission.GIVE_ROLES, at=desk.at).order_by("name", "pk")
    context = {
        "unit": desk.unit,
        "crumbs": [desk.way_up],
        "tabs": [
            Tab(label=one.name, url=reverse("people:unit_roles", args=[one.pk]), is_current=one == desk.unit)
            for one in units
        ],
        "holders": holders,
        "lapsing": sum(held.is_lapsing and not held.is_by_group for one in holders for held in one.roles),
        "lapsed": sum(held.is_lapsed for one in holders for held in one.roles),
    }
    return render(request, "people/roles/unit.html", context)


@require_safe
def holder(request: HttpRequest, unit_id: int, employee_id: int) -> HttpResponse:
    """All that one employee holds or has held at the unit."""
    desk = desk_at(request, unit_id)
    employee = get_object_or_404(employees_at(desk.unit), pk=employee_id)
    held = roles_ever(employee, desk.unit, on=desk.today)
    clearances = clearances_ever(employee, desk.unit)
    context = {
        "unit": desk.unit,
        "employee": employee,
        "is_oneself": employee == desk.by,
        "roles": [one for one in held if not one.is_over],
        "ended": [one for one in held if one.is_over],
        "clearances": [one for one in clearances if one.ends_on is None or one.ends_on > desk.today],
        "crumbs": desk.crumbs,
    }
    return render(request, "people/roles/holder.html", context)


@require_http_methods(_METHODS)
def confirm_all(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The list to look through once a year, and one button for all of it."""
    desk = desk_at(request, unit_id)
    listed = to_confirm(desk.unit, desk.by, on=desk.today)
    ids = "-".join(str(held.grant.pk) for held in listed)
    form = LookedThroughForm(request.POST or None, today=desk.today, initial={"grants": ids})

    def do() -> str:
        acts.confirm_roles(unit_id=desk.unit.pk, grant_ids=form.cleaned_data["grants"], by=desk.by, at=desk.at)
        return reverse("people:unit_roles", args=[desk.unit.pk])

    if request.method == "POST" and form.is_valid():
        done = perform(request, form, do, at=desk.at)
        if done is not None:
            notify(request, _("The roles are confirmed for another year."))
            return done
        form.show_anew(ids)
    context = {"unit": desk.unit, "listed": listed, "form": form, "crumbs": desk.crumbs}
    return render(request, "people/roles/confirm.html", context)


@require_POST
def confirm(request: HttpRequest, unit_id: int, grant_id: int) -> HttpResponse:
    desk = desk_at(request, unit_id)
    grant = get_object_or_404(RoleGrant, pk=grant_id, unit=desk.unit)
    try:
        acts.confirm_role(grant_id=grant.pk, by=desk.by, at=desk.at)
    except REFUSABLE as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        notify(request, str(refusal.message), level=messages.ERROR)
    else:
        notify(request, _("The role is confirmed for another year."))
    return redirect(desk.page(grant.employee_id))
