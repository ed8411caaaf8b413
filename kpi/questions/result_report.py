"""The annual result report of a municipality: each objective's rows as published, over the years, against targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kpi.catalogue import BY_CODE
from kpi.measurement import Period, Question, behind
from kpi.models import (
    Answer,
    CatalogueRow,
    ChosenStrategy,
    Direction,
    LocalReading,
    Objective,
    RegisterValue,
    ReportComment,
    TargetKind,
    Way,
)
from kpi.publishing import Published, published
from kpi.questions.result_content import HELD_BACK, UNFINISHED, YES_NO, Line, Part, ResultReport, Said, Words
from kpi.questions.standing import KNOWN, RowStanding, by_whether_over, standings
from kpi.questions.trend import data_begins
from kpi.suppression import is_small
from people.models import Employee, Municipality, RoleGrant
from people.roles import Permission, roles_with

#: How many years a trend looks back, the report's own with them.
YEARS = 5
#: Units of values that are people or their households.
_OF_PEOPLE = ("households", "people")


def period_of(year: int, *, today: date) -> Period:
    """The whole year, or what there is of it: today with it."""
    return Period(date(year, 1, 1), min(date(year + 1, 1, 1), max(today, date(year, 1, 1)) + timedelta(days=1)))


def result_report(
    municipality: Municipality, year: int, *, at: datetime, today: date, left_out: tuple[int, ...]
) -> ResultReport:
    """The year's report as it stands now: every row of the catalogue that says something of a municipality."""
    question = Question(municipality=municipality.number, left_out=left_out)
    years = tuple(range(year - YEARS + 1, year + 1))
    told = _told(question, years, today=today)
    by_objective: dict[int, list[Line]] = {}
    for standing in standings(question, year, today=today):
        by_objective.setdefault(standing.row.objective_id, []).append(_line(standing, years, told))
    comments = {one.objective_id: one for one in comments_of(municipality, year)}
    return ResultReport(
        municipality=municipality,
        year=year,
        years=years,
        gap_nights=question.gap_nights,
        parts=tuple(
            Part(
                objective=one.pk,
                number=one.number,
                words=_in_languages(partial(_named, one)),
                lines=tuple(by_objective.get(one.pk, ())),
                comment=_said(comments.get(one.pk)),
            )
            for one in objectives_of(municipality)
        ),
        made_at=at,
        is_under_way=today < date(year + 1, 1, 1),
    )


def objectives_of(municipality: Municipality) -> QuerySet[Objective]:
    """What is reported of: the objectives that have rows, and those of the strategy that the municipality has chosen.

    The newest strategy first, our own after them.
    """
    chosen = ChosenStrategy.objects.filter(municipality=municipality).values("strategy")
    asked = Q(pk__in=CatalogueRow.objects.values("objective")) | Q(strategy__in=chosen)
    newest = F("strategy__starts_on").desc(nulls_last=True)
    return Objective.objects.filter(asked).select_related("strategy").order_by(newest, "strategy__key", "position")


def _named(one: Objective) -> dict[str, str]:
    return {"title": one.wording, "strategy": one.strategy.wording}


def comments_of(municipality: Municipality, year: int) -> list[ReportComment]:
    written = ReportComment.objects.filter(municipality=municipality, year=year)
    return list(written.select_related("responsible", "by").order_by("objective"))


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


