"""Offers of a dwelling: the household's, what is answered, and the unit's list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.offers import (
    accept_offer,
    answer_by,
    decline_offer,
    make_offer,
    withdraw_offer,
)
from cases.forms.offers import AcceptForm, DeclineForm, OfferForm, WithdrawForm
from cases.models import Offer
from cases.questions.offers import Which, dwellings_to_offer, in_words, offers_of, offers_to
from cases.views.shell import ActPage, Opened, answer, opened, opened_with_place, signed_in
from cases.views.units import chosen_unit, counters_of
from people.act_forms import ActForm
from people.masking import SHIELDED_PLACE
from people.parts import part_of
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def unit_offers(request: HttpRequest) -> HttpResponse:
    """Those of a unit: what waits for an answer, what ran out, what was accepted, what ended in twelve months."""
    at = timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    rows = offers_of(chosen.unit, signed_in(request), at=at)
    only = request.GET.get("only")
    which = Which(only) if only in list(Which) else Which.UNANSWERED
    labels = {
        Which.UNANSWERED: _("Wait for an answer"),
        Which.LATE: _("Ran out unanswered"),
        Which.ACCEPTED: _("Accepted, wait for the lease"),
        Which.ENDED: _("Ended in the last twelve months"),
    }
    counters = counters_of(chosen, rows, labels, shown=which, late=Which.LATE)
    shown = [row for row in rows if which in row.kinds]
    page = part_of(shown, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {"chosen": chosen, "counters": counters, "page": page, "label": labels[which], "today": localdate(at)}
    return render(request, "cases/offers/unit.html", context)


@require_safe
def household_offers(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every offer to the household, and where its case stands before the housing meeting."""
    one = opened(request, key)
    items = one.household.agenda_items.select_related("meeting__unit").order_by("-put_at", "-pk")
    application = one.household.applications.open().order_by("-pk").first()
    rows = offers_to(one.household, today=one.today)
    return render(
        request,
        "cases/offers/household.html",
        one.context(rows=rows, items=items, application=application, back=one.url("household")),
    )


@require_http_methods(_METHODS)
def make(request: HttpRequest, key: UUID) -> HttpResponse:
    """Offer a dwelling; with `?dwelling=` that one is chosen already."""
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    asked = request.GET.get("dwelling", "")
    form = OfferForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        dwellings=dwellings_to_offer(one.household.municipality_id, on=one.today),
        initial={
            "dwelling": asked if asked.isascii() and asked.isdigit() else "",
            "moves_in_from": one.today,
            "expires_on": answer_by(one.household, on=one.today),
        },
    )
    page = ActPage(
        title=_("Offer a dwelling"),
        submit=_("Offer the dwelling"),
        done=_("The dwelling is offered."),
        lead=_("The household gets a letter, and the responsible caseworker a task to get the answer."),
    )

    def do() -> None:
        version = form.cleaned_data["version"]
        make_offer(household_id=one.household.pk, new=form.new(), version=version, by=one.employee, at=one.at)

    back = one.url("household_offers")
    return answer(request, one, form, page, do, back=back, then=back)


@require_safe
def offer(request: HttpRequest, key: UUID, offer_id: int) -> HttpResponse:
    """What is offered and what came of it, with the ways to answer."""
    one = opened(request, key)
    found = _of(one, offer_id)
    tells_place = one.household.sight.whereabouts
    context = one.context(
        offer=found,
        dwelling=in_words(found.dwelling) if tells_place else SHIELDED_PLACE,
        tells_place=tells_place,
        is_late=found.status == "sent" and found.expires_on < one.today,
        back=one.url("household_offers"),
    )
    return render(request, "cases/offers/offer.html", context)


@require_http_methods(_METHODS)
def accept(request: HttpRequest, key: UUID, offer_id: int) -> HttpResponse:
    page = ActPage(
        title=_("The household says yes"),
        submit=_("Save the yes"),
        done=_("The offer is accepted, and the dwelling is held."),
        lead=_("The dwelling is held for the household until the lease is signed."),
    )
    return _answered(request, key, offer_id, AcceptForm, page, accept_offer)


@require_http_methods(_METHODS)
def decline(request: HttpRequest, key: UUID, offer_id: int) -> HttpResponse:
    page = ActPage(
        title=_("The household says no"),
        submit=_("Save the no"),
        done=_("The offer is declined."),
        lead=_("What it means for the application follows from the municipality's rules."),
    )
    return _answered(request, key, offer_id, DeclineForm, page, decline_offer)


@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, key: UUID, offer_id: int) -> HttpResponse:
    page = ActPage(
        title=_("Withdraw the offer"),
        submit=_("Withdraw the offer"),
        done=_("The offer is withdrawn."),
        is_danger=True,
    )
    return _answered(request, key, offer_id, WithdrawForm, page, withdraw_offer)


def _answered(
    request: HttpRequest,
    key: UUID,
    offer_id: int,
    form_class: type[ActForm],
    page: ActPage,
    act: Callable[..., Any],
) -> HttpResponse:
    """A form on one offer, whose fields beside version and key are the act's own."""
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _of(one, offer_id)
    form = form_class(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        act(offer_id=found.pk, by=one.employee, at=one.at, **told)

    back = one.url("offer", found.pk)
    return answer(request, one, form, page, do, back=back, then=back)


def _of(one: Opened, offer_id: int) -> Offer:
    rows = one.household.offers.select_related("dwelling", "unit", "letter", "offered_by", "answered_by")
    found: Offer = get_object_or_404(rows, pk=offer_id)
    return found
