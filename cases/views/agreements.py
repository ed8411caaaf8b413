"""Agreements with landlords, watched against the rules they were made under."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.forms.agreements import AgreementForm
from cases.questions.agreement_rules import ends_before, rules_of
from housing.actions.agreements import change_agreement, make_agreement
from housing.agreements import watched, without_agreement
from housing.dwellings import tonight
from housing.models import Agreement, AgreementKind
from housing.views.stock_shell import Keeper
from people.components import Crumb

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    who = Keeper(request)
    context = {
        "lines": watched(who.municipalities, who.today, ends_before=ends_before(who.today)),
        "without": without_agreement(who.municipalities, who.today),
        "today": who.today,
    }
    return render(request, "cases/agreements/list.html", context)


@require_safe
def agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _agreement(who, agreement_id)
    lines = watched(who.municipalities, who.today, ends_before=ends_before(who.today))
    under = one.dwellings.select_related("building").order_by("address", "number", "pk")
    context = {
        "agreement": one,
        "watched": next(line for line in lines if line.agreement == one),
        "dwellings": tonight(under, who.employee, at=who.at),
        "today": who.today,
        "crumbs": _crumbs(),
    }
    return render(request, "cases/agreements/agreement.html", context)


@require_http_methods(_METHODS)
def make(request: HttpRequest) -> HttpResponse:
    who = Keeper(request)
    municipality = who.municipality
    form = AgreementForm(request.POST or None, today=who.today, municipality_id=municipality.pk)

    def do() -> str:
        facts = _with_rules(form.facts(), today=who.today)
        return _url(make_agreement(municipality=municipality, **who.who, **facts))

    return who.answer(
        form,
        do,
        title=_("Register an agreement"),
        done=_("The agreement is registered."),
        back=reverse("cases:agreements"),
        crumbs=_crumbs(),
    )


@require_http_methods(_METHODS)
def change(request: HttpRequest, agreement_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _agreement(who, agreement_id)
    form = AgreementForm(request.POST or None, today=who.today, municipality_id=one.municipality_id, agreement=one)

    def do() -> str:
        facts = _with_rules(form.facts(), today=who.today)
        return _url(change_agreement(agreement_id=one.pk, **who.who, **facts))

    return who.answer(
        form,
        do,
        title=_("Change the agreement"),
        done=_("The agreement is changed."),
        back=_url(one),
        crumbs=[*_crumbs(), Crumb(one.name, _url(one))],
    )


def _with_rules(facts: dict[str, Any], *, today: date) -> dict[str, Any]:
    """The facts with what was left empty as the rules give it."""
    rules = rules_of(AgreementKind(facts["kind"]), facts["starts_on"], today=today)
    return {
        **facts,
        "share_percent": facts["share_percent"] or rules.share_percent,
        "whole_under": rules.whole_under,
        "ends_on": facts["ends_on"] or rules.ends_on(facts["starts_on"]),
    }


def _agreement(who: Keeper, agreement_id: int) -> Agreement:
    """:raises Http404: unless the agreement is of a municipality where the employee keeps dwellings"""
    own = Agreement.objects.filter(municipality__in=who.municipalities).select_related("landlord")
    one: Agreement = get_object_or_404(own, pk=agreement_id)
    return one


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Agreements with landlords"), reverse("cases:agreements"))]


def _url(one: Agreement) -> str:
    return reverse("cases:agreement", args=[one.pk])
