"""What the municipality may say of a provider of identity, and what is refused at start."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import sign_in
from people.identity_providers import BadProviders, IdentityProvider, MappedRole, listed, read

FILE = Path(__file__).parent / "sign_in.toml"


def table(**changes: Any) -> dict[str, Any]:
    plain = {
        "issuer": "https://provider.example",
        "client_id": "varig",
        "client_secret": "secret",
        "second_factor": {"amr": ["mfa"]},
    }
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


def one(**changes: Any) -> IdentityProvider:
    return read({"entra": table(**changes)}, is_plain_http_allowed=False)["entra"]


def test_a_file_names_several_providers() -> None:
    providers = read(tomllib.loads(FILE.read_text(encoding="utf-8")), is_plain_http_allowed=False)

    entra, idporten = providers["entra"], providers["idporten"]
    assert (entra.name, entra.groups, entra.scopes) == ("Entra ID", "roles", ("openid", "profile"))
    assert MappedRole("varig.leader.kongsberg", "unit_administrator", "nav-kongsberg") in entra.roles
    assert (idporten.scopes, idporten.roles) == (("openid",), ())
    assert idporten.second_factor == ("acr", frozenset({"idporten-loa-substantial", "idporten-loa-high"}))


def test_the_groups_that_somebody_is_in_give_their_roles() -> None:
    provider = one(roles={"case": ["caseworker@nav"], "lead": ["team_leader@nav", "team_leader@home"]})

    given = provider.mapped(frozenset({"lead", "choir"}))

    assert {(each.role, each.unit) for each in given} == {("team_leader", "nav"), ("team_leader", "home")}


def test_two_factors_are_known_by_one_of_the_values_named() -> None:
    provider = one(second_factor={"acr": ["substantial", "high"]})

    assert provider.has_two_factors({"acr": "high"})
    assert provider.has_two_factors({"acr": ["low", "high"]})
    assert not provider.has_two_factors({"acr": "low"})
    assert not provider.has_two_factors({"amr": "high"})


def test_a_claim_that_is_neither_text_nor_a_list_of_it_says_nothing() -> None:
    assert listed("a") == listed(["a", 1, None]) == {"a"}
    assert listed({"a": True}) == listed(None) == listed(7) == frozenset()


def test_the_secret_is_not_in_what_a_log_would_show() -> None:
    assert "hush" not in repr(one(client_secret="hush"))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"second_factor": None}, "second_factor names one claim"),
        ({"second_factor": {"amr": ["mfa"], "acr": ["high"]}}, "second_factor names one claim"),
        ({"second_factor": {"amr": []}}, "second_factor.amr lists no value"),
        ({"issuer": "http://provider.example"}, "issuer must begin with https://"),
        ({"issuer": None}, "issuer"),
        ({"client_secret": None}, "client_secret"),
        ({"colour": "red"}, "colour"),
        ({"scopes": ["profile"]}, "scopes lacks openid"),
        ({"roles": {"case": ["caseworker"]}}, "is no role at a unit"),
        ({"roles": {"case": ["@nav"]}}, "is no role at a unit"),
    ],
)
def test_what_cannot_be_is_refused_with_its_name(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadProviders, match=f"entra.*{complaint}"):
        one(**changes)


def test_an_id_that_cannot_stand_in_an_address_is_refused() -> None:
    with pytest.raises(BadProviders, match="id is letters and digits"):
        read({"entra id": table()}, is_plain_http_allowed=False)


def test_an_open_line_is_for_development() -> None:
    tables = {"local": table(issuer="http://127.0.0.1:9000")}

    assert read(tables, is_plain_http_allowed=True)["local"].name == "local"


def test_without_a_file_a_development_instance_has_no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VARIG_SIGN_IN", raising=False)

    assert sign_in.providers() == {}
    assert sign_in.has_local_passwords()


@pytest.mark.parametrize("content", [None, "not toml", "[entra]\nissuer = 1"])
def test_a_file_that_cannot_be_read_stops_the_start_with_its_name(
    content: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "sign-in.toml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    monkeypatch.setenv("VARIG_SIGN_IN", str(file))

    with pytest.raises(ImproperlyConfigured, match=r"VARIG_SIGN_IN, .*sign-in\.toml"):
        sign_in.providers()


def test_local_passwords_are_off_in_production_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIG_ENV", "production")
    monkeypatch.delenv("VARIG_LOCAL_PASSWORDS", raising=False)
    assert not sign_in.has_local_passwords()
    monkeypatch.setenv("VARIG_LOCAL_PASSWORDS", "1")
    assert sign_in.has_local_passwords()
