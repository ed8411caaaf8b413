"""From what a request showed to lines of the read log: who, in which role and unit, on what ground."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from people.conditions import COLUMNS, sql_text
from people.decision import Purpose
from people.facts import HouseholdFacts, roles_held
from people.models import Employee, Role
from people.models.reading import Showing
from people.read_log import Read, write_lines, write_readings
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
    listed = links - noted.keys
    if not (purposes or listed or noted.listed):
        return
    told = {**_reader(by, at), "route": route, "request": request, "opened": list(purposes)}
    if purposes:
        grounds = json.dumps({pk: purpose.value for pk, purpose in purposes.items()})
        which = {"what": (noted.what or Showing.VIEW).value, "grounds": grounds}
        write_lines(_statement(*_OPENED), {**told, **which})
    if listed or noted.listed:
        facts = HouseholdFacts(by, at=at)
        shown = {"what": (noted.what or Showing.LIST).value, "keys": list(listed), "listed": list(noted.listed)}
        write_lines(_statement(facts.ground.text, _LISTED), {**facts.told, **told, **shown})


#: On what ground each is shown, and which.
_OPENED = ("%(grounds)s::jsonb ->> household.id::text", "household.id = ANY(%(opened)s)")
_LISTED = (
    "(household.key = ANY(%(keys)s::uuid[]) OR household.id = ANY(%(listed)s::bigint[]))"
    " AND household.id <> ALL(%(opened)s::bigint[])"
)


def _reader(by: Employee, at: datetime) -> dict[str, Any]:
    """Who reads, and in which roles: the one that counts at each unit, and the first of those held elsewhere."""
    held = sorted(roles_held(by, at=at), key=lambda grant: _RANK[Role(grant.role)])
    roles = {grant.unit_id: grant.role for grant in reversed(held)}
    elsewhere = held[0].role if held else ""
    return {"by": by.pk, "day": localdate(at), "at": at, "roles": json.dumps(roles), "elsewhere": elsewhere}


@cache
def _statement(ground: str, which: str) -> str:
    return sql_text("shown.sql").format(ground=f"({ground.format(**COLUMNS)})", which=which)
