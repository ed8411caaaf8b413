"""How long a sign-in lasts, and how lately its owner must have proved who they are.

A session remembers when it began, when its owner last proved who they are, and by which provider; none means a local
password. What asks for a fresh proof, such as an export of many, a change of roles or the emergency door, says so in
one of two ways:

    @fresh_sign_in                      # the whole view: the page with the form, and the act it posts to
    @require_http_methods(["GET", "POST"])
    def give_role(request): ...

    require_fresh(request, at=at)       # inside a view, when what was asked for decides

Both lead whoever proved it too long ago to a page that asks again and then goes on to where they were going. A post is
not sent again by itself: it comes back to the page it was sent from. So guard that page too, and what is typed there
has ten minutes. A test signs in with `tests.web.sign_ins.sign_in(client, employee)`, which counts as a fresh proof.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

P = ParamSpec("P")

_BEGAN, _PROVED, _PROVIDER, _WAY_OUT = "varig_began", "varig_proved", "varig_provider", "varig_way_out"


class ProofNeeded(Exception):
    """The last proof of identity is too old for what was asked. `people.middleware.SessionLimits` answers it."""


def begin(session: SessionBase, *, at: datetime, provider: str = "", way_out: str = "") -> None:
    """Somebody has signed in just now: by this provider, or by a local password. `way_out` ends the provider's own."""
    session[_BEGAN] = session[_PROVED] = at.timestamp()
    session[_PROVIDER], session[_WAY_OUT] = provider, way_out


def prove(session: SessionBase, *, at: datetime) -> None:
    """The same person has proved again who they are. The session lasts no longer for it, and gets a new id."""
    session.cycle_key()
    session[_PROVED] = at.timestamp()


def provider_of(session: SessionBase) -> str:
    """The id of the provider that vouches for the session; empty for a local password."""
    return str(session.get(_PROVIDER, ""))


def way_out_of(session: SessionBase) -> str:
    """The address where the browser ends the session at the provider; empty when there is none."""
    return str(session.get(_WAY_OUT, ""))


def is_over(session: SessionBase, *, at: datetime) -> bool:
    """Whether the session has lasted as long as one may, however busy. One that does not say begins to count now."""
    began = session.setdefault(_BEGAN, at.timestamp())
    return at - datetime.fromtimestamp(began, UTC) >= settings.VARIG_LONGEST_SESSION


def is_fresh(session: SessionBase, *, at: datetime) -> bool:
    """Whether its owner proved who they are so lately that the gravest acts are open."""
    proved = session.get(_PROVED)
    return proved is not None and at - datetime.fromtimestamp(proved, UTC) < settings.VARIG_PROOF_LASTS


def require_fresh(request: HttpRequest, *, at: datetime) -> None:
    """:raises ProofNeeded: unless the proof is fresh; it becomes the page that asks again"""
    if not is_fresh(request.session, at=at):
        raise ProofNeeded


def fresh_sign_in(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """The view, open to those whose proof of identity is fresh; others are asked for one first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if is_fresh(request.session, at=timezone.now()):  # noqa: TID251 - it is the view's edge
            return view(request, *args, **kwargs)
        return ask_again(request)

    return guarded


def ask_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks for a new proof, which leads back to the page this request was made from."""
    address = f"{reverse('people:sign_in_again')}?{urlencode({'next': page_of(request)})}"
    return HttpResponseClientRedirect(address) if _by_script(request) else HttpResponseRedirect(address)


def page_of(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or the one that a post or a fragment was asked for from."""
    if request.method in {"GET", "HEAD"} and not _by_script(request):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return came_from._replace(scheme="", netloc="", fragment="").geturl() or "/"


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
