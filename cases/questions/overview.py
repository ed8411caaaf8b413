"""A unit's month and night in figures, each with exactly its households.

Every figure is a condition on one row of `cases/sql/overview.sql`; the same condition counts the households and lists
them, so that figure and list cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.deadlines import PLAN_WITHIN_DAYS
from housing.states import PERMANENT_LEASE_MONTHS
from people.models import Unit
from people.statements import statement

#: An open case is silent when no person has written in its journal for so many days.
SILENT_DAYS = 14
#: A lease that begins at most so many days after the move-out is what the household left to.
LEFT_TO_WITHIN_DAYS = 14

_HOUSEHOLDS = statement(Path(__file__).parent.parent / "sql" / "overview.sql")


class Beside(StrEnum):
    """What a list says of each household besides where it stands."""

    NOTHING = ""
    CHILDREN = "children"
    KRONER = "kroner"
    NIGHTS = "nights"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure: its code in addresses, its words, and the condition on a household."""

    code: str
    label: str | Promise
    definition: str | Promise
    holds: str
    beside: Beside = Beside.NOTHING


MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        Measure(
            code="before",
            label=_("At the turn of the month"),
            definition=_("In temporary accommodation on the last night of the month before."),
            holds="was_placed",
        ),
        Measure(
            code="in",
            label=_("Came in"),
            definition=_("With a night there this month, and not on the last night of the month before."),
            holds="is_placed_in_month AND NOT was_placed",
        ),
        Measure(
            code="out",
            label=_("Went out"),
            definition=_("There at the turn of the month or since, and not tonight."),
            holds="(was_placed OR is_placed_in_month) AND NOT is_placed",
        ),
        Measure(
            code="now",
            label=_("There tonight"),
            definition=_("In temporary accommodation tonight."),
            holds="is_placed",
        ),
        Measure(
            code="children",
            label=_("Families there tonight"),
            definition=_("In temporary accommodation tonight with a child under 18."),
            holds="is_placed AND children > 0",
            beside=Beside.CHILDREN,
        ),
        Measure(
            code="kroner",
            label=_("With a price tonight"),
            definition=_("In temporary accommodation tonight at a known price: the placement's own, else the room's."),
            holds="is_placed AND price IS NOT NULL",
            beside=Beside.KRONER,
        ),
        Measure(
            code="without_price",
            label=_("Without a price"),
            definition=_("In temporary accommodation tonight where no price is known."),
            holds="is_placed AND price IS NULL",
        ),
        Measure(
            code="without_owner",
            label=_("Without a responsible caseworker"),
            definition=_("With an open case that nobody is responsible for today."),
            holds="is_open AND NOT has_owner",
        ),
        Measure(
            code="without_decision",
            label=_("Without a decision"),
            definition=_("In temporary accommodation tonight, with a night of the stay that no decision covers."),
            holds="is_placed AND NOT is_granted",
            beside=Beside.NIGHTS,
        ),
        Measure(
            code="without_plan",
            label=_("No housing plan in time"),
            definition=_(
                "In temporary accommodation tonight, more than 14 days after the first night, without a housing plan."
            ),
            holds="is_placed AND is_plan_due AND NOT has_plan",
        ),
        Measure(
            code="silent",
            label=_("No contact for 14 days"),
            definition=_("With an open case in whose journal no person has written for 14 days."),
            holds="is_open AND NOT is_heard_from",
        ),
        Measure(
            code="short_lease",
            label=_("Left to a lease under three years"),
            definition=_("Moved this month from temporary accommodation to a rental whose lease is no permanent home."),
            holds="left_to_a_short_lease",
        ),
    )
}


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Sums over the unit's households: children are persons, nights are nights, kroner are kroner a night.

    `child_nights` is tonight's: a child in two households there tonight counts in both. `average_days`: days from first
    night to today, over the households there tonight; None when there are none.
    """

    child_nights: int
    child_nights_in_month: int
    kroner: int
    average_days: float | None
    children: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Numbers of households by code of measure, and the sums."""

    counts: dict[str, int]
    sums: Sums


def month_of(today: date) -> date:
    """The first day of the month that the overview tells of, so far."""
    return today.replace(day=1)


def overview(unit: Unit, *, today: date, left_out: Sequence[int] = ()) -> Overview:
    """Every figure of a unit, in one statement; `left_out` are ids that are not counted (`people.hidden`)."""
    counts = ", ".join(f"count(*) FILTER (WHERE {measure.holds})" for measure in MEASURES.values())
    sums = (
        "COALESCE(sum(children) FILTER (WHERE is_placed), 0), COALESCE(sum(child_nights), 0),"
        " COALESCE(sum(price) FILTER (WHERE is_placed), 0),"
        " (avg(%(on)s::date - stay_on) FILTER (WHERE is_placed))::double precision"
    )
    [row] = _rows(
        f"SELECT {counts}, {sums}, (SELECT count(*) FROM child_tonight) FROM household", unit, today, left_out
    )
    return Overview(
        counts=dict(zip(MEASURES, row[: len(MEASURES)], strict=True)),
        sums=Sums(**dict(zip(Sums.__dataclass_fields__, row[len(MEASURES) :], strict=True))),
    )


def households_behind(measure: Measure, unit: Unit, *, today: date, left_out: Sequence[int] = ()) -> list[int]:
    """The ids of a figure's households, the longest stay first."""
    select = f"SELECT household_id FROM household WHERE {measure.holds} ORDER BY stay_on NULLS LAST, household_id"
    return [household for (household,) in _rows(select, unit, today, left_out)]


def _rows(select: str, unit: Unit, today: date, left_out: Sequence[int]) -> list[tuple[Any, ...]]:
    parameters: dict[str, Any] = {
        "unit": unit.pk,
        "left_out": list(left_out),
        "on": today,
        "month": month_of(today),
        "silent": today - timedelta(days=SILENT_DAYS),
        "plan_after": PLAN_WITHIN_DAYS,
        "lease_months": PERMANENT_LEASE_MONTHS,
        "lease_within": LEFT_TO_WITHIN_DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(f"{_HOUSEHOLDS}\n{select}", parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
