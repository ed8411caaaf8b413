"""Generated households for Hypothesis: few days, chosen so that the awkward ones are common. No Django.

A history is a chain of residences with short or telling breaks between them, begun near a month's end, a leap day or
New Year. People are born so that they turn 18 or 25 while it lasts. Everything generated is lawful: one residence a
day, no membership before birth, an adult in one household a day, a child in at most two.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from housing.availability import Days, Facts
from housing.spells import OPEN, Membership, Stretch
from housing.states import RENTAL_KINDS, Kind, add_months
from tests.oracle import Household

# How long an example takes (night by night, or in a database) depends on what else the machine does: no deadline.
settings.register_profile("varig", deadline=None)
settings.load_profile("varig")

#: Days around which histories begin: month ends, leap days, New Year, and the first nights of the table in terms.
ANCHORS = (
    date(2023, 11, 29),
    date(2023, 11, 30),
    date(2023, 12, 31),
    date(2024, 1, 31),
    date(2024, 2, 29),
    date(2024, 5, 31),
    date(2024, 8, 31),
    date(2024, 11, 30),
    date(2025, 1, 1),
    date(2025, 2, 28),
    date(2025, 11, 30),
)

#: Breaks, in nights: none, around the ordinary gap, and clearly longer ones.
BREAKS = st.one_of(st.just(0), st.integers(0, 20), st.sampled_from([1, 13, 14, 15]), st.integers(21, 200))

KINDS = st.one_of(
    st.just(Kind.TEMPORARY),
    st.sampled_from([Kind.TEMPORARY, Kind.NIGHT_SHELTER, Kind.FRIENDS, Kind.ROUGH, Kind.OWNED, Kind.PRIVATE_RENTAL]),
    st.sampled_from(sorted(Kind)),
)

#: What follows temporary accommodation: more of it, a home, a way out of the question, or anything.
KINDS_AFTER_TEMPORARY = st.one_of(
    st.just(Kind.TEMPORARY),
    st.sampled_from([Kind.OWNED, Kind.PRIVATE_RENTAL, Kind.MUNICIPAL_RENTAL]),
    st.sampled_from([Kind.CARE_HOME, Kind.MOVED_AWAY, Kind.DECEASED, Kind.FRIENDS]),
    KINDS,
)


@st.composite
def histories(draw: st.DrawFn, *, longest: int = 8) -> tuple[list[Stretch], list[Membership]]:
    """One household's residences, disjoint and in order, and its members. Either may be empty."""
    stretches = draw(chains(longest=longest))
    return stretches, draw(memberships(stretches[0].starts_on if stretches else date(2025, 1, 1), prefix="person"))


