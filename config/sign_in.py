"""By whom one signs in to this instance."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import env
from people.identity_providers import BadProviders, IdentityProvider, read


def providers() -> dict[str, IdentityProvider]:
    """What the file that VARIG_SIGN_IN names says; none in development when it names none.

    :raises ImproperlyConfigured: when there is no such file, or it says what cannot be
    """
    file = env.text("VARIG_SIGN_IN", "")
    if not file:
        return {}
    try:
        tables = tomllib.loads(Path(file).read_text(encoding="utf-8"))
        return read(tables, is_plain_http_allowed=not env.is_production())
    except (OSError, tomllib.TOMLDecodeError, BadProviders) as error:
        raise ImproperlyConfigured(f"VARIG_SIGN_IN, {file}: {error}") from None


def has_local_passwords() -> bool:
    """Passwords of our own: in development, and where VARIG_LOCAL_PASSWORDS asks, which `check --deploy` refuses."""
    return not env.is_production() or env.flag("VARIG_LOCAL_PASSWORDS")
