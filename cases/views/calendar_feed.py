"""The calendar of one's tasks: the secret address, and the file that stands there."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.calendar_feeds import make_feed, stop_feed
from cases.questions.calendar_feed import calendar_of, employee_of
from cases.views.shell import signed_in
from people.access import require
from people.notices import notify
from people.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Make, renew or stop one's address. It is shown once, in the answer that made it."""
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.VIEW_HOUSEHOLD, at=at)
    address = ""
    if request.method == "POST":
        if "stop" in request.POST:
            stop_feed(by=employee, at=at)
            notify(request, _("The calendar address answers no more."))
            return redirect("cases:calendar_feed")
        secret = make_feed(by=employee, at=at)
        address = request.build_absolute_uri(reverse("cases:calendar", args=[secret]))
    live = employee.calendar_feeds.filter(stopped_at__isnull=True).first()
    return render(request, "cases/tasks/calendar_feed.html", {"address": address, "live": live})


@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The file a calendar fetches, without a session: whoever has the secret learns when something is due, no more.

    No household is shown, so the read log has nothing to tell. The secret is of 256 bits: guessing needs no limit.
    """
    employee = employee_of(secret)
    if employee is None:
        raise Http404
    tasks_url = request.build_absolute_uri(reverse("cases:tasks"))
    content = calendar_of(employee, tasks_url=tasks_url, at=timezone.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'attachment; filename="tasks.ics"'
    return answer
