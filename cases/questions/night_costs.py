"""What a municipality's nights in temporary accommodation cost, and what waiting costs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import TruncMonth

from housing.models import InvoiceLine, Verdict
from people.statements import statement

_SQL = statement(Path(__file__).parent.parent / "sql" / "night_costs.sql")


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Nights and what they cost as agreed, in kroner. `priced`: nights with a known price.

    `late` nights lie beyond three months; in `waiting` ones a dwelling was granted and none found. A night can be both.
    """

    nights: int = 0
    priced: int = 0
    cost: int = 0
    late_nights: int = 0
    late_cost: int = 0
    waiting_nights: int = 0
    waiting_cost: int = 0

    @property
    def a_night(self) -> int | None:
        """On average, to the nearest krone."""
        return round(self.cost / self.priced) if self.priced else None

    @property
    def unpriced(self) -> int:
        return self.nights - self.priced


@dataclass(frozen=True, kw_only=True)
class Month:
    """`accepted`: kroner of invoice lines that begin in the month and that somebody has accepted."""

    first: date
    costs: Costs
    accepted: Decimal


@dataclass(frozen=True, kw_only=True)
class Year:
    year: int
    months: list[Month]

    @property
    def total(self) -> Costs:
        return Costs(
            **{one.name: sum(getattr(month.costs, one.name) for month in self.months) for one in fields(Costs)}
        )

    @property
    def accepted(self) -> Decimal:
        return sum((month.accepted for month in self.months), Decimal(0))


def costs_of(municipality: str, year: int, *, today: date) -> Year:
    """The year's months that have begun, nights until today's. Two statements."""
    first, until = date(year, 1, 1), min(date(year + 1, 1, 1), today)
    begun = [month for month in (date(year, number, 1) for number in range(1, 13)) if month <= today]
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"municipality": municipality, "first": first, "until": max(first, until)})
        names = [one.name for one in fields(Costs)]
        found = {row[0]: Costs(**dict(zip(names, map(int, row[1:]), strict=True))) for row in cursor.fetchall()}
    lines = InvoiceLine.objects.filter(
        invoice__provider__municipality=municipality, verdict=Verdict.ACCEPTED, starts_on__year=year
    )
    by_month = lines.annotate(month=TruncMonth("starts_on")).values("month").annotate(amount=Sum("amount")).order_by()
    accepted = {row["month"]: row["amount"] for row in by_month}
    return Year(
        year=year,
        months=[
            Month(first=month, costs=found.get(month, Costs()), accepted=accepted.get(month, Decimal(0)))
            for month in begun
        ],
    )
