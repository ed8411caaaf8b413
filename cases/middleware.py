"""What a household's pages answer when where it is is masked for whoever asks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cases.views.shielded import shielded_address
from people.masking import WhereaboutsShielded


class ShieldedAddress:
    """Answers with who may do it instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return shielded_address(request, exception.household) if isinstance(exception, WhereaboutsShielded) else None
