"""How likely each number is: of some that happen each with its own chance, or that happen so often on average. Pure:
standard library only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

#: The range that is stated holds four in five.
TAIL = 0.1
#: What is as good as impossible.
_LEAST = 1e-12


@dataclass(frozen=True)
class Numbers:
    """How likely each number is, from `least` on: what is expected of a count, and the range it likely falls in."""

    least: int
    chances: tuple[float, ...]

    @cached_property
    def expected(self) -> float:
        return sum((self.least + n) * chance for n, chance in enumerate(self.chances))

    @property
    def about(self) -> int:
        return round(self.expected)

    @property
    def low(self) -> int:
        return self.at(TAIL)

    @property
    def high(self) -> int:
        return self.at(1 - TAIL)

    def at(self, part: float) -> int:
        """The smallest number that at least this part of the chances does not exceed."""
        total = 0.0
        for n, chance in enumerate(self.chances):
            total += chance
            if total >= part - 1e-9:
                return self.least + n
        return self.least + len(self.chances) - 1

    def plus(self, other: Numbers) -> Numbers:
        """The sum of two that do not depend on each other."""
        found = _convolved(self.chances, other.chances)
        return _trimmed(self.least + other.least, found)


def of_chances(chances: Iterable[float]) -> Numbers:
    """How many of some happen, each with its own chance."""
    found = Numbers(0, (1.0,))
    for chance in chances:
        if chance >= 1:
            found = Numbers(found.least + 1, found.chances)
        elif chance > 0:
            found = found.plus(Numbers(0, (1 - chance, chance)))
    return found


def of_mean(mean: float, unevenness: float = 1.0) -> Numbers:
    """How many happen where so many are expected: as chance has it, or with so many times its variance."""
    if mean <= 0:
        return Numbers(0, (1.0,))
    spread = max(unevenness, 1.0)
    furthest = math.ceil(mean + 8 * math.sqrt(mean * spread)) + 8
    chances = [_chance(n, mean, spread) for n in range(furthest + 1)]
    total = sum(chances)
    return Numbers(0, tuple(chance / total for chance in chances))


def _chance(n: int, mean: float, spread: float) -> float:
    if spread < 1 + 1e-9:
        return math.exp(n * math.log(mean) - mean - math.lgamma(n + 1))
    size = mean / (spread - 1)
    combined = math.lgamma(n + size) - math.lgamma(size) - math.lgamma(n + 1)
    return math.exp(combined - size * math.log(spread) + n * math.log((spread - 1) / spread))


def mixed(parts: Sequence[tuple[Numbers, float]]) -> Numbers:
    least = min(numbers.least for numbers, _weight in parts)
    most = max(numbers.least + len(numbers.chances) for numbers, _weight in parts)
    chances = [0.0] * (most - least)
    for numbers, weight in parts:
        for n, chance in enumerate(numbers.chances, start=numbers.least - least):
            chances[n] += weight * chance
    return Numbers(least, tuple(chances))


def _convolved(one: Sequence[float], other: Sequence[float]) -> list[float]:
    if len(one) < len(other):
        one, other = other, one
    found = [0.0] * (len(one) + len(other) - 1)
    for place, chance in enumerate(other):
        for n, each in enumerate(one, start=place):
            found[n] += chance * each
    return found


def _trimmed(least: int, chances: list[float]) -> Numbers:
    """Without what is next to impossible at either end: the lists of a city stay short."""
    first, until = 0, len(chances)
    while until - first > 1 and chances[until - 1] < _LEAST:
        until -= 1
    while until - first > 1 and chances[first] < _LEAST:
        first += 1
    return Numbers(least + first, tuple(chances[first:until]))
