"""Facts told in few words, for the tests of the pure core. Dates are ISO text; an end left out is open."""

from __future__ import annotations

from datetime import date

from housing.spells import Membership, Stretch
from housing.states import Kind


def day(text: str) -> date:
    return date.fromisoformat(text)


def stretch(kind: Kind, starts_on: str, ends_on: str | None = None, lease_to: str | None = None) -> Stretch:
    return Stretch(kind, day(starts_on), day(ends_on) if ends_on else None, day(lease_to) if lease_to else None)


def placed(starts_on: str, ends_on: str | None = None) -> Stretch:
    return stretch(Kind.TEMPORARY, starts_on, ends_on)


def member(
    role: str, born_on: str, starts_on: str | None = None, ends_on: str | None = None, person: str = ""
) -> Membership:
    """A member from birth on unless told otherwise, named by role and birth date."""
    return Membership(
        person or f"{role} {born_on}",
        role,
        day(starts_on or born_on),
        day(ends_on) if ends_on else None,
        day(born_on),
    )
