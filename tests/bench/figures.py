"""Sets of figures: of one municipality and of all, by year and month by month, as known, and as one would by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

from housing.models import Residence, Spell
from kpi.catalogue import CATALOGUE, STAYS
from kpi.measurement import Period, Question, measure
from people.models import Household
from tests.bench import floors
from tests.bench.table import Table, timed

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
MONTHS = [
    Period(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))
    for year in range(2016, 2026)
    for month in range(1, 13)
]
TREND = tuple(one for one in STAYS if one.code in ("2.1", "2.s2", "3.2", "nights"))
#: later than everything loaded
AT = datetime(2100, 1, 1, tzinfo=UTC)
OF_THE_FIXED = f"{len(STAYS)} stay figures, a municipality of 700 households at every share, a year"
_IN_YEAR = {"from": YEAR.starts_on, "to": YEAR.ends_on}


def of_a_municipality(table: Table, name: str, municipality: str) -> None:
    one = Question(municipality=municipality)
    stays_floor = floors.Floor(floors.STAYS, municipality, **_IN_YEAR)
    all_floor = floors.Floor(floors.ALL, municipality, **_IN_YEAR)
    stays = timed(lambda: measure(one, [YEAR], STAYS))
    table.measured(
        f"{len(STAYS)} stay figures, {name}, a year ({stays_floor()} rows)", stays, timed(stays_floor), 3.0, above=2.5
    )
    table.measured(
        f"{len(CATALOGUE)} figures, {name}, a year ({all_floor()} rows)",
        timed(lambda: measure(one, [YEAR])),
        timed(all_floor),
        6.0,
        above=10,
    )
    months = timed(lambda: measure(one, MONTHS, TREND), 5)
    one_pass = timed(lambda: measure(one, [Period(MONTHS[0].starts_on, MONTHS[-1].ends_on)], TREND))
    table.measured(f"{len(MONTHS)} months in one statement, {name}, by those years as one", months, one_pass, 12)

    def month_by_month() -> None:
        for month in MONTHS:
            measure(one, [month], TREND)

    table.measured(f"{len(MONTHS)} months, {name}, by as many statements", months, timed(month_by_month, 3), 0.2)

    def one_by_one() -> None:
        for indicator in STAYS:
            measure(one, [YEAR], [indicator])

    table.measured(f"the stay figures, {name}, by a statement each", stays, timed(one_by_one, 5), 1.0)
    known, anew = Question(municipality=municipality, known_at=AT), Question(municipality=municipality, gap_nights=13)
    table.line(
        f"the stay figures as known, {name}, by deriving today's",
        lambda: measure(known, [YEAR], STAYS),
        lambda: measure(anew, [YEAR], STAYS),
        2.0,
        runs=5,
    )
    table.line(f"{len(CATALOGUE)} figures as known, {name}", lambda: measure(known, [YEAR]), runs=3)


def of_all(table: Table, by_size: list[str]) -> None:
    """`by_size`: every municipality with data."""
    table.line(
        f"{len(STAYS)} stay figures, the nation and each municipality",
        lambda: measure(Question(), [YEAR], STAYS),
        floors.Floor(floors.STAYS, None, **_IN_YEAR),
        2.0,
    )
    each = sorted(timed(partial(measure, Question(municipality=here), [YEAR]), 3) for here in by_size[::6])
    table.measured(
        f"{len(CATALOGUE)} figures, 95 % of the municipalities within", each[int(len(each) * 0.95)], None, 10
    )


def of_the_fixed(table: Table, municipality: str) -> None:
    table.measured(
        OF_THE_FIXED,
        timed(lambda: measure(Question(municipality=municipality), [YEAR], STAYS), 30),
        timed(floors.Floor(floors.STAYS, municipality, **_IN_YEAR), 30),
    )


def by_hand(table: Table, municipality: str) -> None:
    """The same as somebody would in a loop over households, for three figures alone."""

    def looped() -> tuple[int, int, int]:
        stayed, nights, over = 0, 0, 0
        for household in Household.objects.filter(municipality=municipality):
            inside = [
                stay
                for stay in Residence.objects.filter(household=household, kind="temporary")
                if stay.starts_on < YEAR.ends_on and (stay.ends_on or date.max) > YEAR.starts_on
            ]
            stayed += bool(inside)
            nights += sum(
                (min(s.ends_on or date.max, YEAR.ends_on) - max(s.starts_on, YEAR.starts_on)).days for s in inside
            )
            spells = Spell.objects.stays().filter(household=household, starts_on__lt=YEAR.ends_on)
            over += any(one.limit_on < min(one.ends_on, YEAR.ends_on) for one in spells if one.limit_on)
        return stayed, nights, over

    table.measured(
        f"{len(STAYS)} stay figures, median municipality, by a loop over its households",
        timed(lambda: measure(Question(municipality=municipality), [YEAR], STAYS)),
        timed(looped, 3),
        0.1,
    )
