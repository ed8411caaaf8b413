"""Who sleeps where tonight: on a phone, on paper, and laid ready for when nothing else works."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.night_lists import paper_of, set_night_list_hour
from cases.forms.tonight import NightListHourForm
from cases.models import NightListHour
from cases.questions.tonight import tonight_for
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people import readings
from people.access import has_permission, require
from people.act_forms import perform
from people.components import Crumb
from people.models.reading import Showing
from people.notices import notify
from people.roles import Permission
from people.uploads import attachment


@require_safe
def tonight(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.VIEW_UNIT, at=at)
    context = {
        "tonight": tonight_for(employee, at=at),
        "may_lead": has_permission(employee, Permission.LEAD, at=at),
    }
    return render(request, "cases/tonight/tonight.html", context)


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The same as a PDF, registered as printed."""
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.VIEW_UNIT, at=at)
    found = tonight_for(employee, at=at)
    readings.showing(Showing.PRINT)
    readings.note_shown(found.household_ids)
    name = f"tonight-{found.night.isoformat()}.pdf"
    return attachment(paper_of(found), mime="application/pdf", name=name)


@require_http_methods(["GET", "HEAD", "POST"])
def hour(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.LEAD, at=at)
    known = NightListHour.objects.filter(unit=chosen.unit).values_list("made_at", flat=True).first()
    form = NightListHourForm(request.POST or None, today=localdate(at), initial={"made_at": known})

    def do() -> str:
        set_night_list_hour(unit_id=chosen.unit.pk, made_at=form.cleaned_data["made_at"], by=employee, at=at)
        return reverse("cases:night_list_hour") + chosen.query

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("Saved."))
        return done
    crumbs = [Crumb(_("Who sleeps where tonight"), reverse("cases:tonight"))]
    context = {"chosen": chosen, "form": form, "hour": known, "crumbs": crumbs}
    return render(request, "cases/tonight/hour.html", context)
