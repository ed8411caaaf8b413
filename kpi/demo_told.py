"""What the demo municipality tells of itself: answers, values from registers, and targets of its own."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate

from kpi.actions.told import FromRegister, answer_rows, set_target, tell_from_register
from kpi.models import CatalogueRow
from people.models import Role, RoleGrant

_FILE = Path(__file__).parent / "data" / "demo_told.toml"


def tell_of_itself(edge: datetime) -> None:
    """For the last whole year and the one before it, by whoever reports."""
    grant = RoleGrant.objects.filter(role=Role.REPORTER).select_related("employee", "unit").order_by("pk").first()
    if grant is None:
        return
    with _FILE.open("rb") as file:
        told = tomllib.load(file, parse_float=Decimal)
    rows = {row.code: row for row in CatalogueRow.objects.all()}
    who: dict[str, Any] = {"municipality": grant.unit.municipality_id, "by": grant.employee, "at": edge}
    last = localdate(edge).year - 1
    for year, of_year in ((last - 1, "before"), (last, "last")):
        answers = [(rows[code], one[of_year]) for one in told["yes_no"] for code in one["codes"]]
        answers += [(rows[one["code"]], Decimal(one[of_year])) for one in told["number"]]
        answers += [(rows[one["code"]], one[of_year]) for one in told["text"]]
        answer_rows(year=year, answers=answers, **who)
        values = [
            FromRegister(row=rows[one["code"]], value=Decimal(one[of_year]), register=one["register"])
            for one in told["register"]
        ]
        tell_from_register(year=year, values=values, **who)
    for one in told["target"]:
        set_target(row=rows[one["code"]], value=Decimal(one["value"]), deadline=date(last + 4, 12, 31), **who)
