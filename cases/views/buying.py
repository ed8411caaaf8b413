"""A tenant who buys the municipal dwelling they rent."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.buying import buy_rented_home
from cases.forms.agreements import BuyForm
from cases.views.shell import ActPage, answer, opened_with_place
from housing.models import RENTALS
from people.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def buy(request: HttpRequest, key: UUID) -> HttpResponse:
    """:raises Http404: unless the household rents one of the municipality's dwellings tonight"""
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    tonight = one.situation.tonight
    if tonight is None or tonight.dwelling is None or tonight.kind not in RENTALS:
        raise Http404
    form = BuyForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        dwelling=tonight.dwelling,
        initial={"on": one.today},
    )
    page = ActPage(
        title=_("Buy the home they rent"),
        submit=_("Register the sale"),
        done=_("The home is the household's own, and out of the stock."),
        lead=_("%(dwelling)s leaves the stock, and the household lives in a home of its own from the same day.")
        % {"dwelling": tonight.dwelling},
    )

    def do() -> None:
        told = form.cleaned_data
        buy_rented_home(
            household_id=one.household.pk,
            on=told["on"],
            proceeds=told["proceeds"],
            replaced_by_id=told["replaced_by"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)
