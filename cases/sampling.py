"""Drawing an inspection's sample so that anybody can draw it again.

Cases are ranked by SHA-256 of the seed, a line feed and the case number, all in UTF-8, as lowercase hexadecimal; the
sample is the lowest so many. The order in which cases are listed, and how often each is, makes no difference, and a
case drawn for one theme is drawn for the next before any other. `docs/inspections.md` shows it done by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def rank(case_number: str, *, seed: str) -> str:
    """Where a case stands in the draw: 64 hexadecimal digits, lowest first."""
    return sha256(f"{seed}\n{case_number}".encode()).hexdigest()


def draw(case_numbers: Iterable[str], *, size: int, seed: str) -> list[str]:
    """The sample, in the order drawn: `size` cases, or all where there are fewer."""
    return sorted(set(case_numbers), key=lambda number: rank(number, seed=seed))[:size]


def fingerprint(lines: Iterable[str]) -> str:
    """SHA-256 of a population's lines, sorted by code point, each ended by a line feed, in UTF-8."""
    return sha256("".join(f"{line}\n" for line in sorted(lines)).encode()).hexdigest()
