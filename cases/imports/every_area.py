"""The files of one matter each, in the order they are written in."""

from __future__ import annotations

from typing import Any

from cases.imports.areas import Area
from cases.imports.benefits import BENEFITS
from cases.imports.loans import LOANS
from cases.imports.refugees import REFUGEES

AREAS: tuple[Area[Any], ...] = (
    BENEFITS,
    REFUGEES,
    LOANS,
)
