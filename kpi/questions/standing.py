"""How a municipality stands in each row of the catalogue: its own value, what it is held against, and in words how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kpi.catalogue import BY_CODE
from kpi.judging import Held, Judgement, Status, judged
from kpi.measurement import Figure, Period, Question, measure, share
from kpi.models import Answer, CatalogueRow, ChosenStrategy, LocalTarget, PublishedValue, RegisterValue
from kpi.questions.trend import data_begins

#: The row that counts the rows themselves.
KNOWN = "catalogue_known"
#: Whose rows it counts where the municipality's own strategy has none.
WITH_ROWS = "bolig-for-velferd"


@dataclass(frozen=True, kw_only=True)
class RowStanding:
    """One row for one municipality and year.

    `value`: the own answer where the row asks for yes or no, else what is counted, else what a register says, else the
    number answered; all of them stand beside it. Of a yes it is 1, of a no 0. `before`: the same for the year before.
    `year_ends_on`: the first day after what the value is of; a year under way ends tomorrow.
    """

    row: CatalogueRow
    year: int
    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    unit: str
    before: Decimal | None = None
    figure: Figure | None = None
    answer: Answer | None = None
    register_value: RegisterValue | None = None
    own_target: LocalTarget | None = None
    published: tuple[PublishedValue, ...] = ()
    judgement: Judgement

    @property
    def is_known(self) -> bool:
        return self.value is not None or (self.answer is not None and bool(self.answer.text))

    @property
    def status(self) -> Status:
        return self.judgement.status

    @property
    def target(self) -> Decimal | None:
        """The number that this municipality is to reach; None where there is none."""
        return self.judgement.goal

    @property
    def baseline(self) -> PublishedValue | None:
        return next((one for one in self.published if one.is_baseline), None)

    @property
    def is_past(self) -> bool:
        """Whether the day that it was to be reached by lies before the year's end."""
        deadline = self.own_target.deadline if self.own_target else self.row.deadline
        return deadline is not None and deadline.year < self.year

    @property
    def trend(self) -> str:
        """`up`, `down` or `same` since the year before; empty where one of them is not known."""
        if self.value is None or self.before is None:
            return ""
        if self.value == self.before:
            return "same"
        return "up" if self.value > self.before else "down"

    @property
    def trend_words(self) -> str:
        words = {"up": _("Up since last year"), "down": _("Down since last year"), "same": _("As last year")}
        return words.get(self.trend, _("Last year is not known"))

    @property
    def words(self) -> str:
        """The status, why it is so, and whether its day is past."""
        parts = [str(self.status.label) + ".", str(self.judgement.reason.label)]
        if self.is_past and self.status in (Status.ON_WAY, Status.OFF):
            parts.append(_("The deadline is past."))
        return " ".join(part for part in parts if part)


def standings(
    question: Question, year: int, *, today: date, rows: QuerySet[CatalogueRow] | None = None
) -> list[RowStanding]:
    """Each row (every one, unless some are given) in the catalogue's order. One statement for all figures.

    Of a year that nobody registered anything in, nothing counted is known.
    """
    asked = CatalogueRow.objects.all() if rows is None else rows
    listed = list(asked.select_related("objective__strategy").prefetch_related("published"))
    found = _stood(question, year, today, listed)
    if any(one.code == KNOWN for one in listed):
        counted = catalogue_known(question, year, today=today, among=found)
        found = [counted if one.row.code == KNOWN else one for one in found]
    return found


def catalogue_known(question: Question, year: int, *, today: date, among: Sequence[RowStanding] = ()) -> RowStanding:
    """How many of the rows of the municipality's strategy are known (12.1): of the strategy itself, not of the year's
    figures. Those that stand in `among` are not asked again.
    """
    chosen = ChosenStrategy.objects.filter(municipality=question.municipality).select_related("strategy").first()
    every = CatalogueRow.objects.select_related("objective__strategy").prefetch_related("published")
    mine = list(every.filter(objective__strategy=chosen.strategy)) if chosen else []
    mine = mine or list(every.filter(objective__strategy__key=WITH_ROWS))
    there = {one.row.pk: one for one in among}
    asked = [there.get(row.pk) for row in mine]
    told = [one for one in asked if one] if all(asked) else _stood(question, year, today, mine)
    known = sum(one.is_known for one in told)
    row = every.get(code=KNOWN)
    value = share(known, len(told))
    return replace(
        _empty(row, year), value=value, numerator=known, denominator=len(told), judgement=_judged(row, value)
    )


def _empty(row: CatalogueRow, year: int) -> RowStanding:
    return RowStanding(row=row, year=year, value=None, unit=row.unit, judgement=_judged(row, None))


