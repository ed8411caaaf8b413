"""Providers of temporary accommodation and night shelter, their rooms, and tonight's occupancy."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from housing.actions.providers import add_provider, agree_on_quality, change_provider, save_room
from housing.forms.providers import AgreementForm, NightForm, ProviderForm, RoomForm
from housing.models import Room
from housing.occupancy import NIGHTS_SHOWN, nights_of, providers_tonight, rooms_on, told_to
from housing.views.shell import (
    act_page,
    crumbs,
    of_provider,
    own_municipalities,
    provider_for,
    signed_in,
    tabs_of,
    url_of,
)
from people.models import Municipality


@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    municipalities = own_municipalities(request, at)
    found = list(providers_tonight(municipalities, localdate(at)))
    return render(request, "housing/providers/list.html", {"providers": found, "today": localdate(at)})


@require_safe
def provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one, today = provider_for(request, provider_id, at), localdate(at)
    form = NightForm(request.GET or None, today=today)
    night = form.chosen() or today
    context = {
        "provider": one,
        "rooms": rooms_on([one], night, told_to(signed_in(request), at=at)),
        "form": form,
        "night": night,
        "is_tonight": night == today,
        "tabs": tabs_of(one, "provider"),
        "crumbs": crumbs(),
    }
    return render(request, "housing/providers/provider.html", context)


@require_safe
def nights(request: HttpRequest) -> HttpResponse:
    """How many rooms of each provider were or are free, night by night."""
    at = timezone.now()
    form = NightForm(request.GET or None, today=localdate(at))
    first = form.chosen() or localdate(at)
    found = nights_of(own_municipalities(request, at), first)
    week = timedelta(days=NIGHTS_SHOWN)
    context = {
        "form": form,
        "nights": [first + timedelta(days=n) for n in range(NIGHTS_SHOWN)],
        "rows": found,
        "before": first - week,
        "after": first + week,
        "crumbs": crumbs(),
    }
    return render(request, "housing/providers/nights.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    municipality = Municipality.objects.filter(pk__in=own_municipalities(request, at)).first()
    form = ProviderForm(request.POST or None, today=localdate(at))

    def do() -> str:
        assert municipality is not None
        made = add_provider(municipality=municipality, by=signed_in(request), at=at, **form.facts())
        return reverse("housing:provider", args=[made.pk])

    if municipality is None:
        raise Http404
    return act_page(request, form, do, at, title=_("Add a provider"), back=reverse("housing:providers"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    form = ProviderForm(request.POST or None, today=localdate(at), provider=one)

    def do() -> str:
        change_provider(provider_id=one.pk, by=signed_in(request), at=at, **form.facts())
        return url_of(one)

    return act_page(request, form, do, at, title=_("Change the provider"), back=url_of(one))


@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, provider_id: int, room_id: int | None = None) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    known = get_object_or_404(Room, pk=room_id, provider=one) if room_id else None
    tonight = rooms_on([one], localdate(at), told_to(signed_in(request), at=at)) if known else []
    is_withheld = any(line.room == known and line.is_not_available for line in tonight)
    form = RoomForm(request.POST or None, today=localdate(at), room=known, is_withheld=is_withheld)

    def do() -> str:
        save_room(provider_id=one.pk, room_id=room_id, by=signed_in(request), at=at, **form.facts())
        return url_of(one)

    return act_page(request, form, do, at, title=_("Change the room") if known else _("Add a room"), back=url_of(one))


@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    form = AgreementForm(request.POST or None, today=localdate(at))

    def do() -> str:
        period = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        agree_on_quality(provider_id=one.pk, by=signed_in(request), at=at, **period)
        return url_of(one, "provider_quality")

    title, back = _("Register a quality agreement"), url_of(one, "provider_quality")
    return act_page(request, form, do, at, title=title, back=back, crumbs=of_provider(one))
