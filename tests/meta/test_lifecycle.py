"""docs/lifecycle.md tells what the machines do."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.conf import LazySettings, settings
from django.core.management import call_command

from cases.lifecycle import lifecycle

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "lifecycle.md"


def test_the_document_equals_the_machines() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == lifecycle(), "run manage.py lifecycle"


def test_the_command_writes_the_document(tmp_path: Path, settings: LazySettings) -> None:
    (tmp_path / "docs").mkdir()
    settings.BASE_DIR = tmp_path

    call_command("lifecycle", stdout=StringIO())

    assert (tmp_path / "docs" / "lifecycle.md").read_text(encoding="utf-8") == lifecycle()


def test_a_row_names_the_transitions_out_of_a_state() -> None:
    row = next(line for line in lifecycle().splitlines() if line.startswith("| **closed** |"))

    assert row.count("reopen") == 1
