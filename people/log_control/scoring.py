"""From a month's reads to the findings that a leader goes through.

Pure: the rows come from `people.log_control.month`, the weights from `people.log_control.signs`. Somebody on the case
is asked about for one thing only: being a party to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import ceil, sqrt
from statistics import median
from typing import TypeVar

from people.log_control.signs import (
    BURST_LEAST,
    BURST_TIMES,
    CLOSES,
    COMES_BACK_DAYS,
    DUTY_DAYS,
    DUTY_SHARE,
    LONG_CLOSED_DAYS,
    NIGHT_FROM,
    NIGHT_TO,
    OPENS,
    RARE_LEAST,
    RARE_SHARE,
    READERS_LEAST,
    REASONS_LEAST,
    REFUSED_LEAST,
    SUSPICIOUS,
    WEIGHTS,
    Around,
    Finding,
    Look,
    Sign,
)

K = TypeVar("K")

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
#: Two refusals closer than this are one try.
ONE_TRY = timedelta(minutes=5)
#: Numbers of neighbours along a street.
NEXT_DOOR = 4
SATURDAY = 5


def findings(looks: Iterable[Look], around: Around) -> list[Finding]:
    """Everything that weighs enough, gravest first."""
    in_order = sorted(looks, key=lambda look: look.at)
    found = [*_of_pairs(in_order, around), *_of_employees(in_order), *_of_households(in_order)]
    heavy = [finding for finding in found if finding.weight >= SUSPICIOUS]
    return sorted(heavy, key=lambda one: (-one.weight, one.looks[0].at, one.employee or 0, one.household or 0))


# ── one employee and one household ────────────────────────────────────────────────────────────────────────────────


def _of_pairs(looks: Sequence[Look], around: Around) -> Iterator[Finding]:
    duty, rare, lives_there = _on_duty(looks), _rare_names(looks, around), _employees_at(around)
    for (employee, household), of_pair in _grouped(looks, lambda look: (look.employee, look.household)):
        others = [look for look in of_pair if not look.is_on_case]
        signs = set(_ties(employee, household, around, rare)) if others else set()
        if others and lives_there.get(household, set()) - {employee}:
            signs.add(Sign.COLLEAGUE)
        signs |= set(_leave(others)) | set(_times(others, is_duty=employee in duty))
        if (employee, household) in around.parties:
            signs.add(Sign.PARTY)
        yield _finding(employee, household, signs, of_pair)


def _ties(employee: int, household: int, around: Around, rare: frozenset[str]) -> Iterator[Sign]:
    """What the employee is to those who live there, as far as the registers tell."""
    shared = around.employee_names.get(employee, frozenset()) & around.household_names.get(household, frozenset())
    if shared:
        yield Sign.SAME_NAME if shared & rare else Sign.COMMON_NAME
    own = around.own_homes.get(employee, frozenset())
    here = around.addresses.get(household, frozenset())
    homes = {address for home in own if home != household for address in around.addresses.get(home, frozenset())}
    if here & homes:
        yield Sign.SAME_ADDRESS
    elif any(_is_next_door(one, other) for one in here for other in homes):
        yield Sign.NEIGHBOUR


def _employees_at(around: Around) -> dict[int, set[int]]:
    """Who of the employees lives in which household."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for employee, homes in around.own_homes.items():
        for household in homes:
            found[household].add(employee)
    return found


def _is_next_door(one: tuple[str, int, str], other: tuple[str, int, str]) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) <= NEXT_DOOR


def _leave(looks: Sequence[Look]) -> Iterator[Sign]:
    """Reads without anything that gives leave, refusals, and cases that were over long ago."""
    refused = [look for look in looks if look.is_refused]
    if len(refused) > 1 and refused[-1].at - refused[0].at > ONE_TRY:
        yield Sign.REFUSED_AGAIN
    elif refused:
        yield Sign.REFUSED
    opened = [look for look in looks if not look.is_refused]
    if any(not (look.is_of_unit or look.has_leave) for look in opened):
        yield Sign.NO_RELATION
    late = [look for look in opened if _is_long_closed(look) and not look.is_leader]
    if any(not look.has_leave for look in late):
        yield Sign.LONG_CLOSED
    elif late:
        yield Sign.LONG_CLOSED_WITH_REASON


def _is_long_closed(look: Look) -> bool:
    return look.closed_on is not None and (look.at.date() - look.closed_on).days >= LONG_CLOSED_DAYS


def _times(looks: Sequence[Look], *, is_duty: bool) -> Iterator[Sign]:
    """When, and on how many days. Whoever has duty at night reads at night."""
    if not is_duty:
        nights = [look for look in looks if is_night(look.at)]
        if any(not look.has_leave for look in nights):
            yield Sign.NIGHT
        elif nights:
            yield Sign.NIGHT_WITH_REASON
        elif any(is_outside_hours(look.at) for look in looks):
            yield Sign.OUTSIDE_HOURS
    free = {look.at.date() for look in looks if not (look.has_leave or look.is_leader or look.is_refused)}
    if len(free) >= COMES_BACK_DAYS:
        yield Sign.COMES_BACK


def is_night(at: datetime) -> bool:
    return at.hour >= NIGHT_FROM or at.hour < NIGHT_TO


def is_outside_hours(at: datetime) -> bool:
    return at.weekday() >= SATURDAY or not OPENS <= at.hour < CLOSES


