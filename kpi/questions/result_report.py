"""The annual result report of a municipality: each objective's figures as published, in words and over the years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils import translation
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpi.catalogue import BY_CODE, CATALOGUE
from kpi.charts import Chart, trend
from kpi.declaring import Better, Indicator, Rule, Unit
from kpi.measurement import Period, Question, behind
from kpi.models import Report, ReportComment
from kpi.publishing import Published, published
from kpi.wording import GOALS, UNIT_WORDS
from people.models import Employee, Municipality, RoleGrant
from people.roles import Permission, roles_with

#: What the heading without a number is called in addresses.
OWN = "own"
#: How many years a trend looks back, the report's own with them.
YEARS = 5


@dataclass(frozen=True, kw_only=True)
class Line:
    """One indicator in one year's report, as published. `values` are the years' up to the report's, oldest first."""

    code: str
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    is_held_back: bool
    values: tuple[Decimal | None, ...]
    years_held_back: tuple[bool, ...]
    standing: str

    @property
    def indicator(self) -> Indicator:
        return BY_CODE[self.code]

    @property
    def status(self) -> str:
        """How it stands, in words."""
        return str(LineStanding(self.standing).label)

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
    """One objective: its lines, and what whoever answers for it has written."""

    goal: str
    title: str
    lines: tuple[Line, ...]
    comment: Said | None

    @property
    def is_worse(self) -> bool:
        """Whether something has become worse since the year before."""
        return any(line.standing == LineStanding.WORSE for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class ResultReport:
    """`years`: those of the lines' values. `known_at`: the moment it tells of, None for now."""

    municipality: Municipality
    year: int
    years: tuple[int, ...]
    parts: tuple[Part, ...]
    rule: Rule = Rule.STAY
    made_at: datetime
    is_under_way: bool = False

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]


def period_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def result_report(
    municipality: Municipality, year: int, *, at: datetime, today: date, left_out: tuple[int, ...]
) -> ResultReport:
    """The year's report as it stands now. One statement for all figures of all years, and one for the comments."""
    question = Question(municipality=municipality.number, left_out=left_out)
    years = tuple(range(year - YEARS + 1, year + 1))
    found = published(question, [period_of(one) for one in years])
    by_code = {one.code: found[n * len(years) : (n + 1) * len(years)] for n, one in enumerate(CATALOGUE)}
    comments = {one.goal: one for one in comments_of(municipality, year)}
    parts = (
        Part(
            goal=goal,
            title=str(words),
            lines=tuple(_line(by_code[one.code]) for one in CATALOGUE if one.goal == goal),
            comment=_said(comments.get(goal)),
        )
        for goal, words in GOALS.items()
    )
    return ResultReport(
        municipality=municipality,
        year=year,
        years=years,
        parts=tuple(part for part in parts if part.lines),
        made_at=at,
        is_under_way=today < date(year + 1, 1, 1),
    )


def comments_of(municipality: Municipality, year: int) -> list[ReportComment]:
    written = ReportComment.objects.filter(municipality=municipality, year=year)
    return list(written.select_related("responsible", "by").order_by("goal"))


def _said(comment: ReportComment | None) -> Said | None:
    if comment is None:
        return None
    return Said(
        text=comment.text,
        deviation=comment.deviation,
        measure=comment.measure,
        responsible=comment.responsible.name if comment.responsible else "",
        due_on=comment.due_on,
    )


def answerers(municipality_id: str, *, at: datetime) -> QuerySet[Employee]:
    """Those who may see the municipality's figures, by name: one of them answers for a measure."""
    roles = roles_with(Permission.VIEW_FIGURES)
    grants = RoleGrant.objects.on(localdate(at)).filter(unit__municipality=municipality_id, role__in=roles)
    found = Employee.objects.filter(pk__in=grants.values("employee"), is_active=True, is_system=False)
    return found.order_by("name", "pk")


def _line(years: list[Published]) -> Line:
    last = years[-1]
    figure = last.figure
    return Line(
        code=last.indicator.code,
        value=None if last.is_held_back else figure.value,
        numerator=None if last.is_held_back else figure.numerator,
        denominator=None if last.is_held_back else figure.denominator,
        is_held_back=last.is_held_back,
        values=tuple(None if one.is_held_back else one.figure.value for one in years),
        years_held_back=tuple(one.is_held_back for one in years),
        standing=standing_of(last, years[-2]).value,
    )


class LineStanding(TextChoices):
    """How a figure stands, against the year before: no municipality is measured by a national number."""

    HELD_BACK = "held_back", gettext_lazy("Held back: few people")
    UNKNOWN = "unknown", gettext_lazy("Not known")
    NO_YEAR_BEFORE = "no_year_before", gettext_lazy("No figure of the year before to compare with")
    SAME = "same", gettext_lazy("As the year before")
    HIGHER = "higher", gettext_lazy("Higher than the year before")
    LOWER = "lower", gettext_lazy("Lower than the year before")
    BETTER = "better", gettext_lazy("Better than the year before")
    WORSE = "worse", gettext_lazy("Worse than the year before")


def standing_of(now: Published, before: Published) -> LineStanding:
    if now.is_held_back:
        return LineStanding.HELD_BACK
    if now.figure.value is None:
        return LineStanding.UNKNOWN
    if before.is_held_back or before.figure.value is None:
        return LineStanding.NO_YEAR_BEFORE
    return _changed(now.figure.value - before.figure.value, now.indicator.better)


