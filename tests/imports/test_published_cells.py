# mypy: disable-error-code="no-untyped-call"
"""published_cells.csv: figures already sent to KOSTRA, in and out again, and what their rows must keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.models import SentCell
from tests.imports.files import exported, imported, run_import, write

pytestmark = pytest.mark.django_db

HEADER = "municipality,year,cell,value,source\n"


def test_figures_sent_before_are_kept_corrected_and_written_as_they_came(tmp_path: Path) -> None:
    filed = HEADER + "3303,2024,temporary,20,The portal\n3303,2024,temporary_over,4,\n"
    imported(tmp_path / "in", published_cells=filed)
    imported(tmp_path / "again", published_cells=HEADER + "3303,2024,temporary_over,5,\n")

    assert list(SentCell.objects.order_by("cell").values_list("cell", "value")) == [
        ("temporary", 20),
        ("temporary_over", 5),
    ]
    assert exported(tmp_path / "out")["published_cells.csv"] == filed.replace("over,4", "over,5")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("9999,2024,temporary,1,", "there is no municipality 9999"),
        ("3303,24,temporary,1,", "year: not a whole number between 1990 and 2199"),
        ("3303,2024,temporary,-1,", "value: not a whole number"),
        ("3303,2024,bananas,1,", "cell is none of KOSTRA's form 13"),
        ("3303,2024,temporary,,", "value"),
    ],
)
def test_a_row_that_cannot_be_is_refused_at_its_line(row: str, text: str, tmp_path: Path) -> None:
    write(tmp_path, published_cells=f"{HEADER}{row}\n")

    ran = run_import(tmp_path)

    assert ran.status == 1
    assert ran.lines[0].startswith("published_cells.csv:2")
    assert text in ran.lines[0]
    assert not SentCell.objects.exists()
