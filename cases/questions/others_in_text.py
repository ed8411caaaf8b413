"""Free text with others' names taken out of it. Pure: standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

#: A name this short would take letters out of other words.
_SHORTEST_NAME = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001 -- the apostrophe that names are written with
#: Eleven or twelve digits, parted as people part them.
_NUMBER = re.compile(r"(?<!\d)\d{6}[ .-]?\d{5,6}(?!\d)")


class Redactor:
    """Takes out of a text the names and numbers of everybody but its reader.

    :param others: each name → what stands in its place, such as the member's role
    :param own: the reader's own name; what they share with others, such as a surname, stays
    :param whole: as `others`, but of names that go only when they stand whole: their parts are common words of a text
    :param own_number: the reader's own national id; every other number of that length goes
    """

    def __init__(
        self,
        others: Mapping[str, str],
        *,
        own: str,
        own_number: str,
        a_number: str,
        whole: Mapping[str, str] | None = None,
    ) -> None:
        self._own_number, self._a_number = own_number, a_number
        kept = {word.lower() for word in _WORD.findall(own)}
        self._instead: dict[str, str] = {}
        for name, role in others.items():
            for part in (name, *_parts(name)):
                if part.strip() and part.lower() not in kept:
                    self._instead.setdefault(part.lower(), f"[{role}]")
        for name, role in (whole or {}).items():
            if name.strip():
                self._instead.setdefault(name.lower(), f"[{role}]")
        self._names = _any_of(self._instead)

    def __call__(self, text: str) -> str:
        named = self._names.sub(lambda found: self._instead[found[0].lower()], text) if self._names else text
        return _NUMBER.sub(self._number, named)

    def _number(self, found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found[0])
        return found[0] if digits == self._own_number else f"[{self._a_number}]"


def _parts(name: str) -> list[str]:
    return [word for word in _WORD.findall(name) if len(word) >= _SHORTEST_NAME]


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole names before their parts; a genitive s goes with the name."""
    longest_first = sorted(names, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?=s?(?!\w))", re.IGNORECASE)
