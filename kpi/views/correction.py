"""A reporter asks for a correction of a case behind a figure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.asked_corrections import ask_for_correction as ask
from cases.actions.asked_corrections import household_to_correct
from kpi.forms.correction import CorrectionForm
from kpi.questions.households import SHORT
from people import readings
from people.access import require
from people.act_forms import perform
from people.components import Crumb
from people.models import Employee
from people.notices import notify
from people.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_correction(request: HttpRequest, ref: str) -> HttpResponse:
    """The case is told by its number alone, before and after."""
    by, at = request.user, timezone.now()
    assert isinstance(by, Employee)
    require(by, Permission.ASK_FOR_CORRECTION, at=at)
    household, back = household_to_correct(ref, by=by, at=at), reverse("kpi:indicators")
    readings.note_shown([household.pk])
    form = CorrectionForm(request.POST or None, today=localdate(at))

    def do() -> str:
        ask(household_id=household.pk, words=form.cleaned_data["words"], by=by, at=at)
        return back

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("The responsible unit has been asked."))
        return done
    context = {"form": form, "case": household.ref[:SHORT], "back": back, "crumbs": [Crumb(_("Indicators"), back)]}
    return render(request, "kpi/ask_for_correction.html", context)
