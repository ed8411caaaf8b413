"""Signing in by OpenID Connect: django-allauth asks the provider, and this holds the answer to all it must satisfy.

allauth keeps the state and the code verifier (PKCE) and fetches the tokens. It sends no nonce, does not look at the
signature of a token that it fetched itself, nor at when it was issued or by what means its owner was known, and takes
the issuer from the provider's own document. All of that is done here; what allauth would do next, accounts and e-mail
addresses and signing up, is never reached (docs/adr/0008).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from secrets import token_urlsafe
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from requests import RequestException

from people.identity_providers import ALGORITHMS, IdentityProvider

#: Seconds that the provider's clock and ours may differ.
LEEWAY = 60
#: Seconds within which a token must have been issued: it is fetched at once.
LONGEST_AGE = 10 * 60
ALWAYS = ("iss", "sub", "aud", "exp", "iat", "nonce")


class Reason(StrEnum):
    """Why nobody was let in."""

    CANCELLED = "cancelled"
    UNTRUSTED = "untrusted"
    UNREACHABLE = "unreachable"
    ONE_FACTOR = "one_factor"
    TOO_MANY_GROUPS = "too_many_groups"
    UNKNOWN = "unknown"
    SOMEBODY_ELSE = "somebody_else"
    NOT_NOW = "not_now"


class Refused(Exception):
    """Nobody is let in. `detail` is for the log: never a claim, only what was wrong with one."""

    def __init__(self, reason: Reason, detail: str = "", *, subject: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason, self.subject = reason, subject


def verified(
    id_token: str, *, provider: IdentityProvider, keys: list[Mapping[str, Any]], nonce: str, at: datetime
) -> dict[str, Any]:
    """The claims of a token that the provider signed, for us, just now, in answer to this nonce.

    :raises Refused: for anything else, and when it does not say that two factors were used
    """
    try:
        claims = _signed(id_token, provider, keys)
    except jwt.PyJWTError as error:
        raise Refused(Reason.UNTRUSTED, type(error).__name__) from error
    _in_time(claims, at)
    if claims["nonce"] != nonce:
        raise Refused(Reason.UNTRUSTED, "another nonce")
    if claims.get("azp", provider.client_id) != provider.client_id or (
        isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims
    ):
        raise Refused(Reason.UNTRUSTED, "made for another")
    if not provider.has_two_factors(claims):
        raise Refused(Reason.ONE_FACTOR)
    if provider.roles and _leaves_out_groups(claims, provider.groups):
        raise Refused(Reason.TOO_MANY_GROUPS)
    return claims


def _signed(id_token: str, provider: IdentityProvider, keys: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The claims under a signature by the key that the token names, of the kind that the key is for."""
    header = jwt.get_unverified_header(id_token)
    if header.get("alg") not in ALGORITHMS:
        raise jwt.InvalidAlgorithmError
    named = [key for key in keys if key.get("kid") and key.get("kid") == header.get("kid")]
    if len(named) != 1:
        raise jwt.InvalidKeyError
    claims: dict[str, Any] = jwt.decode(
        id_token,
        key=jwt.PyJWK(dict(named[0]), algorithm=header["alg"]),
        algorithms=[header["alg"]],
        issuer=provider.issuer,
        audience=provider.client_id,
        # the moments are held to the clock of the request, below
        options={"require": list(ALWAYS), "verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise jwt.InvalidTokenError
    return claims


def _in_time(claims: Mapping[str, Any], at: datetime) -> None:
    now = at.timestamp()
    moments = [claims[name] for name in ("exp", "iat", "nbf", "auth_time") if name in claims]
    if any(isinstance(moment, bool) or not isinstance(moment, int | float) for moment in moments):
        raise Refused(Reason.UNTRUSTED, "a moment that is no number")
    if claims["exp"] <= now - LEEWAY:
        raise Refused(Reason.UNTRUSTED, "expired")
    if max(claims["iat"], claims.get("nbf", 0)) > now + LEEWAY:
        raise Refused(Reason.UNTRUSTED, "not valid yet")
    if claims["iat"] < now - LONGEST_AGE:
        raise Refused(Reason.UNTRUSTED, "issued long ago")


def _leaves_out_groups(claims: Mapping[str, Any], groups: str) -> bool:
    """Whether the provider only tells where to ask for the groups: Entra ID does, when there are too many."""
    elsewhere = claims.get("_claim_names")
    return bool(claims.get("hasgroups")) or (isinstance(elsewhere, dict) and groups in elsewhere)


@dataclass(frozen=True)
class Answer:
    """What a provider says of somebody, and what it was asked for: where they go next, whether it was a new proof."""

    provider: IdentityProvider
    claims: Mapping[str, Any]
    next: str
    is_proof: bool
    #: where the browser may end the provider's own session; empty when it has no such address
    way_out: str


def ask(request: HttpRequest, provider_id: str, *, next_page: str, is_proof: bool, at: datetime) -> str:
    """The address at the provider where whoever asks signs in; `is_proof` has them do it anew, signed in there or not.

    :raises Http404: when there is no such provider
    :raises Refused: when it does not answer, or its document cannot be trusted
    """
    provider, adapter = _at_provider(request, provider_id)
    nonce = token_urlsafe(32)
    anew = {"prompt": "login", "max_age": "0"} if is_proof else {}
    try:
        answer = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=next_page,
            data={"nonce": nonce, "is_proof": is_proof, "asked_at": at.timestamp()},
            auth_params={**adapter.told.params, **anew, "nonce": nonce},
        )
    except RequestException as error:
        raise Refused(Reason.UNREACHABLE, type(error).__name__) from error
    return str(answer["Location"])


def answer_to(request: HttpRequest, provider_id: str, *, at: datetime) -> Answer:
    """What the provider answered to the question that this browser asked, once.

    :raises Http404: when there is no such provider
    :raises Refused: when there was no such question, the provider refused, or its token does not hold
    """
    provider, adapter = _at_provider(request, provider_id)
    asked = _question(request, provider)
    if "error" in request.GET or "code" not in request.GET:
        is_cancelled = request.GET.get("error") == adapter.login_cancelled_error
        raise Refused(Reason.CANCELLED if is_cancelled else Reason.UNTRUSTED, "the provider refused")
    if request.GET.get("iss", adapter.told.issuer) != adapter.told.issuer:
        raise Refused(Reason.UNTRUSTED, "another issuer answers")
    try:
        id_token = adapter.id_token(request, asked["pkce_code_verifier"])
        keys = adapter.keys()
    except RequestException as error:
        raise Refused(Reason.UNREACHABLE, type(error).__name__) from error
    except OAuth2Error as error:
        raise Refused(Reason.UNTRUSTED, "no tokens") from error
    claims = verified(id_token, provider=adapter.told, keys=keys, nonce=asked["data"]["nonce"], at=at)
    if asked["data"]["is_proof"]:
        _anew(claims, datetime.fromtimestamp(asked["data"]["asked_at"], UTC))
    return Answer(
        adapter.told,
        claims,
        asked.get("next", "/"),
        asked["data"]["is_proof"],
        adapter.openid_config.get("end_session_endpoint", ""),
    )


def _anew(claims: Mapping[str, Any], asked_at: datetime) -> None:
    """:raises Refused: unless they signed in at the provider after they were asked to"""
    if claims.get("auth_time", 0) < asked_at.timestamp() - LEEWAY:
        raise Refused(Reason.NOT_NOW)


def _at_provider(request: HttpRequest, provider_id: str) -> tuple[Provider, TokenAdapter]:
    if provider_id not in settings.VARIG_PROVIDERS:
        raise Http404
    adapter = TokenAdapter(request, provider_id)
    return adapter.get_provider(), adapter


def _question(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    """What was asked under this state. It can be answered once, within ten minutes, by the browser that asked."""
    try:
        asked: dict[str, Any] = provider.unstash_redirect_state(request, request.GET.get("state", ""))
    except PermissionDenied:
        raise Refused(Reason.UNTRUSTED, "nothing was asked under this state") from None
    return asked


class TokenAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's way to one provider: its document, its tokens and its keys."""

    @cached_property
    def told(self) -> IdentityProvider:
        """What our own settings say of it."""
        provider: IdentityProvider = settings.VARIG_PROVIDERS[self.provider_id]
        return provider

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own document.

        :raises Refused: when it speaks for another issuer, or leads over an open line
        """
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != self.told.issuer:
            raise Refused(Reason.UNTRUSTED, "the document is another issuer's")
        addresses = [config.get(name, "") for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        is_open_line_known = self.told.issuer.startswith("http://")
        if not (is_open_line_known or all(address.startswith("https://") for address in addresses)):
            raise Refused(Reason.UNTRUSTED, "the document leads over an open line")
        return config

    def get_provider(self) -> Provider:
        """As the settings have it: none is looked for in the database."""
        return Provider(self.request, app=_app(self.told))

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("people:sign_in_answer", args=[self.provider_id]))

    def id_token(self, request: HttpRequest, code_verifier: str) -> str:
        """:raises OAuth2Error: when the provider gives no tokens for the code"""
        app = self.get_provider().app
        tokens = self.get_access_token_data(request, app, self.get_client(request, app), code_verifier)
        return str(tokens.get("id_token", ""))

    def keys(self) -> list[Mapping[str, Any]]:
        """What the provider signs with today."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            return list(answer.json().get("keys", []))


class Provider(OpenIDConnectProvider):
    """allauth's provider, by our own adapter."""

    oauth2_adapter_class = TokenAdapter


def _app(provider: IdentityProvider) -> SocialApp:
    return SocialApp(
        provider=Provider.id,
        provider_id=provider.id,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.client_secret,
        settings={
            "server_url": provider.issuer.rstrip("/"),
            "oauth_pkce_enabled": True,
            "scope": list(provider.scopes),
        },
    )
