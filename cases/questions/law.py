"""What a municipality has chosen where the rules leave it to be decided."""

from __future__ import annotations

from datetime import date

from cases.law import Choices
from cases.models import LawChoice


def choices_of(municipality_id: str) -> Choices:
    """Every choice made, by code, oldest first: what `cases.law` asks for."""
    made: dict[str, list[tuple[date, str]]] = {}
    rows = LawChoice.objects.filter(municipality=municipality_id).order_by("code", "starts_on")
    for code, starts_on, value in rows.values_list("code", "starts_on", "value"):
        made.setdefault(code, []).append((starts_on, value))
    return made
