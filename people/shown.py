"""From what a request showed to lines of the read log: who, in which role and unit, on what ground."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.utils.timezone import localdate

from people.access import grounds
from people.decision import Purpose
from people.facts import roles_held
from people.models import Employee, Grant, Household, Responsibility, Role
from people.models.reading import Showing
from people.read_log import Read, write_readings, write_shown
from people.readings import Noted

_LINK = re.compile(rb"/households/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
#: The role that counts when somebody holds several at a unit.
_RANK = {role: place for place, role in enumerate(Role)}


def linked(page: bytes) -> set[UUID]:
    """The households whose pages a page links to: whoever sees the link has seen a row of theirs."""
    return {UUID(key.decode()) for key in _LINK.findall(page)}


def write(noted: Noted, links: set[UUID], *, by: Employee, at: datetime, route: str, request: str) -> None:
    """Write what a request showed, refusals too: a statement for what it opened and one for what it listed."""
    if noted.nobody:
        nobody = [Read(purpose=Purpose.REFUSED)]
        write_readings(nobody, by=by, what=Showing.VIEW, route=route, request=request)
    purposes = {**noted.opened, **dict.fromkeys(noted.refused - noted.opened.keys(), Purpose.REFUSED)}
    tell = partial(write_shown, by=by, route=route, request=request)
    if purposes:
        given = [When(pk=pk, then=Value(purpose.value)) for pk, purpose in purposes.items()]
        opened = Household.objects.filter(pk__in=purposes)
        tell(_lines(opened, Case(*given), by, at), what=noted.what or Showing.VIEW)
    listed = links - noted.keys
    if listed or noted.listed:
        shown = Household.objects.filter(Q(key__in=listed) | Q(pk__in=noted.listed)).exclude(pk__in=purposes)
        tell(_lines(shown, grounds(by, at=at), by, at), what=noted.what or Showing.LIST)


def _lines(households: QuerySet[Household], purpose: Case, by: Employee, at: datetime) -> QuerySet[Any]:
    """With the columns that the read log takes; the unit is the one that answers for the household.

    The role is the one held at that unit, else the first of those held elsewhere.
    """
    answers = Responsibility.objects.on(localdate(at)).filter(household=OuterRef("pk")).values("unit")[:1]
    live = Grant.objects.live(at).filter(user=by, content_object=OuterRef("pk")).order_by("-granted_at").values("pk")
    held = sorted(roles_held(by, at=at), key=lambda grant: _RANK[Role(grant.role)])
    here = [When(unit=grant.unit_id, then=Value(grant.role)) for grant in held]
    elsewhere = Value(held[0].role if held else "")
    return (
        households.annotate(household=F("pk"), unit=Subquery(answers), purpose=purpose, live=Subquery(live[:1]))
        .annotate(role=Case(*here, default=elsewhere, output_field=TextField()) if here else elsewhere)
        .values("household", "role", "unit", "purpose", "live")
    )
