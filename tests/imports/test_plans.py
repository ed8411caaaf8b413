"""plans.csv: read, read again, written out as it came in, and what is wrong with a row said at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.models import IndividualPlan, PlanConsent, PlanState
from people.models import Employee, JournalEntry
from tests.factories.people import EmployeeFactory
from tests.imports.files import VALID, exported, run_import, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def lise() -> Employee:
    return EmployeeFactory.create(username="lise")


def files(*rows: str) -> dict[str, str]:
    return {**VALID, "plans": "\n".join(["person,consented_on,coordinator,ended_on", *rows]) + "\n"}


def test_a_plan_is_read_and_written_out_as_it_came(tmp_path: Path, lise: Employee) -> None:
    rows = ["kari,2026-01-05,,2026-02-01", "kari,2026-02-05,lise,"]
    folder = write(tmp_path / "in", **files(*rows))
    assert run_import(folder).status == 0
    ended, runs = IndividualPlan.objects.order_by("consented_on")
    assert (ended.state, runs.state, runs.coordinator) == (PlanState.ENDED, PlanState.ACTIVE, lise)
    assert PlanConsent.objects.filter(plan=runs).count() == 1
    assert JournalEntry.objects.filter(act="plan.consented").count() == 2
    assert exported(tmp_path / "out")["plans.csv"].splitlines()[1:] == rows
    before = IndividualPlan.objects.count()
    assert run_import(folder).status == 0
    assert IndividualPlan.objects.count() == before


def test_a_plan_ends_by_a_corrected_row(tmp_path: Path, lise: Employee) -> None:
    assert run_import(write(tmp_path / "in", **files("kari,2026-01-05,lise,"))).status == 0
    assert run_import(write(tmp_path / "again", **files("kari,2026-01-05,lise,2026-02-01"))).status == 0
    assert IndividualPlan.objects.get().state == PlanState.ENDED


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("nobody,2026-01-05,,", "unknown person"),
        ("kari,2026-01-05,,2026-01-01", "the plan ends before it is consented to"),
        ("kari,2026-01-05,per,", "unknown coordinator per"),
        ("kari,1999-01-05,,", "is in no household on 1999-01-05"),
    ],
)
def test_what_cannot_be_is_said_at_its_line(tmp_path: Path, row: str, sentence: str) -> None:
    ran = run_import(write(tmp_path / "in", **files(row)))
    assert ran.status == 1
    assert any("plans.csv:2" in line and sentence in line for line in ran.lines)
    assert not IndividualPlan.objects.exists()


def test_two_plans_that_have_not_ended_are_refused(tmp_path: Path) -> None:
    ran = run_import(write(tmp_path / "in", **files("kari,2026-01-05,,", "kari,2026-02-05,,")))
    assert ran.status == 1
    assert any("there is never more than one" in line for line in ran.lines)
