"""What the municipality says of each provider of identity: Entra ID, ID-porten or another that speaks OpenID Connect.

Pure: read from a TOML file that VARIG_SIGN_IN names (docs/operations.md), one table a provider.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

#: What a provider may sign with: asymmetric alone, so that nobody who knows the client's secret can make a token.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})


class BadProviders(Exception):
    """The file says something that cannot be."""


@dataclass(frozen=True)
class MappedRole:
    """What membership of a group gives: a role's code at the unit of this reference."""

    group: str
    role: str
    unit: str


@dataclass(frozen=True)
class IdentityProvider:
    """One provider.

    `second_factor` is a claim and the values of which it must hold one: what proves that two factors were used.
    `params` go with every request for sign-in. `groups` is the claim that lists whoever signs in's groups.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    second_factor: tuple[str, frozenset[str]]
    scopes: tuple[str, ...] = ("openid",)
    params: Mapping[str, str] = field(default_factory=dict)
    groups: str = "groups"
    roles: tuple[MappedRole, ...] = ()

    def has_two_factors(self, claims: Mapping[str, Any]) -> bool:
        name, accepted = self.second_factor
        return not accepted.isdisjoint(listed(claims.get(name)))

    def mapped(self, groups: frozenset[str]) -> tuple[MappedRole, ...]:
        return tuple(mapped for mapped in self.roles if mapped.group in groups)


def listed(claim: object) -> frozenset[str]:
    """A claim that is one text or a list of them; anything else says nothing."""
    several = claim if isinstance(claim, list) else [claim]
    return frozenset(each for each in several if isinstance(each, str))


def read(tables: Mapping[str, Any], *, is_plain_http_allowed: bool) -> dict[str, IdentityProvider]:
    """The file's tables as providers by id.

    :raises BadProviders: with the provider and the key at fault
    """
    return {each: _provider(each, dict(table), is_plain_http_allowed) for each, table in tables.items()}


def _provider(name: str, table: dict[str, Any], is_plain_http_allowed: bool) -> IdentityProvider:
    mapping = table.pop("roles", {})
    factor = table.pop("second_factor", {})
    if not isinstance(factor, dict) or len(factor) != 1:
        raise BadProviders(f"{name}: second_factor names one claim and the values that prove two factors.")
    [(claim, accepted)] = factor.items()
    if not listed(accepted):
        raise BadProviders(f"{name}: second_factor.{claim} lists no value.")
    try:
        provider = IdentityProvider(
            id=name,
            second_factor=(claim, listed(accepted)),
            scopes=tuple(table.pop("scopes", ("openid",))),
            roles=tuple(_mapped(name, group, place) for group, place in _each_place(mapping)),
            **{"name": name, **table},
        )
    except TypeError as error:
        raise BadProviders(f"{name}: {str(error).removeprefix('IdentityProvider.__init__() ')}") from None
    _check(provider, is_plain_http_allowed)
    return provider


def _check(provider: IdentityProvider, is_plain_http_allowed: bool) -> None:
    if not provider.id.isidentifier():
        raise BadProviders(f"{provider.id}: a provider's id is letters and digits; it stands in addresses.")
    if urlsplit(provider.issuer).scheme != "https" and not is_plain_http_allowed:
        raise BadProviders(f"{provider.id}: issuer must begin with https://.")
    if "openid" not in provider.scopes:
        raise BadProviders(f"{provider.id}: scopes lacks openid.")


def _each_place(mapping: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(group, place) for group, places in mapping.items() for place in places]


def _mapped(name: str, group: str, place: str) -> MappedRole:
    role, _at, unit = place.partition("@")
    if not role or not unit:
        raise BadProviders(f"{name}: {place!r} is no role at a unit; write it as caseworker@the-unit's-reference.")
    return MappedRole(group=group, role=role, unit=unit)
