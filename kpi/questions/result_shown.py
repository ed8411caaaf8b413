"""A result report as page and paper show it, and what reads differently now than when one was locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kpi.charts import Chart, trend
from kpi.declaring import Unit
from kpi.models import PublishedUnit
from kpi.questions.result_content import YES_NO, Line, Part, ResultReport
from kpi.wording import UNIT_WORDS


@dataclass(frozen=True, kw_only=True)
class Change:
    """What reads differently now than when a report was locked: what of it, and where, by code or by title."""

    what: str
    where: tuple[str, ...]


def changed_since(then: ResultReport, now: ResultReport) -> list[Change]:
    """Corrections after the lock change nothing in the report, and show."""
    was = {line.code: line for line in then.lines}
    both = [(was[line.code], line) for line in now.lines if line.code in was]
    told = was | {line.code: line for line in now.lines}
    in_both = {line.code for _before, line in both}
    read = {part.objective: part for part in then.parts}
    said = [(read[part.objective], part) for part in now.parts if part.objective in read]
    found = [
        (_("The year's figures and answers"), _where(both, lambda one: (one.value, one.is_held_back, one.told))),
        (_("Figures of earlier years"), _where(both, lambda one: (one.values[:-1], one.years_held_back[:-1]))),
        (_("Targets"), _where(both, lambda one: one.goal)),
        (_("Comments"), tuple(part.title for before, part in said if before.comment != part.comment)),
        (_("Rows that are new or gone"), tuple(_called(told[code]) for code in sorted(told) if code not in in_both)),
    ]
    return [Change(what=what, where=where) for what, where in found if where]


def _where(both: Sequence[tuple[Line, Line]], told: Callable[[Line], object]) -> tuple[str, ...]:
    return tuple(_called(line) for before, line in both if told(before) != told(line))


def _called(line: Line) -> str:
    """By its number in the strategy; what has none by what it asks."""
    return line.code if line.code[0].isdigit() else line.said["question"]


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """A line with its sign and its decimals. `now`: of a locked one, how it reads where that is differently by now."""

    line: Line
    sign: str
    decimals: int
    now: Line | None = None

    @property
    def is_yes_no(self) -> bool:
        return self.line.unit == YES_NO


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """A part for page and paper, with a drawing of the first of its lines that says something.

    `opens`: the strategy's name, where the part is the first of it. `lines` are those that something is told of in some
    year; `unknown` the others, by why nothing is.
    """

    part: Part
    opens: str
    lines: tuple[ShownLine, ...]
    unknown: tuple[tuple[str, tuple[Line, ...]], ...]
    chart: Chart | None


def shown_parts(report: ResultReport, now: ResultReport | None = None) -> list[ShownPart]:
    """`now`: beside a locked report, the year's report as it stands."""
    today = {line.code: line for line in now.lines} if now else {}
    before = ["", *(part.strategy for part in report.parts)]
    return [
        ShownPart(
            part=part,
            opens=part.strategy if part.strategy != before[n] else "",
            lines=tuple(_shown(line, today.get(line.code)) for line in part.lines if _is_told(line)),
            unknown=_unknown(part),
            chart=next((_drawn(line, report) for line in part.lines if _says_something(line)), None),
        )
        for n, part in enumerate(report.parts)
    ]


def _is_told(line: Line) -> bool:
    return bool(line.told) or any(line.years_held_back) or _known_years(line) > 0


def _unknown(part: Part) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """The lines of which nothing is told, by the reason; reasons and lines in the part's order."""
    by_reason: dict[str, list[Line]] = {}
    for line in part.lines:
        if not _is_told(line):
            by_reason.setdefault(line.said["reason"], []).append(line)
    return tuple((reason, tuple(lines)) for reason, lines in by_reason.items())


def _says_something(line: Line) -> bool:
    """Whether a drawing of it would: two known years, and not nothing in all of them."""
    return line.unit != YES_NO and _known_years(line) > 1 and any(line.values)


def _known_years(line: Line) -> int:
    return sum(value is not None for value in line.values)


def _shown(line: Line, now: Line | None = None) -> ShownLine:
    differs = now is not None and (now.value, now.is_held_back) != (line.value, line.is_held_back)
    sign = {"percent": "%", "days": _("days"), "kroner": "kr"}.get(line.unit, "")
    decimals = 1 if line.unit in ("percent", "days") else 0
    return ShownLine(line=line, sign=sign, decimals=decimals, now=now if differs else None)


def _drawn(line: Line, report: ResultReport) -> Chart:
    return trend(
        title=line.said["question"],
        points=[(str(year), value) for year, value in zip(report.years, line.values, strict=True)],
        value_label=unit_in_words(line.unit),
        time_label=_("Year"),
        target=line.goal,
        decimals=_shown(line).decimals,
        note=_("Years without a point are not known or held back.") if _known_years(line) < len(line.values) else "",
    )


def unit_in_words(unit: str) -> str:
    if unit == YES_NO:
        return _("yes or no")
    return str(UNIT_WORDS[Unit(unit)]) if unit in set(Unit) else str(PublishedUnit(unit).label)
