"""A synthetic country, the same every time, loaded by COPY as the app so that history is written too.

The whole country is 500,000 households with 1.4 million placements in 357 municipalities, Oslo a tenth of it; a run
takes a share of that. Nobody in it exists: names are numbers, and no national id is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from random import Random
from uuid import UUID

from django.db import connection

from people.models import Employee, Municipality
from people.owner import as_owner
from tests.bench.facts import Row, copy_rows, load_facts

WHOLE = 500_000
TODAY = date(2026, 11, 1)
FIRST = date(2016, 1, 1)
#: a municipality as large at every share, to see what growth around it does
FIXED, FIXED_HOUSEHOLDS = "4601", 700
SURNAMES = ("Bakke", "Dahl", "Eide", "Foss", "Grøn", "Haug", "Lie", "Moen", "Næss", "Sørbø", "Vik", "Åsen")
GIVEN = ("Anne", "Bjørn", "Dina", "Erik", "Fatima", "Gunn", "Hamid", "Ingrid", "Jon", "Kari", "Leif", "Maryam")


@dataclass(frozen=True)
class Known:
    """A household as it is made up: its own id is its applicant's too."""

    id: int
    municipality: str
    since: date
    #: kind, from, to
    life: list[tuple[str, date, date | None]]
    parent: int | None = None


def load(share: float) -> int:
    """Fill an empty, migrated database with this share of the country and derive its spells. → households."""
    random = Random(42)
    count = int(WHOLE * share)
    numbers = list(Municipality.objects.order_by("number").values_list("number", flat=True))
    weights = [len(numbers) / 9 if number == "0301" else random.lognormvariate(0, 1) * 0.6 for number in numbers]
    unit = {number: index for index, number in enumerate(numbers, start=1)}
    weights[numbers.index(FIXED)] = 0
    places = [FIXED] * FIXED_HOUSEHOLDS + random.choices(numbers, weights, k=count - FIXED_HOUSEHOLDS)
    households = list(_households(random, places))
    employee = Employee.objects.create(username="country", name="Country").pk
    _places(unit)
    born = [_born(random, is_adult=person <= count) for person in range(1, 2 * count + 1)]
    _persons(random, born)
    copy_rows(
        "people_household",
        [
            {
                "id": one.id,
                "ref": f"h{one.id}",
                "key": UUID(int=one.id),
                "municipality_id": one.municipality,
                "split_from_id": one.parent,
                "split_on": one.since if one.parent else None,
            }
            for one in households
        ],
    )
    copy_rows("people_responsibility", list(_responsibilities(random, households, unit)))
    copy_rows("people_member", list(_members(random, households, born)))
    copy_rows(
        "cases_case", [{"household_id": one.id, "municipality_id": one.municipality, **_CASE} for one in households]
    )
    dwellings = _dwellings(random, households)
    copy_rows("housing_residence", list(_residences(households, unit, dwellings)))
    load_facts(random, ((one.id, unit[one.municipality] * 2, one.since) for one in households), employee=employee)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rebuild_spells()")
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute(_NEXT_IDS)
        cursor.execute("VACUUM ANALYZE")
    return count


_CASE = {"state": "registered", "opened_on": FIRST}
#: Rows came with their ids; those to come begin after them.
_NEXT_IDS = """
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT table_name FROM information_schema.columns
               WHERE column_name = 'id' AND is_identity = 'YES' AND table_schema = 'public' LOOP
        EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, ''id''), COALESCE(max(id), 0) + 1, false) FROM %I',
                       one, one);
    END LOOP;
END $$
"""


def _households(random: Random, places: list[str]) -> Iterator[Known]:
    """One in a hundred came out of the one before it, where that one lives in the same municipality."""
    before: Known | None = None
    for number, place in enumerate(places, start=1):
        life = list(_life(random))
        one = Known(number, place, life[0][1], life)
        if random.random() < 0.02 and before and before.since < one.since and before.parent is None:
            one = Known(number, before.municipality, one.since, life, before.id)
        yield one
        before = one


def _places(unit: dict[str, int]) -> None:
    """Two units and a provider with forty rooms in each municipality; four of five providers have an agreement."""
    copy_rows(
        "people_unit",
        [
            {
                "id": at * 2 + second,
                "ref": f"u{at}-{second}",
                "municipality_id": number,
                "name": f"NAV {number}",
                "kind": "nav",
            }
            for number, at in unit.items()
            for second in (0, 1)
        ],
    )
    told = {"kind": "temporary", "type": "guesthouse", "owner": "private", "drug_rule": "tolerant"}
    copy_rows(
        "housing_provider",
        [
            {"id": at, "ref": f"p{at}", "municipality_id": number, "name": f"Pensjonat {number}", **told}
            for number, at in unit.items()
        ],
    )
    copy_rows(
        "housing_qualityagreement",
        [{"provider_id": at, "starts_on": date(2020, 1, 1)} for at in unit.values() if at % 5],
    )
    copy_rows(
        "housing_room",
        [
            {"id": at * 100 + room, "provider_id": at, "name": str(room), "capacity": 4, "price_a_night": 900}
            for at in unit.values()
            for room in range(40)
        ],
    )


