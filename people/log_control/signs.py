"""What makes a read suspicious, what each sign weighs, and the plain rows that it is judged by.

Pure: no Django and no database, so that the weights can be tried on any month one makes up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Sign(StrEnum):
    """One thing that makes a leader ask."""

    # what one employee is to one household
    PARTY = "party"
    SAME_ADDRESS = "same_address"
    NEIGHBOUR = "neighbour"
    SAME_NAME = "same_name"
    COMMON_NAME = "common_name"
    COLLEAGUE = "colleague"
    # what leave there was to read
    NO_RELATION = "no_relation"
    REFUSED = "refused"
    REFUSED_AGAIN = "refused_again"
    LONG_CLOSED = "long_closed"
    LONG_CLOSED_WITH_REASON = "long_closed_with_reason"
    # when and how often
    NIGHT = "night"
    NIGHT_WITH_REASON = "night_with_reason"
    OUTSIDE_HOURS = "outside_hours"
    COMES_BACK = "comes_back"
    # of an employee's month
    BURST = "burst"
    MANY_REASONS = "many_reasons"
    MANY_REFUSED = "many_refused"
    # of a household's month
    MANY_READERS = "many_readers"


#: A finding weighs at least this: one grave sign, or several that each are nothing by themselves.
SUSPICIOUS = 3

WEIGHTS: Mapping[Sign, int] = {
    Sign.PARTY: 5,
    Sign.SAME_ADDRESS: 4,
    Sign.NEIGHBOUR: 3,
    Sign.SAME_NAME: 3,
    Sign.COMMON_NAME: 1,
    Sign.COLLEAGUE: 3,
    Sign.NO_RELATION: 4,
    Sign.REFUSED: 1,
    Sign.REFUSED_AGAIN: 3,
    Sign.LONG_CLOSED: 3,
    Sign.LONG_CLOSED_WITH_REASON: 2,
    Sign.NIGHT: 3,
    Sign.NIGHT_WITH_REASON: 2,
    Sign.OUTSIDE_HOURS: 1,
    Sign.COMES_BACK: 3,
    Sign.BURST: 3,
    Sign.MANY_REASONS: 3,
    Sign.MANY_REFUSED: 4,
    Sign.MANY_READERS: 3,
}

#: Days after which a closed case is one that nobody of the unit has anything to do with.
LONG_CLOSED_DAYS = 90
#: Working hours, local time, Monday to Friday; a night is from the one hour to the other.
OPENS, CLOSES = 6, 19
NIGHT_FROM, NIGHT_TO = 22, 6
#: Somebody with this share of their reads outside working hours, on as many days, has duty then.
DUTY_SHARE, DUTY_DAYS = 0.2, 4
#: Different days in a month on which one comes back to a case that is not one's own.
COMES_BACK_DAYS = 5
#: A burst: at least so many different households of others in an hour, and three times one's own busiest hour.
BURST_LEAST, BURST_TIMES = 12, 3
#: Reasons stated in a month: at least so many, and far above what colleagues state.
REASONS_LEAST = 12
#: Different households that one was refused in a month.
REFUSED_LEAST = 3
#: Different readers with nothing to do with the household within a week: at least so many, and far above what is usual.
READERS_LEAST = 7
#: A name borne by at most this share of the households read, or by two, is not a common one.
RARE_SHARE, RARE_LEAST = 0.01, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One line of the read log that somebody meant: a page, a print, an export, a search hit; not a list.

    `at` is local time. `is_on_case`: assigned then or within a month before, or nobody was. `is_of_unit`: worked that
    day at a unit that follows the household. `has_leave`: an exception was live. `closed_on`: when the case was closed,
    if it was then.
    """

    employee: int
    household: int
    at: datetime
    is_refused: bool = False
    is_on_case: bool = False
    is_of_unit: bool = True
    has_leave: bool = False
    is_reasoned: bool = False
    is_leader: bool = False
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Around:
    """What is known of those who read and those who were read, for the month. Ids as in `Look`.

    `parties`: (employee, household) that the employee must not deal with. `own_homes`: the households an employee lives
    in, and has therefore nothing to read of. Names are folded; an address is (street, number, the rest), folded.
    """

    parties: frozenset[tuple[int, int]] = frozenset()
    own_homes: Mapping[int, frozenset[int]] = field(default_factory=dict)
    employee_names: Mapping[int, frozenset[str]] = field(default_factory=dict)
    household_names: Mapping[int, frozenset[str]] = field(default_factory=dict)
    addresses: Mapping[int, frozenset[tuple[str, int, str]]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Why a leader should look: what one employee read of one household, or one employee, or one household.

    `looks` are those it rests on, by time.
    """

    employee: int | None
    household: int | None
    signs: tuple[Sign, ...]
    looks: tuple[Look, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[sign] for sign in self.signs)

    @property
    def key(self) -> tuple[int | None, int | None]:
        return self.employee, self.household
