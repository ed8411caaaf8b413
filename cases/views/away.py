"""One's own absence: who stands in on all one's cases."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.standing_in import StoodIn, end_standing_in, stand_in_for
from cases.forms.sharing import AwayForm
from cases.questions.colleagues import colleagues_of_mine, standing_in_for
from cases.views.shell import signed_in
from people.access import require
from people.act_forms import perform
from people.notices import notify
from people.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """Who stands in now or later, and the form for one more absence."""
    by, at = signed_in(request), timezone.now()
    require(by, Permission.CHANGE_HOUSEHOLD, at=at)
    today = localdate(at)
    form = AwayForm(
        request.POST or None,
        today=today,
        colleagues=colleagues_of_mine(by, at=at),
        initial={"starts_on": today},
    )
    came_of: list[StoodIn] = []

    def do() -> str:
        told = form.cleaned_data
        came_of.append(
            stand_in_for(
                substitute_id=told["employee"],
                starts_on=told["starts_on"],
                ends_on=told["ends_on"],
                reason=told["reason"],
                by=by,
                at=at,
            )
        )
        return reverse("cases:away")

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        for told in came_of:
            _tell(request, told)
        return done
    return render(request, "cases/away.html", {"form": form, "standing_in": standing_in_for(by, on=today)})


@require_POST
def back(request: HttpRequest, employee_id: int, ends_on: str) -> HttpResponse:
    """Back before the day that was told."""
    by, at = signed_in(request), timezone.now()
    try:
        until = date.fromisoformat(ends_on)
    except ValueError as error:
        raise Http404 from error
    end_standing_in(substitute_id=employee_id, ends_on=until, by=by, at=at)
    notify(request, _("Nobody stands in for you on those cases any more."))
    return redirect("cases:away")


def _tell(request: HttpRequest, told: StoodIn) -> None:
    given = ngettext("Your colleague stands in on %(n)s case.", "Your colleague stands in on %(n)s cases.", told.given)
    notify(request, given % {"n": told.given})
    if told.left:
        left = ngettext(
            "%(n)s case could not be given to this colleague: name another substitute on it.",
            "%(n)s cases could not be given to this colleague: name another substitute on each.",
            len(told.left),
        )
        notify(request, left % {"n": len(told.left)}, level=messages.WARNING)
