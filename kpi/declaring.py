"""What an indicator is declared with: whom it counts, how, and in which unit. It knows no row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise


class Rule(StrEnum):
    """Which rule of counting: the strategy's whole stays, or the nights inside KOSTRA's year."""

    STAY = "stay"
    KOSTRA = "kostra"


class Unit(StrEnum):
    PERCENT = "percent"
    HOUSEHOLDS = "households"
    STAYS = "stays"
    NIGHTS = "nights"
    DAYS = "days"
    NUMBER = "number"
    DWELLINGS = "dwellings"
    APPLICATIONS = "applications"
    DWELLING_DAYS = "dwelling_days"
    KRONER = "kroner"


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Population(StrEnum):
    """A relation of `populations.sql`."""

    IN_TEMPORARY = "in_temporary"
    CHILD_IN_TEMPORARY = "child_in_temporary"
    IN_SHELTER = "in_shelter"
    HOMELESS_FAMILY = "homeless_family"
    DEPARTURE = "departure"
    FIRST_HOME = "first_home"
    HOME_FOUND = "home_found"
    DWELLING_ON = "dwelling_on"
    DWELLING_TIME = "dwelling_time"
    ACQUIRED = "acquired"
    DISPOSED = "disposed"
    GRANTED = "granted"
    RELET = "relet"
    NEW_TENANT = "new_tenant"
    APPLIED = "applied"
    REFUSED = "refused"
    WAITING = "waiting"
    BUYER = "buyer"
    RECIPIENT = "recipient"
    ADVISED = "advised"
    LENT = "lent"
    BORROWER = "borrower"
    PAID_GRANT = "paid_grant"
    GRANTEE = "grantee"
    HOMELESS_ON = "homeless_on"
    LEFT_PLACE = "left_place"
    HOMELESS_AFTER = "homeless_after"
    LEFT_CRISIS_CENTRE = "left_crisis_centre"
    SETTLED = "settled"
    KNOWN_PROBLEM = "known_problem"
    ON_ASSISTANCE = "on_assistance"
    SURVEYED = "surveyed"
    PETITION = "petition"
    EVICTION_END = "eviction_end"
    UNCOVERED = "uncovered"
    IN_DWELLING = "in_dwelling"
    HANDED = "handed"
    ASKED_TONIGHT = "asked_tonight"

    @property
    def is_of_dwellings(self) -> bool:
        """Whether its rows are of dwellings; all others are of households."""
        return self in _OF_DWELLINGS


_OF_DWELLINGS = frozenset(
    {
        Population.DWELLING_ON,
        Population.DWELLING_TIME,
        Population.ACQUIRED,
        Population.DISPOSED,
        Population.GRANTED,
        Population.RELET,
    }
)
#: Columns that tell whether somebody lives in a dwelling.
_OF_USE = ("is_let", "is_void", "is_vacant", "days_empty")


@dataclass(frozen=True)
class Count:
    """Rows that satisfy `where`; the households behind it are theirs."""

    where: str = "TRUE"

    @property
    def sql(self) -> str:
        return f"count(*) FILTER (WHERE {self.where})"


@dataclass(frozen=True)
class Total:
    """A sum over the rows that satisfy `where`."""

    expression: str
    where: str = "TRUE"

    @property
    def sql(self) -> str:
        return f"COALESCE(sum({self.expression}) FILTER (WHERE {self.where}), 0)"


@dataclass(frozen=True)
class Distinct:
    """How many different values a column has."""

    column: str
    where: str = "TRUE"

    @property
    def sql(self) -> str:
        return f"count(DISTINCT {self.column}) FILTER (WHERE {self.where})"


@dataclass(frozen=True)
class Percentile:
    """A continuous percentile, `at` between 0 and 1; NULL without rows."""

    expression: str
    at: float
    where: str = "TRUE"

    @property
    def sql(self) -> str:
        return f"percentile_cont({self.at}) WITHIN GROUP (ORDER BY {self.expression})"


Aggregate = Count | Total | Distinct | Percentile


@dataclass(frozen=True, kw_only=True)
class Known:
    """A figure that the source prints: its year and value, and a note where the source slips."""

    year: int
    value: Decimal
    note: str | Promise = ""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure. A share has a denominator; a count has none and is its numerator; a median has no numerator.

    `goal` is the strategy's målsetting, or the heading of our own codes, empty for what has none. `target` in words,
    since targets are national. `of`: the population of the denominator, where that is another. `months_after`: so long
    after the period what happens still counts.
    """

    code: str
    question: str | Promise
    population_text: str | Promise
    definition: str | Promise
    unit: Unit
    better: Better
    population: Population
    numerator: Aggregate | None
    denominator: Aggregate | None = None
    of: Population | None = None
    value: Percentile | None = None
    p90: Percentile | None = None
    goal: str = ""
    target: str | Promise = ""
    target_value: Decimal | None = None
    baseline: Known | None = None
    source: str = "Bolig for velferd (2014-2020)"
    #: being behind it tells something of a special class (K4)
    is_special: bool = False
    months_after: int = 0

    @property
    def counted(self) -> Aggregate:
        """What the list of households stands behind."""
        return self.numerator or self.denominator or Count()

    def side(self, *, is_population: bool) -> tuple[Population, Aggregate]:
        """Those counted, or those they are a share of: in which relation, and by which condition."""
        if is_population and self.denominator is not None:
            return self.of or self.population, self.denominator
        return self.population, self.counted

    @property
    def is_of_dwellings(self) -> bool:
        """Whether dwellings are counted, or what is counted is a share of them."""
        return self.population.is_of_dwellings or (self.of is not None and self.of.is_of_dwellings)

    @property
    def tells_use(self) -> bool:
        """Whether being behind it tells that somebody lives in a dwelling, or that nobody does."""
        sides = (self.numerator, self.denominator, self.value)
        told = " ".join(side.where if not isinstance(side, Percentile) else side.expression for side in sides if side)
        of_time = self.population in (Population.DWELLING_TIME, Population.RELET)
        return self.population.is_of_dwellings and (of_time or any(word in told for word in _OF_USE))
