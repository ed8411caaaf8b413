"""Ways through the service, told as they happen: each story acts, then says when it goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from cases.actions.reviews import sign_month
from cases.demo.clock import Story
from cases.demo.life import Life
from cases.demo.town import Town
from cases.models import Case, CaseState, ClosingReason, LostHomeReason
from cases.questions.breaches import tally
from housing.models import Lease, ResidenceKind
from housing.states import PERMANENT_LEASE_MONTHS, add_months
from people.models import Unit
from people.working_days import is_working_day, next_working_day

#: Nights from the first one until the law's limit is about to pass, and until the leader has looked at it.
NEAR_LIMIT, REVIEWED = 80, 96
#: Nights after which the steps of the plan are gone through.
LONG = 60
#: What somebody who is out of temporary accommodation without a home does; not the end of the case.
NO_END = (ResidenceKind.INSTITUTION, ResidenceKind.PRISON, ResidenceKind.FRIENDS)
#: A move or a break that is not as usual, at a night of the stay.
Event = tuple[int, Callable[[], object]]


@dataclass(frozen=True, kw_only=True)
class Stay:
    """How a time in temporary accommodation goes. `nights` in all, `grants` the nights each decision gives.

    Days are counted from the first night. `late`: the move-out is registered that many days after.
    """

    nights: int
    grants: tuple[int, ...]
    is_oral: bool = False
    is_written_down: bool = True
    plan_on: int | None = 9
    provider: str = ""
    is_reviewed: bool = True
    late: int = 0
    events: tuple[Event, ...] = field(default=())


def stay(life: Life, how: Stay) -> Story:
    """From the first night to the day of moving out, which is the next act's."""
    yield from _get_a_room(life, how)
    first = life.today
    granted = [first + timedelta(days=sum(how.grants[: number + 1])) for number in range(len(how.grants))]
    events = [(first + timedelta(days=night), act) for night, act in how.events]
    events += _paperwork(life, how, first)
    for until, longer in pairwise(granted):
        events.append((_office_day_before(until), _granting(life, longer)))
    last = first + timedelta(days=how.nights)
    for day, act in sorted(events, key=lambda event: event[0]):
        if day < last:
            yield life.until(day)
            act()
    yield life.until(last + timedelta(days=how.late))


def _get_a_room(life: Life, how: Stay) -> Story:
    """Where nothing is free, a bed for the night and another try tomorrow."""
    in_writing = not how.is_oral and is_working_day(life.today)
    while not life.place(how.grants[0], in_writing=in_writing, provider=how.provider):
        residence = life.residence()
        if residence is None or residence.kind != ResidenceKind.NIGHT_SHELTER:
            life.shelter(1)
        yield life.wait(1)


def _paperwork(life: Life, how: Stay, first: date) -> list[tuple[date, Callable[[], object]]]:
    """What goes with every stay: writing down, a plan with its steps, the leader's looks."""
    found: list[tuple[date, Callable[[], object]]] = [(next_working_day(first), life.leader_takes_note)]
    if how.is_written_down:
        found.append((next_working_day(first), life.write_down))
    if how.plan_on is not None:
        found.append((_office_day_before(first + timedelta(days=how.plan_on)), life.plan))
        if how.nights > LONG:
            found.append((_office_day_before(first + timedelta(days=how.plan_on + 15)), life.do_a_step))
    if how.is_reviewed:
        found += [(_office_day_before(first + timedelta(days=night)), life.review) for night in (NEAR_LIMIT, REVIEWED)]
    return found


def _granting(life: Life, until: date) -> Callable[[], None]:
    def grant() -> None:
        life.grant_until(until)

    return grant


def _office_day_before(day: date) -> date:
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True)
class Exit:
    """Where a stay leads. A rental has its lease in months, 0 for one without end."""

    kind: ResidenceKind
    months: int = 0
    lease: Lease = Lease.ORDINARY
    closing: ClosingReason = ClosingReason.PERMANENT_HOME


def go_out(life: Life, way: Exit, *, late: int = 0, ahead: int = 0) -> None:
    """Move out today; told `late` days after, or agreed `ahead` of the day."""
    on = life.today + timedelta(days=ahead - late)
    if way.kind in (ResidenceKind.MUNICIPAL_RENTAL, ResidenceKind.PRIVATE_RENTAL, ResidenceKind.OWNED):
        life.move_home(life.home(way.kind, on=on, months=way.months, lease=way.lease), late=late, ahead=ahead)
        return
    facts: dict[str, Any] = {}
    if way.kind in (ResidenceKind.INSTITUTION, ResidenceKind.PRISON):
        facts = {"planned_end": on + timedelta(days=life.rng.choice([30, 60, 120])), "home_waits": False}
    life.go(way.kind, late=late, ahead=ahead, **facts)


