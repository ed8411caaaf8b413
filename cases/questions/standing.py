"""How households stand on a day: the row that a unit's lists have in common, in two statements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from people.decision import NOTHING, Level, Sight
from people.masking import SHIELDED_PLACE, sights_of
from people.models import Employee
from people.statements import statement

_SQL = statement(Path(__file__).parent.parent / "sql" / "standing.sql")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One household as it stands on the day `on`, as far as somebody's sight of it reaches.

    The stay is the one under way, else the last one (`stay_ends_on` is then not after `on`); provider, room, planned
    end and price (kroner a night) are those of temporary accommodation tonight. `nights_without_decision`: nights of
    the stay up to and including tonight's that no decision given covers. A shielded place has no room and no price.
    """

    household_id: int
    key: UUID
    ref: str
    version: int
    name: str
    owner: str
    state: str
    first_night: date | None
    limit_on: date | None
    stay_ends_on: date | None
    provider: str
    room: str
    planned_end: date | None
    price_a_night: int | None
    children: int
    is_young: bool
    is_minor_alone: bool
    has_plan: bool
    nights_without_decision: int
    on: date
    #: of who sees no more than the header, nothing in anybody's own words is shown
    is_read_whole: bool

    @property
    def is_family(self) -> bool:
        return self.children > 0

    @property
    def is_staying(self) -> bool:
        """In a stay on the day; the night itself may fall in a tolerated break."""
        return self.stay_ends_on is not None and self.stay_ends_on > self.on

    @property
    def days(self) -> int | None:
        """Days since the first night of the stay under way."""
        return (self.on - self.first_night).days if self.first_night is not None and self.is_staying else None

    @property
    def is_breach(self) -> bool:
        return self.is_staying and self.limit_on is not None and self.on > self.limit_on

    @property
    def precedence(self) -> int:
        """Somebody under 18 alone first, then families and young, then the others."""
        if self.is_minor_alone:
            return 0
        return 1 if self.is_family or self.is_young else 2


def standings(household_ids: Collection[int], *, by: Employee, at: datetime) -> dict[int, Standing]:
    """By household id on the day of `at`, as `by` sees each. The caller has asked access which these may be."""
    if not household_ids:
        return {}
    on, sights = localdate(at), sights_of(household_ids, by, at=at)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"households": list(household_ids), "on": on})
        return {row[0]: _standing(row, on, sights.get(row[0], NOTHING)) for row in cursor.fetchall()}


def _standing(row: tuple[object, ...], on: date, sight: Sight) -> Standing:
    names = [name for name in Standing.__dataclass_fields__ if name not in ("on", "is_read_whole")]
    told = dict(zip(names, row, strict=True))
    found = Standing(**told, on=on, is_read_whole=sight.level is Level.FULL)  # type: ignore[arg-type]
    if sight.whereabouts:
        return found
    return replace(found, provider=str(SHIELDED_PLACE) if found.provider else "", room="", price_a_night=None)
