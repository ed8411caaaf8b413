"""The dwellings behind a figure, as somebody who may see figures sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from housing.masking import is_place_told
from housing.models import Dwelling, DwellingVoid, Residence, ResidenceKind
from kpi.declaring import Indicator
from kpi.measurement import Contribution, Period, Question, contributions
from kpi.questions.households import SHORT, amounts_now
from people.access import reported_households, units_with
from people.components import Page
from people.decision import NOTHING
from people.masking import sights_of
from people.models import Employee, Household
from people.parts import part_of
from people.roles import Permission


@dataclass(frozen=True, kw_only=True)
class DwellingRow:
    """One dwelling behind a figure, with its address where the employee sees the unit's lists.

    `amount`: what it adds to the figure, in the figure's own unit. `amount_now`, in a list as it was known: the same as
    it is known now, None when it is not counted any more.
    """

    dwelling_id: int
    ref: str
    address: str
    tenure: str
    rooms: int | None
    area_m2: int | None
    acquired_on: date
    amount: float
    amount_now: float | None = None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A part of the list. `hidden`: how many more are behind the figure."""

    page: Page
    hidden: int


def dwellings_behind(
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
    """Those counted, or those they are a share of.

    Of a figure that tells whether somebody lives there, no dwelling is shown that a household has or waits for whose
    place the employee may not know.
    """
    told, hidden = _told(indicator, question, period, employee, is_population=is_population, at=at)
    page = part_of(told, after=after, before=before)
    now = amounts_now(indicator, question, period, is_population=is_population)
    rows = rows_of_dwellings(page.rows, question, employee, at=at)
    rows = [replace(row, amount_now=now.get(row.dwelling_id)) for row in rows]
    return Listed(page=replace(page, rows=rows), hidden=hidden)


def all_dwellings_behind(
    indicator: Indicator, question: Question, period: Period, employee: Employee, *, is_population: bool, at: datetime
) -> list[DwellingRow]:
    """Every row of the list that `dwellings_behind` gives in parts: for a file."""
    told, _hidden = _told(indicator, question, period, employee, is_population=is_population, at=at)
    now = amounts_now(indicator, question, period, is_population=is_population)
    rows = rows_of_dwellings(told, question, employee, at=at)
    return [replace(row, amount_now=now.get(row.dwelling_id)) for row in rows]


def _told(
    indicator: Indicator, question: Question, period: Period, employee: Employee, *, is_population: bool, at: datetime
) -> tuple[list[Contribution], int]:
    found = contributions(question, period, indicator, is_population=is_population)
    return dwellings_told(found, indicator, question, period, employee, at=at)


def dwellings_told(
    found: list[Contribution],
    indicator: Indicator,
    question: Question,
    period: Period,
    employee: Employee,
    *,
    at: datetime,
) -> tuple[list[Contribution], int]:
    """Of dwellings behind a figure, those that the employee is told of, and how many others there are."""
    if not indicator.tells_use:
        return found, 0
    withheld = _withheld([one.household_id for one in found], question, period, employee, at=at)
    told = [one for one in found if one.household_id not in withheld]
    return told, len(found) - len(told)


def _withheld(
    dwellings: list[int], question: Question, period: Period, employee: Employee, *, at: datetime
) -> set[int]:
    """Those of which the employee may not know that a household has them in the period, or is to have them."""
    lived = Residence.objects.touching(period.starts_on, period.ends_on).filter(dwelling__in=dwellings)
    held = DwellingVoid.objects.touching(period.starts_on, period.ends_on).filter(
        ~Q(held_for=None), dwelling__in=dwellings
    )
    kinds = list(lived.values_list("dwelling_id", "household_id", "kind"))
    kinds += [(*one, ResidenceKind.MUNICIPAL_RENTAL) for one in held.values_list("dwelling_id", "held_for_id")]
    households = {household for _dwelling, household, _kind in kinds}
    sights, reported = sights_of(households, employee, at=at), _reported(households, question, employee, at=at)
    return {
        dwelling
        for dwelling, household, kind in kinds
        if household not in reported and not is_place_told(kind, sights.get(household, NOTHING))
    }


def _reported(households: set[int], question: Question, employee: Employee, *, at: datetime) -> set[int]:
    """Those a reporter may have on a list: none whose address is shielded or whose data is sealed."""
    units = units_with(employee, Permission.ASK_FOR_CORRECTION, at=at)
    if not units.filter(municipality=question.municipality).exists():
        return set()
    of_them = Household.objects.filter(pk__in=households)
    return set(reported_households(of_them, employee, at=at).values_list("pk", flat=True))


def rows_of_dwellings(
    part: Sequence[Contribution], question: Question, employee: Employee, *, at: datetime
) -> list[DwellingRow]:
    """Their rows, an address only where the employee sees the unit's lists."""
    units = units_with(employee, Permission.VIEW_UNIT, at=at)
    sees_addresses = units.filter(municipality=question.municipality).exists()
    known = Dwelling.objects.in_bulk([one.household_id for one in part])
    return [_row(one, known[one.household_id], sees_addresses=sees_addresses) for one in part]


def _row(one: Contribution, dwelling: Dwelling, *, sees_addresses: bool) -> DwellingRow:
    return DwellingRow(
        dwelling_id=dwelling.pk,
        ref=one.ref[:SHORT],
        address=str(dwelling) if sees_addresses else "",
        tenure=dwelling.get_tenure_display(),
        rooms=dwelling.rooms,
        area_m2=dwelling.area_m2,
        acquired_on=dwelling.acquired_on,
        amount=one.amount,
    )
