"""The forecast of a municipality or a unit, and who nears three months, as somebody who may see figures sees them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from cases.questions.standing import standings
from housing.forecast import Coming, Why, coming
from housing.states import add_months
from kpi.backtesting import EVENINGS
from kpi.chances import Numbers
from kpi.forecasting import (
    MONTHS_OF_DEPARTURES,
    WINDOWS,
    Forecast,
    Past,
    chance_of_passing,
    forecast,
    nearing,
    passing,
    with_homes,
)
from kpi.measurement import Question
from kpi.questions.households import SHORT
from people.access import reported_households, units_with
from people.components import Page
from people.models import Employee, Household
from people.parts import part_of
from people.roles import Permission

#: How far back stays are read: the past that the earliest evening of the trial asks, and its days ahead.
_MONTHS = MONTHS_OF_DEPARTURES + EVENINGS + 3


@dataclass(frozen=True)
class Stay(Past):
    """A stay, whose it is, and the unit that answers for it."""

    household_id: int = 0
    unit: int | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One household that nears three months. Name and key only where the employee may see it.

    `chance` of passing is None where the past is too short; `moves_out` is the day agreed.
    """

    household_id: int
    case: str
    name: str
    key: UUID | None
    first_night: date
    limit_on: date
    days_left: int
    chance: float | None
    moves_out: date | None
    owner: str

    @property
    def in_ten(self) -> int | None:
        """Of ten who had been there as long, how many stayed on."""
        return None if self.chance is None else round(self.chance * 10)


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """How many pass within so many days with some homes more than usual; `helped`: how many those homes would help."""

    days: int
    homes: int
    helped: int
    without: Numbers
    with_them: Numbers


@dataclass(frozen=True, kw_only=True)
class Homes:
    """Homes that may become free within the longest time ahead: how many by why, and the days of the new ones."""

    by_why: list[tuple[Why, int]]
    new_on: list[date]
    other_on: list[date]

    @property
    def days(self) -> list[date]:
        """The new ones first, then those that become free again."""
        return [*self.new_on, *self.other_on]


def stays_of(question: Question, day: date) -> list[Stay]:
    """The municipality's stays as far back as a forecast and its trial ask, without those left out. One statement."""
    sql = """
        SELECT s.starts_on, NULLIF(s.ends_on, DATE '9999-12-31'), h.split_on, s.household_id, s.unit_id
        FROM housing_spell s JOIN people_household h ON h.id = s.household_id
        WHERE s.municipality_id = %(municipality)s AND s.state = 'temporary' AND NOT isempty(s.nights)
          AND s.ends_on > %(since)s AND s.starts_on <= %(day)s AND s.household_id <> ALL(%(left_out)s::bigint[])
        ORDER BY s.starts_on, s.household_id
    """
    asked = {
        "municipality": question.municipality,
        "since": add_months(day, -_MONTHS),
        "day": day,
        "left_out": list(question.left_out),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [Stay(*row) for row in cursor.fetchall()]


def of_unit(stays: Sequence[Stay], unit: int | None) -> list[Stay]:
    """Those that a unit answers for; all where none is asked about."""
    return [one for one in stays if unit is None or one.unit == unit]


def forecast_of(stays: Sequence[Stay], question: Question, day: date) -> Forecast:
    """Of a unit too, the chance of leaving is learnt from the whole municipality: a unit has too few."""
    return forecast(stays, day, of=of_unit(stays, question.unit))


def homes_ahead(municipality: str, employee: Employee, *, day: date, at: datetime) -> Homes:
    """Homes that may become free within the longest time ahead, as far as the employee may know of them."""
    last = day + timedelta(days=max(WINDOWS))
    found = [one for one in coming([municipality], employee, day=day, at=at) if one.on <= last]
    counted = [(why, sum(one.homes for one in found if one.why is why)) for why in Why]
    return Homes(
        by_why=[(why, count) for why, count in counted if count],
        new_on=_days(found, is_new=True),
        other_on=_days(found, is_new=False),
    )


def what_if(stays: Sequence[Past], found: Forecast, homes: Sequence[date]) -> list[WhatIf]:
    """With so many homes more, each from its day on; nothing where the past is too short."""
    if found.hazard is None or not found.windows:
        return []
    answers: list[WhatIf] = []
    for days in WINDOWS:
        helped = with_homes(stays, found.day, days, found.hazard, homes)
        in_time = sum(one <= found.day + timedelta(days=days) for one in homes)
        answers.append(
            WhatIf(
                days=days,
                homes=in_time,
                helped=len(helped),
                without=passing(stays, found.day, days, found.hazard),
                with_them=passing(stays, found.day, days, found.hazard, helped=helped),
            )
        )
    return answers


def those_nearing(
    stays: Sequence[Stay],
    found: Forecast,
    days: int,
    employee: Employee,
    *,
    municipality: str,
    at: datetime,
    after: str | None,
    before: str | None,
) -> Page:
    """Who of those there tonight reaches three months within so many days, the first to do so first.

    A reporter gets the case number of those that may not be opened, but of none whose address is shielded or whose
    data is sealed. How many are not shown is not told: by how long, a count would tell where somebody is.
    """
    some = [one for one in nearing(stays, found.day, days) if isinstance(one, Stay)]
    ids = {one.household_id for one in some}
    visible, told = _seen(ids, employee, municipality=municipality, at=at)
    listed = sorted((one for one in some if one.household_id in told), key=lambda one: (one.limit_on, one.household_id))
    page = part_of(listed, after=after, before=before)
    return replace(page, rows=_rows(page.rows, visible, found, employee, at=at))


def _seen(ids: Collection[int], employee: Employee, *, municipality: str, at: datetime) -> tuple[set[int], set[int]]:
    """Those that may be opened, and those that are listed."""
    seen = Household.objects.filter(pk__in=ids)
    visible = set(seen.visible_to(employee, at=at).values_list("pk", flat=True))
    reports = units_with(employee, Permission.ASK_FOR_CORRECTION, at=at).filter(municipality=municipality)
    if not reports.exists():
        return visible, visible
    return visible, visible | set(reported_households(seen, employee, at=at).values_list("pk", flat=True))


def _rows(part: Sequence[Stay], visible: set[int], found: Forecast, employee: Employee, *, at: datetime) -> list[Row]:
    shown = standings([one.household_id for one in part], by=employee, at=at)
    return [
        Row(
            household_id=one.household_id,
            case=shown[one.household_id].ref[:SHORT],
            name=shown[one.household_id].name if one.household_id in visible else "",
            key=shown[one.household_id].key if one.household_id in visible else None,
            first_night=one.starts_on,
            limit_on=one.limit_on,
            days_left=(one.limit_on - found.day).days,
            chance=None if found.hazard is None else chance_of_passing(one, found.day, found.hazard),
            moves_out=one.ends_on,
            owner=shown[one.household_id].owner,
        )
        for one in part
    ]


def _days(found: Sequence[Coming], *, is_new: bool) -> list[date]:
    return sorted(one.on for one in found if (one.why is Why.NEW) is is_new for _home in range(one.homes))