def _on_duty(looks: Sequence[Look]) -> set[int]:
    """Those whose work lies outside working hours by their own month."""
    found = set()
    for employee, own in _grouped(looks, lambda look: look.employee):
        outside = [look for look in own if is_outside_hours(look.at)]
        days = {look.at.date() for look in outside}
        if len(days) >= DUTY_DAYS and len(outside) >= DUTY_SHARE * len(own):
            found.add(employee)
    return found


def _rare_names(looks: Sequence[Look], around: Around) -> frozenset[str]:
    households = {look.household for look in looks}
    borne = Counter(name for household in households for name in around.household_names.get(household, frozenset()))
    most = max(RARE_LEAST, RARE_SHARE * len(households))
    return frozenset(name for name, times in borne.items() if times <= most)


# ── one employee's month ──────────────────────────────────────────────────────────────────────────────────────────


def _of_employees(looks: Sequence[Look]) -> Iterator[Finding]:
    stated, duty = _reasons_by_employee(looks), _on_duty(looks)
    for employee, own in _grouped(looks, lambda look: look.employee):
        burst = _burst(own)
        reasons = [] if employee in duty else _many_reasons(employee, stated)
        refused = _many_refused(own)
        signs = {
            sign
            for sign, those in ((Sign.BURST, burst), (Sign.MANY_REASONS, reasons), (Sign.MANY_REFUSED, refused))
            if those
        }
        rests_on = {id(look): look for look in [*burst, *reasons, *refused]}
        yield _finding(employee, None, signs, sorted(rests_on.values(), key=lambda look: look.at))


def _burst(own: Sequence[Look]) -> list[Look]:
    """The reads of the fullest hour, when it is far above what the employee's other days have. Leading is reading."""
    others = [look for look in own if not (look.is_on_case or look.is_refused or look.is_leader)]
    by_day = [_fullest_hour(of_day) for _day, of_day in _grouped(others, lambda look: look.at.date())]
    if not by_day:
        return []
    fullest = max(by_day, key=_households)
    usual = median([_households(hour) for hour in by_day if hour is not fullest] or [0])
    return fullest if _households(fullest) >= max(BURST_LEAST, BURST_TIMES * usual) else []


def _fullest_hour(looks: Sequence[Look]) -> list[Look]:
    """The stretch of one hour in which most different households were read."""
    best: list[Look] = []
    start = 0
    for end, last in enumerate(looks):
        while last.at - looks[start].at >= HOUR:
            start += 1
        window = list(looks[start : end + 1])
        if _households(window) > _households(best):
            best = window
    return best


def _households(looks: Iterable[Look]) -> int:
    return len({look.household for look in looks})


def _reasons_by_employee(looks: Sequence[Look]) -> dict[int, list[Look]]:
    """The first read by each reason and day: how often one was stated, not how much was read by it."""
    stated: dict[int, list[Look]] = {}
    seen = set()
    for look in looks:
        stated.setdefault(look.employee, [])
        key = (look.employee, look.household, look.at.date())
        if look.is_reasoned and not look.is_leader and key not in seen:
            seen.add(key)
            stated[look.employee].append(look)
    return stated


def _many_reasons(employee: int, stated: dict[int, list[Look]]) -> list[Look]:
    colleagues = [len(those) for other, those in stated.items() if other != employee]
    usual = median(colleagues) if colleagues else 0
    own = stated[employee]
    return own if len(own) >= max(REASONS_LEAST, far_above(usual)) else []


def _many_refused(own: Sequence[Look]) -> list[Look]:
    refused = [look for look in own if look.is_refused]
    return refused if _households(refused) >= REFUSED_LEAST else []


# ── one household's month ─────────────────────────────────────────────────────────────────────────────────────────


def _of_households(looks: Sequence[Look]) -> Iterator[Finding]:
    """Households that within a week many read who have nothing to do with them."""
    crowds = {
        household: _crowd([look for look in of_one if not (look.is_on_case or look.has_leave or look.is_leader)])
        for household, of_one in _grouped(looks, lambda look: look.household)
    }
    usual = sum(_readers(crowd) for crowd in crowds.values()) / len(crowds) if crowds else 0
    most = max(READERS_LEAST, far_above(usual))
    for household, crowd in crowds.items():
        yield _finding(None, household, {Sign.MANY_READERS} if _readers(crowd) >= most else set(), crowd)


def _crowd(looks: Sequence[Look]) -> list[Look]:
    """The reads of the week in which most different employees read."""
    best: list[Look] = []
    start = 0
    for end, last in enumerate(looks):
        while last.at - looks[start].at >= WEEK:
            start += 1
        window = list(looks[start : end + 1])
        if _readers(window) > _readers(best):
            best = window
    return best


def far_above(usual: float) -> int:
    """Four standard deviations over what is usual, for things that happen by themselves so many times a month."""
    return ceil(usual + 4 * sqrt(usual))


def _readers(looks: Iterable[Look]) -> int:
    return len({look.employee for look in looks})


# ── both ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _grouped(looks: Iterable[Look], by: Callable[[Look], K]) -> Iterator[tuple[K, list[Look]]]:
    groups: defaultdict[K, list[Look]] = defaultdict(list)
    for look in looks:
        groups[by(look)].append(look)
    yield from groups.items()


def _finding(employee: int | None, household: int | None, signs: set[Sign], looks: Sequence[Look]) -> Finding:
    in_order = sorted(signs, key=lambda sign: (-WEIGHTS[sign], sign))
    return Finding(employee=employee, household=household, signs=tuple(in_order), looks=tuple(looks))
