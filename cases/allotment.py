"""Who comes first to a dwelling, by the municipality's own rules, line by line. Pure: standard library only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

#: The criterion that counts once for each month waited.
WAITED = "waited"
#: Stands after every group: no criterion puts the household in one.
NO_GROUP = 1000


@dataclass(frozen=True)
class Rules:
    """How the order is found: `numbers` holds for each criterion its points, or its group where 1 is first.

    Without rules the order is that in which applications came.
    """

    by_groups: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One criterion that the household meets: points, or a group; `times` is how often it counts."""

    code: str
    number: int
    times: int = 1

    @property
    def total(self) -> int:
        return self.number * self.times


@dataclass(frozen=True)
class Priority:
    """What the rules give, how, and what somebody set in its place."""

    by_groups: bool
    lines: tuple[Line, ...]
    computed: int
    override: int | None = None

    @property
    def value(self) -> int:
        """The points or the group that the order goes by."""
        return self.computed if self.override is None else self.override

    @property
    def has_group(self) -> bool:
        return self.by_groups and self.value < NO_GROUP

    def order(self, received_on: date, number: int) -> tuple[int, date, int]:
        """What the waiting list is sorted by: most points or first group, then who came first."""
        return (self.value if self.by_groups else -self.value, received_on, number)


def priority(rules: Rules, met: Collection[str], *, months: int = 0, override: int | None = None) -> Priority:
    """What the rules give a household that meets these criteria and has waited so many whole months."""
    lines = [Line(code, number) for code, number in rules.numbers.items() if code in met and code != WAITED]
    if rules.by_groups:
        lines.sort(key=lambda line: line.number)
        computed = lines[0].number if lines else NO_GROUP
        return Priority(by_groups=True, lines=tuple(lines), computed=computed, override=override)
    if WAITED in rules.numbers and months > 0:
        lines.append(Line(WAITED, rules.numbers[WAITED], months))
    lines.sort(key=lambda line: -line.total)
    computed = sum(line.total for line in lines)
    return Priority(by_groups=False, lines=tuple(lines), computed=computed, override=override)


def months_between(first: date, day: date) -> int:
    """Whole calendar months from the one day to the other; none when it lies ahead."""
    months = (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day)
    return max(months, 0)


def points_lacking(mine: Priority, before: Priority, *, came_first: bool) -> int:
    """How many points more would have put one before the other; whoever came first is before at as many."""
    lacking = before.value - mine.value
    return max(lacking if came_first else lacking + 1, 0)
