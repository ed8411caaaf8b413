"""Landlords on the private market, and the person to talk to there."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from housing.actions.landlords import add_landlord, change_landlord
from housing.forms.landlords import LandlordForm
from housing.landlords import landlords_in, tenancies_told
from housing.models import Landlord
from housing.views.shell import act_page, own_municipalities, signed_in
from people.components import Crumb
from people.models import Municipality


@require_safe
def landlords(request: HttpRequest) -> HttpResponse:
    """:raises PermissionDenied: for who keeps them nowhere"""
    at = timezone.now()
    municipalities = own_municipalities(request, at)
    if not municipalities:
        raise PermissionDenied
    lines = landlords_in(municipalities, signed_in(request), at=at)
    return render(request, "housing/landlords/list.html", {"lines": lines, "today": localdate(at)})


@require_safe
def landlord(request: HttpRequest, landlord_id: int) -> HttpResponse:
    at = timezone.now()
    one = _landlord(request, landlord_id, at)
    context = {
        "landlord": one,
        "tenancies": tenancies_told([one], signed_in(request), at=at),
        "agreements": one.agreements.order_by("-starts_on"),
        "today": localdate(at),
        "crumbs": _crumbs(),
    }
    return render(request, "housing/landlords/landlord.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    municipality = Municipality.objects.filter(pk__in=own_municipalities(request, at)).first()
    form = LandlordForm(request.POST or None, today=localdate(at))

    def do() -> str:
        assert municipality is not None
        made = add_landlord(municipality=municipality, by=signed_in(request), at=at, **form.facts())
        return reverse("housing:landlord", args=[made.pk])

    if municipality is None:
        raise Http404
    back = reverse("housing:landlords")
    return act_page(request, form, do, at, title=_("Add a landlord"), back=back, crumbs=_crumbs())


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, landlord_id: int) -> HttpResponse:
    at = timezone.now()
    one = _landlord(request, landlord_id, at)
    form = LandlordForm(request.POST or None, today=localdate(at), landlord=one)
    back = reverse("housing:landlord", args=[one.pk])

    def do() -> str:
        change_landlord(landlord_id=one.pk, by=signed_in(request), at=at, **form.facts())
        return back

    return act_page(request, form, do, at, title=_("Change the landlord"), back=back, crumbs=_crumbs())


def _landlord(request: HttpRequest, landlord_id: int, at: datetime) -> Landlord:
    """:raises Http404: unless the landlord is of a municipality where the employee keeps landlords"""
    found: Landlord = get_object_or_404(Landlord, pk=landlord_id, municipality__in=own_municipalities(request, at))
    return found


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Landlords"), reverse("housing:landlords"))]
