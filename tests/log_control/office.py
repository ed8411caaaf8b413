"""A made-up office's reads of one month, ordinary and suspicious, drawn from a seed.

Ordinary is what an office does: own cases, colleagues' headers, stated reasons, an evening duty, a leader's Friday
round, somebody who opens an old link, a common surname that means nothing. Suspicious are 25 stories, each of which a
leader would want to hear of; some are faint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from people.log_control.scoring import findings
from people.log_control.signs import Around, Finding, Look, Sign

LOCAL = ZoneInfo("Europe/Oslo")
MONTH = date(2026, 10, 1)
DAYS = [MONTH + timedelta(days=n) for n in range(31)]
WORKDAYS = [day for day in DAYS if day.weekday() < 5]
ORDINARY = 10_000

CASEWORKERS = range(1, 25)
LEADER, COORDINATOR, DUTY, OTHER_OFFICE = 25, 26, (27, 28), (29, 30)
EVERYBODY = (*CASEWORKERS, LEADER, COORDINATOR, *DUTY, *OTHER_OFFICE)
HOUSEHOLDS = range(1000, 1350)
CLOSED = HOUSEHOLDS[-50:]
OPEN = HOUSEHOLDS[:-50]

#: Borne by many, by some, by few: as names are.
_COMMON = ["hansen", "johansen", "olsen", "larsen", "andersen", "pedersen", "nilsen", "kristiansen", "jensen", "ali"]
_SOME = [f"{first}{last}" for first in ("berg", "hag", "lund", "sol", "strand", "dal") for last in ("en", "heim", "um")]
_FEW = [f"{first}{last}" for first in "bdfghklmnrstv" for last in ("aanes", "ogstad", "ustvedt", "eikrem", "yvang")]


def _moment(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=LOCAL)


@dataclass(frozen=True)
class Office:
    """The month: what was read in an ordinary way, the stories, and what is known of everybody."""

    ordinary: list[Look]
    stories: list[list[Look]]
    around: Around

    @property
    def looks(self) -> list[Look]:
        return [*self.ordinary, *(look for story in self.stories for look in story)]


@dataclass(frozen=True)
class Proof:
    """How many of the stories were found, and which share of the ordinary reads stand in a finding without cause."""

    found: int
    stories: int
    false_alarms: float
    findings: int


def proof(office: Office) -> Proof:
    """A story is found when one of its reads stands in a finding."""
    found = findings(office.looks, office.around)
    in_findings = {id(look) for finding in found for look in finding.looks}
    told = sum(any(id(look) in in_findings for look in story) for story in office.stories)
    false = sum(id(look) in in_findings for look in office.ordinary)
    return Proof(told, len(office.stories), false / len(office.ordinary), len(found))


def missed(office: Office) -> list[list[Look]]:
    in_findings = {id(look) for finding in findings(office.looks, office.around) for look in finding.looks}
    return [story for story in office.stories if not any(id(look) in in_findings for look in story)]


def false_ones(office: Office) -> list[Finding]:
    """The findings in which no story is told."""
    told = {id(look) for story in office.stories for look in story}
    return [one for one in findings(office.looks, office.around) if not any(id(look) in told for look in one.looks)]


def office(seed: int) -> Office:
    return _Drawn(seed).office()


class _Drawn:
    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        self.names = {household: frozenset({self._name()}) for household in HOUSEHOLDS}
        self.employee_names = {employee: frozenset({self._name()}) for employee in EVERYBODY}
        self.owner = {household: random.choice(CASEWORKERS) for household in HOUSEHOLDS}
        self.addresses = {
            household: frozenset({(random.choice(_SOME) + "veien", random.randrange(1, 80), "")})
            for household in HOUSEHOLDS
        }
        #: the homes of some of the employees are registered, none of them a household of the office
        self.own_homes = {employee: frozenset({5000 + employee}) for employee in (3, 8, 14, LEADER)}
        for n, homes in enumerate(self.own_homes.values()):
            for home in homes:
                self.addresses[home] = frozenset({(f"egen{n}veien", 17, "")})
        #: the households that a story is about
        self.told: set[int] = set()
        self.parties: set[tuple[int, int]] = set()

    def office(self) -> Office:
        # the stories first: they change what is known of everybody
        stories = [story for tell in self._stories() for story in tell()]
        ordinary = [self._ordinary() for _n in range(ORDINARY)]
        ordinary = [*self._rounds(), *ordinary][:ORDINARY]
        return Office(ordinary, stories, self._around())

    def _around(self) -> Around:
        return Around(
            parties=frozenset(self.parties),
            own_homes=self.own_homes,
            employee_names=self.employee_names,
            household_names=self.names,
            addresses=self.addresses,
        )

    def _name(self) -> str:
        kind = self.random.choices((_COMMON, _SOME, _FEW), (45, 35, 20))[0]
        return self.random.choice(kind)

    # ── ordinary ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _hours(self, day: date | None = None) -> datetime:
        """In working hours, now and then a little outside."""
        day = day or self.random.choice(WORKDAYS)
        hour = self.random.choices((7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20), (2, *[9] * 8, 4, 1, 0.2, 0.1))[0]
        return _moment(day, hour, self.random.randrange(60), self.random.randrange(60))

    def _ordinary(self) -> Look:
        kinds: tuple[Callable[[], Look], ...] = (
            self._own,
            self._colleagues,
            self._reasoned,
            self._led,
            self._on_duty,
            self._old_link,
            self._back_again,
        )
        return self.random.choices(kinds, (790, 110, 50, 25, 15, 2, 8))[0]()

    def _own(self) -> Look:
        household = self.random.choice(OPEN)
        return self._look(self.owner[household], household, self._hours(), is_on_case=True)

    def _colleagues(self) -> Look:
        return self._look(self.random.choice(CASEWORKERS), self._somebody_s(), self._hours())

    def _reasoned(self) -> Look:
        employee, household = self.random.choice(CASEWORKERS), self._somebody_s()
        return self._look(employee, household, self._hours(), has_leave=True, is_reasoned=True)

    def _led(self) -> Look:
        return self._look(LEADER, self._somebody_s(), self._hours(), is_leader=True)

    def _on_duty(self) -> Look:
        day = self.random.choice(DAYS)
        at = _moment(day, self.random.choice((17, 18, 20, 21, 22, 23)), 30)
        household = self._somebody_s()
        return self._look(self.random.choice(DUTY), household, at, has_leave=True, is_reasoned=True)

    def _old_link(self) -> Look:
        employee, household = self.random.choice(EVERYBODY), self.random.choice(OPEN)
        return self._look(employee, household, self._hours(), is_refused=True, is_of_unit=False)

    def _back_again(self) -> Look:
        """Somebody whose case was closed comes back, and is met by whoever has the counter."""
        closed_on = MONTH - timedelta(days=self.random.randrange(20, 400))
        employee, household = self.random.choice(CASEWORKERS), self.random.choice(CLOSED)
        look = self._look(employee, household, self._hours(), has_leave=True, is_reasoned=True)
        return replace(look, closed_on=closed_on)

    def _rounds(self) -> Iterator[Look]:
        """The leader's Fridays, and the coordinator before each meeting: many in an hour, and always."""
        for day in (day for day in WORKDAYS if day.weekday() == 4):
            start = _moment(day, 13)
            for n, household in enumerate(self._several(24)):
                yield self._look(LEADER, household, start + timedelta(minutes=2 * n), is_leader=True)
        for day in WORKDAYS[::5]:
            start = _moment(day, 9)
            for n, household in enumerate(self._several(10)):
                yield self._look(COORDINATOR, household, start + timedelta(minutes=4 * n))

    def _somebody_s(self) -> int:
        """A household that colleagues see: that of an employee is shielded."""
        homes = {household for own in self.own_homes.values() for household in own}
        return self.random.choice([household for household in OPEN if household not in homes])

    def _several(self, many: int) -> list[int]:
        return list({self._somebody_s(): None for _n in range(many)})

    def _look(self, employee: int, household: int, at: datetime, **facts: Any) -> Look:
        if self.owner.get(household) == employee:
            facts["is_on_case"] = True
        return Look(employee=employee, household=household, at=at, **facts)

    # ── suspicious ────────────────────────────────────────────────────────────────────────────────────────────────

    def _stories(self) -> list[Callable[[], Iterator[list[Look]]]]:
        return [
            self._kin,
            self._namesakes,
            self._at_home,
            self._colleague_s_case,
            self._no_relation,
            self._bursts,
            self._nights,
            self._long_closed,
            self._habits,
            self._tries,
            self._crowd,
            self._faint,
        ]

    def _pair(self, employees: tuple[int, ...] | range = CASEWORKERS) -> tuple[int, int]:
        """An employee and a household of somebody else."""
        while True:
            employee, household = self.random.choice(employees), self.random.choice(OPEN)
            if self.owner[household] != employee and household not in self.told:
                self.told.add(household)
                return employee, household

    def _kin(self) -> Iterator[list[Look]]:
        """Two who try the household of a relative."""
        for _n in range(2):
            employee, household = self._pair()
            self.parties.add((employee, household))
            yield [self._look(employee, household, self._hours(), is_refused=True)]

    def _namesakes(self) -> Iterator[list[Look]]:
        """Three who read somebody with their own seldom name."""
        for n in range(3):
            employee, household = self._pair(CASEWORKERS[n * 7 : n * 7 + 7])
            self.employee_names[employee] = self.names[household] = frozenset({f"sjelden{n}rud"})
            yield [self._look(employee, household, self._hours())]

    def _at_home(self) -> Iterator[list[Look]]:
        """Two who read those they live with or above, two who read the house next door."""
        for employee, step in ((3, 0), (8, 0), (14, 2), (3, 4)):
            _other, household = self._pair((employee,))
            [home] = self.own_homes[employee]
            [(street, number, rest)] = self.addresses[home]
            self.addresses[household] = frozenset({(street, number + step, rest)})
            yield [self._look(employee, household, self._hours())]

    def _colleague_s_case(self) -> Iterator[list[Look]]:
        """Two who read the household a colleague lives in."""
        for colleague in (19, 20):
            employee, household = self._pair(CASEWORKERS[:8])
            self.own_homes[colleague] = frozenset({household})
            yield [self._look(employee, household, self._hours())]

    def _no_relation(self) -> Iterator[list[Look]]:
        """Two reads that no unit, case or exception gave leave to."""
        for _n in range(2):
            employee, household = self._pair(OTHER_OFFICE)
            yield [self._look(employee, household, self._hours(), is_of_unit=False)]

    def _bursts(self) -> Iterator[list[Look]]:
        """Two who leaf through the office's cases."""
        for employee in self.random.sample(CASEWORKERS, 2):
            start = self._hours()
            others = [household for household in OPEN if self.owner[household] != employee]
            leafed = enumerate(self.random.sample(others, 16))
            yield [self._look(employee, household, start + timedelta(minutes=2 * n)) for n, household in leafed]

    def _nights(self) -> Iterator[list[Look]]:
        """Two who read a colleague's case at night."""
        for _n in range(2):
            employee, household = self._pair()
            at = self._hours().replace(hour=self.random.choice((0, 1, 2, 22, 23)))
            yield [self._look(employee, household, at)]

    def _long_closed(self) -> Iterator[list[Look]]:
        """Two who read a case that was over long ago."""
        for household in self.random.sample(CLOSED, 2):
            employee = self.random.choice([one for one in CASEWORKERS if one != self.owner[household]])
            look = self._look(employee, household, self._hours())
            yield [replace(look, closed_on=MONTH - timedelta(days=300))]

    def _habits(self) -> Iterator[list[Look]]:
        """One who is on duty for everything, and one who follows a household that is not theirs."""
        employee = self.random.choice(CASEWORKERS)
        others = [household for household in OPEN if self.owner[household] != employee]
        yield [
            self._look(employee, household, self._hours(), has_leave=True, is_reasoned=True)
            for household in self.random.sample(others, 35)
        ]
        employee, household = self._pair()
        days = self.random.sample(WORKDAYS, 7)
        yield [self._look(employee, household, self._hours(day)) for day in days]

    def _tries(self) -> Iterator[list[Look]]:
        """One who tries a household again and again, and one who tries several."""
        employee, household = self._pair()
        yield [self._look(employee, household, self._hours(day), is_refused=True) for day in WORKDAYS[3:6]]
        employee, _other = self._pair(OTHER_OFFICE)
        tried = self.random.sample(OPEN, 5)
        yield [self._look(employee, one, self._hours(), is_refused=True, is_of_unit=False) for one in tried]

    def _crowd(self) -> Iterator[list[Look]]:
        """A household that was in the newspaper."""
        household = self.random.choice(OPEN)
        curious = self.random.sample([one for one in CASEWORKERS if one != self.owner[household]], 12)
        yield [self._look(employee, household, self._hours(self.random.choice(WORKDAYS[8:11]))) for employee in curious]

    def _faint(self) -> Iterator[list[Look]]:
        """One who reads a namesake of a common name on a Sunday."""
        employee, household = self._pair(CASEWORKERS[21:])
        self.employee_names[employee] = self.names[household] = frozenset({"hansen"})
        sunday = next(day for day in DAYS if day.weekday() == 6)
        yield [self._look(employee, household, _moment(sunday, 15))]


def signs_of(office: Office) -> set[Sign]:
    return {sign for finding in findings(office.looks, office.around) for sign in finding.signs}
