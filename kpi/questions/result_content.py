"""The annual result report as plain values: what is sealed, and read again in the same words whatever changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kpi.declaring import Rule
from kpi.judging import Status
from people.models import Municipality

#: The standing of what is held back.
HELD_BACK = "held_back"
#: And of what may still change: what is counted goes on for months after the year.
UNFINISHED = "unfinished"
#: The unit of what is answered with yes or no.
YES_NO = "yes_no"
#: What is said in each language, by language.
Words = dict[str, dict[str, str]]


def in_language(words: Mapping[str, dict[str, str]]) -> dict[str, str]:
    return words.get((get_language() or "nb")[:2]) or words["nb"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the catalogue in one year's report, as published. `values` are the years' up to it, oldest first.

    `figure`: the code of what counts it, empty where somebody tells it; `told` is an answer in words. `goal` is what
    the municipality is to reach. `is_worse`: than the year before, as far as both are told.
    """

    code: str
    figure: str
    unit: str
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    is_held_back: bool
    values: tuple[Decimal | None, ...]
    years_held_back: tuple[bool, ...]
    told: str
    goal: Decimal | None
    standing: str
    is_worse: bool
    words: Words

    @property
    def said(self) -> dict[str, str]:
        """Its words in the language of the moment."""
        return in_language(self.words)

    @property
    def status(self) -> str:
        """How it stands, in words."""
        if self.standing == UNFINISHED:
            return _("Held back: the time that is followed is not over")
        return _("Held back: few people") if self.standing == HELD_BACK else str(Status(self.standing).label)

    @property
    def by_year(self) -> list[tuple[Decimal | None, bool]]:
        """Each year's value, and whether it is held back; oldest first."""
        return list(zip(self.values, self.years_held_back, strict=True))


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of an objective. `responsible` is a name, empty without a measure."""

    text: str = ""
    deviation: str = ""
    measure: str = ""
    responsible: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """One objective of a strategy: its lines, and what whoever answers for it has written."""

    objective: int
    number: str
    words: Words
    lines: tuple[Line, ...]
    comment: Said | None

    @property
    def title(self) -> str:
        return in_language(self.words)["title"]

    @property
    def strategy(self) -> str:
        return in_language(self.words)["strategy"]

    @property
    def is_numbered(self) -> bool:
        return self.number.isdigit()

    @property
    def is_worse(self) -> bool:
        """Whether something has become worse since the year before."""
        return any(line.is_worse for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class ResultReport:
    """`years`: those of the lines' values. `gap_nights`: so many nights away do not end a stay."""

    municipality: Municipality
    year: int
    years: tuple[int, ...]
    parts: tuple[Part, ...]
    rule: Rule = Rule.STAY
    gap_nights: int
    made_at: datetime
    is_under_way: bool = False

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]


def as_content(report: ResultReport) -> dict[str, Any]:
    """The report as plain values for its seal, with its words in every language."""
    return {
        "municipality": report.municipality.number,
        "year": report.year,
        "rule": report.rule.value,
        "gap_nights": report.gap_nights,
        "years": list(report.years),
        "known_at": report.made_at.isoformat(),
        "is_under_way": report.is_under_way,
        "parts": [_plain_part(part) for part in report.parts],
    }


def from_content(content: Mapping[str, Any], municipality: Municipality) -> ResultReport:
    """The report that `as_content` told of, whatever has been written since."""
    return ResultReport(
        municipality=municipality,
        year=content["year"],
        years=tuple(content["years"]),
        rule=Rule(content["rule"]),
        gap_nights=content["gap_nights"],
        made_at=datetime.fromisoformat(content["known_at"]),
        is_under_way=content["is_under_way"],
        parts=tuple(_part_from(told) for told in content["parts"]),
    )


def _plain_part(part: Part) -> dict[str, Any]:
    said = part.comment
    told = None if said is None else {**asdict(said), "due_on": said.due_on.isoformat() if said.due_on else None}
    return {
        "objective": part.objective,
        "number": part.number,
        "words": part.words,
        "comment": told,
        "lines": [_plain(line) for line in part.lines],
    }


def _part_from(told: Mapping[str, Any]) -> Part:
    said = told["comment"]
    if said is not None:
        said = Said(**{**said, "due_on": date.fromisoformat(said["due_on"]) if said["due_on"] else None})
    return Part(**{**told, "comment": said, "lines": tuple(_line_from(line) for line in told["lines"])})


def _plain(line: Line) -> dict[str, Any]:
    return {
        **asdict(line),
        "value": _text(line.value),
        "values": [_text(value) for value in line.values],
        "years_held_back": list(line.years_held_back),
        "goal": _text(line.goal),
    }


def _line_from(told: Mapping[str, Any]) -> Line:
    return Line(
        **{
            **told,
            "value": _decimal(told["value"]),
            "values": tuple(_decimal(value) for value in told["values"]),
            "years_held_back": tuple(told["years_held_back"]),
            "goal": _decimal(told["goal"]),
        }
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
