"""A year's report: its life, the second person, the seal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kpi.actions.report import (
    CannotReport,
    answer_cells,
    approve_report,
    begin_report,
    check_off_report,
    choose_rule,
    explain_report,
    lock_report,
    remark,
    send_report,
    take_report_back,
)
from kpi.models import RemarkKind, Report, ReportKind, ReportList, ReportState
from kpi.questions.report import differs, is_genuine, is_untouched
from kpi.sealing import Sealed, canonical, digest_of
from people.models import Employee, Role, Unit
from tests.factories.people import AT, KONGSBERG, UnitFactory, employee_with

pytestmark = pytest.mark.django_db

SEALED = Sealed(content={"cells": {"temporary": 2}}, lists={"temporary": ["b", "a"]})


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def reporter(unit: Unit) -> Employee:
    return employee_with(Role.REPORTER, unit)


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return employee_with(Role.TEAM_LEADER, unit)


@pytest.fixture
def report(reporter: Employee) -> Report:
    return begin_report(kind=ReportKind.KOSTRA, municipality=KONGSBERG, year=2025, by=reporter, at=AT)


Step = Callable[[Report, Employee, Employee], Report]
STEPS: dict[str, Step] = {
    "check": lambda one, maker, other: check_off_report(report_id=one.pk, faults=[], by=maker, at=AT),
    "explain": lambda one, maker, other: explain_report(report_id=one.pk, unexplained=[], by=maker, at=AT),
    "approve": lambda one, maker, other: approve_report(report_id=one.pk, by=other, at=AT),
    "lock": lambda one, maker, other: lock_report(report_id=one.pk, make=lambda _: SEALED, by=maker, at=AT),
    "send": lambda one, maker, other: send_report(report_id=one.pk, by=maker, at=AT),
    "take_back": lambda one, maker, other: take_report_back(report_id=one.pk, by=maker, at=AT),
}
#: From each state, the steps that are possible and where they lead.
MACHINE: dict[ReportState, dict[str, ReportState]] = {
    ReportState.DRAFT: {"check": ReportState.CHECKED},
    ReportState.CHECKED: {"explain": ReportState.EXPLAINED, "take_back": ReportState.DRAFT},
    ReportState.EXPLAINED: {"approve": ReportState.APPROVED, "take_back": ReportState.DRAFT},
    ReportState.APPROVED: {"lock": ReportState.LOCKED, "take_back": ReportState.DRAFT},
    ReportState.LOCKED: {"send": ReportState.SENT},
    ReportState.SENT: {},
}
_WAY = ["check", "explain", "approve", "lock", "send"]


def brought_to(state: ReportState, report: Report, maker: Employee, other: Employee) -> Report:
    for step in _WAY[: list(MACHINE).index(state)]:
        report = STEPS[step](report, maker, other)
    return report


@pytest.mark.parametrize("state", MACHINE)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_tried_from_every_state(
    state: ReportState, step: str, report: Report, reporter: Employee, leader: Employee
) -> None:
    report = brought_to(state, report, reporter, leader)

    if step in MACHINE[state]:
        STEPS[step](report, reporter, leader)
        assert Report.objects.get().state == MACHINE[state][step]
    else:
        with pytest.raises(CannotReport):
            STEPS[step](report, reporter, leader)
        assert Report.objects.get().state == state


def test_who_made_it_does_not_approve_it(report: Report, reporter: Employee, leader: Employee) -> None:
    report = brought_to(ReportState.EXPLAINED, report, reporter, leader)

    with pytest.raises(CannotReport, match="Somebody else"):
        approve_report(report_id=report.pk, by=reporter, at=AT)

    assert Report.objects.get().state == ReportState.EXPLAINED


def test_it_is_not_checked_with_an_unanswered_fault_nor_explained_without_words(
    report: Report, reporter: Employee
) -> None:
    with pytest.raises(CannotReport):
        check_off_report(report_id=report.pk, faults=["sum"], by=reporter, at=AT)
    check_off_report(report_id=report.pk, faults=[], by=reporter, at=AT)
    with pytest.raises(CannotReport):
        explain_report(report_id=report.pk, unexplained=["temporary"], by=reporter, at=AT)

    assert Report.objects.get().state == ReportState.CHECKED


def test_the_seal_keeps_figures_and_lists(report: Report, reporter: Employee, leader: Employee) -> None:
    locked = brought_to(ReportState.LOCKED, report, reporter, leader)

    kept = Report.objects.get()
    assert kept.content["cells"] == {"temporary": 2}
    assert canonical(kept.content) == canonical(locked.content)
    assert ReportList.objects.get().refs == ["a", "b"]
    assert is_untouched(kept)


def test_a_changed_figure_list_or_digest_is_seen(report: Report, reporter: Employee, leader: Employee) -> None:
    locked = brought_to(ReportState.LOCKED, report, reporter, leader)

    for changed in ({"content": {**locked.content, "cells": {"temporary": 1}}}, {"digest": "0" * 64}):
        Report.objects.filter(pk=locked.pk).update(**changed)
        assert not is_untouched(Report.objects.get())
        Report.objects.filter(pk=locked.pk).update(content=locked.content, digest=locked.digest)
    assert is_untouched(Report.objects.get())


def test_a_report_rewritten_with_its_digest_is_seen(report: Report, reporter: Employee, leader: Employee) -> None:
    locked = brought_to(ReportState.LOCKED, report, reporter, leader)
    assert is_genuine(locked)
    content = {**locked.content, "cells": {"temporary": 1}}

    Report.objects.filter(pk=locked.pk).update(content=content, digest=digest_of(content))

    assert not is_untouched(Report.objects.get())


@pytest.mark.parametrize("step", ["remark", "rule", "answer", "check"])
def test_whoever_has_worked_on_it_does_not_approve_it(
    step: str, report: Report, reporter: Employee, leader: Employee
) -> None:
    told: dict[str, Any] = {"report_id": report.pk, "by": leader, "at": AT}
    works: dict[str, Callable[[], object]] = {
        "remark": lambda: remark(kind=RemarkKind.EXPLANATION, key="temporary", text="It was closed.", **told),
        "rule": lambda: choose_rule(key="temporary_over", rule="stay", **told),
        "answer": lambda: answer_cells(values={"waiting_drugs": 1}, **told),
        "check": lambda: check_off_report(faults=[], **told),
    }
    works[step]()
    if step != "check":
        check_off_report(report_id=report.pk, faults=[], by=reporter, at=AT)
    explain_report(report_id=report.pk, unexplained=[], by=reporter, at=AT)

    with pytest.raises(CannotReport, match="worked on this report"):
        approve_report(**told)

    assert Report.objects.get().state == ReportState.EXPLAINED


def test_sending_it_back_is_no_work_on_it(report: Report, reporter: Employee, leader: Employee) -> None:
    report = brought_to(ReportState.EXPLAINED, report, reporter, leader)
    take_report_back(report_id=report.pk, by=leader, at=AT)
    report = brought_to(ReportState.EXPLAINED, report, reporter, leader)

    assert approve_report(report_id=report.pk, by=leader, at=AT).state == ReportState.APPROVED


def test_a_locked_one_gets_a_new_version_and_never_two_at_once(
    report: Report, reporter: Employee, leader: Employee
) -> None:
    told: dict[str, Any] = {"kind": ReportKind.KOSTRA, "municipality": KONGSBERG, "year": 2025}
    with pytest.raises(CannotReport):
        begin_report(**told, by=reporter, at=AT)
    brought_to(ReportState.LOCKED, report, reporter, leader)

    assert begin_report(**told, by=reporter, at=AT).version == 2


def test_what_was_corrected_after_the_lock_shows_as_a_difference(
    report: Report, reporter: Employee, leader: Employee
) -> None:
    locked = brought_to(ReportState.LOCKED, report, reporter, leader)

    assert differs(locked, SEALED) == {}
    assert differs(locked, Sealed(content=SEALED.content, lists={"temporary": ["a", "c"]})) == {
        "temporary": (["c"], ["b"])
    }


def test_a_remark_gives_way_to_the_next_and_a_rule_is_chosen_in_the_draft_alone(
    report: Report, reporter: Employee
) -> None:
    for text in ("The shelter closed.", "The shelter closed in May."):
        remark(report_id=report.pk, kind=RemarkKind.EXPLANATION, key="temporary", text=text, by=reporter, at=AT)
    choose_rule(report_id=report.pk, key="over", rule="stay", by=reporter, at=AT)

    assert report.remarks.get().text == "The shelter closed in May."
    assert Report.objects.get().rules == {"over": "stay"}
    with pytest.raises(CannotReport):
        remark(report_id=report.pk, kind=RemarkKind.EXPLANATION, key="over", text=" ", by=reporter, at=AT)
    check_off_report(report_id=report.pk, faults=[], by=reporter, at=AT)
    with pytest.raises(CannotReport):
        choose_rule(report_id=report.pk, key="over", rule="kostra", by=reporter, at=AT)


@pytest.mark.parametrize("year", [1999, 2027])
def test_a_year_that_is_none_is_refused(year: int, reporter: Employee) -> None:
    with pytest.raises(CannotReport):
        begin_report(kind=ReportKind.RESULT, municipality=KONGSBERG, year=year, by=reporter, at=AT)

    assert not Report.objects.exists()


def test_a_caseworker_and_another_municipality_s_reporter_make_none(unit: Unit, report: Report) -> None:
    stranger = employee_with(Role.REPORTER, UnitFactory.create(municipality_id="0301"))
    for other in (employee_with(Role.CASEWORKER, unit), stranger):
        with pytest.raises(PermissionDenied):
            check_off_report(report_id=report.pk, faults=[], by=other, at=AT)
