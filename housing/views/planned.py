"""Homes to come: the list, one of them, and each step until they are taken over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import can_proceed

from housing.actions.planned import change_plan, drop, move_on, plan_home, take_over, talk_with_neighbours
from housing.forms.planned import DialogueForm, DropForm, PlannedForm, TakeOverForm
from housing.models import TO_COME, PlannedHome
from housing.views.stock_shell import Keeper
from people.act_forms import ActForm
from people.components import Crumb

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def planned_homes(request: HttpRequest) -> HttpResponse:
    who = Keeper(request)
    found = PlannedHome.objects.filter(municipality__in=who.municipalities)
    context = {
        "to_come": found.filter(status__in=TO_COME).order_by("expected_on", "name"),
        "over": found.exclude(status__in=TO_COME).order_by("-expected_on", "name")[:50],
        "today": who.today,
    }
    return render(request, "housing/stock/planned_homes.html", context)


@require_safe
def planned_home(request: HttpRequest, planned_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _planned(who, planned_id)
    context = {
        "planned": one,
        "dialogues": one.dialogues.select_related("by").order_by("-on", "-pk"),
        "dwellings": one.dwellings.order_by("address", "number", "pk"),
        "is_to_come": one.status in TO_COME,
        "can_decide": can_proceed(one.decide),
        "can_begin": can_proceed(one.begin),
        "can_take_over": can_proceed(one.take_over),
        "today": who.today,
        "crumbs": _crumbs(),
    }
    return render(request, "housing/stock/planned_home.html", context)


@require_http_methods(_METHODS)
def plan(request: HttpRequest) -> HttpResponse:
    who = Keeper(request)
    municipality = who.municipality
    form = PlannedForm(request.POST or None, today=who.today, municipality_id=municipality.pk)

    def do() -> str:
        return _url(plan_home(municipality=municipality, **who.who, **form.facts()))

    return who.answer(
        form,
        do,
        title=_("Plan homes"),
        done=_("The homes are planned."),
        back=reverse("housing:planned_homes"),
        crumbs=_crumbs(),
    )


@require_http_methods(_METHODS)
def change(request: HttpRequest, planned_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _planned(who, planned_id)
    form = PlannedForm(request.POST or None, today=who.today, municipality_id=one.municipality_id, planned=one)
    return _of_planned(
        who,
        one,
        form,
        lambda: change_plan(planned_id=one.pk, **who.who, **form.facts()),
        title=_("Change what is planned"),
        done=_("The plan is changed."),
    )


@require_http_methods(_METHODS)
def next_step(request: HttpRequest, planned_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _planned(who, planned_id)
    return _of_planned(
        who,
        one,
        ActForm(request.POST or None, today=who.today),
        lambda: move_on(planned_id=one.pk, **who.who),
        title=_("The homes are decided on") if can_proceed(one.decide) else _("The homes are under way"),
        done=_("The next step is taken."),
    )


@require_http_methods(_METHODS)
def taken_over(request: HttpRequest, planned_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _planned(who, planned_id)
    form = TakeOverForm(request.POST or None, today=who.today, initial={"on": who.today})
    return _of_planned(
        who,
        one,
        form,
        lambda: take_over(planned_id=one.pk, on=form.cleaned_data["on"], **who.who),
        title=_("Take the homes over"),
        done=_("The homes are in the stock. Fill in what is not known of each."),
    )


@require_http_methods(_METHODS)
def dropped(request: HttpRequest, planned_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _planned(who, planned_id)
    form = DropForm(request.POST or None, today=who.today)
    return _of_planned(
        who,
        one,
        form,
        lambda: drop(planned_id=one.pk, because=form.cleaned_data["because"], **who.who),
        title=_("Drop the plan"),
        done=_("The plan is dropped."),
    )


@require_http_methods(_METHODS)
def neighbours(request: HttpRequest, planned_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _planned(who, planned_id)
    form = DialogueForm(request.POST or None, today=who.today, initial={"on": who.today})

    def do() -> None:
        told = {name: form.cleaned_data[name] for name in ("on", "text")}
        talk_with_neighbours(planned_id=one.pk, **who.who, **told)

    return _of_planned(who, one, form, do, title=_("Talk with the neighbours"), done=_("The talk is registered."))


def _of_planned(
    who: Keeper, one: PlannedHome, form: ActForm, act: Callable[[], Any], *, title: str, done: str
) -> HttpResponse:
    """The page of an act on planned homes, which leads back to them."""

    def do() -> str:
        act()
        return _url(one)

    crumbs = [*_crumbs(), Crumb(one.name, _url(one))]
    return who.answer(form, do, title=title, done=done, back=_url(one), crumbs=crumbs)


def _planned(who: Keeper, planned_id: int) -> PlannedHome:
    """:raises Http404: unless the homes are of a municipality where the employee keeps dwellings"""
    own = PlannedHome.objects.filter(municipality__in=who.municipalities).select_related("building", "agreement")
    one: PlannedHome = get_object_or_404(own, pk=planned_id)
    return one


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Planned homes"), reverse("housing:planned_homes"))]


def _url(one: PlannedHome) -> str:
    return reverse("housing:planned_home", args=[one.pk])
