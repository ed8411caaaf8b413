"""A residence as one with a certain sight of its household sees it."""

from __future__ import annotations

from copy import copy

from housing.models import Residence, ResidenceKind
from people.decision import Sight

#: Places that tell of prison, health, violence or drugs (K4).
SPECIAL_KINDS = (
    ResidenceKind.PRISON,
    ResidenceKind.INSTITUTION,
    ResidenceKind.CRISIS_CENTRE,
    ResidenceKind.NIGHT_SHELTER,
)


def kind_shown(kind: str, sight: Sight) -> ResidenceKind:
    """The kind of place, or `other` in place of one that only those on the case know of."""
    known = ResidenceKind(kind)
    return ResidenceKind.OTHER if known in SPECIAL_KINDS and not sight.special else known


def is_place_told(kind: str, sight: Sight) -> bool:
    """Whether a list of a provider's rooms may say that the household has one of them."""
    return sight.listed and sight.whereabouts and kind_shown(kind, sight) == kind


def masked(residence: Residence, sight: Sight) -> Residence:
    """The residence with what is masked left out, for reading only: a copy that is never saved.

    Of a place of a special class nothing is left but its days; of a shielded one its kind and its days.
    """
    kind = kind_shown(residence.kind, sight)
    is_special = kind != residence.kind
    if sight.whereabouts and not is_special:
        return residence
    shown = copy(residence)
    shown.kind = kind
    shown.provider = shown.room = shown.dwelling = None
    shown.price_a_night = None
    shown.lease_reason = shown.below_standard = ""
    if is_special:
        shown.home_waits = None
    return shown
