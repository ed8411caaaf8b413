"""What every page of a provider begins with: who asks, which providers are theirs, and the form of one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from housing.models import Provider
from people.access import units_with
from people.act_forms import ActForm, perform
from people.components import Crumb, Tab
from people.models import Employee
from people.roles import Permission


def act_page(
    request: HttpRequest, form: ActForm, do: Callable[[], str], at: datetime, *, title: str, back: str, **more: Any
) -> HttpResponse:
    """Show the act's form, or carry it out and go where `do` says. `more` is what the page shows besides."""
    if request.method == "POST" and form.is_valid() and (answer := perform(request, form, do, at=at)):
        return answer
    context: dict[str, Any] = {"form": form, "title": title, "back": back, "crumbs": crumbs(), **more}
    return render(request, "housing/providers/form.html", context)


def signed_in(request: HttpRequest) -> Employee:
    assert isinstance(request.user, Employee)
    return request.user


def own_municipalities(request: HttpRequest, at: datetime) -> list[str]:
    """Where the employee keeps providers."""
    units = units_with(signed_in(request), Permission.MANAGE_PROVIDERS, at=at)
    return sorted(set(units.values_list("municipality", flat=True)))


def provider_for(request: HttpRequest, provider_id: int, at: datetime) -> Provider:
    """:raises Http404: unless the provider is of a municipality where the employee keeps providers"""
    found: Provider = get_object_or_404(Provider, pk=provider_id, municipality__in=own_municipalities(request, at))
    return found


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Providers"), reverse("housing:providers")), *more]


def of_provider(one: Provider) -> list[Crumb]:
    """The way back to the provider from what is kept of it."""
    return crumbs(Crumb(one.name, url_of(one)))


def url_of(one: Provider, name: str = "provider", *args: int) -> str:
    return reverse(f"housing:{name}", args=[one.pk, *args])


def tabs_of(one: Provider, current: str) -> list[Tab]:
    """The provider's pages: its rooms, the quality of the place, and what it charges."""
    names = (("provider", _("Rooms")), ("provider_quality", _("Quality")), ("provider_invoices", _("Invoices")))
    return [Tab(label=label, url=url_of(one, name), is_current=name == current) for name, label in names]
