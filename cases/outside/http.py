"""Asking over HTTP with limits: of time, of size, and of what counts as an answer."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any

import requests

from cases.outside.doors import Garbled, Refused, Unreachable

#: no receipt is longer, in bytes
LONGEST = 64 * 1024
#: the other side is busy or broken, not of another opinion
_NOT_NOW = {408, 409, 425, 429}


class Http:
    """One receiver's address and how long it is waited for, in seconds: to connect, and between bytes."""

    def __init__(self, url: str, *, user: str = "", password: str = "", timeout: float = 30) -> None:
        self._url = url.rstrip("/")
        self._auth = (user, password) if user else None
        self._timeout = timeout

    def ask(self, method: str, path: str, **more: Any) -> dict[str, Any] | None:
        """The JSON object that was answered; None for 404.

        :raises Unreachable: when there was no whole answer
        :raises Garbled: when it was no JSON object
        :raises Refused: for any other no
        """
        try:
            with requests.request(
                method,
                f"{self._url}/{path}",
                auth=self._auth,
                timeout=(min(self._timeout, 10), self._timeout),
                allow_redirects=False,
                stream=True,
                **more,
            ) as answer:
                body = self._whole(answer)
                return _read(answer.status_code, body, answer.headers.get("Content-Length"))
        except (requests.RequestException, OSError) as error:
            # without the cause: it may repeat the address, and with it what was asked
            raise Unreachable(type(error).__name__) from None

    def _whole(self, answer: requests.Response) -> bytes:
        """The body, if it comes in time: one that comes drop by drop is none."""
        until, body = monotonic() + self._timeout, b""
        for piece in answer.iter_content(LONGEST):
            body += piece
            if len(body) > LONGEST or monotonic() > until:
                raise Unreachable("too long")
        return body


def _read(status: int, body: bytes, length: str | None) -> dict[str, Any] | None:
    if status == 404:
        return None
    if status >= 500 or status in _NOT_NOW:
        raise Unreachable(str(status))
    if not 200 <= status < 300:
        raise Refused(str(status))
    if length is not None and length.isdigit() and len(body) < min(int(length), LONGEST):
        raise Unreachable("cut off")
    try:
        told = json.loads(body)
    except ValueError:
        raise Garbled("no JSON") from None
    if not isinstance(told, dict):
        raise Garbled("no object")
    return told
