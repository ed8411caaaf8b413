"""Which stories are told, and how many of each: the seldom ones, those who are placed tonight, and the two years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from cases.demo.cast import Cast
from cases.demo.clock import Story
from cases.demo.decided import decided
from cases.demo.following import following
from cases.demo.guarded import guarded
from cases.demo.heard import heard
from cases.demo.homes_applications import applied
from cases.demo.homes_meetings import met
from cases.demo.homes_providers import providers_kept
from cases.demo.homes_voids import voids
from cases.demo.life import Life
from cases.demo.loans import lent
from cases.demo.owning import owned
from cases.demo.person_plans import person_plans
from cases.demo.scenes import scenes
from cases.demo.stage import (
    CRISIS_CENTRE,
    FRIENDS,
    MUNICIPAL,
    PRIVATE,
    ROUGH,
    STILL,
    Arrival,
    Stage,
    family,
    in_need,
    single,
)
from cases.demo.stories import (
    Exit,
    Stay,
    keeps_the_home,
    sign_off,
    through_temporary,
    without_temporary,
)
from cases.demo.town import Town
from cases.models import ClosingReason, LostHomeReason, NeedKind, NeedReason
from housing.models import Lease, ResidenceKind

T = TypeVar("T")

#: A demo of this size has everybody that is listed for tonight; a smaller one its share.
FULL = 560
#: Of the stories that fill the two years: how many go through temporary accommodation, how many straight home.
THROUGH, STRAIGHT = 0.36, 0.28
#: Months that the leader has signed, and the one that waits.
MONTHS = 12
#: Those in temporary accommodation tonight beside the scenes: days since the first night, days to the end of what is
#: granted, and whether a family. Three months are 89 to 92 days.
TONIGHT: tuple[tuple[int, int, bool], ...] = (
    (214, 6, False), (171, 12, False), (158, 1, False), (140, 9, True), (133, 2, False), (127, 20, False),
    (118, 0, False), (110, 15, False), (104, 4, False), (101, 8, False), (99, 1, False), (96, -2, False),
    (90, 3, False), (87, 1, False), (84, 10, False), (80, 2, False), (72, 14, False), (66, 5, False),
    (47, 11, False), (36, 2, True), (27, 1, False), (18, 3, False), (13, 1, False), (9, 5, False), (5, 2, False),
    (0, 14, False),
)  # fmt: skip
#: Which of them have no plan, no review, or a place that does not suit, counted from the first.
WITHOUT_PLAN, WITHOUT_REVIEW = {5, 19, 20, 23}, {6, 11, 14}

#: Nights of a stay: least, most, and how many of a hundred.
LENGTHS = ((2, 13, 22), (14, 40, 36), (41, 88, 28), (93, 150, 10), (151, 240, 4))
#: Ways out and how many of a hundred.
WAYS_OUT: tuple[tuple[Exit, int], ...] = (
    (MUNICIPAL, 30),
    (PRIVATE, 20),
    (Exit(ResidenceKind.MUNICIPAL_RENTAL, 36), 6),
    (Exit(ResidenceKind.MUNICIPAL_RENTAL, 24, Lease.SECTION_11_1), 5),
    (Exit(ResidenceKind.PRIVATE_RENTAL, 12), 6),
    (Exit(ResidenceKind.OWNED), 3),
    (Exit(ResidenceKind.INSTITUTION), 4),
    (Exit(ResidenceKind.PRISON), 2),
    (Exit(ResidenceKind.CARE_HOME, closing=ClosingReason.OTHER), 2),
    (Exit(ResidenceKind.WITH_FAMILY, closing=ClosingReason.WITHDRAWN), 8),
    (Exit(ResidenceKind.MOVED_AWAY, closing=ClosingReason.MOVED_AWAY), 7),
    (Exit(ResidenceKind.UNKNOWN, closing=ClosingReason.NO_CONTACT), 5),
    (Exit(ResidenceKind.DECEASED, closing=ClosingReason.DECEASED), 2),
)
ARRIVALS: tuple[tuple[ResidenceKind, LostHomeReason, int], ...] = (
    (ROUGH, LostHomeReason.FAMILY_THROWN_OUT, 22),
    (ROUGH, LostHomeReason.EVICTION, 16),
    (FRIENDS, LostHomeReason.LEASE_ENDED, 16),
    (FRIENDS, LostHomeReason.BREAK_UP, 14),
    (ROUGH, LostHomeReason.RELEASE, 12),
    (CRISIS_CENTRE, LostHomeReason.VIOLENCE, 7),
    (ROUGH, LostHomeReason.NEW_ARRIVAL, 6),
    (ROUGH, LostHomeReason.FIRE, 2),
    (ROUGH, LostHomeReason.UNKNOWN, 5),
)
#: Those who find a home from where they are.
WITH_OTHERS = (
    (FRIENDS, LostHomeReason.FAMILY_THROWN_OUT),
    (FRIENDS, LostHomeReason.LEASE_ENDED),
    (CRISIS_CENTRE, LostHomeReason.VIOLENCE),
)
NEEDS: tuple[tuple[NeedKind, NeedReason, int], ...] = (
    (NeedKind.AT_RISK, NeedReason.PETITION, 24),
    (NeedKind.AT_RISK, NeedReason.NOTICE, 22),
    (NeedKind.AT_RISK, NeedReason.BREAK_UP, 8),
    (NeedKind.UNSUITABLE, NeedReason.TOO_SMALL, 20),
    (NeedKind.UNSUITABLE, NeedReason.INACCESSIBLE, 12),
    (NeedKind.UNSUITABLE, NeedReason.UNHEALTHY, 9),
    (NeedKind.UNSUITABLE, NeedReason.UNSAFE, 5),
)


def program(town: Town, rng: Random, *, households: int) -> list[Story]:
    """About so many households' stories, and the leader's. The same seed tells the same ones."""
    stage = Stage(town, Cast(rng), rng)
    seldom = scenes(stage)[: households * 3 // 4]
    placed = _spread(list(enumerate(TONIGHT)), min(len(TONIGHT), max(1, households * len(TONIGHT) // FULL)))
    stories = [*seldom, *(_still_there(stage, number, *row) for number, row in placed)]
    rest = max(0, households - len(stories))
    stories += [_through(stage) for _ in range(round(rest * THROUGH))]
    stories += [_straight_home(stage) for _ in range(round(rest * STRAIGHT))]
    stories += [_never_homeless(stage) for _ in range(max(0, households - len(stories)))]
    stories += guarded(stage)
    stories += decided(stage)
    stories += applied(stage)
    stories += met(stage)
    stories += following(stage)
    stories += person_plans(stage)
    stories += heard(stage)
    stories += lent(stage)
    stories += owned(stage)
    stories += providers_kept(town)
    stories += voids(town)
    return [*stories, *(sign_off(town, unit, months=MONTHS) for unit in (town.nav, town.housing_office))]


def _still_there(stage: Stage, number: int, days_before: int, days_left: int, is_family: bool) -> Story:
    """In temporary accommodation tonight."""
    rng = stage.rng
    life = stage.life()
    how = Stay(
        nights=STILL,
        grants=_grants(rng, max(1, days_before + days_left)),
        plan_on=None if number in WITHOUT_PLAN else rng.randint(3, 16),
        is_reviewed=number not in WITHOUT_REVIEW,
        provider=rng.choice(["", "Furumo camping", "Solvik gjestegård"]) if not is_family else "",
    )
    arrive = _arrival(rng, is_family=is_family)
    return through_temporary(life, days_before, how, MUNICIPAL, arrive=arrive)


def _through(stage: Stage) -> Story:
    """Came, was placed, and went on, some time in the two years."""
    rng = stage.rng
    least, most, _share = rng.choices(LENGTHS, weights=[share for _least, _most, share in LENGTHS])[0]
    nights = rng.randint(least, most)
    life = stage.life()
    how = Stay(
        nights=nights,
        grants=_grants(rng, nights + rng.randint(0, 6)),
        is_oral=rng.random() < 0.1,
        plan_on=rng.randint(4, 18) if rng.random() < 0.85 else None,
        is_reviewed=rng.random() < 0.9,
        late=rng.choice([0, 0, 0, 0, 1, 2]),
        events=_incidents(rng, nights, life),
    )
    ended = rng.randint(25, 705)
    days_before = min(ended + nights, 740)
    is_family = rng.random() < 0.13
    way = _way_out(rng, is_family=is_family)
    again = None
    if way.closing == ClosingReason.PERMANENT_HOME and rng.random() < 0.15:
        later = rng.randint(5, 60)
        again = (
            rng.randint(60, 400),
            Stay(nights=later, grants=_grants(rng, later + 2)),
            _way_out(rng, is_family=is_family),
        )
    arrive = _arrival(rng, is_family=is_family)
    return through_temporary(life, days_before, how, way, arrive=arrive, after=rng.randint(5, 120), again=again)


def _straight_home(stage: Stage) -> Story:
    """Without a home among friends or at the crisis centre, and then not."""
    rng = stage.rng
    situation, reason = rng.choice(WITH_OTHERS)
    since = rng.randint(0, 80) if situation == FRIENDS else 0
    is_family = rng.random() < 0.35
    way = rng.choice([MUNICIPAL, PRIVATE, PRIVATE])
    days = rng.randint(6, 110)
    arrive = (
        family(situation, reason, children=rng.randint(1, 3), since=since, lacks_place=False)
        if is_family
        else single(situation, reason, since=since, ages=_ages(rng), lacks_place=False)
    )
    return without_temporary(
        stage.life(), rng.randint(days, 735), way, arrive=arrive, days=days, after=rng.randint(10, 90)
    )


def _never_homeless(stage: Stage) -> Story:
    """At risk, or in a home that does not suit; some still are."""
    rng = stage.rng
    kind, reason, _share = rng.choices(NEEDS, weights=[share for _kind, _reason, share in NEEDS])[0]
    children = rng.choice([0, 0, 1, 2, 3])
    home = ResidenceKind.OWNED if rng.random() < 0.12 else ResidenceKind.PRIVATE_RENTAL
    way = rng.choice([MUNICIPAL, PRIVATE]) if kind == NeedKind.UNSUITABLE else None
    arrive = in_need(kind, reason, children=children, home=home)
    return keeps_the_home(stage.housing_life(), rng.randint(1, 735), arrive=arrive, days=rng.randint(15, 160), way=way)


def _incidents(rng: Random, nights: int, life: Life) -> tuple[tuple[int, Callable[[], object]], ...]:
    """A move to another room, or some days away, in some stays."""
    found: list[tuple[int, Callable[[], object]]] = []
    if nights > 10 and rng.random() < 0.3:
        found.append((rng.randint(4, nights - 3), life.move))
    if nights > 25 and rng.random() < 0.12:
        found.append((rng.randint(8, nights - 6), lambda: life.be_away("hospital", days=3, ago=2)))
    if nights > 20 and rng.random() < 0.08:
        found.append((2, lambda: life.correct(days=1)))
    return tuple(found)


def _arrival(rng: Random, *, is_family: bool) -> Arrival:
    situation, reason, _share = rng.choices(ARRIVALS, weights=[share for _kind, _reason, share in ARRIVALS])[0]
    since = rng.randint(1, 60) if situation == FRIENDS else rng.randint(0, 12) if situation == CRISIS_CENTRE else 0
    if is_family:
        return family(situation, reason, children=rng.randint(1, 4), is_couple=rng.random() < 0.3, since=since)
    return single(situation, reason, since=since, ages=_ages(rng))


def _ages(rng: Random) -> tuple[int, int]:
    return rng.choices([(18, 24), (25, 49), (50, 74)], weights=[24, 56, 20])[0]


def _way_out(rng: Random, *, is_family: bool) -> Exit:
    ways = [(way, share) for way, share in WAYS_OUT if not (is_family and way.closing == ClosingReason.DECEASED)]
    return rng.choices([way for way, _share in ways], weights=[share for _way, share in ways])[0]


def _grants(rng: Random, nights: int) -> tuple[int, ...]:
    """What is granted at a time, in nights, of a stay of so many."""
    found: list[int] = []
    left = nights
    while left > 0:
        step = min(rng.choice([28, 42, 60] if not found else [75, 90]), left)
        step = left if left - step < 5 else step
        found.append(step)
        left -= step
    return tuple(found)


def _spread(rows: Sequence[T], count: int) -> list[T]:
    """So many of the rows, evenly far apart."""
    return [rows[number * len(rows) // count] for number in range(count)]
