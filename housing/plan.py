"""The plan of a municipality's dwellings: what each is each day, as somebody sees it, month by month.

A dwelling whose household the reader may not know to live there, or to be waited for there, is not available: the same
words whether somebody shielded or another unit's lives in it or it is held for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from django.db.models import Prefetch, Q, QuerySet

from housing.availability import NEVER, Days, Facts, Use, rent_lost, stretches
from housing.masking import is_place_told
from housing.models import Dwelling, DwellingRent, DwellingVoid, Residence
from housing.states import add_months
from people.decision import NOTHING, Sight
from people.masking import sights_of
from people.models import Employee, Household


class Seen(StrEnum):
    """What a dwelling is on a day, as far as the reader may know."""

    NOT_OURS = "not_ours"
    LET = "let"
    NOT_AVAILABLE = "not_available"
    VOID = "void"
    VACANT = "vacant"


Of = TypeVar("Of", Residence, DwellingVoid)

#: What stands empty, as far as the reader may know.
EMPTY = (Seen.VACANT, Seen.VOID)


@dataclass(frozen=True, kw_only=True)
class Time:
    """Days in a row on which a dwelling is the same, half-open, with whoever lives there or why nobody can."""

    seen: Seen
    starts_on: date
    ends_on: date
    residence: Residence | None = None
    void: DwellingVoid | None = None
    household: Household | None = None

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days

    @property
    def is_open(self) -> bool:
        """Nothing has ended it yet."""
        return self.ends_on == NEVER

    @property
    def expected_end(self) -> date | None:
        """The day it is thought to end, where nothing has ended it yet: the lease's end, or the day it is ready."""
        if self.void is not None:
            return self.void.expected_on if self.void.ends_on is None else None
        if self.residence is None or self.residence.ends_on is not None:
            return None
        return self.residence.lease_ends_on or self.residence.planned_end


