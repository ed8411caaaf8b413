"""What a request showed, gathered by the doors while it runs and written to the read log before it answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from people.decision import Purpose, Sight


@dataclass
class Noted:
    """The households that a request opened or was refused, each with its ground, in the order of the doors."""

    opened: dict[int, Purpose] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)


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


def note(household_id: int, sight: Sight) -> None:
    """A door showed this household, or refused it. Outside a request there is nobody it was shown to."""
    noted = _now.get()
    if noted is None:
        return
    if sight:
        noted.opened[household_id] = sight.purpose
    else:
        noted.refused.add(household_id)
