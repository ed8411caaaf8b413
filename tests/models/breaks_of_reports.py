"""Breaks of the rules about a year's report, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kpi.models import Report, ReportState
from tests.factories.people import AT, EmployeeFactory
from tests.factories.reports import (
    FormFindingFactory,
    ReportAnswerFactory,
    ReportFactory,
    ReportListFactory,
    ReportRemarkFactory,
    ReportSealFactory,
    ReportStepFactory,
    SentCellFactory,
)

_SEALED = {"digest": "0" * 64, "known_at": AT, "locked_at": AT}


def _sealed() -> Report:
    by = EmployeeFactory.create()
    return ReportFactory.create(state=ReportState.LOCKED, approved_by=by, locked_by=by, **_SEALED)


def _a_version_twice() -> None:
    _sealed()
    _sealed()


def _two_under_way() -> None:
    ReportFactory.create()
    ReportFactory.create(version=2)


def _approved_by_its_maker() -> None:
    maker = EmployeeFactory.create()
    ReportFactory.create(made_by=maker, approved_by=maker)


def _a_list_twice() -> None:
    first = ReportListFactory.create()
    ReportListFactory.create(report=first.report, key=first.key)


def _a_remark_twice() -> None:
    first = ReportRemarkFactory.create()
    ReportRemarkFactory.create(report=first.report)


def _a_cell_twice() -> None:
    SentCellFactory.create()
    SentCellFactory.create()


def _an_answer_twice() -> None:
    first = ReportAnswerFactory.create()
    ReportAnswerFactory.create(report=first.report)


def _a_finding_twice() -> None:
    FormFindingFactory.create()
    FormFindingFactory.create()


OF_REPORTS: dict[str, Callable[[], object]] = {
    "report_kind_is_known": lambda: ReportFactory.create(kind="other"),
    "report_state_is_known": lambda: ReportFactory.create(state="other"),
    "report_versions_begin_at_one": lambda: ReportFactory.create(version=0),
    "report_version_once": _a_version_twice,
    "report_one_under_way": _two_under_way,
    "report_is_approved_by_another": _approved_by_its_maker,
    "report_is_sealed_when_locked": lambda: ReportFactory.create(state=ReportState.LOCKED),
    "report_list_once": _a_list_twice,
    "report_list_has_a_digest": lambda: ReportListFactory.create(digest=""),
    "report_remark_kind_is_known": lambda: ReportRemarkFactory.create(kind="other"),
    "report_remark_says_something": lambda: ReportRemarkFactory.create(text=""),
    "report_remark_once": _a_remark_twice,
    "report_seal_has_a_digest": lambda: ReportSealFactory.create(digest="0"),
    "report_step_is_known": lambda: ReportStepFactory.create(step="other"),
    "report_answer_once": _an_answer_twice,
    "form_finding_open_once": _a_finding_twice,
    "form_finding_finds_something": lambda: FormFindingFactory.create(count=0),
    "form_finding_is_cleared_after_it_is_found": lambda: FormFindingFactory.create(cleared_on=date(2025, 2, 1)),
    "sent_cell_once": _a_cell_twice,
    "sent_cell_year_is_one": lambda: SentCellFactory.create(year=24),
}
