"""While a lease runs: notice to quit, rent, deposit and guarantee, and help to rent on the private market."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.lease_changes import earliest_end, give_notice, set_rent, withdraw_notice
from cases.actions.private_help import note_help
from cases.actions.securities import DECIDED_AS, give_security, settle_security
from cases.forms.cases import NothingForm
from cases.forms.leases import HelpForm, NoticeForm, RentForm, SecurityForm, SettleForm
from cases.models import Decision, Security
from cases.questions.securities import months_allowed, most_of
from cases.views.leases import opened_lease
from cases.views.shell import ActPage, Opened, answer, opened, opened_to_move
from cases.wording import day_in_words
from people.act_forms import ActForm
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def notice(request: HttpRequest, key: UUID, lease_id: int) -> HttpResponse:
    one, residence = opened_lease(request, key, lease_id)
    earliest = earliest_end(residence, getattr(residence, "tenancy", None), given_on=one.today)
    page = ActPage(
        title=_("Notice to quit"),
        submit=_("Save the notice"),
        done=_("The notice is saved. Nobody has moved by it."),
        lead=_("Notice that is given today runs out on %(day)s.") % {"day": day_in_words(earliest)},
    )
    form = NoticeForm(request.POST or None, **_common(one), initial={"given_on": one.today})

    def do() -> None:
        give_notice(residence_id=residence.pk, notice=form.notice(), **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def take_back_notice(request: HttpRequest, key: UUID, lease_id: int) -> HttpResponse:
    one, residence = opened_lease(request, key, lease_id)
    page = ActPage(
        title=_("Take back the notice"),
        submit=_("Take back the notice"),
        done=_("The notice is taken back, and the lease goes on."),
    )
    form = NothingForm(request.POST or None, **_common(one))

    def do() -> None:
        withdraw_notice(residence_id=residence.pk, **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def rent(request: HttpRequest, key: UUID, lease_id: int) -> HttpResponse:
    one, residence = opened_lease(request, key, lease_id)
    page = ActPage(
        title=_("Change the rent"),
        submit=_("Save the rent"),
        done=_("The rent is saved."),
        lead=_("By the consumer price index the rent can change a year after it was fixed last, and no more than it."),
    )
    form = RentForm(request.POST or None, **_common(one), initial={"starts_on": one.today})

    def do() -> None:
        set_rent(residence_id=residence.pk, rent=form.rent(), **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def security(request: HttpRequest, key: UUID, lease_id: int) -> HttpResponse:
    one, residence = opened_lease(request, key, lease_id)
    papers = getattr(residence, "tenancy", None)
    most = most_of(residence, papers, on=one.today) if papers else None
    lead = _("Deposit and guarantee are together at most %(months)s months' rent.")
    if most is not None:
        lead = _("Deposit and guarantee are together at most %(months)s months' rent: %(most)s kroner.")
    page = ActPage(
        title=_("Give a deposit or guarantee"),
        submit=_("Save"),
        done=_("The deposit or guarantee is saved."),
        lead=lead % {"months": months_allowed(residence, on=one.today), "most": most},
    )
    decisions = Decision.objects.granting().filter(household=one.household, kind__in=DECIDED_AS.values())
    form = SecurityForm(
        request.POST or None, **_common(one), decisions=decisions.order_by("-pk"), initial={"given_on": one.today}
    )

    def do() -> None:
        give_security(residence_id=residence.pk, given=form.given(), **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def settle(request: HttpRequest, key: UUID, security_id: int) -> HttpResponse:
    one = opened_to_move(request, key)
    found = get_object_or_404(Security, pk=security_id, household=one.household)
    page = ActPage(
        title=_("Settle the deposit or guarantee"),
        submit=_("Save"),
        done=_("It is saved."),
        lead=_("%(kind)s of %(amount)s kroner, given %(day)s.")
        % {"kind": found.get_kind_display(), "amount": found.amount, "day": day_in_words(found.given_on)},
    )
    told = {"drawn": found.drawn, "drawn_because": found.drawn_because, "released_on": one.today}
    form = SettleForm(request.POST or None, **_common(one), initial=told)

    def do() -> None:
        said = {name: form.cleaned_data[name] for name in ("drawn", "drawn_because", "released_on")}
        settle_security(security_id=found.pk, **said, **_by(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def help_noted(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Help to rent privately"),
        submit=_("Save"),
        done=_("The help is noted."),
        lead=_("One time each: it is counted."),
    )
    form = HelpForm(request.POST or None, **_common(one), household=one.household, initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        note_help(
            household_id=one.household.pk,
            kind=told["kind"],
            on=told["on"],
            landlord_id=told.get("landlord"),
            note=told["note"],
            **_by(one, form),
        )

    return _answer(request, one, form, page, do)


def _answer(request: HttpRequest, one: Opened, form: ActForm, page: ActPage, do: Any) -> HttpResponse:
    return answer(request, one, form, page, do, back=one.url("leases"), then=one.url("leases"))


def _common(one: Opened) -> dict[str, Any]:
    return {"today": one.today, "version": one.household.version}


def _by(one: Opened, form: ActForm) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "by": one.employee, "at": one.at}
