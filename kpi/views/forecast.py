"""What is expected of temporary accommodation in the weeks ahead, and who nears three months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kpi.backtesting import Asked, trials, tried
from kpi.chances import Numbers
from kpi.forecasting import FEWEST_DEPARTURES, WINDOWS, Forecast
from kpi.forms.forecast import ForecastForm
from kpi.measurement import Question
from kpi.questions.forecast import Homes, forecast_of, homes_ahead, of_unit, stays_of, those_nearing, what_if
from kpi.questions.places import Place, places_of
from people import readings
from people.components import Crumb
from people.models import Employee
from people.special_unit import strictly_confidential

ASKED: dict[Asked, str | Promise] = {
    Asked.OVER: gettext_lazy("Pass three months"),
    Asked.COME: gettext_lazy("Come to temporary accommodation"),
    Asked.LEAVE: gettext_lazy("Move out"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that is expected, within each number of days ahead."""

    label: str | Promise
    numbers: list[Numbers]


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who asks a forecast, when and of which place. The form says what could not be read."""

    employee: Employee
    at: datetime
    place: Place
    form: ForecastForm
    query: str

    @property
    def today(self) -> date:
        return localdate(self.at)

    @property
    def question(self) -> Question:
        """Without the strictly confidential: a forecast is of less than a municipality's year."""
        left_out = strictly_confidential(self.place.municipality, on=self.today)
        return Question(municipality=self.place.municipality, unit=self.place.unit, left_out=left_out)


@require_safe
def forecast_page(request: HttpRequest) -> HttpResponse:
    asking = _asking(request)
    question, today, ahead = asking.question, asking.today, asking.form.cleaned_data["ahead"]
    stays = stays_of(question, today)
    own, found = of_unit(stays, question.unit), forecast_of(stays, question, today)
    homes = homes_ahead(asking.place.municipality, asking.employee, day=today, at=asking.at)
    page = those_nearing(
        own,
        found,
        ahead,
        asking.employee,
        municipality=asking.place.municipality,
        at=asking.at,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    # a row without a link to its household is read too
    readings.note_shown(row.household_id for row in page.rows if row.key is None)
    context = {
        "form": asking.form,
        "place": asking.place,
        "today": today,
        "found": found,
        "fewest": FEWEST_DEPARTURES,
        "days": [(days, today + timedelta(days=days)) for days in WINDOWS],
        "reach": [(window.reach, _list_url(request, window.days)) for window in found.windows],
        "lines": _lines(found),
        "ahead": ahead,
        "homes": homes,
        "answers": what_if(own, found, _home_days(homes, asking.form.cleaned_data["homes"], today)),
        "page": page,
        "query": asking.query,
    }
    return render(request, "kpi/forecast/forecast.html", context)


@require_safe
def trial_page(request: HttpRequest) -> HttpResponse:
    asking = _asking(request)
    found = tried(stays_of(asking.question, asking.today), asking.today)
    context = {
        "place": asking.place,
        "trials": [(ASKED[one.asked], one) for one in trials(found)],
        "evenings": [(ASKED[one.asked], one) for one in found],
        "crumbs": [Crumb(_("Forecast"), reverse("kpi:forecast") + asking.query)],
    }
    return render(request, "kpi/forecast/trial.html", context)


def _asking(request: HttpRequest) -> Asking:
    """:raises PermissionDenied: when the employee may see no figures
    :raises Http404: when the place asked for is not theirs
    """
    employee, at = request.user, timezone.now()
    assert isinstance(employee, Employee)
    places = places_of(employee, at=at)
    if not places:
        raise PermissionDenied
    code = request.GET.get("place") or places[0].code
    place = next((place for place in places if place.code == code), None)
    if place is None:
        raise Http404
    form = ForecastForm({**request.GET.dict(), "place": code}, places=[(one.code, one.name) for one in places])
    form.is_valid()
    query = f"?{urlencode({'place': code})}" if "place" in request.GET else ""
    return Asking(employee=employee, at=at, place=place, form=form, query=query)


def _lines(found: Forecast) -> list[Line]:
    return [
        Line(label=_("Pass three months"), numbers=[window.pass_ for window in found.windows]),
        Line(label=_("Come to temporary accommodation"), numbers=[window.come for window in found.windows]),
        Line(label=_("Move out"), numbers=[window.leave for window in found.windows]),
        Line(label=_("There on the last of the days"), numbers=[window.there for window in found.windows]),
    ]


def _list_url(request: HttpRequest, days: int) -> str:
    """The list of those who reach three months within so many days, with the other choices kept."""
    kept = request.GET.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    kept["days"] = str(days)
    return f"?{kept.urlencode()}#nearing"


def _home_days(homes: Homes, number: int | None, today: date) -> list[date]:
    """From when the homes are free: the planned ones, then others known to become free, then from today."""
    if number is None:
        return homes.new_on
    return [*homes.days[:number], *[today] * (number - len(homes.days))]
