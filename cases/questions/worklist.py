"""The worklist: households with where they stand, as counters, filters and pages. Four statements at the most."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from cases.models import Case, CaseState
from cases.questions.places import place_of
from people.access import unit_ids_with, units_held, visible_line
from people.addresses import household_address
from people.components import Page
from people.decision import Sight
from people.masking import sights_of
from people.models import Employee, Household, RoleGrant
from people.parts import part_shown
from people.roles import POLICIES, Permission
from people.statements import rows, statement

_SQL = Path(__file__).parent.parent / "sql" / "worklist.sql"
PAGE_SIZE = 25
#: A deadline is soon within so many days.
SOON_DAYS = 7
UNASSIGNED, SOON, OVER = "unassigned", "soon", "over"
SORTS = {"name": "name", "limit": "limit_on", "deadline": "next_deadline", "owner": "owner", "state": "state_order"}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What of the worklist is wanted; `only` is a case state or one of `unassigned`, `soon`, `over`.

    With `municipality`, a number, the list is held up against all of that municipality's households.
    """

    municipality: str = ""
    only: str = ""
    owner: int | None = None
    sort: str = ""
    after: int = 0

    @property
    def is_unfiltered(self) -> bool:
        """Whether it asks for all open cases of a municipality: the only list beside which the hidden are counted."""
        return bool(self.municipality) and not self.only and self.owner is None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One household of the worklist. `days` are whole days since the stay's first night."""

    key: Any
    url: str
    name: str
    ref: str
    state: str
    state_label: str
    days: int | None
    limit_on: date | None
    is_over: bool
    place: str
    owner: str
    next_deadline: date | None
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """`counts` by state and by `unassigned`, `soon`, `over`, all of the visible households, whatever the filter.

    `hidden` are those of a whole municipality that are not shown: with the page's total they are all there are, but
    for the strictly confidential. None beside any other list: a count of fewer would tell where somebody is.
    """

    page: Page
    counts: dict[str, int]
    hidden: int | None


def worklist(employee: Employee, *, chosen: Filter, at: datetime) -> Worklist:
    """The households the employee may see, filtered and in pages."""
    day = localdate(at)
    visible, told = visible_line(employee, at=at)
    found = rows(
        statement(_SQL).format(visible=visible, order=_order(chosen.sort)),
        {
            **told,
            "on": day,
            "soon_on": day + timedelta(days=SOON_DAYS),
            "only": chosen.only,
            "responsible": chosen.owner,
            "municipality": chosen.municipality,
            "states": CaseState.values,
            "after": chosen.after,
            "size": PAGE_SIZE,
        },
    )
    counts = {**dict.fromkeys(CaseState.values, 0), **json.loads(found[0]["counts"])}
    asked = [one for one in found if one["id"] is not None]
    sights = sights_of([one["id"] for one in asked], employee, at=at)
    shown = [_row(one, sights[one["id"]], day) for one in asked]
    return Worklist(
        page=part_shown(shown, after=chosen.after, total=counts.pop("wanted"), size=PAGE_SIZE),
        counts=counts,
        hidden=_hidden(chosen.municipality, employee, at) if chosen.is_unfiltered else None,
    )


def municipalities_of(employee: Employee, *, at: datetime) -> list[tuple[str, str]]:
    """Number and name of those where the employee follows households, by name."""
    found = {unit.municipality for unit in units_held(employee, Permission.VIEW_HOUSEHOLD, at=at)}
    return [(one.pk, one.name) for one in sorted(found, key=lambda one: (one.name, one.pk))]


def owners(employee: Employee, *, at: datetime) -> list[tuple[int, str]]:
    """Those who can be responsible for a case at the employee's units, by name."""
    roles = [role for role, policy in POLICIES.items() if Permission.CHANGE_HOUSEHOLD in policy.permissions]
    units = unit_ids_with(employee, Permission.VIEW_HOUSEHOLD, at=at)
    held = RoleGrant.objects.on(localdate(at)).filter(unit__in=units, role__in=roles, employee__is_active=True)
    return list(held.order_by("employee__name", "employee").values_list("employee", "employee__name").distinct())


def _order(sort: str) -> str:
    column = SORTS.get(sort.removeprefix("-"), SORTS["deadline"])
    way = "DESC" if sort.startswith("-") else "ASC"
    return f"{column} {way} NULLS LAST, name, id"


def _row(found: dict[str, Any], sight: Sight, day: date) -> Row:
    stay_on, limit_on, due_on = found["stay_on"], found["limit_on"], found["next_deadline"]
    place = {"provider": found["provider"] or "", "room": found["room"] or ""}
    return Row(
        key=found["key"],
        url=household_address("cases:household", found["key"]),
        name=found["name"] or found["ref"],
        ref=found["ref"],
        state=found["state"] or "",
        state_label=str(CaseState(found["state"]).label) if found["state"] else "",
        days=(day - stay_on).days if stay_on else None,
        limit_on=limit_on,
        is_over=bool(limit_on and day > limit_on),
        place=place_of(found["kind"], sight, **place) if found["kind"] else "",
        owner=found["owner"] or "",
        next_deadline=due_on,
        is_late=bool(due_on and due_on < day),
    )


def _hidden(municipality: str, employee: Employee, at: datetime) -> int:
    open_case = Case.objects.open().filter(household=OuterRef("pk"))
    asked = Household.objects.filter(municipality=municipality)
    hidden: int = asked.hidden_from(employee, at=at).filter(Exists(open_case)).count()
    return hidden
