"""A household that may be evicted: what we know, what is done, how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.eviction_work import note_eviction_contact, take_measure, tell_result
from cases.actions.evictions import (
    avert_eviction,
    carry_out_eviction,
    change_eviction,
    register_eviction,
    withdraw_eviction,
)
from cases.actions.residences import HOMES
from cases.forms.evictions import (
    AvertForm,
    CarryOutForm,
    ContactForm,
    EvictionForm,
    MeasureForm,
    ResultForm,
    WithdrawForm,
)
from cases.models import EvictionCase, EvictionMeasure
from cases.questions.evictions import evictions_of, lacks_of
from cases.views.shell import ActPage, Opened, answer, opened, opened_to_move
from housing.models import ResidenceKind
from people.act_forms import ActForm
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def evictions(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every eviction of the household, the open one first."""
    one = opened(request, key)
    found = evictions_of(one.household)
    context = one.context(
        evictions=found,
        has_open=any(each.is_open for each in found),
        may_act=one.may_change and one.situation.is_open,
        back=one.url("household"),
    )
    return render(request, "cases/evictions/evictions.html", context)


@require_safe
def eviction(request: HttpRequest, key: UUID, eviction_id: int) -> HttpResponse:
    one = opened(request, key)
    found = get_object_or_404(evictions_query(one), pk=eviction_id)
    context = one.context(
        eviction=found,
        lacks=lacks_of(found, on=one.today),
        contacts=found.contacts.select_related("by").order_by("-on", "-pk"),
        measures=found.measures.select_related("by").order_by("-starts_on", "-pk"),
        may_act=one.may_change and one.situation.is_open,
        back=one.url("evictions"),
    )
    return render(request, "cases/evictions/eviction.html", context)


@require_http_methods(_METHODS)
def register(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Register an eviction"),
        submit=_("Register"),
        done=_("It is registered, and the home is at risk from that day. Reach them now."),
        lead=_("From anybody who tells of it. The enforcement officer's notice may never come."),
    )
    form = EvictionForm(request.POST or None, **_common(one), initial={"learnt_on": one.today})

    def do() -> None:
        register_eviction(household_id=one.household.pk, told=form.told(), **_by(one, form))

    return answer(request, one, form, page, do, back=one.url("evictions"), then=one.url("evictions"))


@require_http_methods(_METHODS)
def change(request: HttpRequest, key: UUID, eviction_id: int) -> HttpResponse:
    one, found = _opened(request, key, eviction_id)
    page = ActPage(title=_("Tell more of the eviction"), submit=_("Save"), done=_("It is saved."))
    names = [name for name in EvictionForm.base_fields if hasattr(found, name)]
    form = EvictionForm(request.POST or None, **_common(one), initial={name: getattr(found, name) for name in names})

    def do() -> None:
        change_eviction(eviction_id=found.pk, told=form.told(), **_by(one, form))

    return _answer(request, one, found, form, page, do)


