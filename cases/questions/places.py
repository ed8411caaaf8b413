"""Where a residence is, in the words that lists and headings use."""

from __future__ import annotations

from housing.models import Residence, ResidenceKind


def place_in_words(residence: Residence | None) -> str:
    """The provider and its room, a dwelling's address, or the kind of place; empty when nothing is known."""
    if residence is None:
        return ""
    if residence.provider is not None:
        return f"{residence.provider.name}, {residence.room.name}" if residence.room else residence.provider.name
    kind = str(ResidenceKind(residence.kind).label)
    if residence.dwelling is not None and residence.dwelling.address:
        return f"{kind}, {residence.dwelling.address}"
    return kind
