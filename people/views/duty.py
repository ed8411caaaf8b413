"""Whom everybody rings about somebody who cannot be dealt with at the counter: the list, and who keeps it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.act_forms import perform
from people.actions.duty import enter_duty_contact
from people.duty import lacking, municipalities_kept_by
from people.forms.duty import DutyForm
from people.models import DutyContact, DutyHours, Employee
from people.notices import notify


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Who answers now and later, what is lacking, and the form for who answers next."""
    by, at = request.user, timezone.now()
    assert isinstance(by, Employee)
    today, municipalities = localdate(at), municipalities_kept_by(by, at=at)
    if not municipalities:
        raise PermissionDenied
    form = DutyForm(
        request.POST or None, today=today, municipalities=list(municipalities), initial={"starts_on": today}
    )

    def do() -> str:
        told = form.cleaned_data
        enter_duty_contact(
            municipality=told["municipality"],
            hours=DutyHours(told["hours"]),
            name=told["name"],
            phone=told["phone"],
            starts_on=told["starts_on"],
            by=by,
            at=at,
        )
        return reverse("people:duty")

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("The duty list is changed."))
        return done
    lasting = DutyContact.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    rows = lasting.filter(municipality__in=municipalities).select_related("municipality")
    context = {
        "form": form,
        "contacts": rows.order_by("municipality__name", "hours", "starts_on"),
        "lacking": lacking(municipalities, on=today),
    }
    return render(request, "people/duty.html", context)
