"""A case that is not one's own: what a colleague sees of it, and the two ways to open it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.forms.opening import EmergencyForm, OpenForm
from cases.headers import deadline_in_words
from cases.questions.situation import deadlines_of
from cases.views.shell import Opened, opened, signed_in
from people.access import require
from people.act_forms import perform
from people.actions.grants import open_in_emergency, open_with_reason
from people.decision import Level, Purpose
from people.duty import duty_hours
from people.emergencies import Emergency
from people.models import DutyHours, GrantKind
from people.notices import notify
from people.roles import Permission
from people.sessions import fresh_sign_in

_METHODS = ["GET", "HEAD", "POST"]
#: where the session keeps the reason chosen last
LAST_REASON = "opened_because"


@require_http_methods(_METHODS)
def open_case(request: HttpRequest, key: UUID) -> HttpResponse:
    """Header, tonight, owner and deadlines, and beside them the one form that opens the rest."""
    return closed(request, opened(request, key, Permission.VIEW_SUMMARY))


def closed(request: HttpRequest, one: Opened) -> HttpResponse:
    """The page of a case that its reader has not opened, answered also at the household's own address."""
    if one.household.sight.purpose not in (Purpose.UNIT, Purpose.LEADER):
        return redirect(_next(request, one))
    posted = request.POST if request.method == "POST" else None
    initial = {"kind": _usual_reason(request, one), "then": request.GET.get("next", "")}
    form = OpenForm(posted, today=one.today, initial=initial)

    def do() -> str:
        request.session[LAST_REASON] = form.cleaned_data["kind"]
        open_with_reason(key=one.household.key, kind=form.reason(), by=one.employee, at=one.at)
        return _next(request, one)

    if posted is not None and form.is_valid() and (done := perform(request, form, do, at=one.at)) is not None:
        notify(request, _("The case is open to you until midnight."))
        return done
    context = one.context(
        form=form,
        is_read=one.household.sight.level is Level.FULL,
        back=one.url("household"),
        deadlines=[(day, deadline_in_words(what)) for day, what in deadlines_of(one.situation)],
    )
    return render(request, "cases/opening/closed.html", context)


@fresh_sign_in
@require_http_methods(_METHODS)
def emergency(request: HttpRequest) -> HttpResponse:
    """The door to another unit's case: one hour, to read, and the unit's leaders are told."""
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.USE_EMERGENCY_DOOR, at=at)
    form = EmergencyForm(request.POST or None, today=localdate(at))

    def do() -> str:
        told = form.cleaned_data
        household = open_in_emergency(
            number=told["number"],
            emergency=Emergency(told["emergency"]),
            reason=told["reason"],
            by=employee,
            at=at,
        )
        return reverse("cases:household", args=[household.key])

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        return done
    return render(request, "cases/opening/emergency.html", {"form": form})


def _usual_reason(request: HttpRequest, one: Opened) -> str:
    """What the form begins with, so that one click is enough: the reason chosen last, outside office hours on duty."""
    by_night = GrantKind.ON_DUTY.value if duty_hours(one.at) is DutyHours.NIGHT else ""
    return str(request.session.get(LAST_REASON, by_night))


def _next(request: HttpRequest, one: Opened) -> str:
    """The page that was asked for, when it is one of ours; else the household's."""
    wanted = request.POST.get("then") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and is_ours and wanted != "/" else one.url("household")
