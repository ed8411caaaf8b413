"""What has been asked of a unit: what waits, what is red, what had no answer, what the law does not allow.

Each figure is the number of requests in its list: both come from the same ids, of the households one may see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from cases.law import value
from cases.models import Decision, DecisionResult, Forwarding, Outcome, Request
from cases.models.request import RequestQuerySet
from cases.questions.people import applicant_name
from cases.questions.unit_hours import calendars_of
from cases.same_day import Calendar, Waiting, red_from, start_of, waiting
from housing.states import add_months
from people.access import units_with
from people.decision import NOTHING, Level, Sight
from people.masking import SHIELDED_PLACE, sights_of
from people.models import Employee, Household, Responsibility, Unit, UnitKind
from people.roles import Permission

#: A case number is shown by its first letters: enough to tell cases apart.
SHORT = 8
#: Households handed on are looked for so many months back.
HANDED_ON_MONTHS = 12


class Only(StrEnum):
    """Which of a unit's requests."""

    OPEN = "open"
    RED = "red"
    NO_ANSWER = "no_answer"
    UNLAWFUL = "unlawful"
    UNDECIDED = "undecided"
    HANDED_ON = "handed_on"


@dataclass(frozen=True)
class Clock:
    """How a request stands by its unit's calendar; None of it where nobody lacks a place tonight."""

    waiting: Waiting | None = None
    red_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def is_red(self) -> bool:
        """Has to be answered now: it turned red, or its day has gone by."""
        return self.waiting in (Waiting.RED, Waiting.NO_ANSWER)

    @property
    def is_without_answer(self) -> bool:
        return self.waiting is Waiting.NO_ANSWER


@dataclass(frozen=True, kw_only=True)
class RequestRow:
    """One request as somebody sees it: name and key only of a household they may open, text only of a case they read.

    `unit` is masked where the household's whereabouts are.
    """

    request_id: int
    household_id: int
    key: UUID | None
    name: str
    case: str
    kind: str
    channel: str
    about: str
    asked_by: str
    asked_at: datetime
    unit: str
    unit_phone: str
    lacks_place: bool
    clock: Clock
    outcome: str
    outcome_at: datetime | None
    is_unlawful: bool
    times_handed_on: int


@dataclass(frozen=True)
class Month:
    """A calendar month; `ends_on` is the next one's first day."""

    starts_on: date

    @property
    def ends_on(self) -> date:
        return add_months(self.starts_on, 1)

    def asked(self, requests: RequestQuerySet) -> RequestQuerySet:
        """Those that were made in it."""
        return requests.asked_within(start_of(self.starts_on), start_of(self.ends_on))


@dataclass(frozen=True)
class UnitRequests:
    """The ids of a unit's requests by what is asked of them, each in the order of its list."""

    ids: dict[Only, list[int]]

    @property
    def counts(self) -> dict[str, int]:
        return {only.value: len(found) for only, found in self.ids.items()}


def clock_of(request: Request, calendar: Calendar, *, at: datetime) -> Clock:
    if not request.lacks_place_tonight:
        return Clock()
    return Clock(
        waiting(request.asked_at, request.outcome_at, calendar, at=at),
        red_from(request.asked_at, calendar),
        calendar.closes_at(localdate(request.asked_at)),
    )


def clocks_of(requests: Iterable[Request], *, at: datetime) -> dict[int, Clock]:
    """By request id, in two statements however many."""
    found = list(requests)
    calendars = calendars_of(one.unit_id for one in found if one.lacks_place_tonight) if found else {}
    usual = Calendar()
    return {one.pk: clock_of(one, calendars.get(one.unit_id, usual), at=at) for one in found}


def requests_of(unit: Unit, employee: Employee, month: Month, *, at: datetime) -> UnitRequests:
    """What has been asked of the unit by households the employee may see.

    Open and red are of now; no answer and unlawful outcomes of the month; households handed on, each by its last
    request that was, of those the unit answers for today.
    """
    visible = Household.objects.visible_to(employee, at=at)
    mine = Request.objects.filter(unit=unit, household__in=visible)
    waits = list(mine.unanswered().order_by("-lacks_place_tonight", "asked_at", "pk"))
    clocks = clocks_of(waits, at=at)
    asked = month.asked(mine).order_by("asked_at", "pk")
    return UnitRequests(
        {
            Only.OPEN: [one.pk for one in waits],
            Only.RED: [one.pk for one in waits if clocks[one.pk].is_red],
            Only.NO_ANSWER: _ids(asked.without_answer_on_its_day(at)),
            Only.UNLAWFUL: _ids(asked.unlawful()),
            Only.UNDECIDED: _ids(asked.filter(refused_without_decision())),
            Only.HANDED_ON: _handed_on(unit, visible, on=localdate(at)),
        }
    )


