"""Appeals of the employee's units in a list: open, late, with their body, decided and not carried out. Each counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.timezone import localdate

from cases.models import Appeal
from cases.questions.appeal_pages import row_of
from cases.questions.people import applicant_name
from people.access import units_with
from people.components import Page
from people.models import Employee, Household, Unit
from people.parts import part_of
from people.roles import Permission

OPEN, LATE, FORWARDED, MISSING = "open", "late", "forwarded", "missing"
SHOWN = (OPEN, LATE, FORWARDED, MISSING)


@dataclass(frozen=True, kw_only=True)
class AppealLine:
    """One appeal: what of it its household's summary tells, no text of anybody's."""

    pk: int
    key: UUID
    name: str
    what: str
    status: str
    body: str | Promise
    received_on: date
    due_on: date | None
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class AppealList:
    """A part of the appeals, and how many there are of each of `SHOWN`."""

    page: Page
    lines: list[AppealLine]
    counts: dict[str, int]


def appeals_listed(
    employee: Employee,
    show: str,
    *,
    at: datetime,
    unit: str = "",
    after: str | None = None,
    before: str | None = None,
) -> AppealList:
    """The appeals over the decisions of the employee's units, of households the employee sees, by deadline."""
    units = units_with(employee, Permission.VIEW_HOUSEHOLD, at=at)
    visible = Household.objects.visible_to(employee, at=at)
    known: Any = Appeal.objects.filter(unit__in=units, household__in=visible)
    if unit:
        known = known.filter(unit__ref=unit)
    shown = {one: _shown(known, one, localdate(at)) for one in SHOWN}
    in_order = shown[show].order_by(Coalesce("consequence_due_on", F("due_on")), "pk")
    ids = list(in_order.values_list("pk", flat=True))
    page = part_of(ids, after=after, before=before)
    counts = {one: len(ids) if one == show else found.count() for one, found in shown.items()}
    return AppealList(page=page, lines=_lines(list(page.rows), localdate(at)), counts=counts)


def units_of_appeals(employee: Employee, *, at: datetime) -> list[Unit]:
    """The units whose appeals the employee may list, by name."""
    return list(units_with(employee, Permission.VIEW_HOUSEHOLD, at=at).order_by("name", "pk"))


def _shown(known: Any, show: str, day: date) -> QuerySet[Appeal]:
    late: Any = Q(pk__in=known.late(day).values("pk")) | Q(
        pk__in=known.lacking_consequence().filter(consequence_due_on__lt=day).values("pk")
    )
    found: dict[str, Any] = {
        OPEN: known.open,
        LATE: lambda: known.filter(late),
        FORWARDED: known.forwarded,
        MISSING: known.lacking_consequence,
    }
    rows: QuerySet[Appeal] = found[show]()
    return rows


def _lines(ids: list[int], day: date) -> list[AppealLine]:
    rows: Any = Appeal.objects.filter(pk__in=ids).for_lists().annotate(name=applicant_name(day, "household"))
    found = {one.pk: one for one in rows}
    return [_line(found[pk], day) for pk in ids if pk in found]


def _line(appeal: Any, day: date) -> AppealLine:
    row = row_of(appeal, on=day)
    return AppealLine(
        pk=appeal.pk,
        key=appeal.household.key,
        name=appeal.name or appeal.household.ref,
        what=appeal.decision.get_kind_display(),
        status=appeal.get_status_display(),
        body=row.body,
        received_on=appeal.received_on,
        due_on=row.due_on,
        is_late=row.is_late,
    )
