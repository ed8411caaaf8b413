"""Letters on the way to a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cases.law import Rule
from cases.letters.contents.frame import Letter


@dataclass(frozen=True, kw_only=True)
class PreliminaryLetter(Letter):
    """A preliminary answer with the expected time (foreløpig svar). `about` is the kind asked for, by its code."""

    template: ClassVar[str] = "preliminary.html"

    about: str = "other"
    asked_on: date
    expected_by: date
    reason: str
    rule: Rule


@dataclass(frozen=True, kw_only=True)
class DelayLetter(Letter):
    """Notice that the answer takes longer than was said (forsinkelsesvarsel)."""

    template: ClassVar[str] = "delay.html"

    about: str = "other"
    asked_on: date
    promised_by: date | None
    expected_by: date
    reason: str
    rule: Rule


@dataclass(frozen=True, kw_only=True)
class InformationRequestLetter(Letter):
    """A request for what the case lacks (innhenting av opplysninger), with a day and what follows without it.

    `asked_on` is when the household asked for help; none when we ask of our own accord.
    """

    template: ClassVar[str] = "information_request.html"

    about: str = "other"
    asked_on: date | None
    needed: tuple[str, ...]
    why: str
    answer_by: date
    consequence: str