def _judged(row: CatalogueRow, value: Decimal | None, **more: Decimal | None) -> Judgement:
    return judged(
        Held(
            direction=row.direction,
            reading=row.local_reading,
            kind=row.target_kind,
            target=row.target_value,
            value=value,
            is_yes_no=row.answer_kind == "yes_no",
            **more,
        )
    )


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What is known of the rows of one municipality: by row and year."""

    figures: Mapping[tuple[str, int], Figure]
    answers: Mapping[tuple[int, int], Answer]
    registers: Mapping[tuple[int, int], RegisterValue]

    def figure(self, row: CatalogueRow, year: int) -> Figure | None:
        return self.figures.get((row.computed_by, year))

    def value(self, row: CatalogueRow, year: int) -> Decimal | None:
        answer, register = self.answers.get((row.pk, year)), self.registers.get((row.pk, year))
        if row.answer_kind == "yes_no":
            return answer.value if answer else None
        figure = self.figure(row, year)
        if figure is not None and figure.value is not None:
            return figure.value
        if register is not None:
            return register.value
        return answer.value if answer and not row.computed_by else None


def _stood(question: Question, year: int, today: date, rows: Sequence[CatalogueRow]) -> list[RowStanding]:
    here = {"municipality": question.municipality, "row__in": rows}
    told = _Told(
        figures=_figures(question, _years(year, rows), today, rows),
        answers={(one.row_id, one.year): one for one in Answer.objects.filter(**here)},
        registers={(one.row_id, one.year): one for one in RegisterValue.objects.filter(**here)},
    )
    targets = {one.row_id: one for one in LocalTarget.objects.filter(**here)}
    return [_one(row, year, told, targets.get(row.pk)) for row in rows]


def _one(row: CatalogueRow, year: int, told: _Told, own_target: LocalTarget | None) -> RowStanding:
    value, before = told.value(row, year), told.value(row, year - 1)
    figure, answer, register = (
        told.figure(row, year),
        told.answers.get((row.pk, year)),
        told.registers.get((row.pk, year)),
    )
    of_parts = figure if figure is not None and figure.value == value else register
    return RowStanding(
        row=row,
        year=year,
        value=value,
        numerator=of_parts.numerator if of_parts and row.answer_kind != "yes_no" else None,
        denominator=of_parts.denominator if of_parts and row.answer_kind != "yes_no" else None,
        unit=_unit(row),
        before=before,
        figure=figure,
        answer=answer,
        register_value=register,
        own_target=own_target,
        published=tuple(row.published.all()),
        judgement=_judged(
            row,
            value,
            before=before,
            base=told.value(row, _base_year(row, year)),
            own_target=own_target.value if own_target else None,
        ),
    )


def _unit(row: CatalogueRow) -> str:
    if row.answer_kind == "yes_no":
        return "yes_no"
    return BY_CODE[row.computed_by].unit.value if row.computed_by else row.unit


def _base_year(row: CatalogueRow, year: int) -> int:
    """What a change is reckoned from: a yearly one, and a direction, from the year before."""
    return row.target_from if row.target_from and not row.is_yearly else year - 1


def _years(year: int, rows: Iterable[CatalogueRow]) -> list[int]:
    asks_base = [row for row in rows if row.local_reading == "same_share" and row.target_from]
    return sorted({year, year - 1, *(_base_year(row, year) for row in asks_base)})


def _figures(
    question: Question, years: Sequence[int], today: date, rows: Sequence[CatalogueRow]
) -> dict[tuple[str, int], Figure]:
    codes = dict.fromkeys(row.computed_by for row in rows if row.computed_by)
    begins = data_begins(question.municipality)
    known = [year for year in years if begins is not None and begins.year <= year <= today.year]
    if not codes or not known:
        return {}
    tomorrow = today + timedelta(days=1)
    found: dict[tuple[str, int], Figure] = {}
    for asked, those in by_whether_over(question, known, today=today):
        periods = [Period(date(year, 1, 1), min(date(year + 1, 1, 1), tomorrow)) for year in those]
        figures = measure(asked, periods, [BY_CODE[code] for code in codes])
        found |= {(one.indicator.code, one.period.starts_on.year): one for one in figures}
    return found


def by_whether_over(question: Question, years: Sequence[int], *, today: date) -> list[tuple[Question, list[int]]]:
    """What years that are over are asked, and what the running one is: that alone is asked without `left_out`.

    Else the same year would read differently in another year's report, by just those who are left out.
    """
    over, running = [year for year in years if year < today.year], [year for year in years if year >= today.year]
    both = [(replace(question, left_out=()), over), (question, running)]
    return [(asked, those) for asked, those in both if those]
