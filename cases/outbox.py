"""When what goes out is tried again, and what a receiver's words mean: data read from outbox.toml.

Pure: standard library only.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Schedule:
    """The waits of one channel. `lease` is how long an attempt has its letter to itself."""

    lease: timedelta
    retry: tuple[timedelta, ...]
    receipt: tuple[timedelta, ...]
    receipt_days: timedelta

    def again(self, attempts: int, *, at: datetime) -> datetime | None:
        """When to try anew after so many failed attempts, counted from one; None when it is given up."""
        return at + self.retry[attempts - 1] if attempts <= len(self.retry) else None

    def look(self, *, sent_at: datetime, at: datetime) -> datetime | None:
        """When to look for the receipt of what was sent; None when none is to be expected any more."""
        if at >= sent_at + self.receipt_days:
            return None
        ahead = (sent_at + wait for wait in self.receipt)
        return next((moment for moment in ahead if moment > at), at + self.receipt[-1])


@dataclass(frozen=True)
class Words:
    """What a receiver's statuses mean."""

    on_its_way: frozenset[str]
    delivered: frozenset[str]
    refused: frozenset[str]


@cache
def schedule(channel: str) -> Schedule:
    told = _tables()[channel]
    return Schedule(
        lease=timedelta(minutes=told["lease"]),
        retry=tuple(timedelta(minutes=wait) for wait in told["retry"]),
        receipt=tuple(timedelta(minutes=wait) for wait in told["receipt"]),
        receipt_days=timedelta(days=told["receipt_days"]),
    )


@cache
def words(receiver: str) -> Words:
    return Words(**{name: frozenset(said) for name, said in _tables()[receiver].items()})


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
