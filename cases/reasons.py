"""The sentences of a decision's reason, and which known facts each seems to rest on.

Pure: standard library only. A fact is proposed for a sentence that names its day or one of its words; a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

#: What ends a sentence: a full stop that no number, paragraph sign or short word stands before, then a capital.
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«\"])|\n+")
_SHORT = re.compile(r"\b(?:kl|nr|jf|ca|bl\.a|f\.eks|pkt|art|kap|dvs|osv|no|cf)\.$", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_WRITTEN = re.compile(r"\b(\d{1,2})\.? ([a-zæøå]+)(?: (\d{4}))?\b", re.IGNORECASE)
#: The months by the first three letters of their names in bokmål, nynorsk and English.
_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6, "jul": 7} | {
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "des": 12,
    "dec": 12,
}
#: Letters of a word that is worth looking for.
_LEAST = 4


@dataclass(frozen=True)
class Fact:
    """Something known of the household: its kind and reference, how it is told, its days and the words that name it."""

    kind: str
    ref: str
    label: str
    days: tuple[date, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.ref}"


def sentences(text: str) -> list[str]:
    """The sentences of a text in order; a line of its own is a sentence too."""
    found: list[str] = []
    for piece in (each.strip() for each in _ENDS.split(text)):
        if found and _SHORT.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def fingerprint(sentence: str) -> str:
    """What a source is kept by: of a sentence that was changed it tells nothing any more."""
    return sha256(" ".join(sentence.split()).encode()).hexdigest()


def days_in(sentence: str) -> set[tuple[int | None, int, int]]:
    """The dates that a sentence names, as (year, month, day); the year is none where it is not said."""
    found: set[tuple[int | None, int, int]] = set()
    for day, month, year in _NUMERIC.findall(sentence):
        found.add((int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)))
    for year, month, day in _ISO.findall(sentence):
        found.add((int(year), int(month), int(day)))
    for day, name, year in _WRITTEN.findall(sentence):
        if (number := _MONTHS.get(name[:3].lower())) is not None:
            found.add((int(year) if year else None, number, int(day)))
    return found


def proposed(sentence: str, facts: Iterable[Fact]) -> list[Fact]:
    """The facts that a sentence seems to rest on."""
    named, lowered = days_in(sentence), sentence.lower()
    return [fact for fact in facts if _is_named(fact.days, named) or _is_said(fact.words, lowered)]


def _is_named(days: Sequence[date], named: set[tuple[int | None, int, int]]) -> bool:
    return any(named & {(day.year, day.month, day.day), (None, day.month, day.day)} for day in days)


def _is_said(words: Sequence[str], lowered: str) -> bool:
    return any(len(word) >= _LEAST and word.lower() in lowered for word in words)