@st.composite
def chains(draw: st.DrawFn, *, longest: int = 8, begins: st.SearchStrategy[date] | None = None) -> list[Stretch]:
    """Residences one after another; only the last one may be open."""
    day = draw(anchored_days() if begins is None else begins)
    count = draw(st.one_of(st.integers(0, longest), st.integers(longest // 2, longest)))
    stretches: list[Stretch] = []
    for number in range(1, count + 1):
        in_temporary = bool(stretches) and stretches[-1].kind == Kind.TEMPORARY
        kind = draw(KINDS_AFTER_TEMPORARY if in_temporary else KINDS)
        ends_on = None if number == count and draw(st.booleans()) else draw(ends(day))
        stretches.append(Stretch(kind, day, ends_on, draw(lease_ends(kind, day))))
        day = (ends_on or day) + timedelta(days=draw(BREAKS))
    return stretches


def anchored_days() -> st.SearchStrategy[date]:
    near = st.integers(-3, 3).map(lambda days: timedelta(days=days))
    return st.builds(lambda anchor, off: anchor + off, st.sampled_from(ANCHORS), near)


def ends(start: date) -> st.SearchStrategy[date]:
    """Days moved out: soon, around one to six calendar months on, or the first of a month or of a year."""

    def months_on(months: int, off: int) -> date:
        return max(add_months(start, months) + timedelta(days=off), start + timedelta(days=1))

    return st.one_of(
        st.integers(1, 40).map(lambda nights: start + timedelta(days=nights)),
        st.builds(months_on, st.integers(1, 6), st.integers(-1, 2)),
        st.integers(1, 6).map(lambda months: add_months(start.replace(day=1), months)),
        st.just(date(start.year + 1, 1, 1)),
    )


def lease_ends(kind: Kind, start: date) -> st.SearchStrategy[date | None]:
    """A rental's lease: without end, around three years, or short; other kinds have none."""
    if kind not in RENTAL_KINDS:
        return st.none()
    around = st.builds(
        lambda months, off: add_months(start, months) + timedelta(days=off),
        st.sampled_from([12, 36, 36, 60]),
        st.integers(-1, 1),
    )
    return st.one_of(st.none(), st.none(), around)


@st.composite
def memberships(draw: st.DrawFn, around: date, *, prefix: str) -> list[Membership]:
    """An applicant, perhaps a partner, children and others, who come, leave and have birthdays around the history."""
    members = list(_stays_of(draw, f"{prefix}-applicant", "applicant", draw(births(25, around)), around))
    roles = draw(st.lists(st.sampled_from(["partner", "child", "child", "child_visit", "other"]), max_size=4))
    for number, role in enumerate(roles, start=1):
        born_on = draw(births(18 if role.startswith("child") else 25, around))
        members += _stays_of(draw, f"{prefix}-{number}", role, born_on, around)
    return members


def births(age: int, around: date) -> st.SearchStrategy[date]:
    """Births whose age is reached while the history goes on, a leap-day one, and a newborn or one long past it."""

    def reached(days: int) -> date:
        return add_months(around + timedelta(days=days), -12 * age)

    return st.one_of(
        st.integers(-5, 200).map(reached),
        st.just(date(2000, 2, 29) if age == 25 else date(2008, 2, 29)),
        st.integers(0, 60).map(lambda days: around + timedelta(days=days)) if age == 18 else st.just(date(1980, 6, 15)),
    )


def _stays_of(draw: st.DrawFn, person: str, role: str, born_on: date, around: date) -> list[Membership]:
    """One person's time in a household: always there, or some days of it, perhaps coming back in the same role."""
    early = max(born_on, around - timedelta(days=400))
    if draw(st.booleans()):
        return [Membership(person, role, early, None, born_on)]
    starts_on = max(born_on, around + timedelta(days=draw(st.integers(-5, 100))))
    ends_on = starts_on + timedelta(days=draw(st.integers(1, 90)))
    first = Membership(person, role, starts_on, ends_on, born_on)
    if draw(st.booleans()):
        return [first]
    back_on = ends_on + timedelta(days=draw(st.integers(0, 30)))
    return [first, Membership(person, role, back_on, None, born_on)]


@st.composite
def countries(draw: st.DrawFn, *, largest: int = 5) -> list[Household]:
    """Households, some of them split from an earlier one in the list (which may be split from another itself)."""
    households: list[Household] = []
    for number in range(1, draw(st.integers(1, largest)) + 1):
        ref = f"household-{number}"
        if draw(st.booleans()) and households:
            households.append(_part_of(draw, households, ref))
        else:
            stretches, members = draw(histories(longest=6))
            households.append(Household(ref, tuple(stretches), tuple(_renamed(members, ref))))
    return households


def _part_of(draw: st.DrawFn, households: list[Household], ref: str) -> Household:
    """A household formed by a split on a day when something happened to the old one, or shortly before or after."""
    parent = draw(st.sampled_from(households))
    moments = [day for stretch in parent.residences for day in (stretch.starts_on, stretch.end) if day < OPEN]
    split_on = draw(st.sampled_from(moments or list(ANCHORS))) + timedelta(days=draw(st.integers(-3, 40)))
    first_day = split_on + timedelta(days=draw(st.one_of(st.just(0), st.just(0), st.integers(-3, 20))))
    own = draw(chains(longest=4, begins=st.just(first_day)))
    members = _renamed(draw(memberships(split_on, prefix="person")), ref)
    children = sorted({member.person for member in parent.members if member.role == "child"})
    with_one = [child for child in children if _homes_of(child, households) == 1]
    if draw(st.booleans()) and with_one:
        # The parents part and the child lives with both: a member of two households, and of no third.
        members += [member for member in parent.members if member.person == with_one[0]]
    return Household(ref, tuple(own), tuple(members), parent, split_on)


def _homes_of(person: str, households: list[Household]) -> int:
    return sum(any(member.person == person for member in household.members) for household in households)


def _renamed(members: list[Membership], ref: str) -> list[Membership]:
    return [
        Membership(f"{ref}-{member.person}", member.role, member.starts_on, member.ends_on, member.born_on)
        for member in members
    ]


def periods() -> st.SearchStrategy[tuple[date, date]]:
    """Periods to ask about: a month, a year, all that time, or any days near where the histories are."""

    def year(number: int) -> tuple[date, date]:
        return date(number, 1, 1), date(number + 1, 1, 1)

    def month(months: int) -> tuple[date, date]:
        return add_months(date(2023, 11, 1), months), add_months(date(2023, 11, 1), months + 1)

    def some(start: date, nights: int) -> tuple[date, date]:
        return start, start + timedelta(days=nights)

    return st.one_of(
        st.sampled_from([2024, 2025, 2023, 2026]).map(year),
        st.just((date(2023, 11, 1), date(2026, 1, 1))),
        st.integers(0, 30).map(month),
        st.builds(some, st.dates(date(2023, 11, 1), date(2026, 1, 31)), st.integers(1, 200)),
    )


@st.composite
def dwellings(draw: st.DrawFn) -> Facts:
    """One dwelling's time in the stock, its tenants and its voids, which may lie outside it and on each other."""
    begins = draw(anchored_days())
    ours = Days(begins, draw(st.one_of(st.none(), st.integers(1, 500).map(lambda days: begins + timedelta(days)))))
    some = st.one_of(st.just(begins), st.integers(-60, 60).map(lambda days: begins + timedelta(days)))
    return Facts(ours=ours, let=draw(_in_turn(some)), void=draw(_in_turn(some)))


@st.composite
def _in_turn(draw: st.DrawFn, begins: st.SearchStrategy[date]) -> list[Days]:
    """Periods one after another; only the last one may go on without end."""
    day, count = draw(begins), draw(st.integers(0, 5))
    found: list[Days] = []
    for number in range(1, count + 1):
        is_open = number == count and draw(st.booleans())
        until = None if is_open else day + timedelta(days=draw(st.one_of(st.just(1), st.integers(1, 120))))
        found.append(Days(day, until))
        day = (until or day) + timedelta(days=draw(BREAKS))
    return found
