"""Taking out BOSIT per person and date."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kpi.bosit import code_list_on
from kpi.exports.bosit import bosit_file
from kpi.forms.bosit import BositForm
from kpi.questions.bosit import bosit_of
from kpi.views.municipality import Municipality, exporter_of
from people.act_forms import refuse
from people.components import Crumb
from people.exporting import File, export
from people.models import ExportKind
from people.refusals import Refusal
from people.sessions import require_fresh


@require_http_methods(["GET", "HEAD", "POST"])
def bosit(request: HttpRequest) -> HttpResponse:
    asked = exporter_of(request)
    require_fresh(request, at=asked.at)
    today = localdate(asked.at)
    form = BositForm(request.POST or None, today=today, initial={"first_day": today, "last_day": today})
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            return export(request, lambda: _file(asked, form), kind=ExportKind.FIGURE, reason=reason, at=asked.at)
        except Refusal as refusal:
            refuse(form, refusal)
    context = {
        "form": form,
        "title": _("BOSIT per person and date"),
        "submit_label": _("Take out the file"),
        "back_url": reverse("kpi:indicators"),
        "place": asked.place,
        "listed": code_list_on(today),
        "names": [(code, names[get_language()[:2]]) for code, names in sorted(code_list_on(today).names.items())],
        "crumbs": [Crumb(_("Indicators"), reverse("kpi:indicators"))],
    }
    return render(request, "kpi/bosit/bosit.html", context)


def _file(asked: Municipality, form: BositForm) -> File:
    starts_on, ends_on = form.cleaned_data["first_day"], form.cleaned_data["last_day"] + timedelta(days=1)
    municipality = asked.place.municipality
    found = bosit_of(municipality, starts_on, ends_on, asked.employee, language=get_language()[:2], at=asked.at)
    return bosit_file(found, municipality=municipality, starts_on=starts_on, ends_on=ends_on)
