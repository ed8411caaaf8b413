"""What the environment says. In production every missing answer is an error at start, never a default."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from people.encryption import Key, Keyring, NotKeys, fresh_keys, read_keys

PRODUCTION = "production"
DEVELOPMENT = "development"


def environment() -> str:
    """VARIG_ENV: production or development.

    :raises ImproperlyConfigured: for any other word, so that a misspelt production is not a development instance
    """
    name = os.environ.get("VARIG_ENV", DEVELOPMENT)
    if name not in (PRODUCTION, DEVELOPMENT):
        raise ImproperlyConfigured(f"VARIG_ENV is {name!r}; it is {PRODUCTION!r} or {DEVELOPMENT!r}.")
    return name


def is_production() -> bool:
    return environment() == PRODUCTION


def text(name: str, otherwise: str) -> str:
    """The variable, or in development the other value.

    :raises ImproperlyConfigured: in production, when it is missing or empty
    """
    if value := os.environ.get(name):
        return value
    if is_production():
        raise ImproperlyConfigured(f"{name} is not set. It must be when VARIG_ENV is {PRODUCTION}.")
    return otherwise


def words(name: str, otherwise: list[str]) -> list[str]:
    """The variable as a list, parted by commas."""
    return [word.strip() for word in text(name, ",".join(otherwise)).split(",") if word.strip()]


def flag(name: str) -> bool:
    """Set to 1 or not set.

    :raises ImproperlyConfigured: for anything else
    """
    value = os.environ.get(name, "")
    if value not in ("", "0", "1"):
        raise ImproperlyConfigured(f"{name} is {value!r}; it is 1 or 0.")
    return value == "1"


def folder(name: str) -> Path | None:
    """The variable as a folder, which need not be there yet; None when it is not set."""
    value = os.environ.get(name)
    return Path(value).resolve() if value else None


def data_folder(base: Path) -> Path:
    """VARIG_DATA, else .data in the project: the embedded server's data and the development instance's secrets.

    A test run has a folder of its own in it, so that no test can reach the data.
    """
    folder = Path(os.environ.get("VARIG_DATA") or base / ".data").resolve()
    return folder / "test" if is_test_run() else folder


def is_test_run() -> bool:
    """Whether this process is pytest or was started by it."""
    return "PYTEST_VERSION" in os.environ


def secret_key(data: Path) -> str:
    """VARIG_SECRET_KEY; a development instance makes its own at first use."""
    if is_production():
        return text("VARIG_SECRET_KEY", "")
    return kept_secret(data / "secret_key", secrets.token_urlsafe(50))


def keyring(data: Path) -> Keyring:
    """VARIG_KEYS and VARIG_HASH_KEY; a development instance makes its own at first use.

    :raises ImproperlyConfigured: in production without them, anywhere when one is not a list of keys
    """
    return Keyring(_keys("VARIG_KEYS", data / "keys"), _keys("VARIG_HASH_KEY", data / "hash_key"))


def _keys(name: str, file: Path) -> tuple[Key, ...]:
    written = text(name, "") or kept_secret(file, fresh_keys("dev"))
    try:
        return read_keys(written)
    except NotKeys as error:
        raise ImproperlyConfigured(f"{name} is no list of keys: {error}.") from None


def kept_secret(file: Path, fresh: str) -> str:
    """What the file says, after writing the fresh secret to it if it was not there. Only its owner can read it.

    The file appears whole or not at all: several processes may ask for it at once.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(fresh)
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # another process was first; its secret counts
        finally:
            draft.unlink()
    return file.read_text(encoding="utf-8")
