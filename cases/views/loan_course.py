"""A loan or grant from its commitment on, and the unit's list of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.loan_course import (
    BoughtHome,
    lapse_loan,
    lose_bids,
    lose_purchase,
    pay_out,
    prolong_commitment,
    register_purchase,
    start_bidding,
)
from cases.actions.residences import HOMES
from cases.forms.cases import NothingForm
from cases.forms.loans import BidForm, LapseForm, PayForm, ProlongForm, PurchaseForm
from cases.questions.unit_loans import SHOWN, unit_loans
from cases.views.loans import METHODS, by, common, name, on_the_loan, opened_loan
from cases.views.shell import ActPage, Opened, signed_in
from cases.views.units import chosen_unit
from housing.models import RENTALS
from people.access import has_permission
from people.components import Tab
from people.masking import require_moves
from people.roles import Permission


@require_http_methods(METHODS)
def bid(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    page = ActPage(title=_("Bids on homes"), submit=_("Save"), done=_("They bid on homes."), lead=name(found))
    form = BidForm(request.POST or None, **common(one), initial={"on": one.today})

    def do() -> None:
        start_bidding(loan_id=found.pk, on=form.cleaned_data["on"], **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_http_methods(METHODS)
def end_bidding(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    page = ActPage(
        title=_("No home came of the bids"),
        submit=_("Save"),
        done=_("The commitment stands as before."),
        lead=_("The commitment stands, until its last day."),
    )
    form = NothingForm(request.POST or None, **common(one))

    def do() -> None:
        lose_bids(loan_id=found.pk, **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_http_methods(METHODS)
def purchase(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    page = ActPage(
        title=_("Home bought"),
        submit=_("Save"),
        done=_("The purchase is saved. Nobody has moved by it."),
        lead=_("When the bid was accepted. They move when the loan is paid out."),
    )
    form = PurchaseForm(request.POST or None, **common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        register_purchase(loan_id=found.pk, on=told["on"], price=told["price"], **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_http_methods(METHODS)
def end_purchase(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    page = ActPage(
        title=_("The purchase came to nothing"),
        submit=_("Save"),
        done=_("The commitment stands as before."),
        lead=_("The commitment stands, until its last day."),
    )
    form = NothingForm(request.POST or None, **common(one))

    def do() -> None:
        lose_purchase(loan_id=found.pk, **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_http_methods(METHODS)
def pay(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    if found.is_purchase:
        require_moves(one.household)
    page = ActPage(
        title=_("Pay out"),
        submit=_("Save the payment"),
        done=_("It is paid out."),
        lead=_("From that day they live in the home they bought.") if found.is_purchase else name(found),
    )
    here = one.situation.tonight
    form = PayForm(
        request.POST or None,
        **common(one),
        is_purchase=found.is_purchase,
        has_home=here is not None and here.kind in HOMES,
        may_sell=_may_sell(one),
        initial={"on": one.today, "amount": found.amount, "home": BoughtHome.MOVES},
    )

    def do() -> None:
        pay_out(loan_id=found.pk, told=form.told(), **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_http_methods(METHODS)
def prolong(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    page = ActPage(
        title=_("Prolong the commitment"), submit=_("Prolong"), done=_("The commitment is prolonged."), lead=name(found)
    )
    form = ProlongForm(request.POST or None, **common(one))

    def do() -> None:
        prolong_commitment(loan_id=found.pk, until=form.cleaned_data["until"], **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_http_methods(METHODS)
def lapse(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    page = ActPage(
        title=_("Let it lapse"),
        submit=_("Let it lapse"),
        done=_("It has lapsed."),
        lead=_("It came to nothing without being refused. A refusal is a decision."),
        is_danger=True,
    )
    form = LapseForm(request.POST or None, **common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        lapse_loan(loan_id=found.pk, on=told["on"], because=told["because"], **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """The loans and grants of the unit's households."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "open"
    more = f"&unit={chosen.unit.ref}" if chosen.form else ""
    address = reverse("cases:unit_loans")
    context = {
        "chosen": chosen,
        "today": localdate(at),
        "title": SHOWN[shown],
        "tabs": [
            Tab(label=str(label), url=f"{address}?show={code}{more}", is_current=code == shown)
            for code, label in SHOWN.items()
        ],
        "loans": unit_loans(chosen.unit, employee, shown=shown, at=at),
    }
    return render(request, "cases/loans/unit.html", context)


def _may_sell(one: Opened) -> bool:
    """Whether they rent one of the municipality's dwellings, and the employee may see to its sale."""
    here = one.situation.tonight
    rents_ours = here is not None and here.kind in RENTALS and here.dwelling_id is not None
    return (
        rents_ours
        and one.household.sight.whereabouts
        and has_permission(one.employee, Permission.MANAGE_DWELLINGS, at=one.at)
    )
