"""Where a residence is, in the words that lists and headings use."""

from __future__ import annotations

from housing.masking import kind_shown
from housing.models import Residence
from people.decision import Sight
from people.masking import SHIELDED_PLACE


def place_in_words(residence: Residence | None, sight: Sight) -> str:
    """The provider and its room, a dwelling's address, or the kind of place, as far as the sight reaches.

    Empty when nothing is known.
    """
    if residence is None:
        return ""
    return place_of(
        residence.kind,
        sight,
        provider=residence.provider.name if residence.provider else "",
        room=residence.room.name if residence.room else "",
        address=residence.dwelling.address if residence.dwelling else "",
    )


def place_of(kind: str, sight: Sight, *, provider: str, room: str, address: str = "") -> str:
    """As `place_in_words`, from the names of the provider, the room and the dwelling."""
    shown = kind_shown(kind, sight)
    if shown != kind:
        return str(shown.label)
    if not sight.whereabouts:
        return f"{shown.label}, {SHIELDED_PLACE}"
    named = (provider, room) if provider else (str(shown.label), address)
    return ", ".join(name for name in named if name)
