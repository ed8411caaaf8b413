"""What every page of a household starts from: the clock, the employee, the household, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from cases.actions.undo import is_undoable
from cases.headers import crumbs, header_of, household_tabs
from cases.questions.situation import Situation, situation_of
from people.access import household_for, live_grant, permitted_as_opened
from people.act_forms import ActForm, perform
from people.addresses import household_address
from people.decision import Purpose
from people.masking import require_moves, require_whereabouts
from people.models import Employee, Grant, Household
from people.notices import notify
from people.roles import Permission

#: What the pages of a household ask about to know what to offer.
_OFFERED = (
    Permission.CHANGE_HOUSEHOLD,
    Permission.MAKE_PLAN,
    Permission.ASSIGN_OTHERS,
    Permission.APPROVE_DECISIONS,
    Permission.PLACE_AGAINST_APPROVAL,
    Permission.REVIEW_BREACHES,
    Permission.UNMASK,
    Permission.ANSWER_RIGHTS,
    Permission.LEAD,
)


def signed_in(request: HttpRequest) -> Employee:
    """Who asks; the middleware has sent everybody else to sign in."""
    assert isinstance(request.user, Employee)
    return request.user


@dataclass(frozen=True)
class Opened:
    """A household opened by an employee who may see it, at a moment."""

    household: Household
    employee: Employee
    at: datetime

    @property
    def today(self) -> date:
        return localdate(self.at)

    @cached_property
    def situation(self) -> Situation:
        return situation_of(self.household, at=self.at)

    @cached_property
    def permitted(self) -> frozenset[Permission]:
        """What the page may offer, of that which its acts need."""
        return permitted_as_opened(self.employee, _OFFERED, self.household, at=self.at)

    @property
    def may_change(self) -> bool:
        return Permission.CHANGE_HOUSEHOLD in self.permitted

    @property
    def may_plan(self) -> bool:
        return Permission.MAKE_PLAN in self.permitted

    @property
    def may_lead(self) -> bool:
        return Permission.LEAD in self.permitted

    @property
    def may_assign(self) -> bool:
        return Permission.ASSIGN_OTHERS in self.permitted

    @property
    def may_approve(self) -> bool:
        return self.may_change or Permission.APPROVE_DECISIONS in self.permitted

    @cached_property
    def open_by(self) -> Grant | None:
        """The leave by which the employee has opened the case, when that is the ground."""
        is_by_leave = self.household.sight.purpose in (Purpose.REASON, Purpose.GRANT)
        return live_grant(self.employee, self.household, at=self.at) if is_by_leave else None

    def url(self, name: str, *args: Any) -> str:
        """The address of one of the household's pages."""
        if not args:
            return household_address(f"cases:{name}", self.household.key)
        return reverse(f"cases:{name}", args=[self.household.key, *args])

    def context(self, tab: str = "", **more: Any) -> dict[str, Any]:
        """What a page of the household shows; `tab` is the code of the one that is current."""
        is_tab = bool(tab)
        return {
            "household": self.household,
            "situation": self.situation,
            "header": header_of(self.situation),
            "tabs": household_tabs(self.household, tab) if is_tab else [],
            "crumbs": crumbs() if is_tab else crumbs(self.situation),
            "today": self.today,
            "may_change": self.may_change,
            "may_plan": self.may_plan,
            "open_by": self.open_by,
            **more,
        }


def opened(
    request: HttpRequest, key: UUID, permission: Permission | Collection[Permission] = Permission.VIEW_HOUSEHOLD
) -> Opened:
    """The household, to an employee with the permission, or with any one of several.

    :raises Http404: when the employee may not see the household
    :raises NotOpened: when the employee must say why first; `cases.middleware` leads to where one does
    :raises PermissionDenied: when the employee lacks the permission for it
    """
    employee, at = signed_in(request), timezone.now()
    return Opened(household_for(employee, permission, key=key, at=at), employee, at)


def opened_with_place(
    request: HttpRequest, key: UUID, permission: Permission | Collection[Permission] = Permission.VIEW_HOUSEHOLD
) -> Opened:
    """As `opened`, for a page that shows or asks where the household is.

    :raises WhereaboutsShielded: when that is masked for the employee
    """
    one = opened(request, key, permission)
    require_whereabouts(one.household)
    return one


def opened_to_move(request: HttpRequest, key: UUID) -> Opened:
    """As `opened`, for a page that moves the household and need not name the place.

    :raises WhereaboutsShielded: when its whereabouts are masked, but not for its special unit
    """
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    require_moves(one.household)
    return one


@dataclass(frozen=True, kw_only=True)
class ActPage:
    """The words of a page with one act: its name, its one button, what it says when done, perhaps a lead."""

    title: str
    submit: str
    done: str
    lead: str = ""
    is_danger: bool = False
    can_undo: bool = False
    template: str = "cases/act.html"


def answer(
    request: HttpRequest,
    one: Opened,
    form: ActForm,
    page: ActPage,
    do: Callable[[], Any],
    *,
    back: str = "",
    then: str = "",
    **more: Any,
) -> HttpResponse:
    """Show the act's form, or carry it out and go on to `then`, by default the household's page."""
    on, back = then or one.url("household"), back or one.url("household")

    def carried_out() -> str:
        do()
        return on

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, carried_out, at=one.at)
        if response is not None:
            can_undo = page.can_undo and is_undoable(one.household, by=one.employee, at=one.at)
            notify(request, page.done, undo_url=one.url("undo") if can_undo else "")
            return response
    return render(request, page.template, one.context(form=form, page=page, back=back, **more))
