"""What answers for a household that is not open to whoever asks, or whose address is masked."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from cases.views.shielded import shielded_address
from people.access import NotOpened
from people.masking import WhereaboutsShielded
from people.sessions import page_of


class ShieldedAddress:
    """Answers with who may do it instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return shielded_address(request, exception.household) if isinstance(exception, WhereaboutsShielded) else None


class OpenWithReason:
    """Whoever sees no more than a household's header is led from its other pages to where one says why and opens it.

    The page that was asked for goes along, and is where opening leads.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotOpened):
            return None
        page = reverse("cases:open", args=[exception.household.key])
        address = f"{page}?{urlencode({'next': page_of(request)})}"
        is_fragment = request.headers.get("HX-Request") == "true"
        return HttpResponseClientRedirect(address) if is_fragment else HttpResponseRedirect(address)
