"""The municipality's own indicators: their values with their lists, defining one, defining it anew, ending it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kpi.actions.own_indicators import define_indicator, end_indicator
from kpi.declaring import Population
from kpi.forms.own_indicators import EndIndicatorForm, OwnIndicatorForm
from kpi.measurement import measure
from kpi.models import OwnIndicator
from kpi.own_indicators import AMONG
from kpi.questions.own_indicators import as_indicator, own_indicators
from kpi.views.asking import asked_of, shown_as
from kpi.views.municipality import Municipality, exporter_of
from people.act_forms import perform
from people.components import Crumb
from people.notices import notify

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Each by the definition that holds on the period's last day; one statement for all their figures."""
    asked = asked_of(request)
    last_day = asked.period.ends_on - timedelta(days=1)
    defined = list(own_indicators(asked.place.municipality, on=last_day))
    figures = measure(asked.question, [asked.period], [as_indicator(one) for one in defined]) if defined else []
    context = {
        **asked.context,
        "rows": [(one, shown_as(figure)) for one, figure in zip(defined, figures, strict=True)],
        "crumbs": [Crumb(_("Figures"), reverse("kpi:front"))],
    }
    return render(request, "kpi/front/own_indicators.html", context)


@require_http_methods(_METHODS)
def define(request: HttpRequest, code: str = "") -> HttpResponse:
    """A new one, or with its code its next definition."""
    of = exporter_of(request)
    before = _current(of, code) if code else None
    among = _among(request, before)
    if among is None and request.method != "POST":
        return _choose_among(request, of)
    form = OwnIndicatorForm(request.POST or None, today=localdate(of.at), initial=_initial(before), of=among)
    back = _back(of)

    def do() -> str:
        define_indicator(municipality=of.place.municipality, code=code, **form.told(), by=of.employee, at=of.at)
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=of.at)
        if response is not None:
            notify(request, _("The indicator is defined."))
            return response
    before_stands = _("The definition before stands for periods that ended before this one begins.") if code else ""
    context = {
        "form": form,
        "title": _("Define %(code)s anew") % {"code": code} if code else _("Define an indicator"),
        "text": " ".join(text for text in (f"{AMONG[among].words}." if among else "", before_stands) if text),
        "submit_label": _("Define the indicator"),
        "back_url": back,
    }
    return render(request, "components/confirm_page.html", context)


@require_http_methods(_METHODS)
def end(request: HttpRequest, code: str) -> HttpResponse:
    of = exporter_of(request)
    one = _current(of, code)
    form = EndIndicatorForm(request.POST or None, today=localdate(of.at))
    back = _back(of)

    def do() -> str:
        ends_on = form.cleaned_data["ends_on"]
        end_indicator(municipality=of.place.municipality, code=code, ends_on=ends_on, by=of.employee, at=of.at)
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=of.at)
        if response is not None:
            return response
    context = {
        "form": form,
        "title": _("End the indicator: %(indicator)s") % {"indicator": one.wording},
        "text": _("Periods that ended before keep it."),
        "submit_label": _("End the indicator"),
        "back_url": back,
        "is_danger": True,
    }
    return render(request, "components/confirm_page.html", context)


def _among(request: HttpRequest, before: OwnIndicator | None) -> Population | None:
    """Whom the address says that it is among, else the definition before; None where neither does.

    :raises Http404: for what nobody may count
    """
    asked = request.GET.get("among") or (before.population if before else "")
    if asked and asked not in {one.value for one in AMONG}:
        raise Http404
    return Population(asked) if asked else None


def _choose_among(request: HttpRequest, of: Municipality) -> HttpResponse:
    """First of all whom it is among: the conditions follow from that."""
    choices = [
        (them.words, f"{request.path}?{urlencode({'place': of.place.code, 'among': population.value})}")
        for population, them in AMONG.items()
    ]
    return render(request, "kpi/front/choose_among.html", {"choices": choices, "back_url": _back(of)})


def _current(of: Municipality, code: str) -> OwnIndicator:
    found = OwnIndicator.objects.filter(municipality=of.place.municipality, code=code, valid_to__isnull=True).first()
    if found is None:
        raise Http404
    return found


def _initial(one: OwnIndicator | None) -> dict[str, Any]:
    if one is None:
        return {}
    told = {name: getattr(one, name) for name in ("wording", "definition", "population", "is_share", "better")}
    keys = {name: [f"{one.population}:{key}" for key in getattr(one, name)] for name in ("among", "counted")}
    return {**told, **keys}


def _back(of: Municipality) -> str:
    return f"{reverse('kpi:own_indicators')}?place={of.place.code}"
