"""Writing the read log: any number of lines in one statement, or an error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, F, QuerySet, TextField, Value

from people.decision import Purpose
from people.models import Employee
from people.models.reading import Showing


@dataclass(frozen=True, kw_only=True)
class Read:
    """One line: a household, a person, or a refusal that concerns neither. Ids are the database's own.

    `role` and `unit` are what the reader was in when the decision was made; `grant` is the exception that it rests on.
    """

    purpose: Purpose
    household: int | None = None
    person: int | None = None
    role: str = ""
    unit: int | None = None
    grant: int | None = None

    def as_row(self) -> dict[str, str | int | bool | None]:
        return {
            "household": self.household,
            "person": self.person,
            "role": self.role,
            "unit": self.unit,
            "purpose": self.purpose.value,
            "grant": self.grant,
            "refused": self.purpose is Purpose.REFUSED,
        }


def write_shown(households: QuerySet[Any], *, by: Employee, what: Showing, route: str, request: str) -> int:
    """Write a line for each row of a query with the columns of `Read`: one statement, however long the page.

    :param households: a queryset of `values` named household, role, unit, purpose and live, the grant in force if any
    :returns: how many lines
    :raises DatabaseError: when it could not be written; then nothing may be shown
    """
    try:
        query, parameters = households.query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit.read(%s, %s, %s, %s, (SELECT coalesce(jsonb_agg(jsonb_build_object("  # noqa: S608
            "'household', s.household, 'person', NULL, 'role', s.role, 'unit', s.unit, 'purpose', s.purpose,"
            " 'grant', CASE WHEN s.purpose IN ('reason', 'grant', 'audit') THEN s.live END,"
            f" 'refused', s.purpose = 'refused')), '[]') FROM ({query}) s))",
            [by.pk, what.value, route, request, *parameters],
        )
        [(written,)] = cursor.fetchall()
    return int(written)


def write_lines(statement: str, told: Mapping[str, Any]) -> int:
    """Write the lines that one statement finds (`people/sql/shown.sql`), however long the page.

    :returns: how many
    :raises DatabaseError: when it could not be written; then nothing may be shown
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        [(written,)] = cursor.fetchall()
    return int(written)


def write_readings(reads: Iterable[Read], *, by: Employee, what: Showing, route: str, request: str) -> int:
    """Write a line a read in one statement; the database adds the time. No reads, no statement.

    `route` is a view's name and `request` the request's id: neither holds anything about a person.

    :returns: how many lines
    :raises DatabaseError: when it could not be written; then nothing may be shown
    """
    rows = [read.as_row() for read in reads]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit.read(%s, %s, %s, %s, %s::jsonb)", [by.pk, what.value, route, request, json.dumps(rows)]
        )
        [(written,)] = cursor.fetchall()
    return int(written)


def write_command(households: QuerySet[Any, Any], *, by: Employee, route: str) -> int:
    """Write a line for each household that a command is about to write out, in no role and for no unit.

    :raises DatabaseError: when it could not be written; then nothing may be written out
    """
    nothing = Value(None, output_field=BigIntegerField())
    lines = households.order_by().values(
        household=F("pk"),
        role=Value("", output_field=TextField()),
        unit=nothing,
        purpose=Value(Purpose.SYSTEM.value, output_field=TextField()),
        live=nothing,
    )
    return write_shown(lines, by=by, what=Showing.COMMAND, route=route, request="")
