"""A synthetic country, the same every time, loaded by COPY as the app so that history is written too.

The whole country is 500,000 households with 1.4 million placements in 357 municipalities, Oslo a tenth of it; a run
takes a share of that. Nobody in it exists: names are numbers, and no national id is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.db import connection

from people.models import Municipality
from people.owner import as_owner

WHOLE = 500_000
TODAY = date(2026, 11, 1)
FIRST = date(2016, 1, 1)
SURNAMES = ("Bakke", "Dahl", "Eide", "Foss", "Grøn", "Haug", "Lie", "Moen", "Næss", "Sørbø", "Vik", "Åsen")
GIVEN = ("Anne", "Bjørn", "Dina", "Erik", "Fatima", "Gunn", "Hamid", "Ingrid", "Jon", "Kari", "Leif", "Maryam")

Row = tuple[object, ...]


def load(share: float) -> int:
    """Fill an empty, migrated database with this share of the country and derive its spells. → households."""
    random = Random(42)
    count = int(WHOLE * share)
    numbers = list(Municipality.objects.order_by("number").values_list("number", flat=True))
    weights = [len(numbers) / 9 if number == "0301" else random.lognormvariate(0, 1) * 0.6 for number in numbers]
    places = random.choices(numbers, weights, k=count)
    unit = {number: index for index, number in enumerate(numbers, start=1)}
    _copy(
        "people_unit",
        "id ref municipality_id name kind address phone",
        ((unit[n], f"u{n}", n, f"NAV {n}", "nav", "", "") for n in numbers),
    )
    _copy(
        "housing_provider",
        "id ref municipality_id name kind type owner address phone email suits_children allows_pets is_accessible "
        "is_women_only drug_rule has_night_staff has_kitchen",
        (
            (
                unit[n],
                f"p{n}",
                n,
                f"Pensjonat {n}",
                "temporary",
                "guesthouse",
                "private",
                "",
                "",
                "",
                True,
                True,
                True,
                False,
                "tolerant",
                True,
                True,
            )
            for n in numbers
        ),
    )
    _copy(
        "housing_room",
        "id provider_id name capacity is_accessible price_a_night",
        ((unit[n] * 100 + room, unit[n], str(room), 4, False, 900) for n in numbers for room in range(40)),
    )
    _copy(
        "people_person",
        "id ref national_id id_kind name born_on is_birth_approximate protection language needs_interpreter"
        " unmasked_because letter_language",
        _persons(random, count),
    )
    _copy(
        "people_household",
        "id ref key municipality_id version",
        ((i, f"h{i}", UUID(int=i), place, 0) for i, place in enumerate(places, start=1)),
    )
    _copy(
        "people_responsibility",
        "household_id unit_id starts_on",
        ((i, unit[place], FIRST) for i, place in enumerate(places, start=1)),
    )
    _copy("people_member", "household_id person_id role starts_on", _members(random, count))
    _copy(
        "housing_residence",
        "household_id municipality_id kind starts_on ends_on provider_id lease lease_reason below_standard"
        " is_undisclosed",
        (
            (i, place, *stretch, False)
            for i, place in enumerate(places, start=1)
            for stretch in _life(random, unit[place])
        ),
    )
    _copy(
        "cases_case",
        "household_id municipality_id state opened_on lost_home_reason closing_reason",
        ((i, place, "registered", FIRST, "", "") for i, place in enumerate(places, start=1)),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT rebuild_spells()")
    with as_owner() as owner, owner.cursor() as cursor:
        for table in ("people_unit", "people_person", "people_household", "housing_provider", "housing_room"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("VACUUM ANALYZE")
    return count


def _copy(table: str, columns: str, rows: Iterator[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _persons(random: Random, count: int) -> Iterator[Row]:
    for person in range(1, 2 * count + 1):
        is_adult = person <= count
        born_on = date(1950 if is_adult else 2006, 1, 1) + timedelta(
            random.randrange(55 * 365 if is_adult else 19 * 365)
        )
        yield (
            person,
            f"n{person}",
            "",
            "none",
            f"{random.choice(SURNAMES)} {random.choice(GIVEN)}",
            born_on,
            False,
            "none",
            "",
            False,
            "",
            "",
        )


def _members(random: Random, count: int) -> Iterator[Row]:
    for household in range(1, count + 1):
        yield household, household, "applicant", FIRST
        if random.random() < 0.25:
            yield household, count + household, "child", date(2026, 1, 1)


def _life(random: Random, provider: int) -> Iterator[Row]:
    """A household's years up to today: homeless, one to five placements with moves and breaks, then another place."""
    day = FIRST + timedelta(random.randrange(3900))
    for kind, nights, gap in _chapters(random):
        until = day + timedelta(nights)
        if day > TODAY:
            return
        lease = "ordinary" if kind.endswith("rental") else ""
        yield kind, day, until if until <= TODAY else None, provider if kind == "temporary" else None, lease, "", ""
        day = until + timedelta(gap)


def _chapters(random: Random) -> Iterator[tuple[str, int, int]]:
    for turn in range(random.choice((1, 1, 1, 2))):
        if random.random() < 0.5:
            yield "friends" if turn else "rough", random.randint(1, 40), 0
        for _ in range(random.choice((1, 1, 2, 2, 3, 5))):
            yield "temporary", random.choice((3, 7, 14, 30, 60, 120)), random.choice((0, 0, 0, 0, 2, 14, 20))
        homes = ("owned", "private_rental", "municipal_rental", "municipal_rental", "institution")
        yield random.choice(homes), random.randint(100, 2000), 0