def _born(random: Random, *, is_adult: bool) -> date:
    return date(1950 if is_adult else 2006, 1, 1) + timedelta(random.randrange(55 * 365 if is_adult else 19 * 365))


def _persons(random: Random, born: list[date]) -> None:
    copy_rows(
        "people_person",
        [
            {
                "id": person,
                "ref": f"n{person}",
                "id_kind": "none",
                "name": f"{random.choice(SURNAMES)} {random.choice(GIVEN)}",
                "born_on": born_on,
                "protection": "none",
            }
            for person, born_on in enumerate(born, start=1)
        ],
    )


def _members(random: Random, households: list[Known], born: list[date]) -> Iterator[Row]:
    """An applicant each, and in one of four a child, from its birth."""
    for one in households:
        yield {"household_id": one.id, "person_id": one.id, "role": "applicant", "starts_on": one.since}
        if random.random() < 0.25:
            child = len(households) + one.id
            yield {
                "household_id": one.id,
                "person_id": child,
                "role": "child",
                "starts_on": max(one.since, born[child - 1]),
            }


def _responsibilities(random: Random, households: list[Known], unit: dict[str, int]) -> Iterator[Row]:
    """The first unit answers from the first day; one in twenty is handed to the other half a year later."""
    for one in households:
        first = {"household_id": one.id, "unit_id": unit[one.municipality] * 2, "starts_on": one.since, "ends_on": None}
        if random.random() < 0.05:
            first["ends_on"] = one.since + timedelta(180)
            yield {**first, "unit_id": unit[one.municipality] * 2 + 1, "starts_on": first["ends_on"], "ends_on": None}
        yield first


def _dwellings(random: Random, households: list[Known]) -> dict[tuple[int, date], int]:
    """The municipal stock: each tenancy in the one free the longest, or in one more. → tenancy to dwelling's id"""
    tenancies = sorted(
        (starts_on, one.id, ends_on or date.max, one.municipality)
        for one in households
        for kind, starts_on, ends_on in one.life
        if kind == "municipal_rental"
    )
    stock: list[tuple[str, date]] = []
    free: dict[str, list[tuple[date, int]]] = {}
    lived_in: dict[tuple[int, date], int] = {}
    for starts_on, household, ends_on, municipality in tenancies:
        ready = free.setdefault(municipality, [])
        if ready and ready[0][0] <= starts_on:
            dwelling = heappop(ready)[1]
        else:
            stock.append((municipality, starts_on - timedelta(400)))
            dwelling = len(stock)
        heappush(ready, (ends_on, dwelling))
        lived_in[household, starts_on] = dwelling
    rows: list[dict[str, object]] = [
        {
            "id": number,
            "ref": f"d{number}",
            "municipality_id": municipality,
            "tenure": random.choice(("owned", "owned", "rented_in")),
            "staffing": "none",
            "type": "flat",
            "area_m2": random.randint(20, 90),
            "rooms": random.randint(1, 4),
            "acquired_on": acquired_on + timedelta(random.randrange(300)),
        }
        for number, (municipality, acquired_on) in enumerate(stock, start=1)
    ]
    copy_rows("housing_dwelling", rows)
    copy_rows(
        "housing_dwellingrent",
        [{"dwelling_id": row["id"], "starts_on": row["acquired_on"], "rent_a_month": 9000} for row in rows],
    )
    void = {"starts_on": date(2025, 3, 1), "ends_on": date(2025, 5, 1), "reason": "repair", "cost": 5000}
    copy_rows("housing_dwellingvoid", [{"dwelling_id": row["id"], **void} for row in rows[::20]])
    return lived_in


def _residences(households: list[Known], unit: dict[str, int], dwellings: dict[tuple[int, date], int]) -> Iterator[Row]:
    for one in households:
        for kind, starts_on, ends_on in one.life:
            yield {
                "household_id": one.id,
                "municipality_id": one.municipality,
                "kind": kind,
                "starts_on": starts_on,
                "ends_on": ends_on,
                "provider_id": unit[one.municipality] if kind == "temporary" else None,
                "dwelling_id": dwellings.get((one.id, starts_on)),
                "lease": "ordinary" if kind.endswith("rental") else "",
            }


def _life(random: Random) -> Iterator[tuple[str, date, date | None]]:
    """A household's years up to today: homeless, one to five placements with moves and breaks, then another place."""
    day = FIRST + timedelta(random.randrange(3900))
    for kind, nights, gap in _chapters(random):
        until = day + timedelta(nights)
        if day > TODAY:
            return
        yield kind, day, until if until <= TODAY else None
        day = until + timedelta(gap)


def _chapters(random: Random) -> Iterator[tuple[str, int, int]]:
    for turn in range(random.choice((1, 1, 1, 2))):
        if random.random() < 0.5:
            yield "friends" if turn else "rough", random.randint(1, 40), 0
        for _ in range(random.choice((1, 1, 2, 2, 3, 5))):
            yield "temporary", random.choice((3, 7, 14, 30, 60, 120)), random.choice((0, 0, 0, 0, 2, 14, 20))
        homes = ("owned", "private_rental", "municipal_rental", "municipal_rental", "institution")
        yield random.choice(homes), random.randint(100, 2000), 0
