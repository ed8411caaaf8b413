"""What an instance reads from its environment, and how loudly it fails."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.database import databases, parse
from people.logins import APP, OWNER

PROVIDERS = Path(__file__).parent / "sign_in.toml"
PRODUCTION = {
    "VARIG_ENV": "production",
    "VARIG_SECRET_KEY": "a-long-secret-of-fifty-characters-and-more-for-the-checks",
    "VARIG_HOSTS": "varig.example",
    "VARIG_KEYS": "a2026:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "VARIG_HASH_KEY": "a2026:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "VARIG_NATIONAL_IDS": "real",
    "VARIG_SIGN_IN": str(PROVIDERS),
    "DATABASE_URL": "postgresql://varig_app:secret@db/varig",
}


def settings_of(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("VARIG_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=Path(__file__).parents[2],
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_nothing_is_missing() -> None:
    started = settings_of(PRODUCTION)

    assert started.returncode == 0, started.stderr


def test_the_check_before_a_deployment_warns_of_nothing_but_a_database_that_is_not_there() -> None:
    checked = settings_of(PRODUCTION)

    assert re.findall(r"\((\w+\.[WE]\d+)\)", checked.stderr) == ["people.W002"]


@pytest.mark.parametrize("missing", sorted(PRODUCTION.keys() - {"VARIG_ENV"}))
def test_production_does_not_start_without(missing: str) -> None:
    refused = settings_of({key: value for key, value in PRODUCTION.items() if key != missing})

    assert refused.returncode != 0
    assert f"{missing} is not set" in refused.stderr


def test_a_misspelt_production_is_not_a_development_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIG_ENV", "prod")

    with pytest.raises(ImproperlyConfigured, match="'prod'"):
        env.environment()


def test_a_flag_is_one_or_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIG_DEBUG", "yes")

    with pytest.raises(ImproperlyConfigured, match="VARIG_DEBUG"):
        env.flag("VARIG_DEBUG")


@pytest.mark.parametrize("name", ["VARIG_KEYS", "VARIG_HASH_KEY"])
def test_production_does_not_start_on_keys_that_are_none_and_shows_nothing_of_them(name: str) -> None:
    refused = settings_of({**PRODUCTION, name: "a2026:c2VjcmV0"})

    assert refused.returncode != 0
    assert f"{name} is no list of keys: key a2026 has 6 bytes, not 32." in refused.stderr
    assert "c2VjcmV0" not in refused.stderr


def test_a_development_instance_keeps_the_keys_it_made(tmp_path: Path) -> None:
    first, second = env.keyring(tmp_path), env.keyring(tmp_path)

    assert second.decrypt(first.encrypt("x", place="here"), place="here") == "x"
    assert first.keys[0].secret != first.hash_keys[0].secret
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600


def test_a_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "instance" / "secret"

    assert env.kept_secret(file, "first") == env.kept_secret(file, "second") == "first"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_the_parts_of_an_address_are_read_with_their_escapes() -> None:
    assert parse("postgresql://varig_app:p%40ss%2F@db.example:5433/varig") == {
        "NAME": "varig",
        "USER": "varig_app",
        "PASSWORD": "p@ss/",
        "HOST": "db.example",
        "PORT": "5433",
    }


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        parse("sqlite:///varig.db")


def test_without_the_owners_address_there_is_no_owner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", PRODUCTION["DATABASE_URL"])
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    default, owner = databases(tmp_path)

    assert (default["USER"], owner) == (APP, None)


def test_without_an_address_the_embedded_server_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    default, owner = databases(tmp_path)

    assert (default["USER"], default["HOST"]) == (APP, str(tmp_path / "pg"))
    assert owner
    assert owner["USER"] == OWNER
    assert owner["PASSWORD"] != default["PASSWORD"]
