"""What somebody has typed on the way to an act, kept in the session so that nothing is lost and no address tells it."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

_KEY = "drafts"
_NOT_KEPT = ("csrfmiddlewaretoken", "form_key", "version")


def keep(request: HttpRequest, name: str, data: QueryDict) -> None:
    """Keep a form as it was sent."""
    kept_data = data.copy()
    for field in _NOT_KEPT:
        kept_data.pop(field, None)
    request.session[_KEY] = {**request.session.get(_KEY, {}), name: kept_data.urlencode()}


def kept(request: HttpRequest, name: str) -> QueryDict | None:
    """The form as it was last sent; None when it never was."""
    written = request.session.get(_KEY, {}).get(name)
    return QueryDict(written, mutable=True) if written is not None else None


def forget(request: HttpRequest, *names: str) -> None:
    """Let drafts go, once the act is done."""
    request.session[_KEY] = {name: data for name, data in request.session.get(_KEY, {}).items() if name not in names}
