"""A household on its way to owning: agreed, saved for, looked at, bought, followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.owning import agree_to_own, become_ready, end_agreement, save_up
from cases.actions.owning_purchase import purchase
from cases.actions.owning_work import look_at_potential, note_owning_contact, note_payment, rescue, take_step
from cases.forms.cases import NothingForm
from cases.forms.owning import (
    AgreeForm,
    EndAgreementForm,
    PaymentForm,
    PotentialForm,
    PurchaseForm,
    RescueForm,
    StepForm,
    TalkForm,
)
from cases.models import ENDS_OF_OWNERS, ENDS_OF_TENANTS, OwningAgreement, OwningEnd
from cases.questions.owning import agreements_of
from cases.views.shell import ActPage, Opened, answer, opened, opened_to_move, opened_with_place
from housing.models import RENTALS
from people.act_forms import ActForm
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def owning(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every agreement with what was saved, how the potential was seen, and what is left to do."""
    one = opened(request, key)
    lines = agreements_of(one.household, on=one.today)
    context = one.context(
        lines=lines,
        is_on_the_way=any(line.agreement.is_before_purchase for line in lines),
        may_act=one.may_change and one.situation.is_open,
        back=one.url("household"),
    )
    return render(request, "cases/owning/owning.html", context)


@require_http_methods(_METHODS)
def agree(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_to_move(request, key)
    rented = list(one.household.residences.on(one.today).filter(kind__in=RENTALS))
    page = ActPage(
        title=_("Agree on the way to owning"),
        submit=_("Save the agreement"),
        done=_("The agreement is saved."),
        lead=_("Whoever rents first signs the lease before. A buyer's option holds to its last day and no longer."),
    )
    initial = {"agreed_on": one.today, "residence": rented[0].pk if rented else None}
    form = AgreeForm(request.POST or None, **_common(one), rented=rented, initial=initial)

    def do() -> None:
        agree_to_own(household_id=one.household.pk, agreed=form.agreed(), **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def payment(request: HttpRequest, key: UUID, owning_id: int) -> HttpResponse:
    one, found = _opened(request, key, owning_id)
    page = ActPage(title=_("Savings or rent of a month"), submit=_("Save"), done=_("It is saved."))
    form = PaymentForm(request.POST or None, **_common(one), initial={"month": one.today})

    def do() -> None:
        told = form.cleaned_data
        names = ("kind", "month", "amount")
        note_payment(agreement_id=found.pk, **{name: told[name] for name in names}, **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def potential(request: HttpRequest, key: UUID, owning_id: int) -> HttpResponse:
    one, found = _opened(request, key, owning_id)
    page = ActPage(
        title=_("Look at their chance to buy"),
        submit=_("Save"),
        done=_("It is saved, with the reasons."),
        lead=_("Once a year, together with them. Every point has a reason."),
    )
    form = PotentialForm(request.POST or None, **_common(one))

    def do() -> None:
        look_at_potential(
            agreement_id=found.pk, points=form.points(), summary=form.cleaned_data["summary"], **_by(one, form)
        )

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def step(request: HttpRequest, key: UUID, owning_id: int) -> HttpResponse:
    one, found = _opened(request, key, owning_id)
    page = ActPage(title=_("A step to the purchase"), submit=_("Taken"), done=_("The step is taken."))
    taken = set(found.steps.values_list("step", flat=True))
    form = StepForm(request.POST or None, **_common(one), taken=taken, initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        take_step(agreement_id=found.pk, step=told["step"], on=told["on"], **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def ready(request: HttpRequest, key: UUID, owning_id: int) -> HttpResponse:
    one, found = _opened(request, key, owning_id)
    page = ActPage(
        title=_("They are ready to buy"),
        submit=_("Ready to buy"),
        done=_("They are ready to buy."),
        lead=_("Their chance to buy was looked at within the last year, and the loan is in place."),
    )
    form = NothingForm(request.POST or None, **_common(one))

    def do() -> None:
        become_ready(agreement_id=found.pk, **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def saving(request: HttpRequest, key: UUID, owning_id: int) -> HttpResponse:
    one, found = _opened(request, key, owning_id)
    page = ActPage(
        title=_("They save to buy"),
        submit=_("They save"),
        done=_("They save to buy."),
        lead=_("Also for those who were ready and turned out not to be."),
    )
    form = NothingForm(request.POST or None, **_common(one))

    def do() -> None:
        save_up(agreement_id=found.pk, **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def buy(request: HttpRequest, key: UUID, owning_id: int) -> HttpResponse:
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _agreement(one, owning_id)
    page = ActPage(
        title=_("They buy"),
        submit=_("Register the purchase"),
        done=_("They own their home, and the tenancy has ended."),
        lead=_("The tenancy ends the day they own. A municipal dwelling they buy leaves the stock."),
    )
    here = one.situation.tonight
    form = PurchaseForm(
        request.POST or None,
        **_common(one),
        municipality_id=one.household.municipality_id,
        is_ours=here is not None and here.dwelling is not None and here.kind in RENTALS,
        initial={"on": one.today, "price": found.option_price},
    )

    def do() -> None:
        purchase(agreement_id=found.pk, bought=form.bought(), **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def rescued(request: HttpRequest, key: UUID, owning_id: int) -> HttpResponse:
    one, found = _opened(request, key, owning_id)
    page = ActPage(
        title=_("When payments fail"),
        submit=_("Save"),
        done=_("It is saved."),
        lead=_("What is done so that they keep the home. A buy-back also ends the agreement: tell that after."),
    )
    form = RescueForm(request.POST or None, **_common(one), initial={"starts_on": one.today})

    def do() -> None:
        told = form.cleaned_data
        names = ("kind", "starts_on", "ends_on", "note")
        rescue(agreement_id=found.pk, **{name: told[name] for name in names}, **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def talk(request: HttpRequest, key: UUID, owning_id: int) -> HttpResponse:
    one, found = _opened(request, key, owning_id)
    page = ActPage(title=_("A talk after the purchase"), submit=_("Save"), done=_("The talk is saved."))
    form = TalkForm(request.POST or None, **_common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        names = ("on", "pays", "note")
        note_owning_contact(agreement_id=found.pk, **{name: told[name] for name in names}, **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def end(request: HttpRequest, key: UUID, owning_id: int) -> HttpResponse:
    one, found = _opened(request, key, owning_id)
    page = ActPage(
        title=_("End the agreement"), submit=_("End the agreement"), done=_("The agreement has ended."), is_danger=True
    )
    ends: list[OwningEnd] = ENDS_OF_OWNERS if found.purchased_on else ENDS_OF_TENANTS
    form = EndAgreementForm(request.POST or None, **_common(one), ends=ends, initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        names = ("on", "because", "note")
        end_agreement(agreement_id=found.pk, **{name: told[name] for name in names}, **_by(one, form))

    return _answer(request, one, form, page, do)


def _opened(request: HttpRequest, key: UUID, owning_id: int) -> tuple[Opened, OwningAgreement]:
    """The household to be changed, and one of its agreements; the act says what cannot be done to it as it stands."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    return one, _agreement(one, owning_id)


def _agreement(one: Opened, agreement_id: int) -> OwningAgreement:
    found: OwningAgreement = get_object_or_404(OwningAgreement, pk=agreement_id, household=one.household)
    return found


def _answer(request: HttpRequest, one: Opened, form: ActForm, page: ActPage, do: Callable[[], None]) -> HttpResponse:
    return answer(request, one, form, page, do, back=one.url("owning"), then=one.url("owning"))


def _common(one: Opened) -> dict[str, Any]:
    return {"today": one.today, "version": one.household.version}


def _by(one: Opened, form: ActForm) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "by": one.employee, "at": one.at}
