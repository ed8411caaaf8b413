"""The figures counted by hand: the slow and obvious way, night by night and household by household.

What the database answers is compared with this. It shares nothing with the SQL, and uses spells only where a figure is
about whole stays; nights are counted from the residences themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import median, quantiles

from housing.spells import GAP_NIGHTS, Membership, Spell, Stretch, carried, derive, is_over, nights_in
from housing.states import HOMELESS_KINDS, Kind, State, add_months, birthday

DAY = timedelta(days=1)

#: Numerator, denominator and, for `time_home`, (median, 90th percentile) in days; None is "has none".
Figure = tuple[int | None, int | None, tuple[float, float] | None]
#: The refs behind the numerator and behind the denominator; the latter None for a count.
Lists = tuple[set[str], set[str] | None]


@dataclass(frozen=True)
class Household:
    """One household as the facts tell it: its own residences, its members, and the household it was split from."""

    ref: str
    stretches: tuple[Stretch, ...] = ()
    members: tuple[Membership, ...] = ()
    parent: Household | None = None
    split_on: date | None = None

    @cached_property
    def residences(self) -> list[Stretch]:
        """Its own residences and those it carries."""
        if self.parent is None or self.split_on is None:
            return sorted(self.stretches, key=lambda stretch: stretch.starts_on)
        return carried(self.stretches, self.parent.residences, self.split_on)

    def spells(self, gap_nights: int = GAP_NIGHTS) -> list[Spell]:
        return derive(self.residences, self.members, gap_nights=gap_nights, counts_from=self.split_on)

    def stays(self, gap_nights: int = GAP_NIGHTS) -> list[Spell]:
        return [spell for spell in self.spells(gap_nights) if spell.state == State.TEMPORARY]

    def counts_on(self, night: date) -> bool:
        """Whether the night is this household's in a count, not the household's it was split from."""
        return self.split_on is None or night >= self.split_on

    def kind_on(self, night: date) -> Kind | None:
        """Where the household disposed of a place on a night that is its own."""
        if not self.counts_on(night):
            return None
        return next((stay.kind for stay in self.residences if stay.starts_on <= night < stay.end), None)

    def children_on(self, night: date) -> set[str]:
        return _persons(self.members, night, roles={"child"}, under=18)

    def is_family_on(self, night: date) -> bool:
        return bool(self.children_on(night))

    def is_young_on(self, night: date) -> bool:
        return bool(_persons(self.members, night, roles={"applicant", "partner"}, under=25))


@dataclass(frozen=True)
class HouseholdPeriod:
    """What one household was in `[start, end)`, as far as temporary accommodation is concerned."""

    ref: str
    nights: int
    first_night: date | None
    over_stay: bool
    over_kostra: bool
    family: bool
    young: bool
    child_nights: int
    children: frozenset[str]

    @property
    def has_night(self) -> bool:
        return self.nights > 0

    def is_over(self, rule: str) -> bool:
        return self.over_kostra if rule == "kostra" else self.over_stay


def household_period(household: Household, start: date, end: date, gap_nights: int = GAP_NIGHTS) -> HouseholdPeriod:
    nights = [night for night in days(start, end) if household.kind_on(night) == Kind.TEMPORARY]
    first_night = nights[0] if nights else None
    stays = [stay for stay in household.stays(gap_nights) if nights_in(stay, start, end) > 0]
    return HouseholdPeriod(
        ref=household.ref,
        nights=len(nights),
        first_night=first_night,
        over_stay=any(is_over(stay, end) for stay in stays),
        over_kostra=first_night is not None and len(nights) > (add_months(first_night, 3) - first_night).days,
        family=any(household.is_family_on(night) for night in nights),
        young=any(household.is_young_on(night) for night in nights),
        child_nights=sum(len(household.children_on(night)) for night in nights),
        children=frozenset(child for night in nights for child in household.children_on(night)),
    )


def days(start: date, end: date) -> Iterator[date]:
    while start < end:
        yield start
        start += DAY


def exits(household: Household, start: date, end: date, gap_nights: int) -> list[Spell]:
    """The household's stays that ended in the period, by move-out; those of its own time only."""
    return [
        stay
        for stay in household.stays(gap_nights)
        if start <= stay.ends_on < end and (household.split_on is None or stay.ends_on > household.split_on)
    ]


def led_home(stay: Spell, gap_nights: int) -> bool:
    """A permanent home came within the nights, and no care home, other municipality or death before it."""
    return _soon(stay, stay.home_on, gap_nights) and not _earlier(stay.gone_on, stay.home_on)


def led_away(stay: Spell, gap_nights: int) -> bool:
    """A care home, another municipality or death came within the nights, before any permanent home."""
    return _soon(stay, stay.gone_on, gap_nights) and not _earlier(stay.home_on, stay.gone_on)


