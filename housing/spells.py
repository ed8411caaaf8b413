"""Spells of one household, derived from its residences in the plainest way. Pure: standard library only.

Every period is half-open: its end is the first day it no longer applies, and the night of that day is not in it. A
spell is never written by hand and never counts by ticking; it only carries dates on which an answer changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from housing.states import GONE_KINDS, HOMELESS_KINDS, Kind, State, add_months, birthday, state_of

#: The end of what has not ended.
OPEN = date.max
#: The longest break, in nights, that does not end a stay in temporary accommodation.
GAP_NIGHTS = 14
#: A stay is in breach after this many calendar months.
LIMIT_MONTHS = 3
ADULT_AGE = 18
YOUNG_AGE = 25

Range: TypeAlias = tuple[date, date]


@dataclass(frozen=True)
class Stretch:
    """One residence (bosted): a place at the household's disposal in `[starts_on, ends_on)`; an open one has no end."""

    kind: Kind
    starts_on: date
    ends_on: date | None
    lease_ends_on: date | None = None

    @property
    def end(self) -> date:
        return self.ends_on or OPEN

    @property
    def state(self) -> State:
        return state_of(self.kind, self.starts_on, self.lease_ends_on)


@dataclass(frozen=True)
class Membership:
    """One person's time in the household in one role (medlem), `[starts_on, ends_on)`, open when `ends_on` is None."""

    person: str
    role: str
    starts_on: date
    ends_on: date | None
    born_on: date

    @property
    def end(self) -> date:
        return self.ends_on or OPEN


@dataclass(frozen=True)
class Spell:
    """A maximal time in one state (sammenhengende periode); in temporary accommodation a stay, short breaks included.

    `ends_on` is 9999-12-31 while open. `limit_on` to `young_in` and the last three dates are a temporary spell's only.
    `nights`, `family_in` and `young_in` are disjoint, sorted, half-open ranges of nights, no two of them adjacent; the
    latter two are parts of `nights`.
    """

    state: State
    starts_on: date
    ends_on: date
    limit_on: date | None
    nights: tuple[Range, ...]
    family_in: tuple[Range, ...]
    young_in: tuple[Range, ...]
    previous_state: State | None
    next_state: State | None
    homeless_since: date | None
    home_on: date | None
    gone_on: date | None
    returned_on: date | None


def derive(
    stretches: Iterable[Stretch],
    members: Sequence[Membership] = (),
    *,
    gap_nights: int = GAP_NIGHTS,
    counts_from: date | None = None,
) -> list[Spell]:
    """The household's spells, ordered by first day and state.

    :param stretches: the residences in any order, no two on the same day
    :param counts_from: the day a household formed by a split began to be counted for itself; earlier nights are the old
        household's, but the clock keeps its first night
    """
    residences = sorted(stretches, key=lambda stretch: stretch.starts_on)
    spells = [_spell(run, residences, members, counts_from or date.min) for run in _runs(residences, gap_nights)]
    return sorted(spells, key=lambda spell: (spell.starts_on, spell.state))


def carried(own: Iterable[Stretch], parent: Iterable[Stretch], split_on: date) -> list[Stretch]:
    """The residences of a household formed by a split: the old household's up to the split, then its own.

    :param parent: the old household's residences, with what it carried itself
    """
    own_residences = sorted(own, key=lambda stretch: stretch.starts_on)
    cut = min([split_on, *(stretch.starts_on for stretch in own_residences)])
    before = sorted((stretch for stretch in parent if stretch.starts_on < cut), key=lambda stretch: stretch.starts_on)
    # A residence that ended by itself keeps its end; one that lasted into the split ends there.
    return [replace(stretch, ends_on=min(stretch.end, cut)) for stretch in before] + own_residences


def nights_in(spell: Spell, start: date, end: date) -> int:
    """How many of a stay's nights lie in `[start, end)`."""
    return sum((last - first).days for first, last in _intersection(spell.nights, [(start, end)]))


def is_over(spell: Spell, to: date) -> bool:
    """Whether a stay is of more than three months, asked on the day `to`, which knows the nights before it."""
    return spell.limit_on is not None and min(spell.ends_on, to) > spell.limit_on