def refused_without_decision() -> Q:
    """Refused, and no decision that refuses it was given: one that names it, or names none and came after it."""
    gives_no = Decision.objects.given().filter(result__in=[DecisionResult.REFUSED, DecisionResult.DISMISSED])
    came_after = Q(told_at__gte=OuterRef("asked_at")) | Q(issued_at__gte=OuterRef("asked_at"))
    answers = Q(request=OuterRef("pk")) | Q(came_after, request__isnull=True, household=OuterRef("household"))
    return Q(~Exists(gives_no.filter(answers)), outcome=Outcome.REFUSED)


def on_call(employee: Employee, *, at: datetime) -> list[RequestRow]:
    """What whoever is on call answers now, of all the units where the employee works: the red ones, oldest first."""
    units = units_with(employee, Permission.VIEW_UNIT, at=at)
    visible = Household.objects.visible_to(employee, at=at)
    waits = Request.objects.unanswered().lacking_a_place().filter(unit__in=units, household__in=visible)
    clocks = clocks_of(waits, at=at)
    red = [pk for pk, clock in clocks.items() if clock.is_red]
    return sorted(rows_of(red, employee, at=at), key=lambda row: (row.asked_at, row.request_id))


def units_not_on_call(employee: Employee, *, at: datetime) -> list[str]:
    """The other ordinary units of the employee's municipalities: what is asked there stands on no list of theirs."""
    mine = units_with(employee, Permission.VIEW_UNIT, at=at)
    beside = Unit.objects.filter(municipality__in=mine.values("municipality")).exclude(
        Q(pk__in=mine.values("pk")) | Q(kind=UnitKind.SPECIAL)
    )
    return list(beside.order_by("name", "pk").values_list("name", flat=True))


def rows_of(
    request_ids: Sequence[int], employee: Employee, *, at: datetime, seen: Collection[int] | None = None
) -> list[RequestRow]:
    """The rows of a part of a list, in its order; six statements at the most.

    :param seen: the households that the employee may open; left out: all of these
    """
    found: QuerySet[Any] = (
        Request.objects.filter(pk__in=request_ids)
        .annotate(name=applicant_name(localdate(at), "household"))
        .select_related("household", "unit")
    )
    requests = {one.pk: one for one in found}
    households = {one.household_id for one in requests.values()}
    sights, clocks = sights_of(households, employee, at=at), clocks_of(requests.values(), at=at)
    times = times_handed_on(households, on=localdate(at))
    rows = []
    for pk in request_ids:
        if (one := requests.get(pk)) is not None:
            sight = sights.get(one.household_id, NOTHING)
            is_seen = one.household_id in seen if seen is not None else True
            rows.append(_row(one, sight, clocks[pk], times.get(one.household_id, 0), is_seen=is_seen))
    return rows


def _row(one: Any, sight: Sight, clock: Clock, times: int, *, is_seen: bool) -> RequestRow:
    is_read = is_seen and sight.level is Level.FULL
    tells_place = sight.whereabouts or not is_seen
    return RequestRow(
        request_id=one.pk,
        household_id=one.household_id,
        key=one.household.key if is_seen else None,
        name=(one.name or one.household.ref[:SHORT]) if is_seen else "",
        case=one.household.ref[:SHORT],
        kind=one.get_kind_display(),
        channel=one.get_channel_display(),
        about=one.about if is_read else "",
        asked_by=one.asked_by if is_read else "",
        asked_at=one.asked_at,
        unit=one.unit.name if tells_place else str(SHIELDED_PLACE),
        unit_phone=one.unit.phone if tells_place else "",
        lacks_place=one.lacks_place_tonight,
        clock=clock,
        outcome=one.get_outcome_display() if one.outcome else "",
        outcome_at=one.outcome_at,
        is_unlawful=one.is_unlawful,
        times_handed_on=times,
    )


def times_handed_on(household_ids: Collection[int], *, on: date) -> dict[int, int]:
    """How many times each household was handed on in the last twelve months; one that never was is left out."""
    counted = _handings(on).filter(household__in=household_ids).values("household").annotate(n=Count("pk"))
    return {row["household"]: row["n"] for row in counted}


def _handings(on: date) -> QuerySet[Forwarding]:
    return Forwarding.objects.filter(
        at__gte=start_of(add_months(on, -HANDED_ON_MONTHS)), at__lt=start_of(on + timedelta(days=1))
    )


def _handed_on(unit: Unit, visible: QuerySet[Household], *, on: date) -> list[int]:
    """The last request handed on of each household that was handed on too often."""
    answered = Responsibility.objects.on(on).filter(unit=unit).values("household")
    counted = (
        _handings(on)
        .filter(household__in=answered)
        .filter(household__in=visible)
        .values("household")
        .annotate(n=Count("pk"), last=Max("request"))
        .filter(n__gte=value("handed_on.times", on=on))
    )
    return [row["last"] for row in counted.order_by("-n", "household")]


def _ids(requests: QuerySet[Request]) -> list[int]:
    return list(requests.values_list("pk", flat=True))