def measure(
    households: Sequence[Household], start: date, end: date, *, gap_nights: int = GAP_NIGHTS, rule: str = "stay"
) -> dict[str, Figure]:
    """Every figure of the period `[start, end)` over the households, by code."""
    periods = [household_period(household, start, end, gap_nights) for household in households]
    stays = [stay for household in households for stay in exits(household, start, end, gap_nights)]
    figures: dict[str, Figure] = {
        code: (len(counted), None if population is None else len(population), None)
        for code, (counted, population) in household_lists(
            households, start, end, gap_nights=gap_nights, rule=rule
        ).items()
    }
    figures["nights"] = (sum(period.nights for period in periods), None, None)
    figures["child_nights"] = (sum(period.child_nights for period in periods), None, None)
    figures["children"] = (len({child for period in periods for child in period.children}), None, None)
    figures["exits_permanent"] = (
        sum(led_home(stay, gap_nights) for stay in stays),
        sum(not led_away(stay, gap_nights) for stay in stays),
        None,
    )
    waits = [wait for household in households for wait in waits_home(household, start, end)]
    figures["time_home"] = (None, len(waits), (median(waits), percentile_90(waits)) if waits else None)
    return figures


def household_lists(
    households: Sequence[Household], start: date, end: date, *, gap_nights: int = GAP_NIGHTS, rule: str = "stay"
) -> dict[str, Lists]:
    """The households behind each figure that counts households."""
    periods = [household_period(household, start, end, gap_nights) for household in households]
    placed = [period for period in periods if period.has_night]
    over = [period for period in placed if period.is_over(rule)]
    within = [period for period in placed if not period.is_over(rule)]
    lists: dict[str, Lists] = {
        "2.1": (_refs(within), _refs(placed)),
        "2.2": (_refs(over), None),
        "2.s1": ({household.ref for household in households if _slept_in_shelter(household, start, end)}, None),
        "2.s2": (_refs(placed), None),
        "3.1": (_refs(p for p in within if p.family), _refs(p for p in placed if p.family)),
        "3.2": (_refs(p for p in placed if p.family), None),
        "3.s1": _homeless_families(households, end - DAY),
        "3.s4": (_refs(p for p in within if p.young), _refs(p for p in placed if p.young)),
        "3.s5": (_refs(p for p in placed if p.young), None),
        "families_and_young": (_refs(p for p in placed if p.family or p.young), None),
        "nights_14": (_refs(p for p in placed if p.nights <= 14), None),
    }
    for months in (6, 12, 24):
        lists[f"returns_{months}"] = _returns(households, start, end, gap_nights, months)
    return lists


def waits_home(household: Household, start: date, end: date) -> list[int]:
    """Days from homelessness to each permanent home that began in the period, in the household's own time."""
    return [
        (spell.starts_on - spell.homeless_since).days
        for spell in household.spells()
        if spell.state == State.PERMANENT
        and spell.homeless_since is not None
        and start <= spell.starts_on < end
        and household.counts_on(spell.starts_on)
    ]


def percentile_90(values: Sequence[int]) -> float:
    """The continuous 90th percentile: between two values, the straight line."""
    return float(values[0]) if len(values) == 1 else quantiles(values, n=10, method="inclusive")[8]


def _persons(members: Iterable[Membership], night: date, *, roles: set[str], under: int) -> set[str]:
    return {
        member.person
        for member in members
        if member.role in roles and member.starts_on <= night < member.end and night < birthday(member.born_on, under)
    }


def _refs(periods: Iterable[HouseholdPeriod]) -> set[str]:
    return {period.ref for period in periods}


def _slept_in_shelter(household: Household, start: date, end: date) -> bool:
    return any(household.kind_on(night) == Kind.NIGHT_SHELTER for night in days(start, end))


def _homeless_families(households: Sequence[Household], night: date) -> Lists:
    """3.s1: of the families who were homeless on one night, those in temporary accommodation."""
    families = [household for household in households if household.is_family_on(night)]
    return (
        {family.ref for family in families if family.kind_on(night) == Kind.TEMPORARY},
        {family.ref for family in families if family.kind_on(night) in HOMELESS_KINDS},
    )


def _returns(households: Sequence[Household], start: date, end: date, gap_nights: int, months: int) -> Lists:
    """Of the households with a stay that led home in the period (the first decides), those homeless again in time."""
    home: set[str] = set()
    back: set[str] = set()
    for household in households:
        led = [stay for stay in exits(household, start, end, gap_nights) if led_home(stay, gap_nights)]
        if led:
            home.add(household.ref)
            first = min(led, key=lambda stay: stay.ends_on)
            if first.returned_on is not None and first.returned_on <= add_months(first.ends_on, months):
                back.add(household.ref)
    return back, home


def _soon(stay: Spell, day: date | None, gap_nights: int) -> bool:
    return day is not None and (day - stay.ends_on).days <= gap_nights


def _earlier(day: date | None, other: date | None) -> bool:
    return day is not None and (other is None or day < other)
