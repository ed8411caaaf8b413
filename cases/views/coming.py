"""A household's planned arrivals, and its settling as refugees: how they stand, and everything done with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.settlements import change_settlement, register_settlement
from cases.actions.transitions import (
    came_home,
    change_transition,
    drop_transition,
    lose_place,
    plan_transition,
    prepare_home,
)
from cases.forms.coming import BecauseForm, DayForm, HomeForm, PlanForm, SettlementForm
from cases.models import RefugeeSettlement, Transition, TransitionKind
from cases.questions.coming import arrivals_to, settlings_of
from cases.questions.offers import dwellings_to_offer
from cases.views.shell import ActPage, Opened, answer, opened, opened_with_place
from cases.wording import day_in_words
from people.act_forms import ActForm
from people.models import Member
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def transitions(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who comes when, from where, and to which home; then the settling as refugees."""
    one = opened(request, key)
    context = one.context(
        arrivals=arrivals_to(one.household, on=one.today),
        settlings=settlings_of(one.household, on=one.today),
        kinds=TransitionKind.choices,
        may_act=one.may_change and one.situation.is_open,
        sees_place=one.household.sight.whereabouts,
        back=one.url("household"),
    )
    return render(request, "cases/coming/household.html", context)


@require_http_methods(_METHODS)
def plan(request: HttpRequest, key: UUID, arrival_kind: str) -> HttpResponse:
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    if arrival_kind not in TransitionKind.values:
        raise Http404
    kind = TransitionKind(arrival_kind)
    form = _plan_form(request, one, kind, is_new=True)
    page = ActPage(
        title=str(kind.label),
        submit=_("Save the plan"),
        done=_("It is planned. Now find the home that waits."),
        lead=_("Where they live now gets this day as its planned end."),
    )

    def do() -> None:
        plan_transition(household_id=one.household.pk, plan=form.plan(), **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def change(request: HttpRequest, key: UUID, transition_id: int) -> HttpResponse:
    one, found = _opened(request, key, transition_id)
    kept = {name: getattr(found, name) for name in _KEPT}
    told = {**kept, "returned_to_abuser": {True: "yes", False: "no", None: ""}[found.returned_to_abuser]}
    form = _plan_form(request, one, TransitionKind(found.kind), is_new=False, initial=told)
    page = ActPage(title=found.get_kind_display(), submit=_("Save"), done=_("It is saved."))

    def do() -> None:
        change_transition(transition_id=found.pk, plan=form.plan(**kept), **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def home(request: HttpRequest, key: UUID, transition_id: int) -> HttpResponse:
    one, found = _opened(request, key, transition_id)
    dwellings = dwellings_to_offer(one.household.municipality_id, on=found.expected_on)
    form = HomeForm(request.POST or None, **_common(one), dwellings=dwellings)
    page = ActPage(
        title=_("A home that waits"),
        submit=_("Save the home"),
        done=_("A home waits for them."),
        lead=_("To be ready on %(day)s.") % {"day": day_in_words(found.expected_on)},
    )

    def do() -> None:
        told = {name: form.cleaned_data[name] for name in ("home", "note")}
        prepare_home(transition_id=found.pk, dwelling_id=form.cleaned_data["dwelling"], **told, **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def no_home(request: HttpRequest, key: UUID, transition_id: int) -> HttpResponse:
    page = ActPage(
        title=_("The home no longer waits"),
        submit=_("Save"),
        done=_("No home waits for them now."),
        lead=_("What was held for them is free again."),
        is_danger=True,
    )
    return _because(request, key, transition_id, page, lose_place)


@require_http_methods(_METHODS)
def drop(request: HttpRequest, key: UUID, transition_id: int) -> HttpResponse:
    page = ActPage(
        title=_("They do not come"),
        submit=_("Save"),
        done=_("It fell away."),
        lead=_("What was held for them is free again."),
        is_danger=True,
    )
    return _because(request, key, transition_id, page, drop_transition)


@require_http_methods(_METHODS)
def come_home(request: HttpRequest, key: UUID, transition_id: int) -> HttpResponse:
    one, found = _opened(request, key, transition_id)
    form = DayForm(request.POST or None, **_common(one), initial={"on": one.today})
    page = ActPage(title=_("They are home"), submit=_("Save"), done=_("They are home."))

    def do() -> None:
        came_home(transition_id=found.pk, on=form.cleaned_data["on"], **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def settlement(request: HttpRequest, key: UUID, settlement_id: int | None = None) -> HttpResponse:
    """Register the settling of refugees, or tell more of it."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = get_object_or_404(RefugeeSettlement, pk=settlement_id, household=one.household) if settlement_id else None
    told = {name: getattr(found, name) for name in SettlementForm.base_fields if hasattr(found, name)}
    form = SettlementForm(request.POST or None, **_common(one), initial=told)
    page = ActPage(title=_("Settling of refugees"), submit=_("Save"), done=_("It is saved."))

    def do() -> None:
        if found is None:
            register_settlement(household_id=one.household.pk, told=form.settlement(), **_by(one, form))
        else:
            change_settlement(settlement_id=found.pk, told=form.settlement(), **_by(one, form))

    return _answer(request, one, form, page, do)


#: What a change keeps where its form does not ask.
_KEPT = (
    "expected_on",
    "origin",
    "coordinator",
    "pathway",
    "ready_on",
    "notice_on",
    "is_conditional",
    "refund_applied_on",
    "refund",
    "refund_paid_on",
    "returned_to_abuser",
)


def _opened(request: HttpRequest, key: UUID, transition_id: int) -> tuple[Opened, Transition]:
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    return one, get_object_or_404(Transition, pk=transition_id, household=one.household)


def _because(
    request: HttpRequest, key: UUID, transition_id: int, page: ActPage, act: Callable[..., Transition]
) -> HttpResponse:
    one, found = _opened(request, key, transition_id)
    form = BecauseForm(request.POST or None, **_common(one))

    def do() -> None:
        act(transition_id=found.pk, because=form.cleaned_data["because"], **_by(one, form))

    return _answer(request, one, form, page, do)


def _plan_form(request: HttpRequest, one: Opened, kind: TransitionKind, *, is_new: bool, **more: Any) -> PlanForm:
    members = Member.objects.on(one.today).filter(household=one.household).select_related("person")
    return PlanForm(
        request.POST or None,
        **_common(one),
        kind=kind,
        members=[(member.person_id, str(member.person.name)) for member in members.order_by("pk")],
        sees_special=one.household.sight.special,
        is_new=is_new,
        **more,
    )


def _answer(request: HttpRequest, one: Opened, form: ActForm, page: ActPage, do: Callable[[], Any]) -> HttpResponse:
    return answer(request, one, form, page, do, back=one.url("transitions"), then=one.url("transitions"))


def _common(one: Opened) -> dict[str, Any]:
    return {"today": one.today, "version": one.household.version}


def _by(one: Opened, form: ActForm) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "by": one.employee, "at": one.at}
