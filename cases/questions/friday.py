"""What ends before Monday: rooms, decisions and leases of a unit's households."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.timezone import localdate

from cases.models import Decision
from cases.questions.standing import Standing, standings
from housing.models import RENTALS, Residence, ResidenceKind
from people.masking import sights_of
from people.models import Employee, Household, Responsibility, Unit

DAYS_IN_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Ending:
    """One household with something that ends: each date is the first day it no longer holds, None where it goes on."""

    standing: Standing
    residence_id: int
    room_until: date | None
    decision_until: date | None
    lease_until: date | None
    #: open to the reader only with a reason
    is_anothers: bool

    @property
    def first(self) -> date:
        return min(day for day in (self.room_until, self.decision_until, self.lease_until) if day is not None)

    @property
    def is_extendable(self) -> bool:
        """A room can be extended here, with the decision on the nights added. A lease is a matter between tenant and
        landlord, and a decision that ends before its room does leaves nights that an extension would not cover.
        """
        return self.lease_until is None and (self.room_until is not None or self.standing.planned_end is None)


@dataclass(frozen=True, kw_only=True)
class Weekend:
    """What ends before `monday`, of those the reader may see. What is hidden is not counted by unit."""

    monday: date
    endings: list[Ending]

    @property
    def total(self) -> int:
        return len(self.endings)


def coming_monday(today: date) -> date:
    """The first Monday after today."""
    return today + timedelta(days=DAYS_IN_WEEK - today.weekday())


def before_monday(unit: Unit, employee: Employee, *, at: datetime) -> Weekend:
    """What has its last night before the coming Monday, or had it already, and is still in use: families first.

    A residence whose move-out is set is settled and left out.
    """
    today = localdate(at)
    monday = coming_monday(today)
    found = _ending(unit, today, monday)
    visible = Household.objects.filter(pk__in=[household for household, *_rest in found])
    ids = set(visible.visible_to(employee, at=at).values_list("pk", flat=True))
    shown, sights = standings(ids, by=employee, at=at), sights_of(ids, employee, at=at)
    endings = [
        Ending(
            standing=shown[household],
            residence_id=residence,
            room_until=room,
            decision_until=decision,
            lease_until=lease,
            is_anothers=not sights[household].writes,
        )
        for household, residence, room, decision, lease in found
        if household in shown
    ]
    return Weekend(monday=monday, endings=sorted(endings, key=_order))


_Found = tuple[int, int, date | None, date | None, date | None]


def _ending(unit: Unit, today: date, monday: date) -> list[_Found]:
    responsible = Responsibility.objects.on(today).filter(household=OuterRef("household"), unit=unit)
    granted = Q(household__decisions__in=Decision.objects.given())
    tonight = (
        Residence.objects.on(today)
        .filter(Exists(responsible), ends_on__isnull=True)
        .filter(Q(kind__in=RENTALS, lease_ends_on__lte=monday) | Q(kind=ResidenceKind.TEMPORARY))
        .annotate(granted_until=Max("household__decisions__ends_on", filter=granted))
    )
    rows = tonight.filter(
        Q(lease_ends_on__lte=monday)
        | Q(planned_end__lte=monday)
        | Q(kind=ResidenceKind.TEMPORARY, granted_until__lte=monday)
    ).values_list("household_id", "pk", "planned_end", "granted_until", "lease_ends_on", "kind")
    return [
        (household, residence, None, None, lease)
        if kind in RENTALS
        else (household, residence, _within(room, monday), _within(decision, monday), None)
        for household, residence, room, decision, lease, kind in rows
    ]


def _within(day: date | None, monday: date) -> date | None:
    return day if day is not None and day <= monday else None


def _order(ending: Ending) -> tuple[int, date, int]:
    return ending.standing.precedence, ending.first, ending.standing.household_id
