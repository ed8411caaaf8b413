"""What a unit has been told, and what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.act_forms import perform
from people.actions.alerts import handle_alert
from people.alerts import alert_row, alerts_for, handled_alerts, open_alerts
from people.forms.alerts import HandleForm
from people.models import Employee
from people.notices import notify


@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """The lists of whoever leads a unit, or does casework at a special one; empty for others."""
    assert isinstance(request.user, Employee)
    at = timezone.now()
    context = {"waiting": open_alerts(request.user, at=at), "handled": handled_alerts(request.user, at=at)}
    return render(request, "people/alerts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    by, at = request.user, timezone.now()
    assert isinstance(by, Employee)
    told = get_object_or_404(alerts_for(by, at=at).select_related("unit", "by", "household", "handled_by"), pk=alert_id)
    form = HandleForm(request.POST or None, today=localdate(at))

    def do() -> str:
        handle_alert(alert_id=told.pk, outcome=form.cleaned_data["outcome"], by=by, at=at)
        return reverse("people:alerts")

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("The alert is handled."))
        return done
    return render(request, "people/alert.html", {"form": form, "alert": alert_row(told, by, at=at)})
