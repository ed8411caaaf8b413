"""Two logins, one alias: DATABASE_URL is the app's, DATABASE_OWNER_URL the owner's. Neither: the embedded server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import devdb, env
from people.logins import APP, OWNER

NAME = "varig"


def parse(url: str) -> dict[str, str]:
    """The parts of a postgresql:// address, under Django's names.

    :raises ImproperlyConfigured: for another kind of address
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("A database's address begins with postgresql://")
    return {
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


def databases(data: Path) -> tuple[dict[str, Any], dict[str, str] | None]:
    """DATABASES["default"], and what differs when the owner connects: None where the owner may not.

    :raises ImproperlyConfigured: in production without DATABASE_URL
    """
    owner: dict[str, str] | None
    if url := env.text("DATABASE_URL", ""):
        owner_url = os.environ.get("DATABASE_OWNER_URL")
        owner = _login(parse(owner_url)) if owner_url else None
        app = {"ENGINE": "django.db.backends.postgresql", **parse(url)}
    else:
        server = devdb.Server(data)
        passwords = server.passwords()
        owner = {"USER": OWNER, "PASSWORD": passwords[OWNER]}
        app = {
            "ENGINE": "config.embedded",
            "NAME": NAME,
            "USER": APP,
            "PASSWORD": passwords[APP],
            "HOST": str(server.socket),
            "PORT": devdb.PORT,
        }
    return {
        **app,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Compiling costs more than these statements take. What is read lies in memory, or on a disk without a moving
        # head: a row by its key costs little more than the next one. And a trigger asks whether it is ignored: an
        # answer at hand saves it a failure caught, at every row.
        "OPTIONS": {
            "application_name": "varig",
            "options": "-c jit=off -c random_page_cost=1.1 -c pgtrigger.ignore={}",
        },
    }, owner


def _login(parts: dict[str, str]) -> dict[str, str]:
    return {key: parts[key] for key in ("USER", "PASSWORD")}
