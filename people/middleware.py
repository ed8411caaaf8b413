"""Around every request: what a browser may do with the answer, how long a sign-in lasts, what was read.

And who is behind a change, told to the history of every row that the request writes.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pghistory
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people import readings, shown
from people.models import Employee
from people.sessions import ProofNeeded, ask_again, is_over

#: where a request carries its id, in `request.META`
REQUEST_ID = "varig.request_id"


class HistoryContext:
    """Names the user and the request in every history row; answers with the request's id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid4().hex
        request.META[REQUEST_ID] = request_id
        with pghistory.context(user=request.user.pk, request=request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


#: What a page of ours may ask a browser for: to copy a text, and nothing else.
_PERMISSIONS = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(),"
    " clipboard-write=(self), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(),"
    " idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(),"
    " publickey-credentials-get=(),"
    " screen-wake-lock=(), serial=(), usb=(), window-management=(), xr-spatial-tracking=()"
)


class BrowserLimits:
    """Tells the browser, with every answer, what else it must not do: embed it elsewhere, store it, ask for the camera.

    The outermost: an error that another layer answers with goes through here too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = _PERMISSIONS
        # what a page tells of people stays on no disk of a shared computer
        response.setdefault("Cache-Control", "no-store")
        return response


class SessionLimits:
    """Signs out whoever has been signed in as long as one may; asks again for who one is where the proof is too old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and is_over(request.session, at=timezone.now()):
            logout(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return ask_again(request) if isinstance(exception, ProofNeeded) else None


class ReadLog:
    """Writes which households a request showed or refused, before it answers. What cannot be written is not shown.

    A household is shown by the door that opened it, or by a link to one of its pages; a page that shows one without
    either says so (`people.readings.note_shown`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with readings.gathering() as noted:
            response = self.get_response(request)
        if isinstance(request.user, Employee):
            is_page = not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
            shown.write(
                noted,
                shown.linked(response.content) if is_page else set(),
                by=request.user,
                at=timezone.now(),
                route=request.resolver_match.view_name if request.resolver_match else "",
                request=request.META[REQUEST_ID],
            )
        return response