@dataclass(frozen=True, kw_only=True)
class _Value:
    """What is told of one row and year. Of what is held back there is no number."""

    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    is_held_back: bool = False
    is_unfinished: bool = False


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What is published of a municipality, by what counts it or the row, and by year."""

    figures: Mapping[tuple[str, int], Published]
    answers: Mapping[tuple[int, int], Answer]
    registers: Mapping[tuple[int, int], RegisterValue]

    def of(self, row: CatalogueRow, year: int) -> _Value:
        """As `RowStanding.value` chooses, and small numbers held back whoever told them."""
        answer, figure = self.answers.get((row.pk, year)), self.figures.get((row.computed_by, year))
        if row.answer_kind == YES_NO:
            return _Value(value=answer.value if answer else None)
        if figure is not None and figure.figure.value is not None:
            return _as_published(figure)
        register = self.registers.get((row.pk, year))
        if register is not None:
            return _of_register(register, row.unit)
        number = answer.value if answer and not row.computed_by else None
        is_few = row.unit in _OF_PEOPLE and number is not None and is_small(int(number))
        return _Value(value=None if is_few else number, is_held_back=is_few)


def _as_published(one: Published) -> _Value:
    if one.is_held_back:
        return _Value(is_held_back=True, is_unfinished=one.is_unfinished)
    figure = one.figure
    return _Value(value=figure.value, numerator=figure.numerator, denominator=figure.denominator)


def _of_register(one: RegisterValue, unit: str) -> _Value:
    parts = [part for part in (one.numerator, one.denominator) if part is not None]
    told = [*parts, (one.denominator or 0) - (one.numerator or 0)] if parts else []
    if any(map(is_small, told)) or (unit in _OF_PEOPLE and is_small(int(one.value))):
        return _Value(is_held_back=True)
    return _Value(value=one.value, numerator=one.numerator, denominator=one.denominator)


def _told(question: Question, years: Sequence[int], *, today: date) -> _Told:
    begins = data_begins(question.municipality)
    known = [year for year in years if begins is not None and begins.year <= year <= today.year]
    found = [
        one
        for asked, those in by_whether_over(question, known, today=today)
        for one in published(asked, [period_of(year, today=today) for year in those], today=today)
    ]
    here = {"municipality": question.municipality, "year__in": years}
    return _Told(
        figures={(one.indicator.code, one.figure.period.starts_on.year): one for one in found},
        answers={(one.row_id, one.year): one for one in Answer.objects.filter(**here)},
        registers={(one.row_id, one.year): one for one in RegisterValue.objects.filter(**here)},
    )


def _line(one: RowStanding, years: Sequence[int], told: _Told) -> Line:
    by_year = [told.of(one.row, year) for year in years]
    if one.row.code == KNOWN:
        # of the rows themselves: nothing is held back, and no other year is asked
        by_year[-1] = _Value(value=one.value, numerator=one.numerator, denominator=one.denominator)
    last, before = by_year[-1], by_year[-2]
    return Line(
        code=one.row.code,
        figure=one.row.computed_by if last.value is not None or last.is_held_back else "",
        unit=one.unit,
        value=last.value,
        numerator=last.numerator,
        denominator=last.denominator,
        is_held_back=last.is_held_back,
        values=tuple(each.value for each in by_year),
        years_held_back=tuple(each.is_held_back for each in by_year),
        told=one.answer.text if one.answer else "",
        goal=_goal_of(one, dict(zip(years, by_year, strict=True))),
        standing=_standing(last, one),
        is_worse=_is_worse(one.row, last, before),
        words=_in_languages(partial(_words_of, one, last, before)),
    )


def _standing(last: _Value, one: RowStanding) -> str:
    if last.is_unfinished:
        return UNFINISHED
    return HELD_BACK if last.is_held_back else one.status.value


def _goal_of(one: RowStanding, by_year: Mapping[int, _Value]) -> Decimal | None:
    """What the municipality is to reach; a change's, which tells what it is reckoned from, where that is told."""
    row = one.row
    is_of_base = row.target_kind in (TargetKind.RELATIVE, TargetKind.POINTS, TargetKind.TREND)
    if one.own_target is None and is_of_base and row.local_reading == LocalReading.SAME_SHARE:
        base = row.target_from if row.target_from and not row.is_yearly else one.year - 1
        return one.target if by_year.get(base, _Value()).value is not None else None
    return one.target


def _is_worse(row: CatalogueRow, last: _Value, before: _Value) -> bool:
    if last.value is None or before.value is None or row.direction == Direction.NEITHER:
        return False
    return last.value < before.value if row.direction == Direction.UP else last.value > before.value


def _words_of(one: RowStanding, last: _Value, before: _Value) -> dict[str, str]:
    """What the report says of a row, in the language of the moment: what it asks, how it stands, how it is got."""
    row, counted = one.row, BY_CODE.get(one.row.computed_by)
    is_told = last.value is not None and before.value is not None
    return {
        "question": row.wording,
        "reason": "" if last.is_held_back else str(one.judgement.reason.label),
        "trend": one.trend_words if is_told else "",
        "target": _target_in_words(one),
        "how": ", ".join(str(Way(way).label) for way in row.how),
        "population": str(counted.population_text) if counted else "",
        "definition": str(counted.definition) if counted else row.why_not_computed,
        "source": counted.source if counted else one.register_value.register if one.register_value else row.register,
        "note": row.note,
    }


def _target_in_words(one: RowStanding) -> str:
    """The national one in its own words; the municipality's own stands in `Line.goal`."""
    own = one.own_target
    if own is None:
        return one.row.target
    return _("Own target by %(day)s. National: %(target)s") % {
        "day": f"{own.deadline.day}.{own.deadline.month}.{own.deadline.year}",
        "target": one.row.target or "–",  # noqa: RUF001 -- a dash for none
    }


def _in_languages(say: Callable[[], dict[str, str]]) -> Words:
    words: Words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code[:2]] = say()
    return words


def lists_behind(
    municipality: Municipality, year: int, *, today: date, left_out: tuple[int, ...]
) -> dict[str, list[str]]:
    """The references behind each figure of the year, by its code, and of those it is a share of by code and "/of"."""
    question = Question(municipality=municipality.number, left_out=left_out)
    lists: dict[str, list[str]] = {}
    for (code, place), found in sorted(behind(question, period_of(year, today=today)).items()):
        if place == municipality.number:
            lists[code] = found.households
            if BY_CODE[code].denominator is not None:
                lists[f"{code}/of"] = found.population
    return lists
