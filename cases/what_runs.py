"""One thing under way for a household, in the words of a line of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Running:
    """A plan, service or case that runs: what it is, how it stands, where it is, and what comes next and when."""

    label: str | Promise
    state_label: str | Promise
    url: str
    next_on: date | None = None
    next_label: str | Promise = ""
