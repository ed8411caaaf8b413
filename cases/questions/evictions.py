"""Homes that may be lost by eviction: of a household, and of a unit with what its own control finds lacking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.law import value
from cases.models import EvictionCase, EvictionMeasure, EvictionStatus, MeasureResult
from cases.questions.standing import Standing, standings
from cases.what_runs import Running
from people.models import Employee, Household, Responsibility, Unit

#: What the unit's list can show, by code.
SHOWN: dict[str, str | Promise] = {
    "open": pgettext_lazy("evictions", "Open"),
    "control": gettext_lazy("Own control"),
    "ended": gettext_lazy("Ended in the last year"),
}
#: So near the day set for it, an eviction that nothing is done against is told of.
_NEAR = timedelta(days=14)
_LAST = date.max


@dataclass(frozen=True, kw_only=True)
class Lack:
    """Something that the unit's own control finds is not done."""

    code: str
    label: str | Promise


NOT_REACHED = Lack(code="not_reached", label=gettext_lazy("Not reached in time"))
NO_MEASURE = Lack(code="no_measure", label=gettext_lazy("Nothing is done yet"))
NOT_HELD = Lack(code="not_held", label=gettext_lazy("What was done did not hold"))
DAY_PASSED = Lack(code="day_passed", label=gettext_lazy("The day has passed: tell how it ended"))
DAY_NEAR = Lack(code="day_near", label=gettext_lazy("Within two weeks, and nothing runs"))


def evictions_of(household: Household) -> list[EvictionCase]:
    """Every one of the household, the open one first, then the latest."""
    found = household.evictions.prefetch_related("contacts__by", "measures__by")
    return sorted(found, key=lambda one: (one.is_open, one.learnt_on, one.pk), reverse=True)


def running_evictions(household: Household, on: date) -> Iterator[Running]:
    """The open eviction among what runs, with the day set for it."""
    for eviction in EvictionCase.objects.open().filter(household=household):
        yield Running(
            label=_("Eviction to avert"),
            state_label=eviction.get_notice_from_display(),
            url=reverse("cases:eviction", args=[household.key, eviction.pk]),
            next_on=eviction.planned_on,
            next_label=_("Day set for the eviction") if eviction.planned_on else "",
        )


def lacks_of(eviction: EvictionCase, *, on: date) -> list[Lack]:
    """What is not done of an open eviction on a day, from its contacts and measures as they were read."""
    if not eviction.is_open:
        return []
    reached = any(contact.reached for contact in eviction.contacts.all())
    within = timedelta(days=value("eviction.contact_days", on=on))
    measures = list(eviction.measures.all())
    runs = any(measure.result in ("", MeasureResult.HELD) for measure in measures)
    planned = eviction.planned_on
    found = {
        DAY_PASSED: planned is not None and planned < on,
        NOT_REACHED: not reached and eviction.learnt_on + within < on,
        DAY_NEAR: planned is not None and on <= planned <= on + _NEAR and not runs,
        NO_MEASURE: not measures,
        NOT_HELD: bool(measures) and not runs,
    }
    return [lack for lack, is_so in found.items() if is_so]


@dataclass(frozen=True, kw_only=True)
class UnitEviction:
    """One eviction in a unit's list."""

    standing: Standing
    eviction: EvictionCase
    lacks: list[Lack]
    measures: list[EvictionMeasure]

    @property
    def order(self) -> tuple[bool, date, date, int]:
        """Families first, then the nearest day."""
        told = self.eviction
        return (not self.standing.is_family, told.planned_on or _LAST, told.learnt_on, told.pk)


def unit_evictions(unit: Unit, employee: Employee, *, shown: str, at: datetime) -> list[UnitEviction]:
    """Evictions of the households of the unit that the employee's lists show: families first, then the nearest day."""
    on = localdate(at)
    wanted = EvictionCase.objects.filter(_only(shown, on), household__in=_listed(unit, employee, at=at))
    found = list(wanted.prefetch_related("contacts", "measures"))
    told = standings({one.household_id for one in found}, by=employee, at=at)
    rows = [
        UnitEviction(
            standing=told[one.household_id],
            eviction=one,
            lacks=lacks_of(one, on=on),
            measures=sorted(one.measures.all(), key=lambda measure: (measure.starts_on, measure.pk)),
        )
        for one in found
    ]
    if shown == "ended":
        return sorted(rows, key=lambda row: (row.eviction.ended_on or on, row.eviction.pk), reverse=True)
    rows.sort(key=lambda row: row.order)
    return [row for row in rows if row.lacks] if shown == "control" else rows


@dataclass(frozen=True, kw_only=True)
class Year:
    """What became of those that ended in the last year, of the households that the list shows."""

    averted: int
    carried_out: int
    withdrawn: int

    @property
    def averted_of(self) -> int:
        """Those that were averted or carried out: what the share of averted ones is of."""
        return self.averted + self.carried_out


def year_of(rows: list[UnitEviction]) -> Year:
    ends = Counter(str(row.eviction.status) for row in rows)
    return Year(
        averted=ends[EvictionStatus.AVERTED],
        carried_out=ends[EvictionStatus.CARRIED_OUT],
        withdrawn=ends[EvictionStatus.WITHDRAWN],
    )


def _only(shown: str, on: date) -> Q:
    if shown == "ended":
        return Q(ended_on__gt=on - timedelta(days=365))
    return Q(status=EvictionStatus.OPEN)


def _listed(unit: Unit, employee: Employee, *, at: datetime) -> list[int]:
    answered = Responsibility.objects.on(localdate(at)).filter(unit=unit).values("household")
    listed = Household.objects.filter(pk__in=answered).visible_to(employee, at=at)
    return list(listed.values_list("pk", flat=True))
