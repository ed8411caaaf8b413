"""The demo's result report: last year's, commented on, approved by another, locked and sent; a key to the figures."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.utils.timezone import localdate

from kpi.actions import report as acts
from kpi.actions.result_report import comment_objective, hand_over
from kpi.actions.tokens import give_token
from kpi.models import Objective, Report
from kpi.questions.result_content import as_content
from kpi.questions.result_report import lists_behind, result_report
from kpi.sealing import Sealed
from people.models import Employee, Municipality, Role, RoleGrant, Unit

_FILE = Path(__file__).parent / "data" / "demo_results.toml"
#: The strategy's report is due on 1 October.
_MONTH, _DAY = 9, 20
_KEY_DAYS = 180


@cache
def _texts() -> dict[str, str]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def report_results(edge: datetime) -> None:
    """Each step by the act that people use, and by one who may."""
    reporter, leader = _holder(Role.REPORTER), _holder(Role.TEAM_LEADER)
    unit = Unit.objects.order_by("pk").first()
    if reporter is None or leader is None or unit is None:
        return
    at, place = min(edge, edge.replace(month=_MONTH, day=_DAY)), unit.municipality
    year, today, texts = localdate(at).year - 1, localdate(at), _texts()
    for part in result_report(place, year, at=at, today=today, left_out=()).parts:
        is_main = part.number == "2" and part.is_worse
        if part.is_worse:
            comment_objective(
                municipality_id=place.number,
                year=year,
                objective=Objective.objects.get(pk=part.objective),
                text=texts["worse"],
                deviation=texts["deviation"] if is_main else "",
                measure=texts["measure"] if is_main else "",
                responsible=leader if is_main else None,
                due_on=today + timedelta(days=90) if is_main else None,
                by=reporter,
                at=at,
            )
    report = hand_over(municipality_id=place.number, year=year, unexplained=(), by=reporter, at=at)

    def make(_report: Report) -> Sealed:
        return _sealed(place, year, at)

    acts.approve_report(report_id=report.pk, make=make, by=leader, at=at)
    acts.lock_report(report_id=report.pk, make=make, by=leader, at=at)
    acts.send_report(report_id=report.pk, by=leader, at=at)


def give_a_key(edge: datetime) -> None:
    """To a system that fetches figures. Nobody is told the secret: a new key is given to try it."""
    by = _holder(Role.UNIT_ADMINISTRATOR)
    unit = Unit.objects.order_by("pk").first()
    if by is not None and unit is not None:
        last_day = localdate(edge) + timedelta(days=_KEY_DAYS)
        give_token(municipality=unit.municipality_id, name=_texts()["key"], expires_on=last_day, by=by, at=edge)


def _sealed(place: Municipality, year: int, at: datetime) -> Sealed:
    today = localdate(at)
    content = as_content(result_report(place, year, at=at, today=today, left_out=()))
    return Sealed(content=content, lists=lists_behind(place, year, today=today, left_out=()))


def _holder(role: Role) -> Employee | None:
    grant = RoleGrant.objects.filter(role=role).select_related("employee").order_by("pk").first()
    return grant.employee if grant else None
