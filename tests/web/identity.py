"""A provider of identity that answers what a test wants it to, also what no honest one would."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse

from people.identity_providers import IdentityProvider

CLIENT, SECRET = "varig", "a secret between the two of them"
SUBJECT = "3f0c-kari"


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """A key of that name, the same through the run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(name: str, **more: Any) -> dict[str, Any]:
    key = jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key(name).public_key(), as_dict=True)
    return {**key, "kid": name, "alg": "RS256", "use": "sig", **more}


def signed(claims: dict[str, Any], *, key: str = "one", algorithm: str = "RS256", kid: str | None = "one") -> str:
    return jwt.encode(claims, rsa_key(key), algorithm=algorithm, headers={"kid": kid} if kid else {})


@dataclass
class Asked:
    """What the browser was sent to the provider with."""

    address: str
    params: dict[str, str]


@dataclass
class LocalProvider:
    """Serves a document, keys and tokens on this machine. `sign` makes the token; a test sets it."""

    issuer: str
    now: Callable[[], datetime]
    asked: Asked = field(default_factory=lambda: Asked("", {}))
    document: dict[str, Any] = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public("one")])
    sign: Callable[[dict[str, Any]], str | None] = signed
    claims: dict[str, Any] = field(default_factory=dict)
    token_status: int = 200
    #: what the token address was asked with
    exchanged: dict[str, str] = field(default_factory=dict)

    def config(self) -> dict[str, Any]:
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        document = {"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in paths.items()}}
        return {**document, "token_endpoint_auth_methods_supported": ["client_secret_post"], **self.document}

    def honest_claims(self) -> dict[str, Any]:
        """What an honest provider says to what it was asked."""
        now = int(self.now().timestamp())
        times = {"iat": now, "exp": now + 300, "auth_time": now}
        nonce = self.asked.params.get("nonce", "")
        return {"iss": self.issuer, "sub": SUBJECT, "aud": CLIENT, "amr": ["pwd", "mfa"], "nonce": nonce, **times}

    def tokens(self) -> dict[str, Any]:
        wanted = {**self.honest_claims(), **self.claims}
        id_token = self.sign({name: value for name, value in wanted.items() if value is not None})
        return {"access_token": "not used", "token_type": "Bearer", **({"id_token": id_token} if id_token else {})}

    def challenge_is_met(self) -> bool:
        digest = hashlib.sha256(self.exchanged.get("code_verifier", "").encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.asked.params["code_challenge"]


@contextmanager
def serving(now: Callable[[], datetime]) -> Iterator[LocalProvider]:
    """The provider on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_keys = urlsplit(self.path).path.endswith("/keys")
            self._answer(200, {"keys": provider.keys} if is_keys else provider.config())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.exchanged = dict(parse_qsl(body))
            self._answer(provider.token_status, provider.tokens() if provider.token_status == 200 else {"error": "no"})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = LocalProvider(f"http://127.0.0.1:{server.server_address[1]}", now)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield provider
        server.shutdown()
        thread.join()


def told_of(provider: LocalProvider, **changes: Any) -> IdentityProvider:
    """What our settings say of it."""
    plain = IdentityProvider(
        id="entra",
        name="Entra ID",
        issuer=provider.issuer,
        client_id=CLIENT,
        client_secret=SECRET,
        second_factor=("amr", frozenset({"mfa"})),
    )
    return replace(plain, **changes)


def go(client: Client, provider: LocalProvider, url: str = "", **data: str) -> Any:
    """Press the button that leads to the provider, and remember what it is asked."""
    page = client.post(url or reverse("people:sign_in_by", args=["entra"]), data, HTTP_ACCEPT_LANGUAGE="en")
    if refresh := page.headers.get("Refresh"):
        address = refresh.removeprefix("0; url=")
        params = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        provider.asked = Asked(address.partition("?")[0], params)
    return page


def come_back(client: Client, provider: LocalProvider, **changes: str | None) -> Any:
    """The provider sends the browser back."""
    query = {"state": provider.asked.params["state"], "code": "once", **changes}
    return client.get(
        reverse("people:sign_in_answer", args=["entra"]),
        {name: value for name, value in query.items() if value is not None},
        HTTP_ACCEPT_LANGUAGE="en",
    )
