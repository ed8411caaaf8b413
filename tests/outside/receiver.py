"""Those outside as a real server that misbehaves when it is told to: SvarUt and the archive's gateway in one.

`told` is a list of ways to misbehave, each for the next request of its kind ("reserve", "send", "status", "deposit",
"receipt"): down, slow, half, nonsense, wrong, refused, lost (taken, never answered), and hang (taken, then silence
until the asker is gone). What was really taken stands in `letters` and `copies`, one entry for each time.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, cast
from uuid import uuid4

#: how long those who ask wait in tests, in seconds
PATIENCE = 0.3
_API = "/tjenester/api/forsendelse/v1"
_ROUTES = (
    ("reserve", "POST", re.compile(rf"{_API}/startNyForsendelse$")),
    ("send", "POST", re.compile(rf"{_API}/([\w-]+)/sendForsendelse$")),
    ("status", "GET", re.compile(rf"{_API}/([\w-]+)/status$")),
    ("deposit", "PUT", re.compile(r"/messages/([\w-]+)$")),
    ("receipt", "GET", re.compile(r"/messages/([\w-]+)$")),
)


class Receiver(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: dict[str, list[str]] = defaultdict(list)
        self.letters: list[tuple[str, dict[str, Any], bytes]] = []
        self.copies: list[tuple[str, bytes, bytes]] = []
        self.asked: list[str] = []
        self.status = "VARSLET"
        self.message = "kvittering"
        self.number = ""
        self.lock = Lock()
        self.hanging = Event()
        self.let_go = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def outside(self, *doors: str) -> dict[str, dict[str, Any]]:
        """What VARIG_OUTSIDE says of it."""
        adapters = {"post": "svarut", "archive": "fiks_arkiv"}
        chosen = doors or ("post", "archive")
        return {door: {"adapter": adapters[door], "url": self.url, "timeout": PATIENCE} for door in chosen}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone: so it is meant."""


class _Handler(BaseHTTPRequestHandler):
    @property
    def receiver(self) -> Receiver:
        return cast(Receiver, self.server)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- as the library calls it
        """Quiet."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        for kind, method, pattern in _ROUTES:
            if method == self.command and (found := pattern.fullmatch(self.path)):
                return self._as_told(kind, [*found.groups(), ""][0], body)
        self.send_error(404)

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 -- the server's own names

    def _as_told(self, kind: str, about: str, body: bytes) -> None:
        with self.receiver.lock:
            self.receiver.asked.append(kind)
            how = self.receiver.told[kind].pop(0) if self.receiver.told[kind] else ""
        if how == "down":
            return self._say({"error": "down"}, status=503)
        if how == "refused":
            return self._say({"error": "no"}, status=400)
        if how == "slow":
            Event().wait(PATIENCE * 3)
        answer = getattr(self, f"_{kind}")(about, body)
        if how == "hang":
            self.receiver.hanging.set()
            self.receiver.let_go.wait(30)
        if how in ("lost", "hang"):
            self.close_connection = True
            return None
        self._say(self._twisted(kind, answer, how), cut=how == "half", raw=b"<html>" if how == "nonsense" else None)
        return None

    def _twisted(self, kind: str, answer: dict[str, Any] | None, how: str) -> dict[str, Any] | None:
        if how != "wrong" or answer is None:
            return answer
        name = {"send": "id", "status": "forsendelsesId", "deposit": "klientMeldingId", "receipt": "klientMeldingId"}
        return {**answer, name.get(kind, "id"): str(uuid4()) if kind != "reserve" else ""}

    def _reserve(self, _about: str, _body: bytes) -> dict[str, Any]:
        return {"id": self.receiver.number or str(uuid4())}

    def _send(self, number: str, body: bytes) -> dict[str, Any]:
        parts = _parts(self.headers["Content-Type"], body)
        with self.receiver.lock:
            self.receiver.letters.append((number, json.loads(parts["forsendelse"]), parts["filer"]))
        return {"id": number}

    def _status(self, number: str, _body: bytes) -> dict[str, Any] | None:
        known = any(taken == number for taken, *_ in self.receiver.letters)
        return {"forsendelsesId": number, "status": self.receiver.status} if known else None

    def _deposit(self, key: str, body: bytes) -> dict[str, Any]:
        parts = _parts(self.headers["Content-Type"], body)
        with self.receiver.lock:
            self.receiver.copies.append((key, parts["arkivmelding"], parts["fil"]))
        return {"klientMeldingId": key}

    def _receipt(self, key: str, _body: bytes) -> dict[str, Any] | None:
        if not any(taken == key for taken, *_ in self.receiver.copies):
            return None
        numbers = {"saksmappe": "2026/17", "journalpost": "2026/17-1"} if self.receiver.message == "kvittering" else {}
        return {"klientMeldingId": key, "meldingstype": self.receiver.message, **numbers}

    def _say(
        self, answer: dict[str, Any] | None, *, status: int = 200, cut: bool = False, raw: bytes | None = None
    ) -> None:
        if answer is None:
            return self.send_error(404)
        body = raw or json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = True
        return None


def _parts(content_type: str, body: bytes) -> dict[str, bytes]:
    message = BytesParser(policy=policy.HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    return {
        str(part.get_param("name", header="content-disposition")): cast(bytes, part.get_payload(decode=True))
        for part in cast(Any, message).iter_parts()
    }


@contextmanager
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.let_go.set()
            server.shutdown()
            thread.join()
