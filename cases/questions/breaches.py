"""Stays over three months and near it, with what the leader has decided about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localdate

from cases.models import BreachReview, MonthSignOff
from cases.questions.standing import Standing, standings
from housing.models import OPEN, Spell
from people.models import Employee, Household, Unit
from people.special_unit import strictly_confidential

#: Days to the limit: near, and within sight.
NEAR_DAYS, IN_SIGHT_DAYS = 14, 30


@dataclass(frozen=True, kw_only=True)
class LongStay:
    """A stay near or over three months: where the household stands, and the review in force."""

    standing: Standing
    review: BreachReview | None
    is_overdue: bool

    @property
    def days_left(self) -> int:
        """Limit minus day: 0 on the limit itself, negative in breach."""
        limit = self.standing.limit_on
        return (limit - self.standing.on).days if limit else 0


@dataclass(frozen=True, kw_only=True)
class Section:
    """Stays of one closeness to the limit, of those the reader may see.

    What is hidden is not counted here: a count by unit would tell where somebody is.
    """

    stays: list[LongStay]

    @property
    def total(self) -> int:
        return len(self.stays)


@dataclass(frozen=True, kw_only=True)
class Breaches:
    """Over three months, at most 14 days left, at most 30 days left; disjoint."""

    over: Section
    near: Section
    in_sight: Section


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What a month is signed with, in households: over, at most 14 days left, and those of both without a measure."""

    over: int
    soon: int
    without_measure: int


Found = tuple[int, date, date]


def breaches(unit: Unit, employee: Employee, *, at: datetime) -> Breaches:
    """The unit's long stays on the day of `at`, families and young first in each section, then by limit."""
    today = localdate(at)
    found = _found(unit, today)
    visible = Household.objects.filter(pk__in=[household for household, _night, _limit in found])
    ids = set(visible.visible_to(employee, at=at).values_list("pk", flat=True))
    shown, reviews = standings(ids, by=employee, at=at), _reviews(ids)

    def section(first: date | None, last: date) -> Section:
        of_it = [row for row in found if (first is None or row[2] >= first) and row[2] <= last]
        stays = [_long_stay(shown[row[0]], reviews, today) for row in of_it if row[0] in shown]
        return Section(stays=sorted(stays, key=_order))

    near, in_sight = (today + timedelta(days=days) for days in (NEAR_DAYS, IN_SIGHT_DAYS))
    return Breaches(
        over=section(None, today - timedelta(days=1)),
        near=section(today, near),
        in_sight=section(near + timedelta(days=1), in_sight),
    )


def tally(unit: Unit, *, today: date, left_out: Collection[int] = ()) -> Tally:
    """The unit's figures for the sign-off, of those whom the one who signs may see."""
    found = [
        row for row in _found(unit, today) if row[0] not in left_out and row[2] <= today + timedelta(days=NEAR_DAYS)
    ]
    reviewed = _reviews({household for household, _night, _limit in found})
    over = sum(limit < today for _household, _night, limit in found)
    without = sum((household, night) not in reviewed for household, night, _limit in found)
    return Tally(over=over, soon=len(found) - over, without_measure=without)


def review_in_force(household: Household, first_night: date) -> BreachReview | None:
    """The newest review of a stay."""
    return BreachReview.objects.filter(household=household, first_night=first_night).order_by("-pk").first()


def signed_months(unit: Unit, months: Collection[date]) -> dict[date, MonthSignOff]:
    """Those of the months that are signed for the unit."""
    signed = MonthSignOff.objects.filter(unit=unit, month__in=months).select_related("signed_by")
    return {sign_off.month: sign_off for sign_off in signed}


def _found(unit: Unit, today: date) -> list[Found]:
    """Household, first night, limit: open stays by the worklist's index, and those with an end to come."""
    latest = today + timedelta(days=IN_SIGHT_DAYS)
    left_out = strictly_confidential(unit.municipality_id, on=today)
    stays = Spell.objects.stays().filter(unit=unit, limit_on__lte=latest).exclude(household__in=left_out)
    ending = stays.filter(municipality=unit.municipality_id, ends_on__gt=today, ends_on__lt=OPEN)
    return [*_ordered(stays.open()), *_ordered(ending)]


def _ordered(stays: QuerySet[Spell]) -> list[Found]:
    rows = stays.order_by("limit_on", "pk").values_list("household_id", "starts_on", "limit_on")
    return [(household, night, limit) for household, night, limit in rows if limit is not None]


def _reviews(household_ids: Collection[int]) -> dict[tuple[int, date], BreachReview]:
    newest = BreachReview.objects.filter(household_id__in=household_ids).order_by("household_id", "first_night", "-pk")
    return {(r.household_id, r.first_night): r for r in newest.distinct("household_id", "first_night")}


def _long_stay(standing: Standing, reviews: dict[tuple[int, date], BreachReview], today: date) -> LongStay:
    review = reviews.get((standing.household_id, standing.first_night)) if standing.first_night else None
    return LongStay(standing=standing, review=review, is_overdue=review is not None and review.deadline < today)


def _order(stay: LongStay) -> tuple[int, int, int]:
    return stay.standing.precedence, stay.days_left, stay.standing.household_id