def _changed(change: Decimal, better: Better) -> LineStanding:
    if not change:
        return LineStanding.SAME
    if better is Better.NEITHER:
        return LineStanding.HIGHER if change > 0 else LineStanding.LOWER
    return LineStanding.BETTER if (change > 0) == (better is Better.HIGHER) else LineStanding.WORSE


def words_of(one: Indicator) -> dict[str, str]:
    """What the method's appendix says of an indicator, in the language of the moment."""

    def said(text: str | Promise) -> str:
        return str(text)

    return {
        "code": one.code,
        "question": said(one.question),
        "population": said(one.population_text),
        "definition": said(one.definition),
        "unit": one.unit.value,
        "target": said(one.target),
        "baseline": f"{one.baseline.value} ({one.baseline.year})" if one.baseline else "",
        "source": one.source,
    }


def as_content(report: ResultReport) -> dict[str, Any]:
    """The report as plain values for its seal: the same whatever language is read."""
    with translation.override("nb"):
        return {
            "municipality": report.municipality.number,
            "year": report.year,
            "rule": report.rule.value,
            "years": list(report.years),
            "made_at": report.made_at.isoformat(),
            "is_under_way": report.is_under_way,
            "parts": [_plain_part(part) for part in report.parts],
            "method": {line.code: words_of(line.indicator) for line in report.lines},
        }


def from_content(content: Mapping[str, Any], municipality: Municipality) -> ResultReport:
    """The report that `as_content` told of, whatever has been written since."""
    return ResultReport(
        municipality=municipality,
        year=content["year"],
        years=tuple(content["years"]),
        rule=Rule(content["rule"]),
        made_at=datetime.fromisoformat(content["made_at"]),
        is_under_way=content["is_under_way"],
        parts=tuple(_part_from(told) for told in content["parts"]),
    )


def changed_since(sealed: Report, now: ResultReport) -> list[Line]:
    """The lines that read differently now: corrections after the lock change nothing in it, and show."""
    was = {line.code: line for line in from_content(sealed.content, now.municipality).lines}
    return [line for line in now.lines if line.code in was and line.value != was[line.code].value]


def lists_behind(municipality: Municipality, year: int, *, left_out: tuple[int, ...]) -> dict[str, list[str]]:
    """The references behind each figure of the year, by its code, and of those it is a share of by code and "/of"."""
    question = Question(municipality=municipality.number, left_out=left_out)
    lists: dict[str, list[str]] = {}
    for (code, place), found in sorted(behind(question, period_of(year)).items()):
        if place == municipality.number:
            lists[code] = found.households
            if BY_CODE[code].denominator is not None:
                lists[f"{code}/of"] = found.population
    return lists


def _plain_part(part: Part) -> dict[str, Any]:
    said = part.comment
    told = None
    if said is not None:
        told = {**asdict(said), "due_on": said.due_on.isoformat() if said.due_on else None}
    return {"goal": part.goal, "title": part.title, "comment": told, "lines": [_plain(line) for line in part.lines]}


def _part_from(told: Mapping[str, Any]) -> Part:
    said = told["comment"]
    if said is not None:
        said = Said(**{**said, "due_on": date.fromisoformat(said["due_on"]) if said["due_on"] else None})
    goal = told["goal"]
    title = str(GOALS.get(goal, told["title"]))
    return Part(goal=goal, title=title, comment=said, lines=tuple(_line_from(line) for line in told["lines"]))


def _plain(line: Line) -> dict[str, Any]:
    return {
        **asdict(line),
        "value": _text(line.value),
        "values": [_text(value) for value in line.values],
        "years_held_back": list(line.years_held_back),
    }


def _line_from(told: Mapping[str, Any]) -> Line:
    return Line(
        **{
            **told,
            "value": _decimal(told["value"]),
            "values": tuple(_decimal(value) for value in told["values"]),
            "years_held_back": tuple(told["years_held_back"]),
        }
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """A line with its sign and its decimals."""

    line: Line
    sign: str
    decimals: int


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """A part for page and paper, with a drawing of the first of its lines that says something."""

    part: Part
    slug: str
    lines: tuple[ShownLine, ...]
    chart: Chart | None


def shown_parts(report: ResultReport) -> list[ShownPart]:
    return [
        ShownPart(
            part=part,
            slug=part.goal or OWN,
            lines=tuple(_shown(line) for line in part.lines),
            chart=next((_drawn(line, report) for line in part.lines if _says_something(line)), None),
        )
        for part in report.parts
    ]


def _says_something(line: Line) -> bool:
    """Whether a drawing of it would: two known years, and not nothing in all of them."""
    return _known_years(line) > 1 and any(line.values)


def _known_years(line: Line) -> int:
    return sum(value is not None for value in line.values)


def _shown(line: Line) -> ShownLine:
    unit = line.indicator.unit
    sign = {Unit.PERCENT: "%", Unit.DAYS: _("days"), Unit.KRONER: "kr"}.get(unit, "")
    return ShownLine(line=line, sign=sign, decimals=1 if unit in (Unit.PERCENT, Unit.DAYS) else 0)


def _drawn(line: Line, report: ResultReport) -> Chart:
    one = line.indicator
    return trend(
        title=str(one.question),
        points=[(str(year), value) for year, value in zip(report.years, line.values, strict=True)],
        value_label=str(UNIT_WORDS[one.unit]),
        time_label=_("Year"),
        decimals=_shown(line).decimals,
        note=_("Years without a point are not known or held back.") if _known_years(line) < len(line.values) else "",
    )
