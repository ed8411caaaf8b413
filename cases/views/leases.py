"""A household's leases: how they stand, told of in writing, signed, renewed, ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.lease_changes import end_lease
from cases.actions.lease_letters import Told, cooperation_letter, lease_letter, tell_of_lease, write_to_landlord
from cases.actions.leases import renew_lease, sign_lease
from cases.actions.residences import HOMES, Destination
from cases.forms.leases import EndForm, LandlordLetterForm, RenewForm, SignForm, TellForm
from cases.forms.residences import ELSEWHERE, KindForm
from cases.letters import Letter
from cases.questions.leases import leases_of, proposed_terms
from cases.views.letters import looked_at
from cases.views.shell import ActPage, Opened, answer, opened, opened_to_move, opened_with_place
from housing.models import RENTALS, Residence, ResidenceKind
from people.act_forms import ActForm
from people.masking import require_whereabouts
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]
#: Where a household goes when its lease ends without a new one being signed.
_AFTER = [kind for kind in ELSEWHERE if kind not in RENTALS]


@require_safe
def leases(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every lease with what it counts as and why; deposits and guarantees; the help to rent privately."""
    one = opened(request, key)
    found = leases_of(one.household, on=one.today)
    may_act = one.may_change and one.situation.is_open
    context = one.context(
        leases=found,
        help=one.household.private_help.select_related("landlord", "by").order_by("-on", "-pk"),
        may_act=may_act,
        sees_place=one.household.sight.whereabouts,
        back=one.url("household"),
    )
    return render(request, "cases/leases/leases.html", context)


@require_http_methods(_METHODS)
def tell(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Tell in writing about the lease"),
        submit=_("Send the letter"),
        done=_("The letter is on its way. Sign the lease after it."),
        lead=_("The tenant is told before signing what home it is, for how long and why, and what it costs."),
        template="cases/letters/write.html",
    )
    kind = _kind(request)
    if kind is None:
        return _choose_kind(request, one, page)
    form = TellForm(
        request.POST or None, **_common(one), kind=kind, initial=proposed_terms(one.household, on=one.today)
    )

    def told() -> Told:
        names = set(Told.__dataclass_fields__) & set(form.cleaned_data)
        return Told(kind=kind, **{name: form.cleaned_data[name] for name in names})

    def letter() -> Letter:
        return lease_letter(one.household, told(), by=one.employee, at=one.at, is_draft=True)

    def do() -> None:
        tell_of_lease(household_id=one.household.pk, told=told(), **_by(one, form))

    return looked_at(request, one, form, page, letter, do)