def finish(life: Life, way: Exit, *, after: int) -> Story:
    """Close the case some time after, when the household is where it can be closed.

    A lease too short to be a home is followed up until it ends, and a lasting one is found.
    """
    if way.kind in NO_END:
        return
    if 0 < way.months < PERMANENT_LEASE_MONTHS:
        ends_on = add_months(life.today, way.months)
        yield life.until(ends_on - timedelta(days=life.rng.randint(2, 20)))
        go_out(life, Exit(ResidenceKind.PRIVATE_RENTAL))
    yield life.office_day(life.today + timedelta(days=after))
    closing = way.closing
    case = Case.objects.open().filter(household=life.household).first()
    if case is not None and closing == ClosingReason.PERMANENT_HOME and case.state != CaseState.SETTLED:
        closing = ClosingReason.OTHER
    life.close(closing)


def through_temporary(
    life: Life,
    days_before: int,
    how: Stay,
    way: Exit,
    *,
    arrive: Callable[[Life], None],
    after: int = 60,
    again: tuple[int, Stay, Exit] | None = None,
) -> Story:
    """Comes, is given a place, goes out `way`; perhaps loses that home again after so many days."""
    yield life.begin(days_before)
    arrive(life)
    yield from stay(life, how)
    go_out(life, way, late=how.late)
    yield from finish(life, way, after=after)
    if again is None:
        return
    days, how_again, way_again = again
    yield life.wait(days)
    life.lose_home(life.rng.choice([LostHomeReason.EVICTION, LostHomeReason.BREAK_UP, LostHomeReason.LEASE_ENDED]))
    yield life.wait(life.rng.randint(1, 6))
    life.ask()
    yield from stay(life, how_again)
    go_out(life, way_again)
    yield from finish(life, way_again, after=after)


def with_a_gap(life: Life, days_before: int, stays: Sequence[Stay], gap: int, way: Exit, *, arrive: Any) -> Story:
    """Out to friends for `gap` nights between two places: under fifteen it is one stay, over it is two."""
    yield life.begin(days_before)
    arrive(life)
    for number, how in enumerate(stays):
        if number:
            yield life.wait(gap)
            life.ask()
        yield from stay(life, how)
        if number < len(stays) - 1:
            life.go(ResidenceKind.FRIENDS)
    go_out(life, way)
    yield from finish(life, way, after=40)


def without_temporary(
    life: Life, days_before: int, way: Exit, *, arrive: Callable[[Life], None], days: int, after: int = 30
) -> Story:
    """Without a home, and gets one without a night in temporary accommodation."""
    yield life.begin(days_before)
    arrive(life)
    yield life.wait(days)
    go_out(life, way)
    yield from finish(life, way, after=after)


def keeps_the_home(
    life: Life, days_before: int, *, arrive: Callable[[Life], None], days: int, way: Exit | None = None
) -> Story:
    """At risk, or in a home that does not suit: it is put right, or a better home is found `way`."""
    yield life.begin(days_before)
    arrive(life)
    yield life.office_day(life.today + timedelta(days=days))
    if way is not None:
        go_out(life, way)
        yield life.wait(1)
    life.end_needs()
    yield from finish(life, Exit(ResidenceKind.PRIVATE_RENTAL), after=20)


def sign_off(town: Town, unit: Unit, *, months: int) -> Story:
    """The leader signs each month on one of the first working days of the next, the latest not yet."""
    first = add_months(town.edge_day.replace(day=1), -months)
    for number in range(1, months):
        day = next_working_day(add_months(first, number) + timedelta(days=1))
        at = town.edge - timedelta(days=(town.edge_day - day).days)
        yield at
        # the leader is cleared: the unit's lists leave nothing out
        figures = tally(unit, today=day)
        sign_month(
            unit_id=unit.pk,
            month=add_months(first, number - 1),
            over=figures.over,
            soon=figures.soon,
            without_measure=figures.without_measure,
            by=town.leader,
            at=at,
        )
