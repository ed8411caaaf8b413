"""A request that came to the wrong place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cases.law import Rule
from cases.letters.contents.frame import Letter


@dataclass(frozen=True, kw_only=True)
class ForwardingLetter(Letter):
    """Tells that a request was sent on to the right place (videresending). `about` is the kind asked for, by its code.

    `forwarded_to` is empty where a place would tell where somebody is. `is_ours`: a unit of the same municipality,
    where the request waits on as old as it is.
    """

    template: ClassVar[str] = "forwarding.html"

    about: str = "other"
    asked_on: date
    forwarded_to: str
    is_ours: bool
    lacks_place: bool
    reason: str
    rule: Rule
