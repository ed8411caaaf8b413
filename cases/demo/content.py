"""What the demo is made of: names, places and texts, kept as data beside the code."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def content(name: str) -> dict[str, Any]:
    """`people`, `places`, `stock` or `texts`."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
