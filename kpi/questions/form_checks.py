"""What the checks of KOSTRA's form 13 find in the facts beneath its cells, and the households they find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kpi.form_checks import FACT_CHECKS, FactCheck
from kpi.measurement import Contribution, Period, Question, rows_of
from kpi.questions.households import Listed, rows_of_households, those_told
from people.models import Employee, Household
from people.parts import part_of


@dataclass(frozen=True, kw_only=True)
class FactFinding:
    """A check with the households that it finds, by id."""

    check: FactCheck
    households: list[int]


def fact_findings(question: Question, period: Period) -> list[FactFinding]:
    """What each check finds: one statement for them all."""
    select = " UNION ALL ".join(
        f"SELECT DISTINCT '{check.key}', x.household_id FROM ({check.select}) x"  # noqa: S608 - our own texts
        " WHERE x.household_id <> ALL(%(left_out)s::bigint[])"
        for check in FACT_CHECKS
    )
    found: dict[str, list[int]] = {}
    for key, household in rows_of(question, [period], select):
        found.setdefault(key, []).append(household)
    return [FactFinding(check=one, households=sorted(found[one.key])) for one in FACT_CHECKS if one.key in found]


def listed(
    households: Sequence[int],
    question: Question,
    period: Period,
    employee: Employee,
    *,
    tells_hidden: bool,
    at: datetime,
    after: str | None,
    before: str | None,
) -> Listed:
    """Some households as lists behind a figure show them: names for whoever may see them, and how many are hidden."""
    refs = Household.objects.filter(pk__in=households).values_list("pk", "ref")
    found = [Contribution(pk, ref, 1) for pk, ref in refs]
    told = those_told(found, question, employee, is_special=False, at=at)
    page = part_of(told.listed, after=after, before=before)
    rows = rows_of_households(page.rows, told.visible, question, period, employee, at=at)
    return Listed(page=replace(page, rows=rows), hidden=told.hidden if tells_hidden else None)
