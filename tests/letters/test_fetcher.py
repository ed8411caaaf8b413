"""Whatever a letter's texts say, the printer asks no server: one stands here and counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from cases.letters import Letter, Letterhead, Official, pdf_of
from tests.letters.contents import decision_letter, requisition

PAYLOADS = [
    '<img src="{server}/x.png">',
    '<img src="{server}/redirect">',
    '<object data="{server}/x.svg"></object><embed src="{server}/y">',
    '<link rel="stylesheet" href="{server}/x.css"><link rel="attachment" href="{server}/z">',
    "<style>@import '{server}/x.css'; @font-face {{ font-family: Inter; src: url({server}/f) }}</style>",
    '<p style="background: url({server}/x.png); list-style-image: url({server}/redirect)">x</p>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cimage href=%22{server}/x%22/%3E">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{server}/x.png"/><use href="{server}/y#a"/></svg>',
    "</title></style></p>{server}/x <meta http-equiv=refresh content='0;url={server}/x'><base href='{server}/'>",
]


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Its address, and the paths that it was asked for."""
    asked: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302 if self.path == "/redirect" else 200)
            self.send_header("Location", "/redirected")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}", asked
        listening.shutdown()


#: what a letter does not say, but is chosen by
CODES = {"language", "kind", "move", "result", "acts_as"}


def saying(letter: Letter, text: str) -> Letter:
    """The same letter with this in every text of its own, and of those who sign it."""
    changed: dict[str, Any] = {}
    for field in fields(letter):
        value = getattr(letter, field.name)
        if field.name in CODES:
            continue
        if isinstance(value, str):
            changed[field.name] = text
        elif isinstance(value, Letterhead | Official):
            inner_texts: Any = {inner.name: text for inner in fields(value) if inner.type == "str"}
            changed[field.name] = replace(value, **inner_texts)
    return replace(letter, **changed)


@pytest.mark.parametrize("make", [decision_letter, requisition])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_letter_makes_the_printer_ask_a_server(
    server: tuple[str, list[str]], make: Any, payload: str
) -> None:
    address, asked = server

    printed = pdf_of(saying(make(), payload.format(server=address)))

    assert printed.startswith(b"%PDF")
    assert asked == []


def test_the_server_would_have_counted(server: tuple[str, list[str]]) -> None:
    address, asked = server
    asking = HTTPConnection(urlsplit(address).netloc)
    asking.request("GET", "/redirect")

    assert asking.getresponse().status == 302
    assert asked == ["/redirect"]
    asking.close()
