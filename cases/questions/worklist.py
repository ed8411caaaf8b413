"""The worklist: households with where they stand, as counters, filters and pages. Four statements at the most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as When
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as IfSo
from django.utils.timezone import localdate

from cases.models import Case, CaseState, Task
from cases.questions.people import applicant_name
from cases.questions.places import place_of
from housing.models import Residence, Spell
from people.access import units_with
from people.components import Page
from people.decision import Sight
from people.masking import sights_of
from people.models import Assignment, AssignmentRole, Employee, Household, Municipality, RoleGrant
from people.parts import part_shown
from people.roles import POLICIES, Permission

PAGE_SIZE = 25
#: A deadline is soon within so many days.
SOON_DAYS = 7
UNASSIGNED, SOON, OVER = "unassigned", "soon", "over"
SORTS = {"name": "name", "limit": "limit_on", "deadline": "next_deadline", "owner": "owner", "state": "state"}


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
    asked = Household.objects.all()
    if chosen.municipality:
        asked = asked.filter(municipality=chosen.municipality)
    mine = _with_standing(asked.visible_to(employee, at=at), day)
    counts = _counts(mine, day)
    wanted = _filtered(mine, chosen, day)
    total = counts.get(chosen.only or "open", 0) if chosen.owner is None else wanted.count()
    rows = list(_ordered(_with_words(wanted, day), chosen.sort)[chosen.after : chosen.after + PAGE_SIZE])
    sights = sights_of([household.pk for household in rows], employee, at=at)
    shown = [_row(household, sights[household.pk], day) for household in rows]
    return Worklist(
        page=part_shown(shown, after=chosen.after, total=total, size=PAGE_SIZE),
        counts=counts,
        hidden=_hidden(asked, employee, at) if chosen.is_unfiltered else None,
    )


def municipalities_of(employee: Employee, *, at: datetime) -> list[tuple[str, str]]:
    """Number and name of those where the employee follows households, by name."""
    units = units_with(employee, Permission.VIEW_HOUSEHOLD, at=at)
    found = Municipality.objects.filter(pk__in=units.values("municipality"))
    return list(found.order_by("name", "pk").values_list("pk", "name"))


def owners(employee: Employee, *, at: datetime) -> list[tuple[int, str]]:
    """Those who can be responsible for a case at the employee's units, by name."""
    roles = [role for role, policy in POLICIES.items() if Permission.CHANGE_HOUSEHOLD in policy.permissions]
    units = units_with(employee, Permission.VIEW_HOUSEHOLD, at=at)
    grants = RoleGrant.objects.on(localdate(at)).filter(unit__in=units, role__in=roles)
    found = Employee.objects.filter(pk__in=grants.values("employee"), is_active=True)
    return list(found.order_by("name", "pk").values_list("pk", "name"))


def _with_standing(households: QuerySet[Household], day: date) -> QuerySet[Any]:
    """What filters and counters ask for."""
    case = Case.objects.filter(household=OuterRef("pk")).order_by(F("closed_on").desc(nulls_first=True), "-pk")
    stay = Spell.objects.stays().on(day).filter(household=OuterRef("pk"))
    owner = Assignment.objects.on(day).filter(household=OuterRef("pk"), role=AssignmentRole.OWNER)
    task = Task.objects.open().filter(household=OuterRef("pk")).order_by("due_on")
    return households.annotate(
        state=Subquery(case.values("state")[:1]),
        stay_on=Subquery(stay.values("starts_on")[:1]),
        limit_on=Subquery(stay.values("limit_on")[:1]),
        owner_id=Subquery(owner.values("employee")[:1]),
        next_deadline=Subquery(task.values("due_on")[:1]),
    )


def _with_words(households: QuerySet[Any], day: date) -> QuerySet[Any]:
    owner = Assignment.objects.on(day).filter(household=OuterRef("pk"), role=AssignmentRole.OWNER)
    tonight = Residence.objects.on(day).filter(household=OuterRef("pk"))
    worded: QuerySet[Any] = households.annotate(
        name=applicant_name(day),
        owner=Subquery(owner.values("employee__name")[:1], output_field=CharField()),
        tonight_kind=Subquery(tonight.values("kind")[:1]),
        tonight_provider=Subquery(tonight.values("provider__name")[:1]),
        tonight_room=Subquery(tonight.values("room__name")[:1]),
    )
    return worded


def _conditions(day: date) -> dict[str, Q]:
    is_open = Q(state__isnull=False) & ~Q(state=CaseState.CLOSED)
    return {
        "open": is_open,
        UNASSIGNED: is_open & Q(owner_id__isnull=True),
        SOON: is_open & Q(next_deadline__lte=day + timedelta(days=SOON_DAYS)),
        OVER: is_open & Q(limit_on__lt=day),
        **{str(state): Q(state=state) for state in CaseState},
    }


def _counts(households: QuerySet[Any], day: date) -> dict[str, int]:
    counted = {f"n_{code}": Count("pk", filter=condition) for code, condition in _conditions(day).items()}
    return {name.removeprefix("n_"): number for name, number in households.aggregate(**counted).items()}


def _filtered(households: QuerySet[Any], chosen: Filter, day: date) -> QuerySet[Any]:
    wanted: QuerySet[Any] = households.filter(_conditions(day)[chosen.only or "open"])
    if chosen.owner is None:
        return wanted
    theirs: QuerySet[Any] = wanted.filter(owner_id=chosen.owner)
    return theirs


def _ordered(households: QuerySet[Any], sort: str) -> QuerySet[Any]:
    field = SORTS.get(sort.removeprefix("-"))
    if field == "state":
        order = When(*[IfSo(state=s, then=Value(n)) for n, s in enumerate(CaseState)], default=Value(99))
        households = households.annotate(state_order=order)
        field = "state_order"
    if field is None:
        return households.order_by(F("next_deadline").asc(nulls_last=True), "name", "pk")
    column = F(field)
    return households.order_by(
        column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True), "name", "pk"
    )


def _row(found: Any, sight: Sight, day: date) -> Row:
    provider, room = found.tonight_provider or "", found.tonight_room or ""
    return Row(
        key=found.key,
        name=found.name or found.ref,
        ref=found.ref,
        state=found.state or "",
        state_label=str(CaseState(found.state).label) if found.state else "",
        days=(day - found.stay_on).days if found.stay_on else None,
        limit_on=found.limit_on,
        is_over=bool(found.limit_on and day > found.limit_on),
        place=place_of(found.tonight_kind, sight, provider=provider, room=room) if found.tonight_kind else "",
        owner=found.owner or "",
        next_deadline=found.next_deadline,
        is_late=bool(found.next_deadline and found.next_deadline < day),
    )


def _hidden(asked: QuerySet[Household], employee: Employee, at: datetime) -> int:
    open_case = Case.objects.open().filter(household=OuterRef("pk"))
    hidden: int = asked.hidden_from(employee, at=at).filter(Exists(open_case)).count()  # type: ignore[attr-defined]
    return hidden
