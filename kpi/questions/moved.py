"""The households and dwellings of a part of a change, as somebody who may see figures sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from housing.models import Dwelling
from kpi.declaring import Indicator
from kpi.explaining import Moved
from kpi.measurement import Contribution, Period, Question
from kpi.questions.dwellings import DwellingRow, dwellings_told, rows_of_dwellings
from kpi.questions.households import Row, is_whole, rows_of_households, those_told
from people.components import Page
from people.models import Employee, Household
from people.parts import part_of


@dataclass(frozen=True, kw_only=True)
class MovedRow:
    """A row of a list, with how much more of it is counted, and of those the figure is a share of."""

    row: Row
    counted: Decimal
    population: Decimal


@dataclass(frozen=True, kw_only=True)
class MovedDwelling:
    """A dwelling, likewise."""

    row: DwellingRow
    counted: Decimal
    population: Decimal


@dataclass(frozen=True, kw_only=True)
class MovedHouseholds:
    """A part of the list; `hidden` are behind it and not shown, told of a whole municipality's alone."""

    page: Page
    hidden: int | None


def moved_households(
    moved: Mapping[int, Moved],
    indicator: Indicator,
    question: Question,
    period: Period,
    employee: Employee,
    *,
    at: datetime,
    after: str | None,
    before: str | None,
) -> MovedHouseholds:
    refs = dict(Household.objects.filter(pk__in=moved).values_list("pk", "ref"))
    found = [Contribution(pk, refs[pk], float(one.counted)) for pk, one in moved.items() if pk in refs]
    told = those_told(found, question, employee, is_special=indicator.is_special, at=at)
    page = part_of(told.listed, after=after, before=before)
    rows = rows_of_households(page.rows, told.visible, question, period, employee, at=at)
    shown = [
        MovedRow(
            row=row,
            counted=_plain(moved[row.household_id].counted),
            population=_plain(moved[row.household_id].population),
        )
        for row in rows
    ]
    hidden = len(moved) - len(told.listed) if is_whole(indicator, question, is_population=False) else None
    return MovedHouseholds(page=replace(page, rows=shown), hidden=hidden)


def moved_dwellings(
    moved: Mapping[int, Moved],
    indicator: Indicator,
    question: Question,
    period: Period,
    employee: Employee,
    *,
    at: datetime,
) -> list[MovedDwelling]:
    refs = dict(Dwelling.objects.filter(pk__in=moved).values_list("pk", "ref"))
    found = [Contribution(pk, refs[pk], float(one.counted)) for pk, one in moved.items() if pk in refs]
    told, _hidden = dwellings_told(found, indicator, question, period, employee, at=at)
    return [
        MovedDwelling(
            row=row,
            counted=_plain(moved[row.dwelling_id].counted),
            population=_plain(moved[row.dwelling_id].population),
        )
        for row in rows_of_dwellings(told, question, employee, at=at)
    ]


def _plain(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / amount.denominator
