"""Providers of temporary accommodation and night shelter, their rooms, and tonight's occupancy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from housing.actions.providers import add_provider, agree_on_quality, change_provider, save_room
from housing.forms.providers import AgreementForm, ProviderForm, RoomForm
from housing.models import Provider, Room
from housing.occupancy import providers_tonight, rooms_tonight
from people.access import units_with
from people.act_forms import ActForm, perform
from people.components import Crumb
from people.models import Employee, Municipality
from people.roles import Permission


@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    municipalities = _own_municipalities(request, at)
    found = list(providers_tonight(municipalities, localdate(at)))
    return render(request, "housing/providers/list.html", {"providers": found, "today": localdate(at)})


@require_safe
def provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one = _provider(request, provider_id, at)
    context = {
        "provider": one,
        "rooms": rooms_tonight(one, _employee(request), at=at),
        "agreements": one.quality_agreements.order_by("-starts_on"),
        "today": localdate(at),
        "crumbs": _crumbs(),
    }
    return render(request, "housing/providers/provider.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    municipality = Municipality.objects.filter(pk__in=_own_municipalities(request, at)).first()
    form = ProviderForm(request.POST or None, today=localdate(at))

    def do() -> str:
        assert municipality is not None
        made = add_provider(municipality=municipality, by=_employee(request), at=at, **form.facts())
        return reverse("housing:provider", args=[made.pk])

    if municipality is None:
        raise Http404
    return _act_page(request, form, do, at, title=_("Add a provider"), back=reverse("housing:providers"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one = _provider(request, provider_id, at)
    form = ProviderForm(request.POST or None, today=localdate(at), provider=one)

    def do() -> str:
        change_provider(provider_id=one.pk, by=_employee(request), at=at, **form.facts())
        return _url(one)

    return _act_page(request, form, do, at, title=_("Change the provider"), back=_url(one))


@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, provider_id: int, room_id: int | None = None) -> HttpResponse:
    at = timezone.now()
    one = _provider(request, provider_id, at)
    known = get_object_or_404(Room, pk=room_id, provider=one) if room_id else None
    tonight = rooms_tonight(one, _employee(request), at=at) if known else []
    is_withheld = any(line.room == known and line.is_not_available for line in tonight)
    form = RoomForm(request.POST or None, today=localdate(at), room=known, is_withheld=is_withheld)

    def do() -> str:
        save_room(provider_id=one.pk, room_id=room_id, by=_employee(request), at=at, **form.facts())
        return _url(one)

    return _act_page(request, form, do, at, title=_("Change the room") if known else _("Add a room"), back=_url(one))


@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one = _provider(request, provider_id, at)
    form = AgreementForm(request.POST or None, today=localdate(at))

    def do() -> str:
        period = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        agree_on_quality(provider_id=one.pk, by=_employee(request), at=at, **period)
        return _url(one)

    return _act_page(request, form, do, at, title=_("Register a quality agreement"), back=_url(one))


def _act_page(
    request: HttpRequest, form: ActForm, do: Callable[[], str], at: datetime, *, title: str, back: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (answer := perform(request, form, do, at=at)):
        return answer
    context: dict[str, Any] = {"form": form, "title": title, "back": back, "crumbs": _crumbs()}
    return render(request, "housing/providers/form.html", context)


def _employee(request: HttpRequest) -> Employee:
    assert isinstance(request.user, Employee)
    return request.user


def _own_municipalities(request: HttpRequest, at: datetime) -> list[str]:
    units = units_with(_employee(request), Permission.MANAGE_PROVIDERS, at=at)
    return sorted(set(units.values_list("municipality", flat=True)))


def _provider(request: HttpRequest, provider_id: int, at: datetime) -> Provider:
    """:raises Http404: unless the provider is of a municipality where the employee keeps providers"""
    found: Provider = get_object_or_404(Provider, pk=provider_id, municipality__in=_own_municipalities(request, at))
    return found


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Providers"), reverse("housing:providers"))]


def _url(one: Provider) -> str:
    return reverse("housing:provider", args=[one.pk])
