"""What every page of figures is asked: by whom, of which place and period, by which rule and as known when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from housing.states import add_months
from kpi.catalogue import BY_CODE
from kpi.declaring import Indicator, Rule, Unit
from kpi.forms.figures import RULE_DEFINITIONS, RULES, FigureForm
from kpi.measurement import Figure, Period, Question
from kpi.questions.own_indicators import own_indicator
from kpi.questions.places import Place, places_of
from people.models import Employee
from people.special_unit import strictly_confidential
from people.succession import followed_by


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a page of figures is asked: by whom, when, and the question. The form says what could not be read."""

    employee: Employee
    at: datetime
    form: FigureForm
    place: Place
    period: Period
    rule: Rule
    known_at: datetime | None
    query: str
    #: `query` with the further choices of a page whose form asks more
    whole_query: str = ""

    @property
    def question(self) -> Question:
        """The strictly confidential count in a municipality's calendar year alone: any smaller figure would point at
        them, and so would two long periods a day apart.
        """
        begins = self.period.starts_on
        is_a_year = (begins.month, begins.day) == (1, 1) and self.period.ends_on == add_months(begins, 12)
        return self.of_whole_years if is_a_year else self.listing

    @property
    def of_whole_years(self) -> Question:
        """What calendar years that are over are asked: of a municipality with the strictly confidential."""
        return replace(self.listing, left_out=()) if self.place.unit is None else self.listing

    @cached_property
    def listing(self) -> Question:
        """What the lists and the months of the question are asked: without the strictly confidential."""
        left_out = strictly_confidential(self.place.municipality, on=localdate(self.at))
        return Question(
            municipality=self.place.municipality,
            unit=self.place.unit,
            rule=self.rule,
            known_at=self.known_at,
            left_out=left_out,
        )

    @property
    def context(self) -> dict[str, Any]:
        last_day = self.period.ends_on - timedelta(days=1)
        return {
            "form": self.form,
            "place": self.place,
            "period": self.period,
            "last_day": last_day,
            "is_under_way": last_day >= localdate(self.at),
            "rule": RULES[self.rule],
            "rule_definition": RULE_DEFINITIONS[self.rule],
            "known_at": self.known_at,
            "query": self.query,
        }


def asked_of(request: HttpRequest, form_class: type[FigureForm] = FigureForm) -> Asked:
    """What is asked, by a form that may ask more than the ordinary one.

    :raises PermissionDenied: when the employee may see no figures
    :raises Http404: when the place asked for is not theirs
    """
    employee, at = request.user, timezone.now()
    assert isinstance(employee, Employee)
    places = places_of(employee, at=at)
    if not places:
        raise PermissionDenied
    code = request.GET.get("place") or places[0].code
    followers = followed_by(code)
    place = next((place for place in places if place.code in (code, *followers)), None)
    if place is None:
        raise Http404
    form = form_class(
        {**request.GET.dict(), "place": place.code},
        today=localdate(at),
        places=[(place.code, place.name) for place in places],
        municipality=place.municipality,
        former=code if place.code != code else "",
    )
    is_readable = form.is_valid()
    chosen = form.cleaned_data
    return Asked(
        employee=employee,
        at=at,
        form=form,
        place=place,
        period=Period(chosen["starts_on"], chosen["ends_on"]),
        rule=chosen["rule"],
        known_at=chosen["known_at"],
        query=query_of(request) if is_readable else "",
        whole_query=query_of(request, form_class) if is_readable else "",
    )


def query_of(request: HttpRequest, form_class: type[FigureForm] = FigureForm) -> str:
    """The choices that links carry on: those of the form, not the place in a list."""
    kept = request.GET.copy()
    for name in set(kept) - set(form_class.base_fields):
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""


def query_for(place: Place, period: Period, question: Question, **more: str) -> str:
    """The address of exactly one figure: of a place and period, by the question's rule and as known when."""
    last_day = period.ends_on - timedelta(days=1)
    told = {
        "place": place.code,
        "period": "own",
        "first_day": period.starts_on.isoformat(),
        "last_day": last_day.isoformat(),
        "rule": question.rule.value,
        **more,
    }
    if question.known_at is not None:
        told["known_at"] = question.known_at.isoformat()
    return f"?{urlencode(told)}"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A figure as pages show it: the sign after the number, its decimals, and whether it is a share."""

    figure: Figure
    sign: str
    decimals: int

    @property
    def indicator(self) -> Indicator:
        return self.figure.indicator

    @property
    def is_share(self) -> bool:
        return self.figure.numerator is not None and self.figure.denominator is not None


def shown_as(figure: Figure) -> Shown:
    return Shown(figure=figure, sign=sign_of(figure.indicator), decimals=decimals_of(figure.indicator))


def sign_of(one: Indicator) -> str:
    return {Unit.PERCENT: "%", Unit.DAYS: _("days"), Unit.KRONER: "kr"}.get(one.unit, "")


def decimals_of(one: Indicator) -> int:
    return 1 if one.unit in (Unit.PERCENT, Unit.DAYS) else 0


def indicator_of(code: str, asked: Asked) -> Indicator:
    """The product's indicator, or the municipality's own as it was defined on the period's last day.

    :raises Http404: where there is none
    """
    if code in BY_CODE:
        return BY_CODE[code]
    found = own_indicator(asked.place.municipality, code, on=asked.period.ends_on - timedelta(days=1))
    if found is None:
        raise Http404
    return found
