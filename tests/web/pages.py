"""Reading pages and sending forms as a browser does: with the hidden fields that the page came with."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def text_of(response: Any) -> str:
    """The page's words, tags removed."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def send(client: Client, url: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
    """Open the page, fill in `data` and press its button."""
    page = client.get(url, **extra)
    assert page.status_code == 200, page.status_code
    hidden = {name: unescape(value) for name, value in _HIDDEN.findall(page.content.decode())}
    hidden.pop("csrfmiddlewaretoken", None)
    return client.post(url, {**hidden, **(data or {})})


def followed(client: Client, response: Any) -> Any:
    """The page that an act led to."""
    assert response.status_code == 302, text_of(response)
    return client.get(response.headers["Location"])
