"""The leadership's own control of a unit: what stands open, and a year in numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from cases.models import ControlReview, Deviation, RuleObstacle
from people.decision import Level
from people.masking import sights_of
from people.models import Employee, Household, Unit


@dataclass(frozen=True, kw_only=True)
class Year:
    """Numbers of a calendar year, of what the employee may list."""

    reported: int
    closed: int
    still_open: int
    obstacles: int
    reviewed: int


@dataclass(frozen=True, kw_only=True)
class Control:
    """What stands on the leader's page. `readable` are the households whose words may be shown."""

    deviations: list[Deviation]
    reviews: list[ControlReview]
    obstacles: list[RuleObstacle]
    readable: frozenset[int]
    year: Year
    late: int


def shown_to(employee: Employee, *, at: datetime) -> Q:
    """Of no household, or of one that stands in the employee's lists."""
    return Q(household__isnull=True) | Q(household__in=Household.objects.visible_to(employee, at=at))


def reads(households: Collection[int], employee: Employee, *, at: datetime) -> frozenset[int]:
    """Those of them whose case the employee reads."""
    sights = sights_of(households, employee, at=at)
    return frozenset(pk for pk, sight in sights.items() if sight.level is Level.FULL)


def control_of(unit: Unit, employee: Employee, *, year: int, at: datetime) -> Control:
    """Open deviations by deadline, routines and risk reviews by their next day, obstacles without an answer first."""
    shown = shown_to(employee, at=at)
    deviations = Deviation.objects.filter(shown, unit=unit)
    obstacles = RuleObstacle.objects.filter(shown, unit=unit)
    reviews = list(ControlReview.objects.in_force().filter(unit=unit).select_related("owner").order_by("next_on", "pk"))
    stand = list(deviations.open().select_related("owner", "household").order_by("due_on", "reported_on", "pk"))
    rules = list(obstacles.select_related("household").order_by("answered_on", "-reported_on", "pk"))
    about = [one.household_id for one in stand] + [one.household_id for one in rules]
    households = {pk for pk in about if pk is not None}
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    in_year = Q(reported_on__gte=first, reported_on__lt=after)
    return Control(
        deviations=stand,
        reviews=reviews,
        obstacles=rules,
        readable=reads(households, employee, at=at),
        year=Year(
            reported=deviations.filter(in_year).count(),
            closed=deviations.filter(closed_on__gte=first, closed_on__lt=after).count(),
            still_open=deviations.filter(in_year, closed_on__isnull=True).count(),
            obstacles=obstacles.filter(in_year).count(),
            reviewed=sum(first <= one.dated_on < after for one in reviews),
        ),
        late=sum(one.next_on < localdate(at) for one in reviews)
        + sum(bool(one.due_on and one.due_on < localdate(at)) for one in stand),
    )
