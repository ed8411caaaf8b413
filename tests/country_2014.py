"""A synthetic country for 2014, made through stays with moves, gaps, homes and births: never by writing an answer.

The source prints for 2014: 5,438 households in temporary accommodation, 1,482 of them over three months; 363 families,
124 of them over, in 61 municipalities; 561 in night shelter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.db import connection

from housing.models import Provider, Residence
from people.models import Household, Member, Municipality, Person, Responsibility, Unit

HOUSEHOLDS, OVER, FAMILIES, FAMILIES_OVER, FAMILY_MUNICIPALITIES, SHELTER = 5438, 1482, 363, 124, 61, 561

Stretch = tuple[str, date, date | None]


@dataclass
class Plan:
    """One household to be made: where, and every place it lived in, in order."""

    ref: str
    municipality: str
    stretches: list[Stretch] = field(default_factory=list)
    is_family: bool = False


def plans() -> list[Plan]:
    """The country, the same every time."""
    random = Random(2014)
    numbers = list(Municipality.objects.order_by("number").values_list("number", flat=True))
    with_families = random.sample(numbers, FAMILY_MUNICIPALITIES)
    made: list[Plan] = []
    for index in range(HOUSEHOLDS):
        is_family = index < FAMILIES
        is_over = index < FAMILIES_OVER or FAMILIES <= index < FAMILIES + OVER - FAMILIES_OVER
        municipality = with_families[index % FAMILY_MUNICIPALITIES] if is_family else random.choice(numbers)
        plan = Plan(f"t{index:05}", municipality, is_family=is_family)
        plan.stretches = list(_long_stay(random) if is_over else _short_stays(random))
        made.append(plan)
    made += [Plan(f"s{index:05}", random.choice(numbers), _shelter(random)) for index in range(SHELTER)]
    # people the figures must leave out: never in temporary accommodation in the year
    made += [Plan(f"o{index:05}", random.choice(numbers), _outside(random, index)) for index in range(300)]
    return made


def store(made: list[Plan]) -> None:
    """Write the country and derive its spells."""
    places = {place.number: place for place in Municipality.objects.all()}
    units, providers = {}, {}
    for number in sorted({plan.municipality for plan in made}):
        units[number] = Unit.objects.create(municipality=places[number], name=f"NAV {places[number]}")
        for kind in ("temporary", "night_shelter"):
            providers[number, kind] = [
                Provider.objects.create(municipality=places[number], name=f"{kind} {n}", kind=kind) for n in (1, 2, 3)
            ]
    households = Household.objects.bulk_create(
        [Household(ref=plan.ref, municipality=places[plan.municipality]) for plan in made], batch_size=5000
    )
    Responsibility.objects.bulk_create(
        [
            Responsibility(household=household, unit=units[plan.municipality], starts_on=date(2010, 1, 1))
            for household, plan in zip(households, made, strict=True)
        ],
        batch_size=5000,
    )
    people = Person.objects.bulk_create(
        [Person(ref=f"{plan.ref}-a", born_on=date(1980, 5, 5)) for plan in made]
        + [Person(ref=f"{plan.ref}-c", born_on=date(2006, 7, 1)) for plan in made if plan.is_family],
        batch_size=5000,
    )
    person = {one.ref: one for one in people}
    Member.objects.bulk_create(
        [
            Member(household=household, person=person[f"{plan.ref}-{who}"], role=role, starts_on=date(2010, 1, 1))
            for household, plan in zip(households, made, strict=True)
            for who, role in (("a", "applicant"), ("c", "child"))
            if who == "a" or plan.is_family
        ],
        batch_size=5000,
    )
    Residence.objects.bulk_create(
        [
            Residence(
                household=household,
                municipality=places[plan.municipality],
                kind=kind,
                starts_on=starts_on,
                ends_on=ends_on,
                provider=providers[plan.municipality, kind][n % 3] if (plan.municipality, kind) in providers else None,
            )
            for household, plan in zip(households, made, strict=True)
            for n, (kind, starts_on, ends_on) in enumerate(plan.stretches)
        ],
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT rebuild_spells()")


def _long_stay(random: Random) -> Iterator[Stretch]:
    """One stay of more than three months with a night in 2014, by moves and gaps; some began in 2013."""
    if random.random() < 0.3:
        start = date(2013, 9, 1) + timedelta(random.randrange(60))
        until = max(date(2014, 1, 2), start + timedelta(93)) + timedelta(random.randrange(200))
    else:
        start = date(2014, 1, 1) + timedelta(random.randrange(240))
        until = start + timedelta(93 + random.randrange(150))
    while start < until:
        end = start + timedelta(random.randint(5, 50))
        # the last place lasts to the end, so that no gap can shorten the stay
        end = until if until - end < timedelta(15) else end
        yield "temporary", start, None if end == until and random.random() < 0.1 else end
        gap = random.choice([0, 0, 0, 1, 3, 14])
        if gap and end < until:
            yield "friends", end, end + timedelta(gap)
        start = end + timedelta(gap)


def _short_stays(random: Random) -> Iterator[Stretch]:
    """Stays of at most three months each; two of them may be parted by fifteen nights, or by a home of their own."""
    start = date(2014, 1, 1) + timedelta(random.randrange(150))
    middle = start + timedelta(random.randint(1, 40))
    end = middle + timedelta(random.randint(1, 45))
    yield "temporary", start, middle
    yield "temporary", middle, end
    if random.random() < 0.3:
        again = end + timedelta(random.choice([15, 20, 60]))
        yield "friends", end, again
        yield "temporary", again, again + timedelta(random.randint(10, 85))
    elif random.random() < 0.3:
        yield "owned", end, end + timedelta(5)
        yield "temporary", end + timedelta(5), end + timedelta(5 + random.randint(1, 80))


def _shelter(random: Random) -> list[Stretch]:
    start = date(2013, 12, 20) + timedelta(random.randrange(360))
    end = max(start, date(2014, 1, 1)) + timedelta(random.randint(1, 30))
    return [("night_shelter", start, end), ("rough", end, end + timedelta(10))]


def _outside(random: Random, index: int) -> list[Stretch]:
    """The year before, the year after, or only with friends: none of them has a night of 2014 to count."""
    days = timedelta(random.randint(1, 80))
    choices: list[list[Stretch]] = [
        [("temporary", date(2014, 1, 1) - days, date(2014, 1, 1)), ("owned", date(2014, 1, 1), None)],
        [("temporary", date(2015, 1, 1), date(2015, 1, 1) + days)],
        [("friends", date(2014, 2, 1), date(2014, 2, 1) + days)],
    ]
    return choices[index % 3]
