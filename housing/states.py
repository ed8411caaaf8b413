"""What a residence says about having a home (boforhold). Pure: standard library only.

Source of the kinds and of the 36 months: spec of the import interface; husleieloven § 9-3 for the three years.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

#: A rental is a permanent home when its lease runs at least this many calendar months from its start.
PERMANENT_LEASE_MONTHS = 36


class State(StrEnum):
    """How a household is housed, as far as counting is concerned (bosituasjon)."""

    HOMELESS = "homeless"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    INSTITUTION = "institution"
    OTHER = "other"


class Kind(StrEnum):
    """The kinds of place a household can dispose of (type bosted)."""

    ROUGH = "rough"
    TEMPORARY = "temporary"
    NIGHT_SHELTER = "night_shelter"
    PRISON = "prison"
    INSTITUTION = "institution"
    FRIENDS = "friends"
    CRISIS_CENTRE = "crisis_centre"
    RECEPTION_CENTRE = "reception_centre"
    PRIVATE_RENTAL = "private_rental"
    MUNICIPAL_RENTAL = "municipal_rental"
    OWNED = "owned"
    WITH_FAMILY = "with_family"
    CARE_HOME = "care_home"
    MOVED_AWAY = "moved_away"
    DECEASED = "deceased"
    OTHER = "other"
    UNKNOWN = "unknown"


#: Kinds that make a household homeless for as long as they last, temporary accommodation among them.
HOMELESS_KINDS = frozenset({Kind.ROUGH, Kind.TEMPORARY, Kind.NIGHT_SHELTER, Kind.FRIENDS, Kind.CRISIS_CENTRE})

#: Kinds that are a right to a dwelling for a time that the lease tells.
RENTAL_KINDS = frozenset({Kind.PRIVATE_RENTAL, Kind.MUNICIPAL_RENTAL})

#: Kinds after which nobody expects the municipality to find the household a home.
GONE_KINDS = frozenset({Kind.CARE_HOME, Kind.MOVED_AWAY, Kind.DECEASED})


def add_months(day: date, months: int) -> date:
    """The same day of the month so many calendar months later, clipped to that month's last day."""
    year, month_before = divmod(day.year * 12 + day.month - 1 + months, 12)
    month = month_before + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def birthday(born_on: date, years: int) -> date:
    """The day somebody turns so many years; one born on 29 February turns on the 28th in a common year."""
    return add_months(born_on, 12 * years)


def state_of(kind: Kind, starts_on: date, lease_ends_on: date | None) -> State:
    """The state a residence puts its household in.

    :param lease_ends_on: the day a rental's lease ends, None for one without end; without meaning for other kinds
    """
    if kind == Kind.TEMPORARY:
        return State.TEMPORARY
    if kind in HOMELESS_KINDS:
        return State.HOMELESS
    if kind == Kind.OWNED:
        return State.PERMANENT
    if kind in RENTAL_KINDS:
        lasting = lease_ends_on is None or lease_ends_on >= add_months(starts_on, PERMANENT_LEASE_MONTHS)
        return State.PERMANENT if lasting else State.OTHER
    if kind in (Kind.PRISON, Kind.INSTITUTION):
        return State.INSTITUTION
    return State.OTHER
