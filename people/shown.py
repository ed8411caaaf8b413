"""From what a request showed to lines of the read log: who, in which role and unit, on what ground."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from people.access import grounds
from people.decision import Purpose
from people.models import Employee, Grant, Household, Responsibility, Role, RoleGrant
from people.models.reading import Showing
from people.read_log import Read, write_readings, write_shown
from people.readings import Noted

_LINK = re.compile(rb"/households/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
#: The role that counts when somebody holds several at a unit.
_RANK = {role: place for place, role in enumerate(Role)}
#: Grounds that are a grant of its own.
_BY_GRANT = (Purpose.REASON, Purpose.GRANT, Purpose.AUDIT)


def linked(page: bytes) -> set[UUID]:
    """The households whose pages a page links to: whoever sees the link has seen a row of theirs."""
    return {UUID(key.decode()) for key in _LINK.findall(page)}


def write(noted: Noted, links: set[UUID], *, by: Employee, at: datetime, route: str, request: str) -> None:
    """Write what a request showed, refusals too: a statement for what it opened and one for what it listed."""
    if noted.nobody:
        nobody = [Read(purpose=Purpose.REFUSED)]
        write_readings(nobody, by=by, what=Showing.VIEW, route=route, request=request)
    purposes = {**noted.opened, **dict.fromkeys(noted.refused - noted.opened.keys(), Purpose.REFUSED)}
    rest = {"by": by, "route": route, "request": request}
    if purposes:
        given = [When(pk=pk, then=Value(purpose.value)) for pk, purpose in purposes.items()]
        opened = Household.objects.filter(pk__in=purposes)
        write_shown(_lines(opened, Case(*given), by, at), what=noted.what or Showing.VIEW, **rest)
    listed = links - noted.keys
    if listed or noted.listed:
        shown = Household.objects.filter(Q(key__in=listed) | Q(pk__in=noted.listed)).exclude(pk__in=purposes)
        write_shown(_lines(shown, grounds(by, at=at), by, at), what=noted.what or Showing.LIST, **rest)


def _lines(households: QuerySet[Household], purpose: Case, by: Employee, at: datetime) -> QuerySet[Household]:
    """With the columns that the read log takes; the unit is the one that answers for the household."""
    day = localdate(at)
    answers = Responsibility.objects.on(day).filter(household=OuterRef("pk")).values("unit")[:1]
    rank = Case(*(When(role=role, then=Value(place)) for role, place in _RANK.items()), output_field=IntegerField())
    roles = RoleGrant.objects.on(day).filter(employee=by).order_by(rank).values("role")
    live = Grant.objects.live(at).filter(user=by, content_object=OuterRef("pk")).order_by("-granted_at").values("pk")
    return (
        households.annotate(
            household=F("pk"), person=Value(None, output_field=IntegerField()), unit=Subquery(answers), purpose=purpose
        )
        .annotate(
            role=Coalesce(Subquery(roles.filter(unit=OuterRef("unit"))[:1]), Subquery(roles[:1]), Value("")),
            grant=Case(When(purpose__in=_BY_GRANT, then=Subquery(live[:1]))),
            refused=Case(
                When(purpose=Purpose.REFUSED, then=Value(value=True)),
                default=Value(value=False),
                output_field=BooleanField(),
            ),
        )
        .values("household", "person", "role", "unit", "purpose", "grant", "refused")
    )
