"""What a request showed, gathered by the doors while it runs, for the read log to be written before it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from people.decision import Purpose
from people.models import Household
from people.models.reading import Showing


@dataclass
class Noted:
    """The households that a request opened or was refused, by id; what else it showed, by key and by id."""

    opened: dict[int, Purpose] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)
    #: of those opened and refused, so that a link to one is not counted again
    keys: set[UUID] = field(default_factory=set)
    what: Showing | None = None
    #: somebody asked for a household that there is none of
    nobody: bool = False


_now: ContextVar[Noted | None] = ContextVar("noted", default=None)


@contextmanager
def gathering() -> Iterator[Noted]:
    """Gather what the doors note until the block ends."""
    noted = Noted()
    token = _now.set(noted)
    try:
        yield noted
    finally:
        _now.reset(token)


def note(household: Household, purpose: Purpose) -> None:
    """A door opened this household, or refused it. Outside a request there is nobody it was shown to."""
    noted = _now.get()
    if noted is None:
        return
    noted.keys.add(household.key)
    if purpose is Purpose.REFUSED:
        noted.refused.add(household.pk)
    else:
        noted.opened[household.pk] = purpose


def note_nobody() -> None:
    """A door was tried with a number of no household."""
    noted = _now.get()
    if noted is not None:
        noted.nobody = True


def note_shown(household_ids: Iterable[int]) -> None:
    """A page shows these households without a link to any of their pages. Those it links to are found by themselves."""
    noted = _now.get()
    if noted is not None:
        noted.listed.update(household_ids)


def showing(what: Showing) -> None:
    """What this request shows is printed, exported or found, not just a page or a list."""
    noted = _now.get()
    if noted is not None:
        noted.what = what
