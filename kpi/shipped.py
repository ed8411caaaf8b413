"""The catalogue that ships with the product, read from `kpi/data/catalogue/`. It knows no row.

A strategy a file, its objectives and their rows in the order they are shown. The numbers of `published` and of targets
are the source's; the sentences are ours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "catalogue"
#: A text in three languages is written `nb`, `nn`, `en`, or with what it says before it: `note_nb`.
LANGUAGES = ("nb", "nn", "en")


def strategies() -> Iterator[dict[str, Any]]:
    """Each strategy as the model has it, with `objectives`, their `rows` and the rows' `published`."""
    for file in sorted(DATA.glob("*.toml")):
        with file.open("rb") as text:
            read = tomllib.load(text, parse_float=Decimal)
        objectives = [_objective(n, one) for n, one in enumerate(read.pop("objectives", []), start=1)]
        yield _worded(read) | {"objectives": objectives}


def _objective(position: int, read: dict[str, Any]) -> dict[str, Any]:
    rows = [_row(n, one) for n, one in enumerate(read.pop("rows", []), start=1)]
    return _worded(read) | {"position": position, "rows": rows}


def _row(position: int, read: dict[str, Any]) -> dict[str, Any]:
    return _worded(read) | {"position": position}


def _worded(read: dict[str, Any]) -> dict[str, Any]:
    """The row's own wording stands without a name before it."""
    return {f"wording_{key}" if key in LANGUAGES else key: value for key, value in read.items()}
