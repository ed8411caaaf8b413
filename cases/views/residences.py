"""Leaving to a home or elsewhere, losing a home, and putting right where a household lived."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.corrections import correct_residence, remove_residence
from cases.actions.residences import leave as go
from cases.actions.residences import lose_home as lose
from cases.actions.residences import settle as move_home
from cases.forms.residences import KINDS_OF, CorrectForm, KindForm, LeaveForm, LoseHomeForm, ReasonForm
from cases.models import LostHomeReason
from cases.questions.places import place_in_words
from cases.views.shell import ActPage, Opened, answer, opened_to_move, opened_with_place
from housing.models import Residence, ResidenceKind
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    page = ActPage(
        title=_("Leave to another place"), submit=_("Save the move"), done=_("The move is saved."), can_undo=True
    )
    return _go(request, key, "leave", page)


@require_http_methods(_METHODS)
def settle(request: HttpRequest, key: UUID) -> HttpResponse:
    page = ActPage(
        title=_("Settle in a home"),
        submit=_("Settle the household"),
        done=_("The household has a home."),
        can_undo=True,
    )
    return _go(request, key, "settle", page)


@require_http_methods(_METHODS)
def lose_home(request: HttpRequest, key: UUID) -> HttpResponse:
    page = ActPage(
        title=_("Lose the home"), submit=_("Save the lost home"), done=_("The lost home is saved."), can_undo=True
    )
    return _go(request, key, "lose_home", page)


def _go(request: HttpRequest, key: UUID, name: str, page: ActPage) -> HttpResponse:
    one = opened_to_move(request, key)
    kind = _kind(request, name)
    if kind is None:
        return _choose_kind(request, one, name, page)
    form_class = LoseHomeForm if name == "lose_home" else LeaveForm
    form = form_class(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        kind=kind,
        household=one.household,
        initial={"on": one.today},
    )

    def do() -> None:
        told = form.cleaned_data
        common: dict[str, Any] = {
            "household_id": one.household.pk,
            "on": told["on"],
            "to": form.destination(),
            "reason": told["reason"],
            "version": told["version"],
            "by": one.employee,
            "at": one.at,
        }
        if name == "lose_home":
            lose(**common, lost_home_reason=LostHomeReason(told["lost_home_reason"]))
        else:
            (move_home if name == "settle" else go)(**common)

    return answer(request, one, form, page, do, back=one.url(name), kind=kind.label, kind_url=one.url(name))


@require_http_methods(_METHODS)
def correct(request: HttpRequest, key: UUID, residence_id: int) -> HttpResponse:
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    residence = _residence(one, residence_id)
    page = ActPage(
        title=_("Correct where they lived"),
        submit=_("Save the correction"),
        done=_("The correction is saved."),
        lead=place_in_words(residence, one.household.sight),
        template="cases/correct.html",
    )
    if "choose" in request.GET:
        return _choose_kind(request, one, "correct", page, back=one.url("correct_residence", residence.pk))
    kind = _kind(request, "correct") or ResidenceKind(residence.kind)
    form = CorrectForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        kind=kind,
        household=one.household,
        initial=_as_it_is(residence),
    )

    def do() -> None:
        correct_residence(
            residence_id=residence.pk,
            corrected=form.corrected(),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(
        request,
        one,
        form,
        page,
        do,
        back=one.url("lived"),
        then=one.url("lived"),
        kind=kind.label,
        kind_url=f"{one.url('correct_residence', residence.pk)}?choose",
        remove_url=one.url("remove_residence", residence.pk),
    )


@require_http_methods(_METHODS)
def remove(request: HttpRequest, key: UUID, residence_id: int) -> HttpResponse:
    one = opened_to_move(request, key)
    residence = _residence(one, residence_id)
    page = ActPage(
        title=_("Remove a place that never was"),
        submit=_("Remove the place"),
        done=_("The place is removed."),
        lead=place_in_words(residence, one.household.sight),
        is_danger=True,
    )
    form = ReasonForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        remove_residence(
            residence_id=residence.pk, reason=told["reason"], version=told["version"], by=one.employee, at=one.at
        )

    return answer(request, one, form, page, do, back=one.url("lived"), then=one.url("lived"))


def _kind(request: HttpRequest, name: str) -> ResidenceKind | None:
    wanted = request.GET.get("kind", "")
    return ResidenceKind(wanted) if wanted in KINDS_OF[name] else None


def _choose_kind(request: HttpRequest, one: Opened, name: str, page: ActPage, back: str = "") -> HttpResponse:
    form = KindForm(request.GET if "kind" in request.GET else None, kinds=KINDS_OF[name])
    back = back or one.url("household")
    return render(request, "cases/choose_kind.html", one.context(form=form, page=page, back=back))


def _residence(one: Opened, residence_id: int) -> Residence:
    if not one.situation.is_open:
        raise Http404
    rows = one.household.residences.select_related("provider", "room", "dwelling")
    found: Residence = get_object_or_404(rows, pk=residence_id)
    return found


def _as_it_is(residence: Residence) -> dict[str, Any]:
    waits = {True: "yes", False: "no"}
    names = ("starts_on", "ends_on", "planned_end", "lease", "lease_ends_on", "lease_reason")
    return {
        **{name: getattr(residence, name) for name in names},
        "provider": residence.provider_id,
        "room": residence.room_id,
        "dwelling": residence.dwelling_id,
        "home_waits": waits.get(residence.home_waits) if residence.home_waits is not None else "",
    }
