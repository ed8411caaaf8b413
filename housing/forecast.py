"""Which homes may become free in the months to come: tenants who leave, leases that end, repairs done, new homes.

Homes of households that the reader may not know the place of are left out altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housing.masking import is_place_told
from housing.models import DwellingVoid, PlannedHome, Residence
from housing.models.dwelling import Dwelling
from housing.models.planned import TO_COME
from housing.states import add_months
from people.decision import NOTHING
from people.masking import sights_of
from people.models import Employee

#: How many months a forecast looks ahead.
MONTHS = 12


class Why(models.TextChoices):
    """Why a home becomes free, the surest first."""

    MOVES_OUT = "moves_out", _("Moving out agreed")
    NOTICE = "notice", _("Notice runs out")
    LEASE_ENDS = "lease_ends", _("Lease ends")
    READY = "ready", _("Ready again")
    NEW = "new", _("New home")


@dataclass(frozen=True, kw_only=True)
class Coming:
    """One home, or several new ones alike, thought to be free from a day on."""

    on: date
    why: Why
    homes: int = 1
    dwelling: Dwelling | None = None
    planned: PlannedHome | None = None


@dataclass(frozen=True, kw_only=True)
class Month:
    """How many homes may become free in a month, by why; `first` is None for those that are late already."""

    first: date | None
    by_why: dict[Why, int]

    @property
    def homes(self) -> int:
        return sum(self.by_why.values())

    @property
    def counts(self) -> list[int]:
        return [self.by_why[why] for why in Why]


def coming(municipalities: Iterable[str], employee: Employee, *, day: date, at: datetime) -> list[Coming]:
    """Every home that may become free before the months are over, late ones first. A home stands once."""
    numbers, horizon = list(municipalities), add_months(day.replace(day=1), MONTHS)
    found = [
        *_left(numbers, employee, day=day, horizon=horizon, at=at),
        *_ready(numbers, day, horizon),
        *_new(numbers, horizon),
    ]
    return sorted(found, key=lambda one: (one.on, list(Why).index(one.why), str(one.dwelling or one.planned)))


def by_month(found: Sequence[Coming], *, day: date) -> list[Month]:
    """The late ones, where there are any, and each month from this one on."""
    firsts = [add_months(day.replace(day=1), number) for number in range(MONTHS)]
    late = _month(None, [one for one in found if one.on < day])
    months = [
        _month(first, [one for one in found if one.on >= day and one.on.replace(day=1) == first]) for first in firsts
    ]
    return [late, *months] if late.homes else months


def _month(first: date | None, some: Sequence[Coming]) -> Month:
    return Month(first=first, by_why={why: sum(one.homes for one in some if one.why is why) for why in Why})


def _left(numbers: list[str], employee: Employee, *, day: date, horizon: date, at: datetime) -> Iterable[Coming]:
    residences = list(
        Residence.objects.touching(day, None)
        .filter(
            Q(ends_on__lt=horizon)
            | Q(ends_on__isnull=True, tenancy__notice_ends_on__lt=horizon)
            | Q(ends_on__isnull=True, lease_ends_on__lt=horizon)
            | Q(ends_on__isnull=True, planned_end__lt=horizon),
            Q(dwelling__disposed_on__isnull=True) | Q(dwelling__disposed_on__gt=day),
            dwelling__municipality__in=numbers,
        )
        .select_related("dwelling", "tenancy")
    )
    sights = sights_of({one.household_id for one in residences}, employee, at=at)
    for one in residences:
        if is_place_told(one.kind, sights.get(one.household_id, NOTHING)):
            on, why = _expected(one)
            gone = one.dwelling.disposed_on if one.dwelling else None
            if on < horizon and (gone is None or on < gone):
                yield Coming(on=on, why=why, dwelling=one.dwelling)


def _expected(residence: Residence) -> tuple[date, Why]:
    """The surest day that is known."""
    if residence.ends_on is not None:
        return residence.ends_on, Why.MOVES_OUT
    tenancy = getattr(residence, "tenancy", None)
    if tenancy is not None and tenancy.notice_ends_on is not None:
        return tenancy.notice_ends_on, Why.NOTICE
    ends = [day for day in (residence.lease_ends_on, residence.planned_end) if day is not None]
    return min(ends), Why.LEASE_ENDS


def _ready(numbers: list[str], day: date, horizon: date) -> Iterable[Coming]:
    """Those held for somebody are not coming to anybody else."""
    voids = (
        DwellingVoid.objects.on(day)
        .filter(
            Q(dwelling__disposed_on__isnull=True) | Q(dwelling__disposed_on__gt=day),
            Q(ends_on__lt=horizon) | Q(ends_on__isnull=True, expected_on__lt=horizon),
            held_for__isnull=True,
            dwelling__municipality__in=numbers,
        )
        .select_related("dwelling")
    )
    for one in voids:
        on = one.ends_on or one.expected_on
        assert on is not None
        yield Coming(on=on, why=Why.READY, dwelling=one.dwelling)


def _new(numbers: list[str], horizon: date) -> Iterable[Coming]:
    homes = PlannedHome.objects.filter(municipality__in=numbers, status__in=TO_COME, expected_on__lt=horizon)
    for one in homes:
        yield Coming(on=one.expected_on, why=Why.NEW, homes=one.count, planned=one)


def last_day(*, day: date) -> date:
    """The last day that the forecast looks at."""
    return add_months(day.replace(day=1), MONTHS) - timedelta(days=1)
