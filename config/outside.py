"""Who outside takes this instance's letters and its copies for the archive."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env

DOORS = ("post", "archive")


def doors(data: Path) -> dict[str, dict[str, Any]]:
    """What the file that VARIG_OUTSIDE names says, one table a door; in development without one, a folder of files.

    :raises ImproperlyConfigured: when there is no such file, it names another door, or an address without TLS
    """
    file = os.environ.get("VARIG_OUTSIDE", "")
    if not file:
        is_alone = env.is_production() or env.is_test_run()
        return {} if is_alone else {door: {"adapter": "folder", "folder": str(data / "outside")} for door in DOORS}
    try:
        tables = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ImproperlyConfigured(f"VARIG_OUTSIDE, {file}: {error}") from None
    for door, table in tables.items():
        _check(file, door, table)
    return tables


def _check(file: str, door: str, table: dict[str, Any]) -> None:
    if door not in DOORS or "adapter" not in table:
        raise ImproperlyConfigured(f"VARIG_OUTSIDE, {file}: {door} is no door with an adapter.")
    if env.is_production() and urlsplit(str(table.get("url", ""))).scheme != "https":
        raise ImproperlyConfigured(f"VARIG_OUTSIDE, {file}: {door}.url must begin with https://.")
