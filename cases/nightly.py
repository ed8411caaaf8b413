"""What apps above have done each day: they say so at start, and `manage.py daily` does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

#: Does its work as of a moment and says in a line what came of it.
Job = Callable[[datetime], str]

_jobs: dict[str, Job] = {}


def each_day(name: str, job: Job) -> None:
    _jobs[name] = job


def jobs() -> list[Job]:
    """In the order of their names."""
    return [_jobs[name] for name in sorted(_jobs)]
