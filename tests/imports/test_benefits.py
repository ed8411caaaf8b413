"""benefits.csv: read once however often, corrected, refused where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.models import HousingAllowance
from people.models import JournalEntry
from tests.imports.files import VALID, exported, imported, run_import, write

pytestmark = pytest.mark.django_db

HEAD = "household,kind,applied_on,decided_on,outcome,from,to\n"
FILES = {**VALID, "benefits": f"{HEAD}home,bostotte,2026-01-10,,,,\n"}


def test_benefits_come_in_are_corrected_and_go_out(tmp_path: Path) -> None:
    assert "benefits.csv: 1 created" in imported(tmp_path / "first", **FILES).out
    again = imported(tmp_path / "again", **FILES)
    assert "benefits.csv: 0 created, 0 changed, 1 left alone" in again.out

    row = "home,bostotte,2026-01-10,2026-02-20,granted,2026-01-01,2026-06-01\n"
    corrected = imported(tmp_path / "second", benefits=f"{HEAD}{row}")

    assert "benefits.csv: 0 created, 1 changed, 0 left alone" in corrected.out
    assert HousingAllowance.objects.get().outcome == "granted"
    acts = JournalEntry.objects.filter(act__startswith="benefit.").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["benefit.applied", "benefit.changed"]
    assert exported(tmp_path / "out")["benefits.csv"] == f"{HEAD}{row}"
    assert imported(tmp_path / "out").status == 0


def test_what_no_column_tells_is_kept(tmp_path: Path) -> None:
    imported(tmp_path / "first", **FILES)
    HousingAllowance.objects.update(note="On paper")

    imported(tmp_path / "second", benefits=f"{HEAD}home,bostotte,2026-01-10,2026-02-20,refused,,\n")

    assert HousingAllowance.objects.get().note == "On paper"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("away,bostotte,2026-01-10,,,,", "unknown household away: neither in households.csv nor registered"),
        ("home,bostotte,2026-01-10,2026-02-01,,,", "outcome and decided_on go together"),
        ("home,bostotte,2026-01-10,,granted,,", "outcome and decided_on go together"),
        (
            "home,bostotte,2026-01-10,2026-01-09,refused,,",
            "decided before applied for (2026-01-10 → 2026-01-09)",
        ),
        ("home,bostotte,2026-01-10,,,2026-01-01,", "from and to are for what is granted"),
        ("home,bostotte,2026-01-10,2026-02-01,refused,,2026-03-01", "from and to are for what is granted"),
        (
            "home,bostotte,2026-01-10,2026-02-01,granted,2026-03-01,2026-03-01",
            "period ends before it begins (2026-03-01 → 2026-03-01)",
        ),
        ("home,lottery,2026-01-10,,,,", "kind: lottery is not a known code (allowed: bostotte)"),
        (
            "home,bostotte,2026-01-10,2026-02-01,maybe,,",
            "outcome: maybe is not a known code (allowed: granted, refused, lapsed)",
        ),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_changed(tmp_path: Path, row: str, fault: str) -> None:
    ran = run_import(write(tmp_path, **{**VALID, "benefits": f"{HEAD}{row}\n"}))

    assert (ran.status, ran.lines) == (1, [f"benefits.csv:2: {fault}"])
    assert not HousingAllowance.objects.exists()
