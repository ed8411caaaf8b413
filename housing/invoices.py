"""A provider's invoice held against the nights somebody lived there. Pure: standard library only.

Nights are calendar dates: the night of a day is the one that begins on it, so a line from the 1st to the 3rd is two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

_ONE = timedelta(days=1)


class Finding(StrEnum):
    """What is wrong with a line, gravest first."""

    WITHHELD = "withheld"
    NO_SUCH_ROOM = "no_such_room"
    NOBODY_THERE = "nobody_there"
    SOME_NIGHTS_EMPTY = "some_nights_empty"
    CHARGED_TWICE = "charged_twice"
    WRONG_PRICE = "wrong_price"
    WRONG_SUM = "wrong_sum"


#: Nobody can accept a line with one of these: there is nothing to pay for.
NOTHING_TO_PAY = frozenset({Finding.NO_SUCH_ROOM, Finding.NOBODY_THERE})


@dataclass(frozen=True)
class Nights:
    """A run of nights, half-open."""

    starts_on: date
    ends_on: date

    def __len__(self) -> int:
        return (self.ends_on - self.starts_on).days

    def days(self) -> list[date]:
        return [self.starts_on + timedelta(days=n) for n in range(len(self))]


@dataclass(frozen=True, kw_only=True)
class Written:
    """A line as the provider wrote it. `place` is its line in the file; nights half-open; kroner."""

    place: int
    room: str
    starts_on: date
    ends_on: date
    price: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Charged:
    """A line of an invoice. `room` is None when the provider has none of that name. Kroner."""

    line: int
    room: int | None
    nights: Nights
    price: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Slept:
    """Nights that somebody lived at the provider, up to and including last night.

    `price` is what was agreed a night, None where nothing is. `is_told`: the reader may know that it was this room.
    """

    residence: int
    room: int | None
    nights: Nights
    price: Decimal | None
    is_told: bool = True


@dataclass(frozen=True)
class Checked:
    """A line and what is found of it. `due` is what its nights cost as agreed, each night once, in kroner.

    Nothing is said of a line that is withheld: neither who lived in the room nor that nobody did.
    """

    line: int
    findings: tuple[Finding, ...]
    residences: tuple[int, ...]
    empty: tuple[Nights, ...]
    twice: tuple[Nights, ...]
    agreed: tuple[Decimal, ...]
    due: Decimal | None

    @property
    def is_in_order(self) -> bool:
        return not self.findings

    @property
    def is_withheld(self) -> bool:
        return Finding.WITHHELD in self.findings

    @property
    def has_nothing_to_pay(self) -> bool:
        return not NOTHING_TO_PAY.isdisjoint(self.findings)


@dataclass(frozen=True)
class Missing:
    """Nights that somebody lived there and that nobody has charged."""

    residence: int
    nights: tuple[Nights, ...]


def check(
    charged: Sequence[Charged],
    slept: Iterable[Slept],
    *,
    others: Iterable[Charged] = (),
    untold: Mapping[int, Sequence[Nights]] | None = None,
) -> list[Checked]:
    """Each line of an invoice, in the order given.

    :param others: lines of other invoices of the provider that are not disputed: what they charge is charged
    :param untold: by room, nights of which the reader is told no more than that the room was not available
    """
    by_room: dict[int, dict[date, Slept]] = defaultdict(dict)
    for one in slept:
        if one.room is not None:
            by_room[one.room].update(dict.fromkeys(one.nights.days(), one))
    taken: set[tuple[int | None, date]] = {(one.room, night) for one in others for night in one.nights.days()}
    withheld = {(room, night) for room, runs in (untold or {}).items() for run in runs for night in run.days()}
    found = []
    for line in charged:
        found.append(_checked(line, by_room, taken, withheld))
        if line.room is not None:
            taken |= {(line.room, night) for night in line.nights.days()}
    return found


def missing(
    slept: Iterable[Slept], charged: Iterable[Charged], period: Nights, *, others: Iterable[Charged] = ()
) -> list[Missing]:
    """The nights of a period that were slept and that no line charges, of those the reader may know of.

    A residence whose room nobody noted is charged by no line: it is listed, so that the room is put in.
    """
    taken = {(one.room, night) for one in (*charged, *others) for night in one.nights.days() if one.room is not None}
    found = []
    for one in slept:
        nights = [
            night
            for night in one.nights.days()
            if period.starts_on <= night < period.ends_on and (one.room, night) not in taken
        ]
        if nights and one.is_told:
            found.append(Missing(one.residence, runs(nights)))
    return found


def runs(nights: Iterable[date]) -> tuple[Nights, ...]:
    """The nights as runs, in order."""
    found: list[Nights] = []
    for night in sorted(nights):
        if found and found[-1].ends_on == night:
            found[-1] = Nights(found[-1].starts_on, night + _ONE)
        else:
            found.append(Nights(night, night + _ONE))
    return tuple(found)


def _checked(
    line: Charged,
    by_room: Mapping[int, Mapping[date, Slept]],
    taken: set[tuple[int | None, date]],
    withheld: set[tuple[int, date]],
) -> Checked:
    days, room = line.nights.days(), line.room
    if room is not None and any((room, night) in withheld for night in days):
        return Checked(line.line, (Finding.WITHHELD,), (), (), (), (), None)
    there = by_room.get(room, {}) if room is not None else {}
    lived = {night: there[night] for night in days if night in there}
    if any(not one.is_told for one in lived.values()):
        return Checked(line.line, (Finding.WITHHELD,), (), (), (), (), None)
    empty = [night for night in days if night not in lived]
    twice = [night for night in lived if (room, night) in taken]
    agreed = {one.price for one in lived.values() if one.price is not None}
    due = sum(
        (line.price if one.price is None else one.price for night, one in lived.items() if night not in twice),
        Decimal(0),
    )
    said = {
        Finding.NO_SUCH_ROOM: room is None,
        Finding.NOBODY_THERE: room is not None and not lived,
        Finding.SOME_NIGHTS_EMPTY: bool(lived and empty),
        Finding.CHARGED_TWICE: bool(twice),
        Finding.WRONG_PRICE: any(price != line.price for price in agreed),
        Finding.WRONG_SUM: line.amount != line.price * len(days),
    }
    return Checked(
        line=line.line,
        findings=tuple(finding for finding, is_so in said.items() if is_so),
        residences=tuple(dict.fromkeys(one.residence for one in lived.values())),
        empty=runs(empty),
        twice=runs(twice),
        agreed=tuple(sorted(agreed)),
        due=due,
    )
