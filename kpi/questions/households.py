"""The households behind a figure, as somebody who may see figures sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from cases.questions.standing import Standing, standings
from kpi.declaring import Count, Indicator
from kpi.measurement import Contribution, Period, Question, contributions, rows_of
from people.access import reported_households, units_with
from people.components import Page
from people.masking import sights_of
from people.models import Employee, Household
from people.parts import part_of
from people.roles import Permission

#: The goal whose indicators are about families and the young.
OF_FAMILIES = "3"
#: And those of our own figures that are.
OF_CHILDREN = ("child_nights", "children")
#: A reference is shown by its first letters: enough to tell households apart and to find the case.
SHORT = 8


@dataclass(frozen=True, kw_only=True)
class Row:
    """One household behind a figure. Name and key only where the employee may see the household.

    `to_correct` is the reference by which a reporter, who may not, can ask for a correction.

    `amount`: what it adds to the figure, in the figure's own unit. `amount_now`, in a list as it was known: the same as
    it is known now, None when it is not counted any more.
    """

    household_id: int
    case: str
    name: str
    key: UUID | None
    to_correct: str | None
    amount: float
    first_night: date | None
    moved_out: date | None
    is_family: bool
    is_young: bool
    owner: str
    amount_now: float | None = None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A part of the list. `hidden`: how many more are behind the figure, told of a whole municipality's alone."""

    page: Page
    hidden: int | None


def households_behind(
    indicator: Indicator,
    question: Question,
    period: Period,
    employee: Employee,
    *,
    is_population: bool,
    at: datetime,
    after: str | None,
    before: str | None,
) -> Listed:
    """Those counted, or with `is_population` those they are a share of: first the ones one may open.

    Of the others a reporter gets the case number, but of none whose address is shielded or whose data is sealed. How
    many are not shown stands beside a whole municipality's list alone: a count by unit, by family or by how long would
    tell where somebody is. Who is behind a figure of a special class is only for those on the case.
    """
    behind = _behind(indicator, question, period, employee, is_population=is_population, at=at)
    page = part_of(behind.listed, after=after, before=before)
    rows = rows_of_households(page.rows, behind.visible, question, period, employee, at=at)
    now = amounts_now(indicator, question, period, is_population=is_population)
    rows = [replace(row, amount_now=now.get(row.household_id)) for row in rows]
    return Listed(
        page=replace(page, rows=rows),
        hidden=behind.hidden if is_whole(indicator, question, is_population=is_population) else None,
    )


def all_households_behind(
    indicator: Indicator, question: Question, period: Period, employee: Employee, *, is_population: bool, at: datetime
) -> dict[int, Row]:
    """Every row of the list that `households_behind` gives in parts, by household id: for a file."""
    behind = _behind(indicator, question, period, employee, is_population=is_population, at=at)
    rows = rows_of_households(behind.listed, behind.visible, question, period, employee, at=at)
    now = amounts_now(indicator, question, period, is_population=is_population)
    return {
        one.household_id: replace(row, amount_now=now.get(one.household_id))
        for one, row in zip(behind.listed, rows, strict=True)
    }


def amounts_now(indicator: Indicator, question: Question, period: Period, *, is_population: bool) -> dict[int, float]:
    """What each adds as it is known now, by id: beside a list as it was known, else of nobody."""
    if question.known_at is None:
        return {}
    found = contributions(replace(question, known_at=None), period, indicator, is_population=is_population)
    return {one.household_id: one.amount for one in found}


def is_whole(indicator: Indicator, question: Question, *, is_population: bool) -> bool:
    """Whether the list is a municipality's and nothing but a period chose it."""
    is_of_families = indicator.goal == OF_FAMILIES or indicator.code in OF_CHILDREN
    side = (indicator.denominator if is_population else indicator.counted) or Count()
    return question.unit is None and not is_of_families and side.where == Count().where


@dataclass(frozen=True)
class Behind:
    """Those to be listed, in order; which of them may be opened; how many are left out."""

    listed: list[Contribution]
    visible: set[int]
    hidden: int


def _behind(
    indicator: Indicator, question: Question, period: Period, employee: Employee, *, is_population: bool, at: datetime
) -> Behind:
    found = contributions(question, period, indicator, is_population=is_population)
    return those_told(found, question, employee, is_special=indicator.is_special, at=at)


def those_told(
    found: Sequence[Contribution], question: Question, employee: Employee, *, is_special: bool, at: datetime
) -> Behind:
    """Of households behind a figure, those that the employee is told of: first the ones one may open."""
    seen = Household.objects.filter(pk__in=[one.household_id for one in found])
    visible = set(seen.visible_to(employee, at=at).values_list("pk", flat=True))
    reports = units_with(employee, Permission.ASK_FOR_CORRECTION, at=at).filter(municipality=question.municipality)
    if is_special:
        visible &= {pk for pk, sight in sights_of(visible, employee, at=at).items() if sight.special}
    told = visible
    if not is_special and reports.exists():
        told = visible | set(reported_households(seen, employee, at=at).values_list("pk", flat=True))
    hidden = {one.household_id for one in found} - told
    listed = sorted(
        (one for one in found if one.household_id in told),
        key=lambda one: (one.household_id not in visible, one.ref),
    )
    return Behind(listed, visible, len(hidden))


def rows_of_households(
    part: Sequence[Contribution],
    visible: set[int],
    question: Question,
    period: Period,
    employee: Employee,
    *,
    at: datetime,
) -> list[Row]:
    """The rows of those told of, with their stays as the question knows them."""
    ids = [one.household_id for one in part]
    shown, stays = standings(ids, by=employee, at=at), _stays(ids, question, period)
    return [_row(one, shown[one.household_id], stays.get(one.household_id), visible) for one in part]


@dataclass(frozen=True)
class _Stay:
    first_night: date
    moved_out: date | None
    is_family: bool
    is_young: bool


def _stays(ids: list[int], question: Question, period: Period) -> dict[int, _Stay]:
    """The last stay of each that touches the period, and who lived in any of them there, as the question knows them."""
    select = """
        SELECT DISTINCT ON (s.household_id) s.household_id, s.starts_on, NULLIF(s.ends_on, DATE '9999-12-31'),
               bool_or(s.family_in && p.days) OVER of_household, bool_or(s.young_in && p.days) OVER of_household
        FROM spell s CROSS JOIN period p
        WHERE s.household_id = ANY(%(households)s) AND s.state = 'temporary'
          AND s.starts_on < p.ends_on AND s.ends_on >= p.starts_on
        WINDOW of_household AS (PARTITION BY s.household_id)
        ORDER BY s.household_id, s.starts_on DESC
    """
    if not ids:
        return {}
    found = rows_of(question, [period], select, households=ids)
    return {household: _Stay(*stay) for household, *stay in found}


def _row(one: Contribution, standing: Standing, stay: _Stay | None, visible: set[int]) -> Row:
    is_visible = one.household_id in visible
    return Row(
        household_id=one.household_id,
        case=one.ref[:SHORT],
        name=standing.name if is_visible else "",
        key=standing.key if is_visible else None,
        to_correct=None if is_visible else one.ref,
        amount=one.amount,
        first_night=stay.first_night if stay else None,
        moved_out=stay.moved_out if stay else None,
        is_family=bool(stay and stay.is_family),
        is_young=bool(stay and stay.is_young),
        owner=standing.owner,
    )