def _runs(residences: Sequence[Stretch], gap_nights: int) -> list[list[Stretch]]:
    """The residences gathered in runs of one state; every residence is in exactly one."""
    runs: list[list[Stretch]] = []
    stay: list[Stretch] = []
    previous: Stretch | None = None
    for residence in residences:
        if residence.state == State.TEMPORARY:
            if stay and _break_is_tolerated(stay[-1].end, residence.starts_on, residences, gap_nights):
                stay.append(residence)
            else:
                stay = [residence]
                runs.append(stay)
        elif previous and previous.state == residence.state and previous.end == residence.starts_on:
            runs[-1].append(residence)
        else:
            runs.append([residence])
        previous = residence
    return runs


def _break_is_tolerated(left_on: date, back_on: date, residences: Sequence[Stretch], gap_nights: int) -> bool:
    had_home = any(
        residence.state == State.PERMANENT and residence.starts_on < back_on and residence.end > left_on
        for residence in residences
    )
    return (back_on - left_on).days <= gap_nights and not had_home


def _spell(
    run: Sequence[Stretch], residences: Sequence[Stretch], members: Sequence[Membership], counts_from: date
) -> Spell:
    """The spell that one run makes among all of the household's residences."""
    state, starts_on, ends_on = run[0].state, run[0].starts_on, run[-1].end
    before = [residence for residence in residences if residence.starts_on < starts_on]
    after = [residence for residence in residences if residence.starts_on >= ends_on]
    spell = Spell(
        state=state,
        starts_on=starts_on,
        ends_on=ends_on,
        limit_on=None,
        nights=(),
        family_in=(),
        young_in=(),
        previous_state=before[-1].state if before else None,
        next_state=after[0].state if after else None,
        homeless_since=_homeless_since(starts_on, residences),
        home_on=None,
        gone_on=None,
        returned_on=None,
    )
    if state != State.TEMPORARY:
        return spell
    home_on = _first(after, lambda residence: residence.state == State.PERMANENT)
    nights = _intersection([(residence.starts_on, residence.end) for residence in run], [(counts_from, OPEN)])
    return replace(
        spell,
        limit_on=add_months(starts_on, LIMIT_MONTHS),
        nights=nights,
        family_in=_intersection(nights, _time_as(members, {"child"}, ADULT_AGE)),
        young_in=_intersection(nights, _time_as(members, {"applicant", "partner"}, YOUNG_AGE)),
        home_on=home_on,
        gone_on=_first(after, lambda residence: residence.kind in GONE_KINDS),
        returned_on=home_on
        and _first(after, lambda residence: residence.kind in HOMELESS_KINDS and residence.starts_on > home_on),
    )


def _homeless_since(day: date, residences: Sequence[Stretch]) -> date | None:
    """When the household last became homeless, up to and including a day: only a permanent home ends homelessness."""
    homes = [residence.starts_on for residence in residences if residence.state == State.PERMANENT]
    last_home = max((starts_on for starts_on in homes if starts_on < day), default=date.min)
    return _first(
        residences, lambda residence: residence.kind in HOMELESS_KINDS and last_home <= residence.starts_on <= day
    )


def _first(residences: Sequence[Stretch], wanted: Callable[[Stretch], bool]) -> date | None:
    return next((residence.starts_on for residence in residences if wanted(residence)), None)


def _time_as(members: Sequence[Membership], roles: set[str], age: int) -> list[Range]:
    """When each member in one of the roles was under the age."""
    return [
        (member.starts_on, min(member.end, birthday(member.born_on, age))) for member in members if member.role in roles
    ]


def _intersection(ranges: Iterable[Range], others: Iterable[Range]) -> tuple[Range, ...]:
    """What is in one of the ranges and in one of the others, empty ones left out and touching ones joined."""
    others = list(others)
    common = [(max(a, c), min(b, d)) for a, b in ranges for c, d in others]
    joined: list[Range] = []
    for start, end in sorted((start, end) for start, end in common if start < end):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
