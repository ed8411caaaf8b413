"""KOSTRA in the demo: last year's form locked and sent by two people, this year's begun."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from kpi.actions import report as acts
from kpi.actions.form_checks import check_forms
from kpi.kostra import INHABITANTS
from kpi.models import RemarkKind, Report, ReportKind
from kpi.questions.kostra import KostraYear, kostra_year, sealed_of
from people.models import Employee, Role, RoleGrant, Unit

_FILE = Path(__file__).parent / "data" / "demo.toml"
#: The form is due on 15 February.
_MONTH, _DAY = 2, 10


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def report_to_kostra(edge: datetime) -> None:
    """Each step by the act that people use, and by one who may."""
    reporter, leader = _holder(Role.REPORTER), _holder(Role.TEAM_LEADER)
    unit = Unit.objects.order_by("pk").first()
    if reporter is None or leader is None or unit is None:
        return
    at, place = min(edge, edge.replace(month=_MONTH, day=_DAY)), unit.municipality_id
    before = kostra_year(place, at.year - 2, None, at=at)
    acts.keep_sent_cells(
        municipality=place,
        year=before.year,
        values={line.cell.key: line.value for line in before.lines},
        source=_texts()["sent"],
        by=reporter,
        at=at,
    )
    report = _begun(place, at.year - 1, by=reporter, at=at)
    inhabitants = {INHABITANTS: _texts()["inhabitants"]}
    acts.answer_cells(report_id=report.pk, values=inhabitants, by=reporter, at=at)
    found = kostra_year(place, report.year, report, at=at)
    _remark(report, found, by=reporter, at=at)
    if not kostra_year(place, report.year, report, at=at).faults:
        _lock(report, reporter, leader, at=at)
    _begun(place, edge.year, by=reporter, at=edge)
    check_forms(edge)


def _begun(place: str, year: int, *, by: Employee, at: datetime) -> Report:
    return acts.begin_report(kind=ReportKind.KOSTRA, municipality=place, year=year, by=by, at=at)


def _remark(report: Report, found: KostraYear, *, by: Employee, at: datetime) -> None:
    told: dict[str, Any] = {"report_id": report.pk, "by": by, "at": at}
    for one in found.findings:
        if not one.check.is_hard:
            text, key = _texts()["set_aside"], one.check.key
            acts.remark(kind=RemarkKind.SUPPRESSION, key=key, text=text, found=one.count, **told)
    for key in found.unexplained:
        acts.remark(kind=RemarkKind.EXPLANATION, key=key, text=_texts()["explained"], **told)


def _lock(report: Report, reporter: Employee, leader: Employee, *, at: datetime) -> None:
    acts.check_off_report(report_id=report.pk, faults=(), by=reporter, at=at)
    acts.explain_report(report_id=report.pk, unexplained=(), by=reporter, at=at)
    acts.approve_report(report_id=report.pk, make=lambda one: sealed_of(one, at=at), by=leader, at=at)
    acts.lock_report(report_id=report.pk, make=lambda one: sealed_of(one, at=at), by=reporter, at=at)
    acts.send_report(report_id=report.pk, by=reporter, at=at)


def _holder(role: Role) -> Employee | None:
    grant = RoleGrant.objects.filter(role=role).select_related("employee").order_by("pk").first()
    return grant.employee if grant else None