@require_http_methods(_METHODS)
def contact(request: HttpRequest, key: UUID, eviction_id: int) -> HttpResponse:
    one, found = _opened(request, key, eviction_id)
    page = ActPage(
        title=_("Note a try to reach them"),
        submit=_("Save"),
        done=_("The try is noted."),
        lead=_("Note those that nobody answered too."),
    )
    form = ContactForm(request.POST or None, **_common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        note_eviction_contact(
            eviction_id=found.pk,
            on=told["on"],
            way=told["way"],
            reached=told["reached"] == "yes",
            note=told["note"],
            **_by(one, form),
        )

    return _answer(request, one, found, form, page, do)


@require_http_methods(_METHODS)
def measure(request: HttpRequest, key: UUID, eviction_id: int) -> HttpResponse:
    one, found = _opened(request, key, eviction_id)
    page = ActPage(title=_("Do something against it"), submit=_("Save"), done=_("It is written down."))
    form = MeasureForm(request.POST or None, **_common(one), initial={"starts_on": one.today})

    def do() -> None:
        take_measure(eviction_id=found.pk, measure=form.measure(), **_by(one, form))

    return _answer(request, one, found, form, page, do)


@require_http_methods(_METHODS)
def result(request: HttpRequest, key: UUID, eviction_measure_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = get_object_or_404(
        EvictionMeasure.objects.select_related("eviction"), pk=eviction_measure_id, eviction__household=one.household
    )
    page = ActPage(title=_("What came of it"), submit=_("Save"), done=_("It is saved."), lead=found.get_kind_display())
    form = ResultForm(request.POST or None, **_common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        tell_result(measure_id=found.pk, result=told["result"], on=told["on"], **_by(one, form))

    return _answer(request, one, found.eviction, form, page, do)


@require_http_methods(_METHODS)
def avert(request: HttpRequest, key: UUID, eviction_id: int) -> HttpResponse:
    one, found = _opened(request, key, eviction_id)
    page = ActPage(
        title=_("The eviction is averted"),
        submit=_("Averted: they stay"),
        done=_("Averted. The home is no longer at risk."),
        lead=_("It ends for good: a new petition is registered as a new one."),
    )
    form = AvertForm(request.POST or None, **_common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        avert_eviction(eviction_id=found.pk, on=told["on"], note=told["note"], **_by(one, form))

    return _answer(request, one, found, form, page, do)


@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, key: UUID, eviction_id: int) -> HttpResponse:
    one, found = _opened(request, key, eviction_id)
    page = ActPage(
        title=_("The eviction is withdrawn"),
        submit=_("Withdrawn"),
        done=_("Withdrawn. The home is no longer at risk."),
        lead=_("Whoever asked for it took it back, or they had moved out before. It is not counted as averted."),
    )
    form = WithdrawForm(request.POST or None, **_common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        withdraw_eviction(eviction_id=found.pk, on=told["on"], note=told["note"], **_by(one, form))

    return _answer(request, one, found, form, page, do)


@require_http_methods(_METHODS)
def carry_out(request: HttpRequest, key: UUID, eviction_id: int) -> HttpResponse:
    one = opened_to_move(request, key)
    found = get_object_or_404(evictions_query(one), pk=eviction_id)
    page = ActPage(
        title=_("The eviction is carried out"),
        submit=_("Carried out"),
        done=_("Carried out. If they lack a roof tonight, place them now."),
        lead=_("They left the home that day. Say where they are now: nobody is left without an answer."),
        is_danger=True,
    )
    here = one.situation.tonight
    form = CarryOutForm(
        request.POST or None,
        **_common(one),
        lives_at_home=here is not None and here.kind in HOMES,
        initial={"on": one.today},
    )

    def do() -> None:
        told = form.cleaned_data
        carry_out_eviction(
            eviction_id=found.pk,
            on=told["on"],
            to=ResidenceKind(told["to"]) if told.get("to") else None,
            note=told["note"],
            **_by(one, form),
        )

    return _answer(request, one, found, form, page, do, then=one.url("household"))


def evictions_query(one: Opened) -> Any:
    return EvictionCase.objects.filter(household=one.household)


def _opened(request: HttpRequest, key: UUID, eviction_id: int) -> tuple[Opened, EvictionCase]:
    """The household to be changed, and one of its evictions, ended or not: the act says what cannot be."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found: EvictionCase = get_object_or_404(evictions_query(one), pk=eviction_id)
    return one, found


def _answer(
    request: HttpRequest,
    one: Opened,
    found: EvictionCase,
    form: ActForm,
    page: ActPage,
    do: Callable[[], None],
    *,
    then: str = "",
) -> HttpResponse:
    back = one.url("eviction", found.pk)
    return answer(request, one, form, page, do, back=back, then=then or back)


def _common(one: Opened) -> dict[str, Any]:
    return {"today": one.today, "version": one.household.version}


def _by(one: Opened, form: ActForm) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "by": one.employee, "at": one.at}