@dataclass(frozen=True, kw_only=True)
class Part:
    """A time inside one month, with the days of the month it takes."""

    time: Time
    first: int
    last: int
    is_whole: bool
    #: the day on which it is thought to end, when that is in this month
    expected: date | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A dwelling of the plan with its times in order, and what each month holds of them."""

    dwelling: Dwelling
    times: list[Time]

    def month(self, first: date) -> list[Part]:
        ends = add_months(first, 1)
        inside = [time for time in self.times if time.starts_on < ends and time.ends_on > first]
        return [_part(time, first, ends) for time in inside]

    def on(self, day: date) -> Time | None:
        return next((time for time in self.times if time.starts_on <= day < time.ends_on), None)

    def empty_since(self, day: date) -> date | None:
        """The first day of the time in which it stands empty on a day, for whatever reasons; None when it does not."""
        since = None
        for time in self.times:
            if time.starts_on > day:
                break
            since = (since or time.starts_on) if time.seen in EMPTY else None
        return since


@dataclass(frozen=True, kw_only=True)
class EmptyHome:
    """A dwelling that nobody lives in today, since when, for how many days, and the rent that it has cost."""

    dwelling: Dwelling
    time: Time
    since: date
    days: int
    rent_lost: int | None


def dwellings_of(municipalities: Iterable[str], starts_on: date, ends_on: date) -> QuerySet[Dwelling]:
    """Those in the stock on a day of the half-open period, building by building."""
    return (
        Dwelling.objects.filter(
            Q(disposed_on__isnull=True) | Q(disposed_on__gt=starts_on),
            municipality__in=list(municipalities),
            acquired_on__lt=ends_on,
        )
        .select_related("building")
        .order_by("building__name", "address", "number", "pk")
    )


def plan_of(
    dwellings: Sequence[Dwelling] | QuerySet[Dwelling],
    starts_on: date,
    ends_on: date,
    employee: Employee,
    *,
    at: datetime,
) -> list[Line]:
    """What each of the dwellings is in the half-open period, as the employee sees it. Four statements."""
    ids = [dwelling.pk for dwelling in dwellings]
    residences = list(
        Residence.objects.touching(starts_on, ends_on).filter(dwelling__in=ids).select_related("household")
    )
    voids = list(DwellingVoid.objects.touching(starts_on, ends_on).filter(dwelling__in=ids).select_related("held_for"))
    concerned = {one.household_id for one in residences} | {one.held_for_id for one in voids if one.held_for_id}
    sights = sights_of(concerned, employee, at=at)
    lets, outs = _by_dwelling(residences), _by_dwelling(voids)
    return [
        Line(dwelling=one, times=_times(one, lets.get(one.pk, []), outs.get(one.pk, []), (starts_on, ends_on), sights))
        for one in dwellings
    ]


def empty_homes(
    municipalities: Iterable[str], employee: Employee, *, day: date, at: datetime, years: int = 10
) -> list[EmptyHome]:
    """Those that stand empty on a day, the longest first; looked at so many years back."""
    begins, ends = add_months(day, -12 * years), day + timedelta(days=1)
    lived_in = Residence.objects.on(day).filter(dwelling__isnull=False).values("dwelling")
    rents = Prefetch("rents", queryset=DwellingRent.objects.order_by("starts_on"), to_attr="known_rents")
    dwellings = dwellings_of(municipalities, day, ends).exclude(pk__in=lived_in).prefetch_related(rents)
    found = []
    for line in plan_of(list(dwellings), begins, ends, employee, at=at):
        time, since = line.on(day), line.empty_since(day)
        if time is not None and since is not None:
            found.append(_empty(line.dwelling, time, since, ends))
    return sorted(found, key=lambda home: (home.since, str(home.dwelling), home.dwelling.pk))


def _empty(dwelling: Dwelling, time: Time, since: date, ends: date) -> EmptyHome:
    rents = [(rent.starts_on, rent.rent_a_month) for rent in getattr(dwelling, "known_rents", ())]
    lost = rent_lost(Facts(ours=Days(since)), rents, since, ends) if rents else None
    return EmptyHome(dwelling=dwelling, time=time, since=since, days=(ends - since).days, rent_lost=lost)


def _by_dwelling(rows: Iterable[Of]) -> dict[int, list[Of]]:
    found: dict[int, list[Of]] = {}
    for row in rows:
        assert row.dwelling_id is not None
        found.setdefault(row.dwelling_id, []).append(row)
    return found


def _times(
    dwelling: Dwelling,
    residences: list[Residence],
    voids: list[DwellingVoid],
    period: tuple[date, date],
    sights: dict[int, Sight],
) -> list[Time]:
    ours, lets = Days(dwelling.acquired_on, dwelling.disposed_on), [_days(one) for one in residences]
    facts = Facts(ours=ours, let=lets, void=[_days(one) for one in voids])
    found = [
        Time(seen=Seen(stretch.use.value), starts_on=stretch.starts_on, ends_on=stretch.ends_on)
        for stretch in stretches(facts, *period)
        if stretch.use in (Use.NOT_OURS, Use.VACANT)
    ]
    for residence in residences:
        facts = Facts(ours=ours, let=[_days(residence)])
        lived = [stretch for stretch in stretches(facts, *period) if stretch.use is Use.LET]
        found += [_let(residence, stretch.starts_on, stretch.ends_on, sights) for stretch in lived]
    for void in voids:
        facts = Facts(ours=ours, let=lets, void=[_days(void)])
        stood = [stretch for stretch in stretches(facts, *period) if stretch.use is Use.VOID]
        found += [_void(void, stretch.starts_on, stretch.ends_on, sights) for stretch in stood]
    return _joined(sorted(found, key=lambda time: time.starts_on))


def _let(residence: Residence, starts_on: date, ends_on: date, sights: dict[int, Sight]) -> Time:
    sight = sights.get(residence.household_id, NOTHING)
    if not is_place_told(residence.kind, sight):
        return Time(seen=Seen.NOT_AVAILABLE, starts_on=starts_on, ends_on=ends_on)
    return Time(seen=Seen.LET, starts_on=starts_on, ends_on=ends_on, residence=residence, household=residence.household)


def _void(void: DwellingVoid, starts_on: date, ends_on: date, sights: dict[int, Sight]) -> Time:
    if void.held_for is None:
        return Time(seen=Seen.VOID, starts_on=starts_on, ends_on=ends_on, void=void)
    sight = sights.get(void.held_for.pk, NOTHING)
    if not (sight.listed and sight.whereabouts):
        return Time(seen=Seen.NOT_AVAILABLE, starts_on=starts_on, ends_on=ends_on)
    return Time(seen=Seen.VOID, starts_on=starts_on, ends_on=ends_on, void=void, household=void.held_for)


def _joined(times: list[Time]) -> list[Time]:
    """Two times in which it is not available are one: where one ends and another begins would tell of a move."""
    found: list[Time] = []
    for time in times:
        before = found[-1] if found else None
        if before is not None and before.seen is time.seen is Seen.NOT_AVAILABLE:
            found[-1] = Time(seen=Seen.NOT_AVAILABLE, starts_on=before.starts_on, ends_on=time.ends_on)
        else:
            found.append(time)
    return found


def _days(one: Residence | DwellingVoid) -> Days:
    return Days(one.starts_on, one.ends_on or NEVER)


def _part(time: Time, first: date, ends: date) -> Part:
    begins, until = max(time.starts_on, first), min(time.ends_on, ends)
    expected = time.expected_end
    is_inside = expected is not None and begins <= expected < until
    return Part(
        time=time,
        first=begins.day,
        last=(until - timedelta(days=1)).day,
        is_whole=(begins, until) == (first, ends),
        expected=expected if is_inside else None,
    )
