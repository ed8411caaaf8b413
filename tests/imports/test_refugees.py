"""refugees.csv: read once however often, corrected, refused where it cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases.models import RefugeeSettlement
from people.models import JournalEntry
from tests.imports.files import VALID, exported, imported, run_import, write

pytestmark = pytest.mark.django_db

HEAD = "household,decided_on,settled_on,unaccompanied_minor\n"
FILES = {**VALID, "refugees": f"{HEAD}home,2025-10-01,,\n"}


def test_refugees_come_in_are_corrected_and_go_out(tmp_path: Path) -> None:
    imported(tmp_path / "first", **FILES)
    again = imported(tmp_path / "again", **FILES)
    assert "refugees.csv: 0 created, 0 changed, 1 left alone" in again.out

    corrected = imported(tmp_path / "second", refugees=f"{HEAD}home,2025-10-01,2026-01-01,yes\n")

    assert "refugees.csv: 0 created, 1 changed, 0 left alone" in corrected.out
    settlement = RefugeeSettlement.objects.get()
    assert (settlement.settled_on, settlement.unaccompanied_minor) == (date(2026, 1, 1), True)
    acts = JournalEntry.objects.filter(act__startswith="refugee.").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["refugee.registered", "refugee.changed"]
    assert exported(tmp_path / "out")["refugees.csv"] == f"{HEAD}home,2025-10-01,2026-01-01,yes\n"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("home,2025-10-01,2025-09-30,", "settled before decided (2025-10-01 → 2025-09-30)"),
        ("away,2025-10-01,,", "unknown household away: neither in households.csv nor registered"),
        ("home,,,", "decided_on: is missing"),
        ("home,2025-10-01,,maybe", "unaccompanied_minor: maybe is not a known code (allowed: yes, no)"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(row: str, fault: str, tmp_path: Path) -> None:
    ran = run_import(write(tmp_path, **{**VALID, "refugees": f"{HEAD}{row}\n"}))

    assert (ran.status, ran.lines) == (1, [f"refugees.csv:2: {fault}"])
    assert not RefugeeSettlement.objects.exists()


def test_what_we_know_of_the_settlement_must_go_with_the_file(tmp_path: Path) -> None:
    imported(tmp_path / "first", **FILES)
    known = RefugeeSettlement.objects.get()
    known.answer, known.answered_on, known.declined_because = "declined", date(2025, 10, 2), "No home"
    known.home_found_on = date(2026, 2, 1)
    known.save(update_fields=["answer", "answered_on", "declined_because", "home_found_on"])

    ran = run_import(write(tmp_path / "second", refugees=f"{HEAD}home,2025-10-01,2026-01-01,\n"))

    assert ran.lines == [
        "refugees.csv:2: settled (2026-01-01) before the home was found (2026-02-01)",
        "refugees.csv:2: the settlement was declined here: change the answer first",
    ]
