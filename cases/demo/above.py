"""What apps above add to the demo when its people have lived: they say so at start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

#: Adds to the demo that ends at this moment.
Addition = Callable[[datetime], None]

_told: dict[str, Addition] = {}


def afterwards(name: str, addition: Addition) -> None:
    _told[name] = addition


def additions() -> list[Addition]:
    """In the order of their names."""
    return [_told[name] for name in sorted(_told)]
