"""The lines of a run: printed as they come, and written to docs/performance.md when all have."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

RUNS = 15
PAGE = Path(__file__).parent.parent.parent / "docs" / "performance.md"
_BEFORE, _AFTER = "<!-- measured: written by make bench -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Line:
    """What something took and what it is held against: a floor in the same run, times or milliseconds above it."""

    name: str
    took: float
    floor: float | None
    bar: str
    is_over: bool

    @property
    def ratio(self) -> str:
        return f"{self.took / self.floor:.2f}" if self.floor else ""


class Table:
    """The lines of one size."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.lines: list[Line] = []
        self.notes: list[str] = []
        print(f"\n{title}\n{'question':78} {'ms':>9} {'floor ms':>9} {'ratio':>7}  bar")

    @property
    def is_within(self) -> bool:
        return not any(line.is_over for line in self.lines)

    def note(self, text: str) -> None:
        """What is not a time."""
        self.notes.append(text)
        print(text, flush=True)

    def times_its_floor(self, name: str) -> float:
        """What the line of that name took, by its floor."""
        return next(line.took / line.floor for line in self.lines if line.name == name and line.floor)

    def line(
        self,
        name: str,
        work: Callable[[], object],
        floor: Callable[[], object] | None = None,
        bar: float | None = None,
        *,
        runs: int = RUNS,
    ) -> float:
        return self.measured(name, timed(work, runs), timed(floor, runs) if floor else None, bar)

    def measured(
        self, name: str, took: float, floor: float | None, bar: float | None = None, *, above: float | None = None
    ) -> float:
        """`bar`: so many times the floor, or milliseconds where there is none; `above`: milliseconds more than it."""
        allowed = [] if bar is None else [bar * floor if floor else bar]
        allowed += [] if above is None or floor is None else [floor + above]
        told = " or ".join(
            ([] if bar is None else [f"{bar:g} times" if floor else f"{bar:g} ms"])
            + ([] if above is None else [f"+ {above:g} ms"])
        )
        line = Line(name, took, floor, told, bool(allowed) and took > max(allowed))
        self.lines.append(line)
        shown = f"{floor:9.2f}" if floor else " " * 9
        print(f"{name:78} {took:9.2f} {shown} {line.ratio:>7}  {told}{'  over' if line.is_over else ''}", flush=True)
        return took


def times(work: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Milliseconds of each run after one that is not counted."""
    work()
    taken = []
    for _ in range(runs):
        before = perf_counter()
        work()
        taken.append((perf_counter() - before) * 1000)
    return sorted(taken)


def timed(work: Callable[[], object], runs: int = RUNS) -> float:
    return median(times(work, runs))


def write(tables: list[Table], page: Path = PAGE) -> None:
    """Put what was measured in its place on the page; the words around it stay."""
    text = page.read_text("utf-8")
    before, _mark, rest = text.partition(_BEFORE)
    _old, _mark, after = rest.partition(_AFTER)
    page.write_text(f"{before}{_BEFORE}\n{_measured(tables)}\n{_AFTER}{after}", "utf-8")


def _measured(tables: list[Table]) -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    parts = [f"{os.cpu_count()} cores, {platform.machine()}; others' load on the machine in the end: {load}."]
    for table in tables:
        parts.append(f"\n### {table.title}\n\n| question | ms | floor, ms | ratio | bar | |\n|---|--:|--:|--:|---|---|")
        parts += [
            f"| {one.name} | {one.took:.2f} | {'' if one.floor is None else f'{one.floor:.2f}'} | {one.ratio} |"
            f" {one.bar} | {'over' if one.is_over else ''} |"
            for one in table.lines
        ]
        parts += ["", *(f"{note}\n" for note in table.notes)]
    return "\n".join(parts)