@require_http_methods(_METHODS)
def sign(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_to_move(request, key)
    page = ActPage(
        title=_("Sign a lease"),
        submit=_("Sign and move in"),
        done=_("The lease is signed, and the household moves in."),
        lead=_("They leave where they live the same day, and other offers to them are withdrawn."),
    )
    kind = _kind(request)
    if kind is None:
        return _choose_kind(request, one, page)
    here = one.situation.tonight
    form = SignForm(
        request.POST or None,
        **_common(one),
        kind=kind,
        has_home=here is not None and here.kind in HOMES,
        initial={"moves_in_on": one.today, "signed_on": one.today, **proposed_terms(one.household, on=one.today)},
    )

    def do() -> None:
        told = form.cleaned_data
        sign_lease(
            household_id=one.household.pk,
            dwelling_id=told.get("dwelling"),
            moves_in_on=told["moves_in_on"],
            terms=form.terms(),
            **_by(one, form),
        )

    return answer(request, one, form, page, do, back=one.url("leases"), kind=kind.label, kind_url=one.url("sign_lease"))


@require_http_methods(_METHODS)
def renew(request: HttpRequest, key: UUID, lease_id: int) -> HttpResponse:
    one, residence = opened_lease(request, key, lease_id)
    page = ActPage(
        title=_("Renew the lease"),
        submit=_("Renew the lease"),
        done=_("The lease is renewed."),
        lead=_("A new lease of the same home. Deposit and guarantee go on standing for it."),
    )
    form = RenewForm(
        request.POST or None,
        **_common(one),
        kind=ResidenceKind(residence.kind),
        initial=_as_before(residence) | {"starts_on": residence.lease_ends_on or one.today, "signed_on": one.today},
    )

    def do() -> None:
        told = form.cleaned_data
        renew_lease(
            residence_id=residence.pk,
            starts_on=told["starts_on"],
            terms=form.terms(),
            assessment=told["assessment"],
            **_by(one, form),
        )

    return answer(request, one, form, page, do, back=one.url("leases"), then=one.url("leases"))


@require_http_methods(_METHODS)
def end(request: HttpRequest, key: UUID, lease_id: int) -> HttpResponse:
    one, residence = opened_lease(request, key, lease_id)
    page = ActPage(
        title=_("End the lease"),
        submit=_("End the lease"),
        done=_("The lease has ended."),
        lead=_("For another rented home, sign its lease instead: that ends this one the same day."),
        is_danger=True,
    )
    papers = getattr(residence, "tenancy", None)
    noticed = papers.notice_ends_on if papers else None
    form = EndForm(
        request.POST or None, **_common(one, with_household=False), kinds=_AFTER, initial={"on": noticed or one.today}
    )

    def do() -> None:
        told = form.cleaned_data
        end_lease(
            residence_id=residence.pk,
            on=told["on"],
            because=told["because"],
            to=Destination(ResidenceKind(told["to"])),
            **_by(one, form),
        )

    return answer(request, one, form, page, do, back=one.url("leases"))


@require_http_methods(_METHODS)
def write(request: HttpRequest, key: UUID, lease_id: int) -> HttpResponse:
    """The co-operation letter to a private landlord: looked at, or kept to be printed and sent."""
    one, residence = opened_lease(request, key, lease_id)
    require_whereabouts(one.household)
    page = ActPage(
        title=_("Write to the landlord"),
        submit=_("Keep the letter"),
        done=_("The letter is kept. Print it from the household's letters and send it."),
        lead=_("It names whom to call at the office, and what the municipality guarantees. It tells nothing more."),
        template="cases/leases/write.html",
    )
    form = LandlordLetterForm(
        request.POST or None, **_common(one, with_household=False), initial={"consented_on": one.today}
    )

    def letter() -> Letter:
        told = {name: form.cleaned_data[name] for name in ("consented_on", "language")}
        return cooperation_letter(one.household, residence, **told, by=one.employee, at=one.at, is_draft=True)

    def do() -> None:
        told = {name: form.cleaned_data[name] for name in ("consented_on", "language")}
        write_to_landlord(residence_id=residence.pk, **told, **_by(one, form))

    return looked_at(request, one, form, page, letter, do, then=one.url("leases"))


def opened_lease(request: HttpRequest, key: UUID, lease_id: int) -> tuple[Opened, Residence]:
    """The household to be changed, and its rented home.

    :raises Http404: when the home is another's, no rented one, or the case is closed
    """
    one = opened_to_move(request, key)
    if not one.situation.is_open:
        raise Http404
    rented = one.household.residences.filter(kind__in=RENTALS).select_related("dwelling", "tenancy__landlord")
    found: Residence = get_object_or_404(rented, pk=lease_id)
    return one, found


def _as_before(residence: Residence) -> dict[str, Any]:
    papers = getattr(residence, "tenancy", None)
    rent = papers.rents.order_by("-starts_on").first() if papers else None
    return {
        "lease": residence.lease,
        "landlord": papers.landlord_id if papers else None,
        "address": papers.address if papers else "",
        "notice_months": papers.notice_months if papers else None,
        "rent_a_month": rent.rent_a_month if rent else None,
    }


def _kind(request: HttpRequest) -> ResidenceKind | None:
    wanted = request.GET.get("kind", "")
    return ResidenceKind(wanted) if wanted in RENTALS else None


def _choose_kind(request: HttpRequest, one: Opened, page: ActPage) -> HttpResponse:
    form = KindForm(request.GET if "kind" in request.GET else None, kinds=RENTALS)
    return render(request, "cases/choose_kind.html", one.context(form=form, page=page, back=one.url("leases")))


def _common(one: Opened, *, with_household: bool = True) -> dict[str, Any]:
    told: dict[str, Any] = {"today": one.today, "version": one.household.version}
    return told | ({"household": one.household} if with_household else {})


def _by(one: Opened, form: ActForm) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "by": one.employee, "at": one.at}
